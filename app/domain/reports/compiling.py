"""A report that is made of the reports of the desks right below: which there are, what they bring, what was taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import and_, select

from app.domain import clock
from app.domain.accounts import Person
from app.domain.checklists import Totals
from app.domain.regions import Region
from app.domain.reports.adding import added, included, progress_of
from app.domain.reports.canonical import from_text, to_text
from app.domain.reports.charts import ARRIVED, Chart, compiled_charts
from app.domain.reports.models import Report, ReportCompilation, ReportDraft, ReportVersion
from app.domain.reports.queries import ReportRow, row_of, visible_to
from app.domain.reports.rules import STANDING, Kind, State
from app.domain.reports.snapshot import Hindrance, Part, Reading, Snapshot, snapshot_of
from app.extensions import db

KEPT_READ = 32
"""Frozen versions that one process keeps read: both Mondays of a province, ten regions each; some megabytes."""


class Below(NamedTuple):
    """A report of a desk right below: its part, and the version that stands, None where none does."""

    part: Part
    snapshot: Snapshot | None


class Compiled(NamedTuple):
    """What the draft of a report was last compiled from. `version` is what the next compilation names; 0 for none."""

    parts: tuple[Part, ...] = ()
    version: int = 0
    at: dt.datetime | None = None
    by_name: str = ""


class _Parts(NamedTuple):
    """How the parts are written down."""

    parts: tuple[Part, ...]


def below(row: ReportRow, person: Person) -> list[Below]:
    """The reports of the same kind, day and slot that the desks right below owe, in the order of their codes.

    Silent ones stand in it too. One statement.
    """
    return below_region(person, row.election_id, row.region_code, row.kind, row.day, row.slot)


def below_region(
    person: Person, election_id: int, region: str, kind: Kind, day: dt.date, slot: int = 0
) -> list[Below]:
    """The same for a region whose own report may not exist."""
    standing = and_(
        ReportVersion.report_id == Report.id,
        ReportVersion.number == Report.number,
        Report.state.in_([state.value for state in STANDING]),
    )
    query = (
        visible_to(person)
        .add_columns(ReportVersion.snapshot, ReportVersion.sha256)
        .outerjoin(ReportVersion, standing)
        .where(
            Region.parent_code == region,
            Report.election_id == election_id,
            Report.kind == kind.value,
            Report.day == day,
            Report.slot == slot,
        )
        .order_by(Report.region_code)
    )
    now = clock.now()
    return [_below(row_of(found[:-2]), found[-2], found[-1], now) for found in db.session.execute(query)]


def _below(row: ReportRow, text: str | None, sha256: str | None, now: dt.datetime) -> Below:
    part = Part(row.id, row.region_code, row.region_name, row.mark(now).value, row.state.value)
    if text is None:
        return Below(part, None)
    snapshot = read_version(text)
    return Below(
        part._replace(
            version=row.number,
            sha256=sha256 or "",
            is_nil=snapshot.is_nil,
            grade=snapshot.grade,
            sent_at=snapshot.sent_at,
            figures=snapshot.reading.figures,
        ),
        snapshot,
    )


@lru_cache(maxsize=KEPT_READ)
def read_version(text: str) -> Snapshot:
    """A frozen version as plain values; what was read lately is not read again, for the same text says the same."""
    return snapshot_of(text)


def parts_for(row: ReportRow, person: Person) -> tuple[Part, ...]:
    """What each desk right below that owes such a report brings to a compilation of this one. One statement.

    Who is silent, or whose report was returned, stands without a version and without figures.
    """
    return tuple(one.part for one in below(row, person))


def has_below(row: ReportRow) -> bool:
    """Whether a desk right below owes such a report, so that this one may be compiled. One statement."""
    query = (
        select(Report.id)
        .join(Region, Region.code == Report.region_code)
        .where(
            Region.parent_code == row.region_code,
            Report.election_id == row.election_id,
            Report.kind == row.kind.value,
            Report.day == row.day,
            Report.slot == row.slot,
        )
    )
    return db.session.scalar(query.limit(1)) is not None


def usual(parts: Sequence[Part]) -> frozenset[int]:
    """The reports that are compiled where the compiler says nothing else: the verified ones."""
    return frozenset(part.report_id for part in parts if part.is_included and part.is_verified)


def chosen(parts: Sequence[Part], include: Collection[int]) -> tuple[Part, ...]:
    """The parts with the figures of the included ones only."""
    return tuple(part if part.report_id in include else left_out(part) for part in parts)


def left_out(part: Part) -> Part:
    """The part as it stands when its figures do not count: who it is, its mark and its state."""
    return part._replace(version=0, sha256="", figures=())


def compiled_of(row: ReportRow) -> Compiled:
    """The last compilation of the report's draft; its `parts` are empty where there was none. One statement."""
    query = select(ReportCompilation).where(ReportCompilation.report_id == row.id)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        return Compiled()
    parts = from_text(_Parts, found.parts).parts
    return Compiled(parts, found.version, found.compiled_at, found.compiled_by_name)


