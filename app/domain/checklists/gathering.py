"""The items of the levels below a region, each gathered into one line: 12 dari 13 kecamatan, and who is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, select

from app.domain.accounts import Person, Unit
from app.domain.checklists.models import Entry, Item, ItemVersion
from app.domain.checklists.papers import Scope, within
from app.domain.checklists.progress import AsOf
from app.domain.checklists.rules import OPEN, Standing
from app.domain.checklists.totals import Totals
from app.domain.regions import Level, Region
from app.domain.stages import Election
from app.extensions import db

NAMED = 12
"""Regions that are not done are named up to this many; more of them are only counted."""
SEVERAL = "beberapa orang"
DONE = (Standing.DONE.value, Standing.VERIFIED.value)
WAIVED = (Standing.NOT_APPLICABLE.value, Standing.WAIVER_VERIFIED.value)
LEVELS = [level.value for level in Level]


class Gathered(NamedTuple):
    """One item of one lower level, over all its regions and periods so far.

    `value` is the sum of what the regions counted, None unless each of them, once, has said a figure; the same
    for `value_of`. A name is None where there is none, and SEVERAL where there is more than one.
    """

    code: str
    title: str
    area: str
    level: str
    unit_name: str | None
    recurrence: str
    measure_unit: str
    due_from: dt.date
    due_on: dt.date
    totals: Totals
    regions_done: int
    regions_total: int
    remaining: tuple[str, ...]
    """Names of the regions that are not done, if they are at most NAMED."""
    is_once: bool
    """Whether every region has just one entry."""
    value: int | None
    value_of: int | None
    evidence_count: int
    filled_by: str | None
    filled_at: dt.datetime | None
    reviewed_by: str | None
    reviewed_at: dt.datetime | None


def gathered_in(person: Person, election: Election, scope: Scope, as_of: AsOf) -> list[Gathered]:
    """The items of the levels below the region, in the library's order. Four statements, whatever the size."""
    below = and_(within(person, election, scope, as_of), Entry.region_code != scope.region)
    heaps: dict[tuple[int, str], _Heap] = {}
    for row in db.session.execute(_by_standing(below)):
        heaps.setdefault((row.item_id, row.level), _Heap()).add(row)
    spread = {(row.item_id, row.level): row for row in db.session.execute(_by_region(below))}
    few = [key for key, row in spread.items() if 0 < row.regions_total - row.regions_done <= NAMED]
    names = _open_names(below, few)
    wordings = _wordings({heap.version_id for heap in heaps.values()})
    return [
        heaps[key].gathered(wordings[heaps[key].version_id], key[1], spread[key], tuple(names.get(key, ())))
        for key in sorted(heaps, key=lambda k: (wordings[heaps[k].version_id].sort, LEVELS.index(k[1])))
    ]


def _by_standing(below: Any) -> Any:
    filler, reviewer = func.nullif(Entry.filled_by_name, ""), func.nullif(Entry.reviewed_by_name, "")
    return (
        select(
            Entry.item_id,
            Entry.level,
            Entry.standing,
            func.count().label("entries"),
            func.max(Entry.version_id).label("version_id"),
            func.min(Entry.due_on).label("due_from"),
            func.max(Entry.due_on).label("due_on"),
            func.sum(Entry.measure_value).label("measure_value"),
            func.count(Entry.measure_value).label("measure_value_said"),
            func.sum(Entry.measure_total).label("measure_total"),
            func.count(Entry.measure_total).label("measure_total_said"),
            func.sum(Entry.evidence_count).label("evidence"),
            func.min(filler).label("first_filler"),
            func.max(filler).label("last_filler"),
            func.max(Entry.filled_at).label("filled_at"),
            func.min(reviewer).label("first_reviewer"),
            func.max(reviewer).label("last_reviewer"),
            func.max(Entry.reviewed_at).label("reviewed_at"),
        )
        .where(below)
        .group_by(Entry.item_id, Entry.level, Entry.standing)
    )


