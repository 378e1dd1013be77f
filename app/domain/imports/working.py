"""What the worker does: write down what it found, what came of it, and what may be forgotten."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict

from sqlalchemy import select, update

from app.domain import clock
from app.domain.accounts import Person
from app.domain.errors import NotNow
from app.domain.imports.models import Findings, SheetImport, State
from app.domain.imports.steps import is_changed, put_on_record
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
