"""Plans: which entries an item should have, where and when.

The one account of it: `expect()` makes it so, a preview counts what would change, and a deed on an item that others
wait for follows it too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, not_, or_, select, true, union_all

from app.domain import clock
from app.domain.checklists.conditions import Condition, Link, waits_by_period
from app.domain.checklists.library import window
from app.domain.checklists.models import Entry, Item, ItemVersion, Remark
from app.domain.checklists.rules import AGAIN, EVENT, Period, Recurrence, Standing, periods
from app.domain.regions import Region, subtree
from app.domain.stages import Election, Stage, StageOverride, shifted, stages_of
from app.extensions import db

WESTERNMOST = "Asia/Jakarta"
"""A day is over for everybody only when it is over here."""


@dataclass(frozen=True)
class Run:
    """Periods that are asked below `root` ("": everywhere)."""

    periods: tuple[Period, ...]
    root: str = ""


@dataclass(frozen=True)
class Move:
    """Other dates for the open entries of a single item where its stage was moved."""

    root: str
    opens_on: dt.date
    due_on: dt.date
    reason: str


@dataclass(frozen=True)
class Plan:
    """What one wording asks for in one election."""

    election_id: int
    version: ItemVersion
    recurrence: Recurrence
    """As it works out: a "daily" item of one day is that one deed."""
    runs: tuple[Run, ...]
    moves: tuple[Move, ...] = ()
    since: dt.date | None = None
    """What was due before is not made any more."""
    link: Link | None = None

    @property
    def dates_follow(self) -> bool:
        """Whether an entry's dates may change while its period stays, as for a single item."""
        return self.recurrence in (Recurrence.ONCE, Recurrence.TWICE_ON_DAY, Recurrence.FIVE_ON_DAY)


def today() -> dt.date:
    """The day that is not over yet anywhere."""
    return clock.today(WESTERNMOST)


def overrides_of(election: Election) -> list[StageOverride]:
    """All moves of stages, the wider regions first, so that the nearest region's has the last word."""
    query = select(StageOverride).where(StageOverride.election_id == election.id)
    return sorted(db.session.scalars(query), key=lambda move: (len(move.region_code), move.id))


def latest(overrides: Iterable[StageOverride]) -> list[StageOverride]:
    """The moves in force: of those for one stage and region, the last."""
    return list({(move.region_code, move.stage_code): move for move in overrides}.values())


def plans_of(
    election: Election, versions: Sequence[ItemVersion], firsts: dict[str, ItemVersion] | None = None
) -> list[Plan]:
    """The plans of these wordings, which need not be published yet.

    `firsts` gives wordings by code for the items that conditions name, where they differ from those in force.
    """
    stages = {stage.code: stage for stage in stages_of(election)}
    moves = latest(overrides_of(election))
    ids = {version.item_id for version in versions}
    since = {
        row.id: row.expected_from
        for row in db.session.execute(select(Item.id, Item.expected_from).where(Item.id.in_(ids)))
    }
    known = _firsts(versions) | (firsts or {})
    return [
        plan_of(election, version, stages, moves, since.get(version.item_id), known) for version in versions
    ]


def _firsts(versions: Sequence[ItemVersion]) -> dict[str, ItemVersion]:
    """The wordings in force of the items that these wait for."""
    codes = {found.code for version in versions if (found := Condition.read(version.condition))}
    if not codes:
        return {}
    query = (
        select(Item.code, ItemVersion)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .where(Item.code.in_(codes))
    )
    return {code: version for code, version in db.session.execute(query).tuples()} if codes else {}


def plan_of(
    election: Election,
    version: ItemVersion,
    stages: dict[str, Stage],
    overrides: Iterable[StageOverride],
    since: dt.date | None,
    firsts: dict[str, ItemVersion],
) -> Plan:
    """The plan of one wording; nothing is read."""
    first, last = window(version, election, stages)
    recurrence = _works_out_as(version, first, last)
    runs = [Run(_periods(version, first, last))]
    moves: list[Move] = []
    for override in overrides:
        if override.stage_code == version.stage:
            found = _moved(election, version, stages[version.stage], override, first, last)
            (moves if isinstance(found, Move) else runs).append(found)  # type: ignore[arg-type]
    return Plan(
        election.id,
        version,
        recurrence,
        tuple(runs),
        tuple(moves),
        since,
        _link(election, version, recurrence, stages, firsts),
    )


