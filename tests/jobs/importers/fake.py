"""A tiny importer: names of places, kept as figures' stand-in by a word in the trail and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.documents.tables import Checked, RowError, SheetColumn, SheetRow
from app.domain import audit
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid
from app.jobs.importing import Done, Slip
from tests.documents.sheets import COLUMNS


class PlacesImporter:
    """Kind `tempat`: a row named "salah" is an error, "tolak" is refused while it is applied, "jatuh" breaks."""

    kind = "tempat"
    title = "Tempat"
    permission = Permission.PEOPLE_MANAGE
    governs = False
    is_secret = False
    back = "office.index"

    def __init__(self, *, hands_out: bool = False) -> None:
        self.hands_out = hands_out
        self.checked = self.applied = 0
        self.meanwhile: Callable[[], None] = lambda: None

    def columns(self, by: Person, region: str) -> tuple[SheetColumn, ...]:
        """Those of the tests of reading."""
        return COLUMNS

    def check(self, rows: Sequence[SheetRow], *, by: Person, region: str) -> Checked:
        """Refuse the wrong ones."""
        self.checked += 1
        errors = tuple(
            RowError(row.number, "name", "Tempat ini salah. Perbaiki namanya.")
            for row in rows
            if row.values["name"] in ("salah", "")
        )
        preview = tuple((str(row.number), row.values["name"]) for row in rows)
        return Checked(errors, (("Tempat baru", str(len(rows))),), ("Baris", "Nama"), preview)

    def apply(
        self, rows: Sequence[SheetRow], *, by: Person, region: str, progress: Callable[[int, int], None]
    ) -> str | Done:
        """Put each row into the trail."""
        self.applied += 1
        for number, row in enumerate(rows):
            progress(number, len(rows))
            if row.values["name"] == "tolak":
                raise Invalid("Tempat ini tidak dapat dicatat.")
            if row.values["name"] == "jatuh":
                raise RuntimeError("broken")
            audit.record("tempat:add", by=by, subject=("tempat", row.number), region=region)
        self.meanwhile()
        said = f"{len(rows)} tempat dicatat."
        if not self.hands_out:
            return said
        slips = tuple(
            Slip(row.values["name"], f"akun{row.number}", "sandi-rahasia", "Operator") for row in rows
        )
        return Done(said, slips)
