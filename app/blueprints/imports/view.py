"""Imports in words, so that the templates only draw."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from app.blueprints.papers.view import ago
from app.domain import clock, imports, jobs, regions
from app.domain.accounts import Person
from app.domain.imports import SheetImport, State
from app.domain.jobs import Job
from app.jobs.slips import KEPT_SECONDS
from app.words import angka

if TYPE_CHECKING:
    from app.jobs.importing import Importer

STATES = {
    State.ASKED: ("Menunggu diperiksa", "", "clock-history"),
    State.WRONG: ("Perlu diperbaiki", " bad", "exclamation-octagon"),
    State.READY: ("Siap diterapkan", "", "check-circle"),
    State.APPLYING: ("Menunggu diterapkan", "", "clock-history"),
    State.DONE: ("Sudah diterapkan", " ok", "check-circle"),
    State.FAILED: ("Belum berhasil", " bad", "exclamation-octagon"),
}
"""State -> words, tint of the badge, icon."""
CANCELLED = ("Dibatalkan", "", "x-lg")
RUNNING = {State.ASKED: "Sedang diperiksa", State.APPLYING: "Sedang diterapkan"}


class ImportView(NamedTuple):
    """An import as its page and the list show it."""

    id: int
    file_name: str
    state: State
    words: str
    tone: str
    icon: str
    is_open: bool
    percent: float
    step: str
    ahead: int
    worker_lives: bool
    uploaded: str
    rows: int
    errors: int
    trouble: str
    outcome: str
    slips: int
    slips_wait: bool
    can_apply: bool
    can_check_again: bool
    can_cancel: bool
    has_error_list: bool


def import_view(sheet: SheetImport, job: Job | None, *, closely: bool = False) -> ImportView:
    """The import in words; `closely` asks the database how long the line before it is."""
    state = State(sheet.state)
    is_open = state in RUNNING and job is not None and job.state in ("antre", "jalan")
    stuck = state in RUNNING and not is_open
    runs = is_open and job is not None and job.state == "jalan"
    waits = is_open and not runs
    words, tone, icon = CANCELLED if sheet.is_cancelled else STATES[State.FAILED if stuck else state]
    return ImportView(
        id=sheet.id,
        file_name=sheet.file_name,
        state=State.FAILED if stuck else state,
        words=RUNNING[state] if runs else words,
        tone=tone,
        icon="arrow-counterclockwise" if runs else icon,
        is_open=is_open,
        percent=100 * job.done / job.total if job is not None and job.total else 0,
        step=_step(state, job),
        ahead=jobs.ahead_of(job) if closely and waits and job is not None else 0,
        worker_lives=not (closely and waits) or jobs.worker_alive(),
        uploaded=ago(sheet.uploaded_at, clock.real_now()),
        rows=sheet.row_count,
        errors=sheet.error_count,
        trouble=job.error if stuck and job is not None else sheet.trouble,
        outcome=sheet.outcome,
        slips=sheet.slip_count,
        slips_wait=_slips_wait(sheet),
        can_apply=bool(sheet.file_key),
        can_check_again=bool(sheet.file_key) and (stuck or state in (State.WRONG, State.FAILED)),
        can_cancel=bool(sheet.file_key) and (stuck or state in (State.READY, State.WRONG, State.FAILED)),
        has_error_list=bool(sheet.errors_key),
    )


def _step(state: State, job: Job | None) -> str:
    if job is None or not job.total:
        return "Membuka berkas"
    if state is State.ASKED:
        return "Memeriksa baris"
    return f"{angka(job.done)} dari {angka(job.total)}"


def _slips_wait(sheet: SheetImport) -> bool:
    young = dt.timedelta(seconds=KEPT_SECONDS)
    return bool(
        sheet.slips_key and sheet.applied_at is not None and clock.real_now() - sheet.applied_at < young
    )


def lines(person: Person, kind: str, limit: int) -> list[ImportView]:
    """The person's latest imports of a kind."""
    return [import_view(sheet, job) for sheet, job in imports.recent(person, kind, limit)]


def region_choices(importer: Importer, person: Person, chosen: str) -> list[tuple[str, str]]:
    """Where the person may import: the tops of what they administer, and the chosen region."""
    codes = dict.fromkeys((*person.reach(importer.permission), chosen))
    return [(code, regions.find(code).title) for code in codes]