def _link(
    election: Election,
    version: ItemVersion,
    recurrence: Recurrence,
    stages: dict[str, Stage],
    firsts: dict[str, ItemVersion],
) -> Link | None:
    condition = Condition.read(version.condition)
    if condition is None:
        return None
    first = firsts.get(condition.code)
    if first is None or first.item_id is None:
        return Link(condition, NOBODY, False)
    by_period = waits_by_period(recurrence, _works_out_as(first, *window(first, election, stages)))
    return Link(condition, first.item_id, by_period)


NOBODY = -1
"""The number of an item that is not in the database yet, so that nothing is found for it."""


def _works_out_as(version: ItemVersion, opens_on: dt.date, due_on: dt.date) -> Recurrence:
    recurrence = Recurrence(version.recurrence)
    return Recurrence.ONCE if recurrence is Recurrence.DAILY and opens_on == due_on else recurrence


def _periods(version: ItemVersion, opens_on: dt.date, due_on: dt.date) -> tuple[Period, ...]:
    recurrence = _works_out_as(version, opens_on, due_on)
    return tuple(periods(recurrence, opens_on, due_on, tuple(version.times.split())))


def _moved(
    election: Election,
    version: ItemVersion,
    stage: Stage,
    override: StageOverride,
    first: dt.date,
    last: dt.date,
) -> Run | Move:
    """What a moved stage asks for in its region; a stage that reopens later asks again.

    Source: domain.md 2a (revotes of 2025: within 60 days in Kutai Kartanegara, three months in Mahakam Ulu).
    """
    later_start = override.starts_on - shifted(election.voting_day, stage.start_offset)
    later_end = override.ends_on - shifted(election.voting_day, stage.end_offset)
    opens_on = first + later_start
    if override.starts_on > shifted(election.voting_day, stage.end_offset):
        opens_on = min(opens_on, override.ends_on)
        due_on = max(opens_on, min(last + later_start, override.ends_on))
        again = (
            Period(f"{AGAIN}{override.id} {one.key}".strip(), one.opens_on, one.due_on, one.due_time)
            for one in _periods(version, opens_on, due_on)
        )
        return Run(tuple(again), override.region_code)
    due_on = max(opens_on, last + later_end)
    if Recurrence(version.recurrence) is not Recurrence.ONCE:
        return Run(_periods(version, opens_on, due_on), override.region_code)
    return Move(override.region_code, opens_on, due_on, override.reason)


# --- The plan as conditions on the entries -----------------------------------------------------------------------


def entries_of(plan: Plan, roots: Sequence[str] = (), levels: Sequence[str] = ()) -> ColumnElement[bool]:
    """The item's entries in this election, below the roots and of these levels where they are given."""
    return and_(
        Entry.election_id == plan.election_id,
        Entry.item_id == plan.version.item_id,
        subtree(Entry.region_code, *roots) if roots else true(),
        Entry.level.in_(levels) if levels else true(),
    )


def untouched() -> ColumnElement[bool]:
    """Nobody has begun it, nobody has said a word about it, and it is no event: those were made by somebody."""
    return and_(
        Entry.standing == Standing.NOT_STARTED.value,
        Entry.version == 1,
        not_(Entry.period.startswith(EVENT)),
        not_(select(Remark.id).where(Remark.entry_id == Entry.id).exists()),
    )


def in_plan(plan: Plan) -> ColumnElement[bool]:
    """Entries of a level and period that the plan asks for, or of something that happened."""
    asked = [
        and_(
            Entry.period.in_([period.key for period in run.periods]),
            subtree(Entry.region_code, run.root) if run.root else true(),
        )
        for run in plan.runs
        if run.periods
    ]
    return and_(
        Entry.level.in_(plan.version.levels.split()),
        or_(false(), Entry.period.startswith(EVENT), *asked),
    )


def condition_met(plan: Plan) -> ColumnElement[bool]:
    """Entries whose condition holds; all of them where there is none."""
    if plan.link is None:
        return true()
    return plan.link.is_met_in(plan.election_id, Entry.region_code, Entry.period)


