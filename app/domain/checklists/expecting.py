"""Expecting: an entry of every region and period exists before anyone works, also when one of them appears later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Select,
    and_,
    delete,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    text,
    true,
    union_all,
    update,
)

from app.domain.checklists import progress
from app.domain.checklists.library import current_versions, window
from app.domain.checklists.models import Entry, ItemVersion, Remark
from app.domain.checklists.rules import AGAIN, OPEN, Period, Recurrence, Standing, periods
from app.domain.regions import Region, subtree
from app.domain.stages import Election, Stage, StageOverride, shifted, stages_of
from app.extensions import db


def expect(election: Election, *, roots: Sequence[str] = (), codes: Sequence[str] = ()) -> int:
    """Make every entry that should exist and does not; returns how many were made.

    Safe to repeat at any time.

    Call it when a region, an item, a period or a moved stage appears. Entries not yet begun take the current
    wording and dates; begun ones keep theirs. Counters of the touched kabupaten/kota are counted afresh.
    """
    stages = {stage.code: stage for stage in stages_of(election)}
    before = _count(election, roots)
    versions = current_versions(codes)
    for version in versions:
        opens_on, due_on = window(version, election, stages)
        _refresh_wording(election, version, opens_on, due_on, roots)
        _fill_in(election, version, _periods(version, opens_on, due_on), roots)
    overrides = _overrides(election)
    _drop_superseded(election, [override for override in overrides if override not in _latest(overrides)])
    for override in _latest(overrides):
        for version in versions:
            if version.stage == override.stage_code:
                _follow(election, version, stages, override)
    made = _count(election, roots) - before
    progress.rebuild(election, roots)
    if made > MANY:
        _tell_the_planner()
    return made


MANY = 5_000


def _tell_the_planner() -> None:
    """After a bulk insert PostgreSQL plans by the old sizes until its
    own daemon comes by: 20 times slower reads.
    """
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("ANALYZE region, checklist_entry, checklist_progress"))


def _periods(version: ItemVersion, opens_on: dt.date, due_on: dt.date) -> list[Period]:
    recurrence = Recurrence(version.recurrence)
    if recurrence is Recurrence.DAILY and opens_on == due_on:
        recurrence = Recurrence.ONCE  # a "daily" item of one day is that one deed
    return periods(recurrence, opens_on, due_on, tuple(version.times.split()))


def _count(election: Election, roots: Sequence[str]) -> int:
    query = select(func.count()).select_from(Entry).where(Entry.election_id == election.id)
    if roots:
        query = query.where(subtree(Entry.region_code, *roots))
    return db.session.scalar(query) or 0


def _fill_in(election: Election, version: ItemVersion, wanted: list[Period], roots: Sequence[str]) -> None:
    """Insert the missing entries of an item, in a few statements
    whatever the number of regions and periods.
    """
    for start in range(0, len(wanted), PERIODS_AT_ONCE):
        missing = _missing(election, version, wanted[start : start + PERIODS_AT_ONCE], roots)
        db.session.execute(insert(Entry.__table__).from_select([*NEW_ENTRY], missing))


PERIODS_AT_ONCE = 100
"""SQLite takes 500 terms of a UNION at most."""
NEW_ENTRY = (
    "election_id",
    "item_id",
    "version_id",
    "region_code",
    "level",
    "area",
    "stage",
    "unit_id",
    "period",
    "event_title",
    "opens_on",
    "due_on",
    "due_time",
    "due_reason",
    "standing",
    "measure_reason",
    "note",
    "reason",
    "help_wanted",
    "no_evidence_reason",
    "evidence_count",
    "filled_by_name",
    "filled_office",
    "reviewed_by_name",
    "reviewed_office",
    "review_reason",
    "review_fix",
    "version",
)


def _missing(
    election: Election, version: ItemVersion, wanted: list[Period], roots: Sequence[str]
) -> Select[Any]:
    """Rows for every region of the item's levels in each of these periods that has none yet."""
    period = union_all(
        *(
            select(
                literal(one.key).label("key"),
                literal(one.opens_on).label("opens_on"),
                literal(one.due_on).label("due_on"),
                literal(one.due_time).label("due_time"),
            )
            for one in wanted
        )
    ).subquery()
    known = (
        select(Entry.id)
        .where(
            Entry.election_id == election.id,
            Entry.item_id == version.item_id,
            Entry.region_code == Region.code,
            Entry.period == period.c.key,
        )
        .correlate(Region, period)
    )
    empty = {name: literal("") for name in NEW_ENTRY}
    given = empty | {
        "election_id": literal(election.id),
        "item_id": literal(version.item_id),
        "version_id": literal(version.id),
        "region_code": Region.code,
        "level": Region.level,
        "area": literal(version.area),
        "stage": literal(version.stage),
        "unit_id": literal(version.unit_id, Entry.__table__.c.unit_id.type),
        "period": period.c.key,
        "opens_on": period.c.opens_on,
        "due_on": period.c.due_on,
        "due_time": period.c.due_time,
        "standing": literal("belum"),
        "evidence_count": literal(0),
        "version": literal(1),
    }
    query = (
        select(*(given[name].label(name) for name in NEW_ENTRY))
        .select_from(Region)
        .join(period, true())
        .where(Region.level.in_(version.levels.split()), Region.retired_on.is_(None), not_(known.exists()))
    )
    missing: Select[Any] = query.where(subtree(Region.code, *roots) if roots else true())  # type: ignore[assignment]
    return missing


