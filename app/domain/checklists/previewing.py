"""Previews: what a change of the library would do to the entries, counted by the very conditions that do it.

Reads only; nobody who ticks has to wait for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, not_, or_, select, union_all

from app.domain.checklists.drafting import Change, Proposal
from app.domain.checklists.gaps import begun, entries_of, missing, stale, superfluous, untouched, withdrawn
from app.domain.checklists.models import Entry, ItemVersion
from app.domain.checklists.plans import NOBODY, Plan, plans_of, today
from app.domain.checklists.publishing import MAKES_ENTRIES
from app.domain.checklists.rules import WAITING, Recurrence
from app.domain.regions import Region
from app.domain.stages import Election
from app.extensions import db

EXAMPLES = 3


class Example(NamedTuple):
    """One entry of many."""

    region_name: str
    due_on: dt.date
    due_time: str


@dataclass(frozen=True)
class Spread:
    """Entries by level and by kabupaten/kota (a province's own under its code), with their first and last deadline."""

    total: int = 0
    by_level: Mapping[str, int] = field(default_factory=dict)
    by_kabkota: Mapping[str, int] = field(default_factory=dict)
    first: dt.date | None = None
    last: dt.date | None = None
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Effect:
    """What publishing one change does."""

    appears: Spread = field(default_factory=Spread)
    goes: Spread = field(default_factory=Spread)
    rewritten: int = 0
    """Not begun; they take the new wording."""
    redated: int = 0
    """Of those, how many get another deadline or first day."""
    late_at_once: int = 0
    """Of those, how many are late by the new deadline and were not before."""
    kept: Mapping[int, int] = field(default_factory=dict)
    """Begun or answered, by the number of the wording that they keep."""
    waiting: int = 0
    """Of the begun ones, how many wait for verification."""
    not_made: int = 0
    """Would be due before today, so nobody is asked."""
    missed: int = 0
    """Untouched, over, and no longer asked for: they stay as missed."""

    @property
    def touched(self) -> int:
        """How many entries publishing writes."""
        return self.appears.total + self.goes.total + self.rewritten


def effects_of(election: Election, changes: Sequence[Proposal]) -> list[Effect]:
    """The effect of each change, if all are published together. Some eight statements a change."""
    drawn = [_drawn(change) for change in changes]
    firsts = {change.code: version for change, version in zip(changes, drawn, strict=True)}
    plans = plans_of(election, drawn, firsts)
    return [
        _retiring(plan) if change.kind is Change.RETIRE else _changing(change, plan)
        for change, plan in zip(changes, plans, strict=True)
    ]


def _drawn(change: Proposal) -> ItemVersion:
    """The wording as a version that is in no session, or the one in force where it stays."""
    if change.current is not None and not change.changes:
        return change.current
    return ItemVersion(item_id=change.item.id if change.item else NOBODY, **asdict(change.wording))


def _changing(change: Proposal, plan: Plan) -> Effect:
    asks_anew = change.kind is not Change.REWORD or bool(MAKES_ENTRIES & change.changes.keys())
    since = today() if asks_anew else plan.since
    mine = entries_of(plan)
    unasked = and_(
        mine, untouched(), Entry.due_on < today(), _other(plan), not_(stale(plan)), not_(superfluous(plan))
    )
    return Effect(
        appears=_spread_of_rows(missing(replace(plan, since=since))),
        goes=_spread_of_entries(and_(mine, superfluous(plan))),
        missed=_count(unasked),
        not_made=sum(_rows(rows) for rows in missing(plan, until=since)) if asks_anew and since else 0,
        **_rewritten(plan),
        **_kept(plan),
    )


def _other(plan: Plan) -> ColumnElement[bool]:
    return Entry.version_id != (plan.version.id or NOBODY)


def _retiring(plan: Plan) -> Effect:
    mine = entries_of(plan)
    return Effect(
        goes=_spread_of_entries(and_(mine, withdrawn())),
        missed=_count(and_(mine, untouched(), Entry.due_on < today())),
        **_kept(plan),
    )


def _kept(plan: Plan) -> dict[str, Any]:
    """What was begun, by wording, and how much of it waits for verification."""
    waits = case((Entry.standing.in_([standing.value for standing in WAITING]), 1), else_=0)
    query = (
        select(ItemVersion.number, func.count(), func.sum(waits))
        .join(ItemVersion, ItemVersion.id == Entry.version_id)
        .where(entries_of(plan), begun())
        .group_by(ItemVersion.number)
        .order_by(ItemVersion.number)
    )
    rows = [tuple(row) for row in db.session.execute(query)]
    return {
        "kept": {number: count for number, count, _ in rows},
        "waiting": int(sum(waiting for _, _, waiting in rows)),
    }


def _rewritten(plan: Plan) -> dict[str, Any]:
    """Entries that take the wording, and what becomes of their dates where the period stays."""
    taking = and_(entries_of(plan), stale(plan), not_(superfluous(plan)))
    if plan.recurrence is not Recurrence.ONCE:
        return {"rewritten": _count(taking)}
    usual = plan.usual
    single = Entry.period == ""
    moved = and_(single, or_(Entry.opens_on != usual.opens_on, Entry.due_on != usual.due_on))
    late = and_(single, Entry.due_on >= today(), literal(usual.due_on < today()))
    query = select(
        func.count(), func.sum(case((moved, 1), else_=0)), func.sum(case((late, 1), else_=0))
    ).where(taking)
    total, redated, late_at_once = db.session.execute(query).one()
    return {"rewritten": total, "redated": int(redated or 0), "late_at_once": int(late_at_once or 0)}


def _count(condition: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Entry).where(condition)) or 0