def stale(plan: Plan) -> ColumnElement[bool]:
    """Entries that still have another wording and may take this one: asked for, not begun."""
    return and_(
        or_(false(), Entry.version_id != (plan.version.id or NOBODY)),
        Entry.standing == Standing.NOT_STARTED.value,
        Entry.version == 1,
        in_plan(plan),
    )


def superfluous(plan: Plan) -> ColumnElement[bool]:
    """Untouched entries that the plan does not ask for: not due yet, or their condition does not hold.

    What was missed before the wording changed stays: it was asked for, and nobody did it.
    """
    other_wording = and_(
        Entry.version_id != (plan.version.id or NOBODY), Entry.due_on >= today(), not_(in_plan(plan))
    )
    if plan.link is None:
        return and_(untouched(), other_wording)
    return and_(untouched(), or_(other_wording, not_(condition_met(plan))))


def withdrawn() -> ColumnElement[bool]:
    """Entries that go when their item is retired: untouched and not yet over."""
    return and_(untouched(), Entry.due_on >= today())


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


def missing(
    plan: Plan, roots: Sequence[str] = (), levels: Sequence[str] = (), *, until: dt.date | None = None
) -> list[Select[Any]]:
    """Selects of the rows (NEW_ENTRY) that the plan asks for and nobody has made yet, in few statements.

    `until` gives instead those that are not made, because they were due before that day.
    """
    found = []
    for run in plan.runs:
        wanted = [period for period in run.periods if _is_wanted(period, plan.since, until)]
        below = _below(run.root, roots)
        for start in range(0, len(wanted) if below is not None else 0, PERIODS_AT_ONCE):
            assert below is not None  # noqa: S101
            found.append(_rows(plan, wanted[start : start + PERIODS_AT_ONCE], below, levels))
    return found


def _is_wanted(period: Period, since: dt.date | None, until: dt.date | None) -> bool:
    return (since is None or period.due_on >= since) and (until is None or period.due_on < until)


def _below(root: str, roots: Sequence[str]) -> tuple[str, ...] | None:
    """Where both limits agree; () for everywhere, None for nowhere."""
    if not root or not roots:
        return (root,) if root else tuple(roots)
    both = {max(root, one, key=len) for one in roots if _share(root, one)}
    return tuple(sorted(both)) or None


def _share(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long == short or long.startswith(f"{short}.")


def _rows(plan: Plan, wanted: Sequence[Period], below: Sequence[str], levels: Sequence[str]) -> Select[Any]:
    """Rows for every region of the item's levels in each of these periods that has none yet."""
    version = plan.version
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
            Entry.election_id == plan.election_id,
            Entry.item_id == (version.item_id or NOBODY),
            Entry.region_code == Region.code,
            Entry.period == period.c.key,
        )
        .correlate(Region, period)
    )
    given = {name: literal("") for name in NEW_ENTRY} | {
        "election_id": literal(plan.election_id),
        "item_id": literal(version.item_id or NOBODY),
        "version_id": literal(version.id or NOBODY),
        "region_code": Region.code,
        "level": Region.level,
        "area": literal(version.area),
        "stage": literal(version.stage),
        "unit_id": literal(version.unit_id, Entry.__table__.c.unit_id.type),
        "period": period.c.key,
        "opens_on": period.c.opens_on,
        "due_on": period.c.due_on,
        "due_time": period.c.due_time,
        "standing": literal(Standing.NOT_STARTED.value),
        "evidence_count": literal(0),
        "version": literal(1),
    }
    asked = [level for level in version.levels.split() if not levels or level in levels]
    query: Select[Any] = select(*(given[name].label(name) for name in NEW_ENTRY)).select_from(Region)  # type: ignore[assignment]
    query = query.join(period, true()).where(
        Region.level.in_(asked), Region.retired_on.is_(None), not_(known.exists())
    )
    if plan.link is not None:
        query = query.where(plan.link.is_met_in(plan.election_id, Region.code, period.c.key))
    return query.where(subtree(Region.code, *below)) if below else query


def count_of(query: Select[Any]) -> int:
    """How many rows such a select has."""
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
