"""Sheets that people bring in: uploaded, checked in the background, applied as a whole or not at all.

What is in a sheet is its room's business; here is where each one stands. Checking and applying are jobs, and a
job that is done twice changes nothing the second time: every step is taken from the state before it.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, and_, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.domain import audit, clock, jobs
from app.domain.accounts import Person
from app.domain.errors import NotFound, NotNow
from app.domain.jobs import Job
from app.extensions import Model, RegionCode, db

CHECK, APPLY = "import-check", "import-apply"
"""The two kinds of job."""
SHOWN = 200
"""So many errors are kept with the row; all of them are in the list that can be downloaded."""
KEPT = dt.timedelta(days=30)
"""How long the uploaded file is kept: it names people."""


class State(StrEnum):
    """Where a sheet stands."""

    ASKED = "antre"
    WRONG = "bermasalah"
    READY = "siap"
    APPLYING = "menerapkan"
    DONE = "selesai"
    FAILED = "gagal"


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
    def findings(self) -> Findings:
        """What the check found."""
        return Findings.of(json.loads(self.found))


@dataclass(frozen=True)
class Findings:
    """What a check found. `errors` are (row, title of the column, sentence), the first `SHOWN` of them."""

    errors: tuple[tuple[int, str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    head: tuple[str, ...] = ()
    preview: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Findings:
        """Read again what `asdict` made."""
        return cls(
            errors=tuple((row, column, sentence) for row, column, sentence in kept.get("errors", ())),
            facts=tuple((label, words) for label, words in kept.get("facts", ())),
            head=tuple(kept.get("head", ())),
            preview=tuple(tuple(line) for line in kept.get("preview", ())),
        )


@dataclass(frozen=True)
class Upload:
    """An uploaded file that is already kept: its name as it came, where it is, its hash."""

    name: str
    key: str
    sha256: str


# --- What the person does -----------------------------------------------------------------------------------


def upload(kind: str, title: str, file: Upload, *, region: str, by: Person) -> SheetImport:
    """Take a sheet in and ask for its check; it starts once the caller's transaction is committed."""
    sheet = SheetImport(
        kind=kind,
        account_id=by.id,
        region_code=region,
        file_name=file.name[-160:],
        file_key=file.key,
        sha256=file.sha256,
        uploaded_at=clock.real_now(),
    )
    db.session.add(sheet)
    db.session.flush()
    _ask(sheet, CHECK, f"Periksa impor {title}", by=by)
    said = {"name": sheet.file_name, "kind": kind, "sha256": file.sha256}
    _record("upload", sheet, by, said)
    return sheet


def find(import_id: int, person: Person) -> SheetImport:
    """A person's own import as it stands now; raises NotFound for anybody else's."""
    query = select(SheetImport).where(SheetImport.id == import_id, SheetImport.account_id == person.id)
    sheet = db.session.scalar(query.execution_options(populate_existing=True))
    if sheet is None:
        raise NotFound("Impor ini tidak ada atau bukan milik Anda.")
    return sheet


def recent(person: Person, kind: str, limit: int = 10) -> list[tuple[SheetImport, Job | None]]:
    """The latest imports of a person with the job that each waits for, newest first. One statement."""
    query = (
        select(SheetImport, Job)
        .outerjoin(Job, Job.id == SheetImport.job_id)
        .where(SheetImport.account_id == person.id, SheetImport.kind == kind)
        .order_by(SheetImport.id.desc())
        .limit(limit)
    )
    return [(sheet, job) for sheet, job in db.session.execute(query)]


def job_of(sheet: SheetImport) -> Job | None:
    """The job that checks or applies it, as it stands now."""
    query = select(Job).where(Job.id == sheet.job_id).execution_options(populate_existing=True)
    return db.session.scalar(query)


def check_again(sheet: SheetImport, title: str, *, by: Person) -> None:
    """Ask for another check of the same file: the desk may have changed since.

    Refuses (NotNow) one that is being worked on, that is applied, or whose file is gone.
    """
    again = SheetImport.state.in_([State.WRONG, State.READY, State.FAILED])
    _take(sheet, or_(again, _stuck(State.ASKED)), State.ASKED)
    _ask(sheet, CHECK, f"Periksa impor {title}", by=by)


def ask_apply(sheet: SheetImport, title: str, *, by: Person) -> None:
    """Ask for all its rows to be applied. Refuses (NotNow) one that is not ready, or was asked for already."""
    _take(sheet, or_(SheetImport.state == State.READY, _stuck(State.APPLYING)), State.APPLYING)
    _ask(sheet, APPLY, f"Terapkan impor {title}", by=by)