def _by_region(below: Any) -> Any:
    applies = case((Entry.standing.in_(WAIVED), 0), else_=1)
    done = case((Entry.standing.in_(DONE), 1), else_=0)
    each = (
        select(
            Entry.item_id,
            Entry.level,
            func.count().label("entries"),
            func.sum(applies).label("applies"),
            func.sum(done).label("done"),
        )
        .where(below)
        .group_by(Entry.item_id, Entry.level, Entry.region_code)
        .subquery()
    )
    has_any = each.c.applies > 0
    return select(
        each.c.item_id,
        each.c.level,
        func.max(each.c.entries).label("most"),
        func.sum(case((has_any, 1), else_=0)).label("regions_total"),
        func.sum(case((and_(has_any, each.c.done == each.c.applies), 1), else_=0)).label("regions_done"),
    ).group_by(each.c.item_id, each.c.level)


def _open_names(below: Any, keys: Sequence[tuple[int, str]]) -> dict[tuple[int, str], list[str]]:
    if not keys:
        return {}
    query = (
        select(Entry.item_id, Entry.level, Entry.region_code, Region.name)
        .join(Region, Region.code == Entry.region_code)
        .where(
            below,
            Entry.item_id.in_({item for item, _ in keys}),
            Entry.standing.in_([standing.value for standing in OPEN]),
        )
        .distinct()
        .order_by(Entry.region_code)
    )
    names: dict[tuple[int, str], list[str]] = {key: [] for key in keys}
    for item_id, level, _, name in db.session.execute(query):
        if (item_id, level) in names:
            names[item_id, level].append(name)
    return names


def _wordings(version_ids: set[int]) -> dict[int, Any]:
    query = (
        select(
            ItemVersion.id,
            Item.code,
            Item.sort,
            ItemVersion.title,
            ItemVersion.area,
            ItemVersion.recurrence,
            ItemVersion.measure_unit,
            Unit.name.label("unit_name"),
        )
        .join(Item, Item.id == ItemVersion.item_id)
        .outerjoin(Unit, Unit.id == ItemVersion.unit_id)
        .where(ItemVersion.id.in_(version_ids))
    )
    return {row.id: row for row in db.session.execute(query)}


class _Heap:
    """The groups of one item and level, added up."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.rows: list[Any] = []

    def add(self, row: Any) -> None:
        self.counts[row.standing] = row.entries
        self.rows.append(row)

    @property
    def version_id(self) -> int:
        """The newest wording among the entries."""
        return max(int(row.version_id) for row in self.rows)

    def gathered(self, wording: Any, level: str, spread: Any, remaining: tuple[str, ...]) -> Gathered:
        totals = Totals(**{field.name: self.counts.get(field.name, 0) for field in fields(Totals)})
        is_once = spread.most == 1
        return Gathered(
            code=wording.code,
            title=wording.title,
            area=wording.area,
            level=level,
            unit_name=wording.unit_name,
            recurrence=wording.recurrence,
            measure_unit=wording.measure_unit,
            due_from=min(row.due_from for row in self.rows),
            due_on=max(row.due_on for row in self.rows),
            totals=totals,
            regions_done=int(spread.regions_done),
            regions_total=int(spread.regions_total),
            remaining=remaining,
            is_once=is_once,
            value=self._sum("measure_value", totals) if is_once else None,
            value_of=self._sum("measure_total", totals) if is_once else None,
            evidence_count=sum(int(row.evidence) for row in self.rows),
            filled_by=self._who("filler"),
            filled_at=max((row.filled_at for row in self.rows if row.filled_at), default=None),
            reviewed_by=self._who("reviewer"),
            reviewed_at=max((row.reviewed_at for row in self.rows if row.reviewed_at), default=None),
        )

    def _sum(self, name: str, totals: Totals) -> int | None:
        counting = [row for row in self.rows if row.standing not in WAIVED]
        said = sum(getattr(row, f"{name}_said") for row in counting)
        if not counting or said < totals.expected:
            return None
        return int(sum(getattr(row, name) for row in counting))

    def _who(self, kind: str) -> str | None:
        names = {getattr(row, f"{end}_{kind}") for row in self.rows for end in ("first", "last")} - {None}
        return None if not names else names.pop() if len(names) == 1 else SEVERAL