def draft_reading(row: ReportRow) -> Reading | None:
    """The figures that stand in the saved draft; None where there are none yet. One statement."""
    text = db.session.scalar(select(ReportDraft.reading).where(ReportDraft.report_id == row.id))
    return from_text(Reading, text) if text else None


def compiled_parts(row: ReportRow) -> tuple[Part, ...]:
    """The parts that the draft was compiled from, as a version that is sent now carries them: each with how far the
    version that was taken has come by now. Empty for a draft that is no compilation. Two statements.
    """
    parts = compiled_of(row).parts
    ids = [part.report_id for part in included(parts)]
    if not ids:
        return parts
    query = select(Report.id, Report.number, Report.state).where(Report.id.in_(ids))
    now = {found.id: (found.number, State(found.state)) for found in db.session.execute(query)}
    return tuple(_advanced(part, *now.get(part.report_id, (0, State.EXPECTED))) for part in parts)


def _advanced(part: Part, number: int, state: State) -> Part:
    """A version that stands says whether it is verified; one that was reopened keeps what it was when it was taken."""
    if not part.is_included or part.version != number or state not in STANDING:
        return part
    return part._replace(state=state.value)


def parts_text(parts: Sequence[Part]) -> str:
    """The parts as they are written down."""
    return to_text(_Parts(tuple(parts)))


def compiled_reading(base: Reading, taken: Sequence[Below], region_name: str) -> Reading:
    """What the compiling desk knows: the sums of the reports below in the place of its own figures of the same name,
    their progress counted together and drawn region by region, their hindrances each with its place. `taken` are all
    below, as they were chosen.
    """
    parts = tuple(one.part for one in taken)
    sums = {fact.key: fact for fact in added(parts)}
    known = {fact.key for fact in base.figures}
    figures = [sums.get(fact.key, fact) for fact in base.figures]
    figures += [fact for key, fact in sums.items() if key not in known]
    snapshots = [one.snapshot for one in taken if one.part.is_included and one.snapshot is not None]
    own = [one for one in base.hindrances if one.place == region_name]
    return base._replace(
        figures=tuple(figures),
        progress=progress_of(one.reading.progress for one in snapshots) or base.progress,
        hindrances=(*own, *(_placed(one, found) for one in snapshots for found in one.reading.hindrances)),
        silent=tuple(one.part.region_name for one in taken if State(one.part.state) not in STANDING),
        charts=_charts(base, taken),
    )


def _charts(base: Reading, taken: Sequence[Below]) -> tuple[Chart, ...]:
    chosen = [one for one in taken if one.part.is_included]
    return compiled_charts(
        base.charts,
        {one.part.region_code: one.part.region_name for one in taken},
        {
            one.part.region_code: sum((area.totals for area in one.snapshot.reading.progress), Totals())
            for one in chosen
            if one.snapshot is not None
        },
        {one.part.region_code: fact for one in chosen for fact in one.part.figures if fact.key == ARRIVED},
    )


def _placed(snapshot: Snapshot, found: Hindrance) -> Hindrance:
    """The hindrance with the region in front of its place, so that it is found again from above."""
    if snapshot.region_name in found.place:
        return found
    place = f"{snapshot.region_name}, {found.place}" if found.place else snapshot.region_name
    return found._replace(place=place)
