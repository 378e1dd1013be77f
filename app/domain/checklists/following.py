"""Following: entries of items that wait for an answer come and go with the deed that gives it or takes it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import and_, delete, insert, literal, not_, or_, select
from sqlalchemy.orm import aliased

from app.domain.checklists import progress
from app.domain.checklists.conditions import Condition, waiting_wordings
from app.domain.checklists.gaps import NEW_ENTRY, condition_met, entries_of, missing, untouched
from app.domain.checklists.models import Entry, Item, ItemVersion
from app.domain.checklists.plans import Plan, plan_of
from app.domain.checklists.rows import EntryRow
from app.domain.checklists.rules import Standing
from app.domain.regions import ancestors
from app.domain.stages import Election, Stage, StageOverride
from app.extensions import db

TABLE = Entry.__table__
COUNTED = (TABLE.c.region_code, TABLE.c.area, TABLE.c.stage, TABLE.c.due_on, TABLE.c.opens_on)


def follow(entry: EntryRow, standing: Standing, measure: int | None) -> None:
    """Make or take away, in this region, what waits for the entry, which now stands so and has this figure.

    Nothing is asked of the database where nothing waits for it, or where the answer decides nothing; else one
    statement to read, one for each item that comes, one for all that go, and one for the counters. What somebody
    has begun stays.
    """
    if not entry.dependents:
        return
    came: list[int] = []
    went: list[int] = []
    for version_id, condition in waiting_wordings(entry.code, entry.dependents).items():
        before = condition.is_met(entry.standing, entry.measure_value)
        after = condition.is_met(standing, measure)
        if before != after:
            (came if after else went).append(version_id)
    if came or went:
        plans = _plans(entry, [*came, *went])
        _bring(entry, [plan for plan in plans if plan.version.id in came])
        _take(entry, [plan for plan in plans if plan.version.id in went])


def _bring(entry: EntryRow, plans: Iterable[Plan]) -> None:
    added: list[Any] = []
    for plan in plans:
        for rows in missing(plan, [entry.region_code], [entry.level]):
            statement = insert(TABLE).from_select([*NEW_ENTRY], rows).returning(*COUNTED)
            added += db.session.execute(statement).all()
    progress.shift(entry.election_id, added, +1)


def _take(entry: EntryRow, plans: Iterable[Plan]) -> None:
    gone = [
        and_(entries_of(plan, [entry.region_code], [entry.level]), not_(condition_met(plan)))
        for plan in plans
    ]
    if gone:
        statement = delete(TABLE).where(untouched(), or_(*gone)).returning(*COUNTED)
        progress.shift(entry.election_id, db.session.execute(statement).all(), -1)


def _plans(entry: EntryRow, version_ids: list[int]) -> list[Plan]:
    """What these wordings ask for in the entry's region. One statement."""
    asked, first = aliased(Item), aliased(ItemVersion)
    query = (
        select(ItemVersion, Item.expected_from, Election, Stage, StageOverride, first)
        .join(Item, Item.id == ItemVersion.item_id)
        .join(Election, Election.id == entry.election_id)
        .join(asked, asked.id == entry.item_id)
        .join(first, first.id == asked.current_version_id)
        .outerjoin(Stage, Stage.election_id == Election.id)
        .outerjoin(
            StageOverride,
            and_(
                StageOverride.election_id == Election.id,
                StageOverride.stage_code == Stage.code,
                StageOverride.region_code.in_(ancestors(entry.region_code)),
            ),
        )
        .where(ItemVersion.id.in_(version_ids))
        .order_by(StageOverride.id)
    )
    return _read(entry, db.session.execute(query).all())


def _read(entry: EntryRow, rows: Iterable[Any]) -> list[Plan]:
    stages: dict[str, Stage] = {}
    moves: dict[tuple[str, str], StageOverride] = {}
    found: dict[int, Any] = {}
    for row in rows:
        version, _, _, stage, move, _ = row
        found.setdefault(version.id, row)
        if stage is not None:
            stages[stage.code] = stage
        if move is not None:
            moves[move.region_code, move.stage_code] = move
    nearest_last = sorted(moves.values(), key=lambda move: (len(move.region_code), move.id))
    return [
        plan_of(election, version, stages, nearest_last, since, {entry.code: first})
        for version, since, election, _, _, first in found.values()
    ]


def condition_stands(entry: EntryRow) -> bool | None:
    """Whether what an entry waits for still stands in its region; None where it waits for nothing. One statement."""
    condition = Condition.read(entry.condition)
    if condition is None:
        return None
    first = aliased(Entry)
    met = (
        select(first.id)
        .join(Item, Item.id == first.item_id)
        .where(
            Item.code == condition.code,
            first.election_id == entry.election_id,
            first.region_code == entry.region_code,
            or_(first.period == entry.period, first.period == "", literal(entry.period == "")),
            condition.is_met_by(first),
        )
    )
    return bool(db.session.scalar(select(met.exists())))
