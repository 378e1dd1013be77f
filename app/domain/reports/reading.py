"""What a desk knows at one moment: the figures that its report opens with, each with its source and time.

Counts of restricted records are told, the records never; nobody's name is asked for. Who may read the report may read
its figures: they are the desk's, whoever writes, so that the worker's reading and a person's are the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import select

from app.domain import checklists, clock, incidents, logistics, meetings, regions, registers, stages
from app.domain.accounts import Permission, Person
from app.domain.all_facts import facts_of
from app.domain.checklists import AsOf, EntryRow, Tally
from app.domain.errors import NotAllowed
from app.domain.regions import FigureKind
from app.domain.registers import Fact, RecordRow, Register
from app.domain.reports.canonical import to_text
from app.domain.reports.charts import charts_of
from app.domain.reports.models import Report, ReportReading
from app.domain.reports.queries import COLUMNS, ReportRow, row_of
from app.domain.reports.reach import permissions_in
from app.domain.reports.rules import OPEN, STANDING
from app.domain.reports.snapshot import AreaProgress, Hindrance, Reading, ReferenceFigure
from app.extensions import db
from app.statements import inserting

REFERENCES = (
    FigureKind.VOTERS,
    FigureKind.VOTERS_MALE,
    FigureKind.VOTERS_FEMALE,
    FigureKind.POLLING_STATIONS,
    FigureKind.SPECIAL_POLLING_STATIONS,
    FigureKind.DISTRICTS,
    FigureKind.WARDS,
    FigureKind.VILLAGES,
)
"""The reference figures that a report cites, in their order."""
MOST_HINDRANCES = 60
"""Told one by one; the figures count all of them."""
MOST_LETTERS = 400
LATEST = dt.timedelta(minutes=30)
"""How long after the cut-off the worker still takes a reading: later ones would not be the cut-off's figures."""
MOST_READ = 20
"""Readings of one round, so that other work of the worker waits seconds at most."""


def read(row: ReportRow, person: Person | None, moment: dt.datetime) -> Reading:
    """What the desk of a report knows now, marked with `moment`. Reads only; some hundred statements.

    `person` None is the worker. Refuses (NotAllowed) whoever may not read reports there.
    """
    if person is not None and Permission.REPORT_READ not in permissions_in(person, row.region_code):
        raise NotAllowed("Penugasan Anda tidak mencakup laporan desk ini.")
    code = row.region_code
    election = stages.find_election(row.election_id)
    as_of = AsOf.of(election, row.day)
    seen = checklists.overview_of(election, code, as_of)
    return Reading(
        moment,
        (*facts_of(code), *_of_checklists(seen.whole, moment)),
        _reference(code),
        tuple(
            AreaProgress(area, label, seen.areas[area].counts)
            for area, label in checklists.AREAS.items()
            if area in seen.areas
        ),
        tuple(_hindrances(election, code, as_of))[:MOST_HINDRANCES],
        tuple(window.name for window in stages.running_in(election, code, row.day)),
        stages.h_text(election.voting_day, row.day),
        _silent(row),
        charts_of(row.kind, code, election, seen, as_of),
    )


def _of_checklists(whole: Tally, moment: dt.datetime) -> list[Fact]:
    told = (
        ("terkendala", "Isian daftar periksa yang terkendala", whole.totals.terkendala),
        ("terlambat", "Isian daftar periksa yang lewat tenggat", whole.overdue),
    )
    return [
        Fact(
            f"daftar_periksa.{key}",
            "PTH",
            label,
            value,
            "isian",
            whole=whole.totals.expected,
            source="Daftar periksa desk",
            as_of=moment,
        )
        for key, label, value in told
    ]


