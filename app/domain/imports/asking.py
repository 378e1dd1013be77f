"""What the person does: bring a sheet in, look at it, have it applied, take the passwords."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, or_, select, update

from app.domain import clock, jobs
from app.domain.accounts import Person
from app.domain.errors import NotFound, NotNow
from app.domain.imports.models import APPLY, CANCELLED, CHECK, SheetImport, State, Upload
from app.domain.imports.steps import is_changed, kept_files, put_on_record
from app.domain.jobs import Job
from app.extensions import db


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
    put_on_record("upload", sheet, by, said)
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


def cancel(sheet: SheetImport, *, by: Person) -> set[str]:
    """Give up a sheet of which nothing was written, and what was found in it; returns the keys of the files that
    nothing needs any more, which the caller deletes once this is committed.

    Refuses (NotNow) one that is applied or being applied, and one that was given up before.
    """
    keys = {sheet.file_key, sheet.errors_key} - {""}
    waits = SheetImport.state.in_([State.ASKED, State.WRONG, State.READY, State.FAILED])
    step = update(SheetImport).where(
        SheetImport.id == sheet.id,
        SheetImport.trouble != CANCELLED,
        or_(waits, _stuck(State.APPLYING)),
    )
    given_up = {"state": State.FAILED.value, "trouble": CANCELLED, "found": "{}", "error_count": 0}
    if not is_changed(step.values(**given_up, file_key="", errors_key="")):
        raise NotNow("Impor ini sudah diterapkan atau sudah dibatalkan. Lihat keadaannya di bawah.")
    put_on_record("cancel", sheet, by, {"name": sheet.file_name, "kind": sheet.kind})
    return keys - kept_files()


def take_slips(sheet: SheetImport, *, by: Person) -> str:
    """Where the handed-out passwords are, for the one time that they are shown. Refuses (NotNow) a second time."""
    key = sheet.slips_key
    taken = update(SheetImport).where(SheetImport.id == sheet.id, SheetImport.slips_key == key)
    if not key or not is_changed(taken.values(slips_key="")):
        raise NotNow(
            "Kata sandi impor ini sudah ditampilkan atau sudah lewat 24 jam, jadi sudah dihapus. "
            "Pasang kata sandi baru untuk orang yang belum menerimanya."
        )
    put_on_record("hand_out", sheet, by, {"count": sheet.slip_count})
    return key


def _stuck(state: State) -> Any:
    """That its job was given up in this state."""
    given_up = select(Job.id).where(Job.id == SheetImport.job_id, Job.state == "gagal")
    return and_(SheetImport.state == state, given_up.exists())


def _take(sheet: SheetImport, condition: Any, state: State) -> None:
    if not sheet.file_key:
        raise NotNow("Berkas impor ini sudah dihapus. Unggah lagi berkasnya.")
    step = update(SheetImport).where(SheetImport.id == sheet.id, condition)
    if not is_changed(step.values(state=state.value, trouble="")):
        raise NotNow("Impor ini sudah diminta atau sudah diterapkan. Lihat keadaannya di bawah.")


def _ask(sheet: SheetImport, kind: str, title: str, *, by: Person) -> None:
    job = jobs.ask(kind, title, {"import": sheet.id}, region=sheet.region_code, by=by)
    sheet.job_id = job.id
    db.session.flush()