def _rows(rows: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _spread_of_entries(condition: ColumnElement[bool]) -> Spread:
    columns = (Entry.level, Entry.region_code, Entry.due_on, Entry.due_time)
    query: Select[Any] = select(*columns).where(condition)  # type: ignore[assignment]
    return _spread([query])


def _spread_of_rows(rows: Sequence[Select[Any]]) -> Spread:
    columns = ("level", "region_code", "due_on", "due_time")
    return _spread([one.with_only_columns(*(one.selected_columns[name] for name in columns)) for one in rows])


def _spread(parts: Sequence[Select[Any]]) -> Spread:
    """Counts and a few examples of the rows (level, region code, deadline, hour) of these selects."""
    if not parts:
        return Spread()
    rows = union_all(*parts).subquery() if len(parts) > 1 else parts[0].subquery()
    kabkota = func.substr(rows.c.region_code, 1, 5)
    counted = db.session.execute(
        select(rows.c.level, kabkota, func.count(), func.min(rows.c.due_on), func.max(rows.c.due_on))
        .group_by(rows.c.level, kabkota)
        .order_by(kabkota)
    ).all()
    if not counted:
        return Spread()
    by_level: dict[str, int] = {}
    by_kabkota: dict[str, int] = {}
    for level, code, count, _, _ in counted:
        by_level[level] = by_level.get(level, 0) + count
        by_kabkota[code] = by_kabkota.get(code, 0) + count
    return Spread(
        sum(by_level.values()),
        by_level,
        by_kabkota,
        min(row[3] for row in counted),
        max(row[4] for row in counted),
        _examples(rows),
    )


def _examples(rows: Any) -> tuple[Example, ...]:
    query = (
        select(Region.name, rows.c.due_on, rows.c.due_time)
        .join_from(rows, Region, Region.code == rows.c.region_code)
        .order_by(rows.c.due_on, rows.c.region_code, rows.c.due_time)
        .limit(EXAMPLES)
    )
    return tuple(Example(*row) for row in db.session.execute(query))


MOST_AT_ONCE = 200_000
"""Entries that a request may write; more are the worker's, kabupaten by kabupaten."""


def is_much(election: Election, changes: Sequence[Proposal]) -> bool:
    """Whether publishing these changes may write more than `MOST_AT_ONCE` entries. Few statements."""
    items = [change.item.id for change in changes if change.item]
    standing = select(func.count()).where(Entry.election_id == election.id, Entry.item_id.in_(items))
    total = db.session.scalar(standing) or 0
    counts = select(Region.level, func.count()).where(Region.retired_on.is_(None)).group_by(Region.level)
    regions = {row[0]: int(row[1]) for row in db.session.execute(counts)}
    plans = plans_of(election, [_drawn(change) for change in changes if change.kind is not Change.RETIRE])
    for plan in plans:
        places = sum(regions.get(level, 0) for level in plan.version.levels.split())
        total += places * sum(len(run.periods) for run in plan.runs)
    return total > MOST_AT_ONCE