def _refresh_wording(
    election: Election, version: ItemVersion, opens_on: dt.date, due_on: dt.date, roots: Sequence[str]
) -> None:
    """Let entries that nobody has begun take the current wording; a single item takes its dates too."""
    untouched = and_(
        Entry.election_id == election.id,
        Entry.item_id == version.item_id,
        Entry.version_id != version.id,
        Entry.standing == "belum",
        Entry.version == 1,
    )
    if roots:
        untouched = and_(untouched, subtree(Entry.region_code, *roots))
    values: dict[str, Any] = {
        "version_id": version.id,
        "area": version.area,
        "stage": version.stage,
        "unit_id": version.unit_id,
    }
    if Recurrence(version.recurrence) is Recurrence.ONCE:
        values |= {"opens_on": opens_on, "due_on": due_on}
    db.session.execute(update(Entry.__table__).where(untouched).values(values))


def _overrides(election: Election) -> list[StageOverride]:
    """All moves of stages, the wider regions first, so that the nearest region's has the last word."""
    query = select(StageOverride).where(StageOverride.election_id == election.id)
    return sorted(db.session.scalars(query), key=lambda move: (len(move.region_code), move.id))


def _latest(overrides: Sequence[StageOverride]) -> list[StageOverride]:
    """The moves in force: of those for one stage and region, the last."""
    return list({(move.region_code, move.stage_code): move for move in overrides}.values())


def _drop_superseded(election: Election, superseded: Sequence[StageOverride]) -> None:
    """Forget what a move that another one replaced had asked for again, where nobody has begun it."""
    for move in superseded:
        discussed = select(Remark.id).where(Remark.entry_id == Entry.id).exists()
        db.session.execute(
            delete(Entry.__table__).where(
                Entry.election_id == election.id,
                subtree(Entry.region_code, move.region_code),
                or_(
                    Entry.period == f"{AGAIN}{move.id}",
                    Entry.period.startswith(f"{AGAIN}{move.id} "),
                ),
                Entry.standing == Standing.NOT_STARTED.value,
                Entry.version == 1,
                not_(discussed),
            )
        )


def _follow(
    election: Election, version: ItemVersion, stages: dict[str, Stage], override: StageOverride
) -> None:
    """Let the entries of a moved stage move with it in that region; a stage that reopens later asks again.

    Source: domain.md 2a (revotes of 2025: within 60 days in Kutai Kartanegara, three months in Mahakam Ulu).
    """
    stage = stages[version.stage]
    first, last = window(version, election, stages)
    later_start = override.starts_on - shifted(election.voting_day, stage.start_offset)
    later_end = override.ends_on - shifted(election.voting_day, stage.end_offset)
    opens_on = first + later_start
    if override.starts_on > shifted(election.voting_day, stage.end_offset):
        opens_on = min(opens_on, override.ends_on)
        due_on = max(opens_on, min(last + later_start, override.ends_on))
        again = [
            Period(
                f"{AGAIN}{override.id} {period.key}".strip(), period.opens_on, period.due_on, period.due_time
            )
            for period in _periods(version, opens_on, due_on)
        ]
        _fill_in(election, version, again, [override.region_code])
        return
    due_on = max(opens_on, last + later_end)
    if Recurrence(version.recurrence) is not Recurrence.ONCE:
        _fill_in(election, version, _periods(version, opens_on, due_on), [override.region_code])
        return
    moved = (
        update(Entry.__table__)
        .where(
            Entry.election_id == election.id,
            Entry.item_id == version.item_id,
            Entry.period == "",
            subtree(Entry.region_code, override.region_code),
            Entry.standing.in_([standing.value for standing in OPEN]),
            or_(Entry.due_reason == "", Entry.due_reason.startswith(MOVED)),  # a supervisor's own word stays
        )
        .values(opens_on=opens_on, due_on=due_on, due_reason=f"{MOVED}{override.reason}"[:300])
    )
    db.session.execute(moved)


MOVED = "Tahapan dipindahkan: "
