"""What the worker does: write down what it found, what came of it, and what may be forgotten."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import asdict

from sqlalchemy import or_, select, update

from app.domain import clock
from app.domain.accounts import Person
from app.domain.errors import NotNow
from app.domain.imports.models import Findings, SheetImport, State
from app.domain.imports.steps import is_changed, kept_files, put_on_record
from app.extensions import db


def waiting(import_id: int, state: State) -> SheetImport | None:
    """The sheet whose job this is, if it still waits for that; None when the step was taken before."""
    return db.session.scalar(
        select(SheetImport).where(SheetImport.id == import_id, SheetImport.state == state.value)
    )


def note_findings(
    sheet: SheetImport, findings: Findings, *, rows: int, errors: int, errors_key: str = ""
) -> None:
    """Write down what a check found; without errors the sheet is ready to be applied. The caller commits."""
    is_changed(
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
    is_changed(
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
    if not is_changed(done):
        raise NotNow("Impor ini sudah diterapkan.")
    said = {"name": sheet.file_name, "kind": sheet.kind, "count": rows, "sha256": sheet.sha256}
    put_on_record("apply", sheet, by, said)


def let_go(import_id: int, kinds: Collection[str]) -> set[str]:
    """Forget the file of a sheet of these kinds that nobody works on any more: applied, refused or unreadable. What
    was found stays.

    Returns the keys of the files that nothing needs now; the caller commits, then deletes them.
    """
    over = [State.DONE, State.WRONG, State.FAILED]
    here = (
        SheetImport.id == import_id,
        SheetImport.kind.in_(kinds),
        SheetImport.state.in_(over),
        SheetImport.file_key != "",
    )
    key = db.session.scalar(select(SheetImport.file_key).where(*here))
    if key is None or not is_changed(update(SheetImport).where(*here).values(file_key="")):
        return set()
    return {key} - kept_files()


def forget_files(before: dt.datetime, kinds: Collection[str] | None = None) -> int:
    """Let go of files uploaded before that moment, of all kinds or of these; what came of them stays.

    Returns how many imports had any; the caller commits.
    """
    old = update(SheetImport).where(
        SheetImport.uploaded_at < before, or_(SheetImport.file_key != "", SheetImport.errors_key != "")
    )
    if kinds is not None:
        old = old.where(SheetImport.kind.in_(kinds))
    gone = db.session.execute(old.values(file_key="", errors_key=""))
    return int(gone.rowcount)  # type: ignore[attr-defined]