def take_slips(sheet: SheetImport, *, by: Person) -> str:
    """Where the handed-out passwords are, for the one time that they are shown. Refuses (NotNow) a second time."""
    key = sheet.slips_key
    taken = update(SheetImport).where(SheetImport.id == sheet.id, SheetImport.slips_key == key)
    if not key or not _changed(taken.values(slips_key="")):
        raise NotNow(
            "Kata sandi impor ini sudah ditampilkan atau sudah lewat 24 jam, jadi sudah dihapus. "
            "Pasang kata sandi baru untuk orang yang belum menerimanya."
        )
    _record("hand_out", sheet, by, {"count": sheet.slip_count})
    return key


def _stuck(state: State) -> Any:
    """That its job was given up in this state."""
    given_up = select(Job.id).where(Job.id == SheetImport.job_id, Job.state == "gagal")
    return and_(SheetImport.state == state, given_up.exists())


def _take(sheet: SheetImport, condition: Any, state: State) -> None:
    if not sheet.file_key:
        raise NotNow("Berkas impor ini sudah dihapus sesudah 30 hari. Unggah lagi berkasnya.")
    step = update(SheetImport).where(SheetImport.id == sheet.id, condition)
    if not _changed(step.values(state=state.value, trouble="")):
        raise NotNow("Impor ini sudah diminta atau sudah diterapkan. Lihat keadaannya di bawah.")


def _ask(sheet: SheetImport, kind: str, title: str, *, by: Person) -> None:
    job = jobs.ask(kind, title, {"import": sheet.id}, region=sheet.region_code, by=by)
    sheet.job_id = job.id
    db.session.flush()


def _record(verb: str, sheet: SheetImport, by: Person, said: dict[str, Any]) -> None:
    audit.record(
        f"import:sheet:{verb}",
        by=by,
        subject=("import", sheet.id),
        region=sheet.region_code,
        changes={name: [None, value] for name, value in said.items()},
    )


def _changed(statement: Any) -> bool:
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return bool(done.rowcount)  # type: ignore[attr-defined]


# --- What the worker does -----------------------------------------------------------------------------------


def waiting(import_id: int, state: State) -> SheetImport | None:
    """The sheet whose job this is, if it still waits for that; None when the step was taken before."""
    return db.session.scalar(
        select(SheetImport).where(SheetImport.id == import_id, SheetImport.state == state.value)
    )


def note_findings(
    sheet: SheetImport, findings: Findings, *, rows: int, errors: int, errors_key: str = ""
) -> None:
    """Write down what a check found; without errors the sheet is ready to be applied. The caller commits."""
    _changed(
        update(SheetImport)
        .where(SheetImport.id == sheet.id, SheetImport.state.in_([State.ASKED, State.APPLYING]))
        .values(
            state=(State.WRONG if errors else State.READY).value,
            found=json.dumps(asdict(findings), ensure_ascii=False),
            row_count=rows,
            error_count=errors,
            errors_key=errors_key,
            checked_at=clock.real_now(),
        )
    )


def note_trouble(sheet: SheetImport, why: str) -> None:
    """Write down why a sheet could not be read or applied. The caller commits."""
    _changed(
        update(SheetImport)
        .where(SheetImport.id == sheet.id, SheetImport.state.in_([State.ASKED, State.APPLYING]))
        .values(state=State.FAILED.value, trouble=why[:400], checked_at=clock.real_now())
    )


def note_applied(
    sheet: SheetImport, outcome: str, *, rows: int, slips_key: str = "", slips: int = 0, by: Person
) -> None:
    """Say, in the transaction of the rows themselves, that they are applied. The caller commits.

    Raises NotNow, so that everything is rolled back, when another worker has applied them meanwhile.
    """
    done = (
        update(SheetImport)
        .where(SheetImport.id == sheet.id, SheetImport.state == State.APPLYING.value)
        .values(
            state=State.DONE.value,
            outcome=outcome[:400],
            row_count=rows,
            slips_key=slips_key,
            slip_count=slips,
            applied_at=clock.real_now(),
        )
    )
    if not _changed(done):
        raise NotNow("Impor ini sudah diterapkan.")
    said = {"name": sheet.file_name, "kind": sheet.kind, "count": rows, "sha256": sheet.sha256}
    _record("apply", sheet, by, said)


def forget_files(before: dt.datetime) -> int:
    """Let go of files uploaded before that moment; what came of them stays. The caller commits."""
    gone = db.session.execute(
        update(SheetImport)
        .where(SheetImport.uploaded_at < before, SheetImport.file_key != "")
        .values(file_key="", errors_key="")
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def kept_files() -> set[str]:
    """The storage keys of all sheets and lists of errors that somebody may still need."""
    keys = select(SheetImport.file_key, SheetImport.errors_key).where(SheetImport.file_key != "")
    return {key for pair in db.session.execute(keys) for key in pair if key}
