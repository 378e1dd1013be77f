"""Checking and applying an uploaded sheet, as the person who asked and with the rights in force now.

A check only reads. Applying checks once more and writes all rows, and that they are applied, in one transaction: a
worker that is killed leaves either nothing or everything, and the next one finds out which.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import current_app

from app.documents.error_list import render_errors
from app.documents.reading import rows_of, unfold
from app.documents.tables import Checked, RowError, SheetColumn, SheetRow
from app.domain import imports
from app.domain.accounts import Person
from app.domain.errors import Invalid, NotFound, Refusal
from app.domain.imports import SHOWN, Findings, SheetImport, State
from app.extensions import db
from app.jobs.importers import IMPORTERS
from app.jobs.importing import Done, Importer
from app.jobs.press import Stopped
from app.jobs.results import Results
from app.jobs.slips import SlipBox
from app.jobs.tasks import Task, asker_of

NOTHING_DONE = "Tidak ada yang disimpan."


def importer_of(kind: str) -> Importer:
    """The importer of a kind. Raises NotFound."""
    found = IMPORTERS.get(kind)
    if found is None:
        raise NotFound("Impor jenis itu tidak ada.")
    return found


@dataclass(frozen=True)
class _Read:
    """A sheet with its rows as they are read now, and what was found in them."""

    importer: Importer
    person: Person
    columns: tuple[SheetColumn, ...]
    rows: list[SheetRow]
    checked: Checked


def check_sheet(task: Task) -> None:
    """Read the sheet and check all its rows; writes only what was found."""
    sheet = imports.waiting(task.claim.params["import"], State.ASKED)
    if sheet is None:  # done before, by a worker that was killed when it had written this
        _close(task)
        return
    try:
        read = _read(task, sheet)
        _note(sheet, read)
    except Refusal as refusal:
        db.session.rollback()
        imports.note_trouble(sheet, refusal.message)
        _close(task, unreadable=isinstance(refusal, Invalid))
        return
    _close(task)


def apply_sheet(task: Task) -> None:
    """Check all rows once more, then write them all or none."""
    sheet = imports.waiting(task.claim.params["import"], State.APPLYING)
    if sheet is None:
        _close(task)
        return
    try:
        read = _read(task, sheet)
        if read.checked.errors:
            _note(sheet, read)
        else:
            _apply(task, sheet, read)
    except Refusal as refusal:
        db.session.rollback()
        imports.note_trouble(sheet, f"{refusal.message} {NOTHING_DONE}")
    _close(task)


def _close(task: Task, *, unreadable: bool = False) -> None:
    """Commit what came of a sheet; one that is secret and that nobody works on any more loses its file now, and so
    does one that is no sheet of ours at all: nothing can be checked again in it.
    """
    kinds = [kind for kind, importer in IMPORTERS.items() if importer.is_secret or unreadable]
    gone = imports.let_go(task.claim.params["import"], kinds)
    db.session.commit()
    for secret in (True, False):
        Results.sheets(current_app, secret=secret).discard(gone)


def _read(task: Task, sheet: SheetImport) -> _Read:
    """Rows and findings. Raises the domain's refusals: rights, an unreadable file, what the importer refuses."""
    person = asker_of(task.claim, "impor")
    importer = importer_of(sheet.kind)
    person.require(importer.permission, region=sheet.region_code)
    columns = importer.columns(person, sheet.region_code)
    with Results.sheets(current_app, secret=importer.is_secret).open(sheet.file_key) as kept:
        data = kept.read()
    db.session.rollback()  # no transaction is open while the child reads
    _said(task)(0, 3)
    rows, errors = rows_of(unfold(data), sheet.kind, importer.title, columns)
    _said(task)(1, 3)
    if not rows:
        return _Read(importer, person, columns, rows, Checked(tuple(errors), ()))
    checked = importer.check(rows, by=person, region=sheet.region_code)
    return _Read(importer, person, columns, rows, _merged(errors, checked, columns))


def _merged(errors: Sequence[RowError], checked: Checked, columns: Sequence[SheetColumn]) -> Checked:
    """The sheet's own errors with the importer's; a cell that is wrong already is not told twice."""
    if not errors and not checked.errors:
        return checked
    known = {(error.row, error.column) for error in errors}
    order = {column.key: place for place, column in enumerate(columns, start=1)}
    everything = [*errors, *(e for e in checked.errors if (e.row, e.column) not in known)]
    everything.sort(key=lambda error: (error.row, order.get(error.column, 0)))
    return Checked(tuple(everything), ())


def _note(sheet: SheetImport, read: _Read) -> None:
    """Write the findings down; the whole list of errors goes into a file."""
    titles = {column.key: column.title for column in read.columns}
    told = [(e.row, titles.get(e.column, e.column), e.message) for e in read.checked.errors]
    store = Results.sheets(current_app, secret=read.importer.is_secret)
    key = store.keep(render_errors(told)) if told else ""
    found = Findings(tuple(told[:SHOWN]), read.checked.facts, read.checked.head, read.checked.preview[:50])
    imports.note_findings(sheet, found, rows=len(read.rows), errors=len(told), errors_key=key)


def _apply(task: Task, sheet: SheetImport, read: _Read) -> None:
    box, key = SlipBox.of(current_app), ""
    made = read.importer.apply(read.rows, by=read.person, region=sheet.region_code, progress=_said(task))
    done = Done(made) if isinstance(made, str) else made
    if done.slips:
        key = box.keep(done.slips)
    try:
        imports.note_applied(
            sheet, done.sentence, rows=len(read.rows), slips_key=key, slips=len(done.slips), by=read.person
        )
        db.session.commit()
    except BaseException:
        if key:
            box.burn(key)
        raise


def _said(task: Task) -> Callable[[int, int], None]:
    """Progress for an importer: written by the heartbeat, and the moment to stop when nobody waits any more."""

    def said(done: int, total: int) -> None:
        if task.is_over():
            raise Stopped
        task.note(done, total)

    return said
