"""The table of imports, where a sheet may stand, and what a check found."""

import datetime as dt
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, Self

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, RegionCode

CHECK, APPLY = "import-check", "import-apply"
"""The two kinds of job."""
SHOWN = 200
"""So many errors are kept with the row; all of them are in the list that can be downloaded."""
KEPT = dt.timedelta(days=30)
"""How long the uploaded file is kept: it names people."""
KEPT_SECRET = dt.timedelta(days=1)
"""The same for a sheet of an importer that is secret, where nobody applied or cancelled it."""
CANCELLED = "Impor ini dibatalkan dan berkasnya dihapus. Tidak ada yang disimpan."
"""What a sheet says that its person gave up; it stands as one that failed."""


class State(StrEnum):
    """Where a sheet stands."""

    ASKED = "antre"
    WRONG = "bermasalah"
    READY = "siap"
    APPLYING = "menerapkan"
    DONE = "selesai"
    FAILED = "gagal"


@dataclass(frozen=True)
class Findings:
    """What a check found. `errors` are (row, title of the column, sentence), the first `SHOWN` of them."""

    errors: tuple[tuple[int, str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    head: tuple[str, ...] = ()
    preview: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        """Read again what `asdict` made."""
        return cls(
            errors=tuple((row, column, sentence) for row, column, sentence in kept.get("errors", ())),
            facts=tuple((label, words) for label, words in kept.get("facts", ())),
            head=tuple(kept.get("head", ())),
            preview=tuple(tuple(line) for line in kept.get("preview", ())),
        )


class SheetImport(Model):
    """One uploaded sheet, what was found in it and what came of it."""

    __tablename__ = "sheet_import"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(s.value) for s in State)})", name="known_state"),
        Index("ix_sheet_import_account_id_kind", "account_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"))
    file_name: Mapped[str] = mapped_column(String(160))
    file_key: Mapped[str] = mapped_column(String(80))
    """Where the uploaded bytes are; empty once they are forgotten."""
    sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12), default=State.ASKED.value)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    row_count: Mapped[int] = mapped_column(default=0)
    error_count: Mapped[int] = mapped_column(default=0)
    errors_key: Mapped[str] = mapped_column(String(80), default="")
    """Where the list of all errors is."""
    found: Mapped[str] = mapped_column(Text, default="{}")
    trouble: Mapped[str] = mapped_column(String(400), default="")
    """Why the sheet could not be read or applied, in a sentence."""
    outcome: Mapped[str] = mapped_column(String(400), default="")
    """What applying did, in a sentence."""
    slips_key: Mapped[str] = mapped_column(String(64), default="")
    """Where handed-out passwords wait to be shown once; empty when there are none any more."""
    slip_count: Mapped[int] = mapped_column(default=0)
    uploaded_at: Mapped[dt.datetime]
    checked_at: Mapped[dt.datetime | None]
    applied_at: Mapped[dt.datetime | None]

    @property
    def is_cancelled(self) -> bool:
        """Whether its person gave it up."""
        return self.state == State.FAILED and self.trouble == CANCELLED

    @property
    def findings(self) -> Findings:
        """What the check found."""
        return Findings.of(json.loads(self.found))


class Upload(NamedTuple):
    """An uploaded file that is already kept: its name as it came, where it is, its hash."""

    name: str
    key: str
    sha256: str