def _reference(code: str) -> tuple[ReferenceFigure, ...]:
    """Those of the region in force; one that nobody has recorded is told as not known. One statement."""
    known = regions.current_figures([code])
    found = []
    for kind in REFERENCES:
        view = known.get((code, kind))
        if view is None:
            found.append(ReferenceFigure(kind.label, None, ""))
        else:
            value = int(view.value) if view.value is not None and kind.is_whole else view.value
            found.append(ReferenceFigure(kind.label, value, view.source, view.dated_on))
    return tuple(found)


def _hindrances(election: stages.Election, code: str, as_of: AsOf) -> Iterator[Hindrance]:
    """What is open: incidents and obstacles first, then what is short, to be followed up, and blocked."""
    for row in _open(incidents.INCIDENTS, code):
        if not row.values["is_restricted"]:
            yield _hindrance(row, "what", row.values["handling"], "", row.values["happened_on"])
    for row in _open(incidents.OBSTACLES, code):
        yield _hindrance(row, "what", row.values["solution"], row.values["owner"], row.values["since"])
    for row in _open(logistics.PROBLEMS_BOOK, code):
        yield _hindrance(row, "about", "", row.values["owner"], row.values["known_on"])
    for row in meetings.open_follow_ups([code]):
        yield _hindrance(row, "task", "", row.values["owner"], row.values["decided_on"])
    for entry in checklists.blocked_in(election, code, as_of, MOST_HINDRANCES):
        yield _blocked(entry)


def _open(register: Register, code: str) -> list[RecordRow]:
    return [row for row in registers.records_in(register, [code]) if not row.has_ended]


def _hindrance(row: RecordRow, what: str, handling: str, owner: str, since: dt.date | None) -> Hindrance:
    said = _short(str(row.values[what] or row.title))
    return Hindrance(row.region_name, said, _short(handling), row.state_words, owner, since)


def _blocked(entry: EntryRow) -> Hindrance:
    said = _short(f"{entry.name}: {entry.reason}" if entry.reason else entry.name)
    zone = regions.zone_of(entry.region_code)  # before eight in the morning UTC is still at yesterday
    since = clock.local(entry.filled_at, zone).date() if entry.filled_at else None
    owner = entry.unit_name or ""
    return Hindrance(entry.region_name, said, _short(entry.help_wanted), entry.standing.label, owner, since)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= MOST_LETTERS else f"{plain[: MOST_LETTERS - 1].rstrip()}…"


def _silent(row: ReportRow) -> tuple[str, ...]:
    """The desks right below that owe the same report and have no version that stands. Two statements."""
    below = {place.code: place.title for place in regions.children_of(row.region_code)}
    query = select(Report.region_code, Report.state).where(
        Report.election_id == row.election_id,
        Report.kind == row.kind.value,
        Report.day == row.day,
        Report.slot == row.slot,
        Report.region_code.in_(list(below)),
    )
    states = {found.region_code: found.state for found in db.session.execute(query)}
    standing = {state.value for state in STANDING}
    return tuple(name for code, name in below.items() if code in states and states[code] not in standing)


def take_readings(now: dt.datetime) -> int:
    """Keep what desks know at the cut-offs that have just passed; returns how many were taken.

    For every report that is not sent and has no reading yet, the earliest cut-off first, a few each round: a report
    that is opened hours later still shows the figures of its cut-off (F54). The caller commits.
    """
    query = (
        select(*COLUMNS)
        .join(regions.Region, regions.Region.code == Report.region_code)
        .outerjoin(ReportReading, ReportReading.report_id == Report.id)
        .where(
            Report.cut_off_at <= now,
            Report.cut_off_at > now - LATEST,
            Report.state.in_([state.value for state in OPEN]),
            ReportReading.report_id.is_(None),
        )
        .order_by(Report.cut_off_at, Report.id)
        .limit(MOST_READ)
    )
    taken = [
        {"report_id": row.id, "reading": to_text(read(row, None, clock.now())), "read_at": clock.now()}
        for row in map(row_of, db.session.execute(query).all())
    ]
    if taken:
        db.session.execute(inserting(ReportReading.__table__).on_conflict_do_nothing(), taken)
    return len(taken)
