"""A plan against the entries that are there: what is missing, what is out of date, what nobody asks for any more.

Only conditions and selects: `expect()` acts on them, a preview counts them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, literal, not_, or_, select, true, union_all

from app.domain.checklists.models import Entry, Remark
from app.domain.checklists.plans import NOBODY, Plan, today
from app.domain.checklists.rules import EVENT, Period, Standing
from app.domain.regions import Region, subtree


def entries_of(plan: Plan, roots: Sequence[str] = (), levels: Sequence[str] = ()) -> ColumnElement[bool]:
    """The item's entries in this election, below the roots and of these levels where they are given."""
    return and_(
        Entry.election_id == plan.election_id,
        Entry.item_id == plan.version.item_id,
        subtree(Entry.region_code, *roots) if roots else true(),
        Entry.level.in_(levels) if levels else true(),
    )


def begun() -> ColumnElement[bool]:
    """Somebody has worked on it, also where that was taken back."""
    return or_(Entry.standing != Standing.NOT_STARTED.value, Entry.version > 1)


def not_begun() -> ColumnElement[bool]:
    """Nobody has done anything to it; what people said about it is no deed."""
    return and_(Entry.standing == Standing.NOT_STARTED.value, Entry.version == 1)


def untouched() -> ColumnElement[bool]:
    """Nobody has begun it, nobody has said a word about it, and it is no event: those were made by somebody."""
    return and_(
        not_begun(),
        not_(Entry.period.startswith(EVENT)),
        not_(select(Remark.id).where(Remark.entry_id == Entry.id).exists()),
    )


def in_plan(plan: Plan) -> ColumnElement[bool]:
    """Entries of a level and period that the plan asks for, or of something that happened."""
    asked = [
        and_(
            Entry.period.in_([period.key for period in run.periods]),
            subtree(Entry.region_code, run.root) if run.root else true(),
            not_(subtree(Entry.region_code, *run.but)) if run.but else true(),
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
        Entry.version_id != (plan.version.id or NOBODY),
        not_begun(),
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
            rows = _rows(plan, wanted[start : start + PERIODS_AT_ONCE], below, levels)
            found.append(rows.where(not_(subtree(Region.code, *run.but))) if run.but else rows)
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
