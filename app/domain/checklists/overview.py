"""How far a region is, for its page: by area, by stage and by the regions below it, read in one go.

Kabupaten/kota and provinces read the counters, so the answer costs the same however many entries there are.
Kecamatan and desa are small enough to be counted from the entries; both ways count the same (`AsOf`).
"""

from __future__ import annotations

import operator
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, case, func, literal_column, or_, select

from app.domain.checklists.models import Entry, Progress
from app.domain.checklists.progress import BUCKETS, AsOf
from app.domain.checklists.rules import OPEN, Standing
from app.domain.checklists.totals import Totals
from app.domain.regions import Level, level_of
from app.domain.stages import Election
from app.statements import Fixed, one_of

_PLACE = {name: place for place, name in enumerate(BUCKETS)}
Counted = tuple[str, str, str, list[int], int]
"""Region code, area, stage, counts by standing in the order of BUCKETS, and how many are late."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Entries of one region and below by standing, and how many of the open ones are late."""

    totals: Totals = field(default_factory=Totals)
    overdue: int = 0


@dataclass(frozen=True)
class Overview:
    """The totals of a region and all below it, and the same by area, stage and region (code -> tally)."""

    whole: Tally = field(default_factory=Tally)
    areas: dict[str, Totals] = field(default_factory=dict)
    stages: dict[str, Totals] = field(default_factory=dict)
    regions: dict[str, Tally] = field(default_factory=dict)


class _Heap:
    """Counts added up as plain lists; a Totals for every row would cost more than the query."""

    def __init__(self) -> None:
        self._counts: dict[str, list[int]] = {}

    def add(self, key: str, counts: list[int], overdue: int) -> None:
        mine = self._counts.get(key)
        row = [*counts, overdue]
        self._counts[key] = row if mine is None else list(map(operator.add, mine, row))

    def tallies(self) -> dict[str, Tally]:
        return {key: Tally(Totals(*row[:-1]), row[-1]) for key, row in sorted(self._counts.items())}

    def totals(self) -> dict[str, Totals]:
        return {key: tally.totals for key, tally in self.tallies().items()}


def overview_of(election: Election, code: str, as_of: AsOf) -> Overview:
    """How far the region is; `regions` is keyed by kabupaten/kota for a province and by desa for a kecamatan.

    The region's own entries stand under its own code. One statement.
    """
    if level_of(code) in (Level.PROVINCE, Level.REGENCY):
        rows = _counted(election, code, as_of)
    else:
        rows = _entries(_OF_DISTRICT, election, code, as_of)
    whole, areas, stages, regions = _Heap(), _Heap(), _Heap(), _Heap()
    for region, area, stage, counts, overdue in rows:
        for heap, key in ((whole, ""), (areas, area), (stages, stage), (regions, region)):
            heap.add(key, counts, overdue)
    return Overview(whole.tallies().get("", Tally()), areas.totals(), stages.totals(), regions.tallies())


def tallies_of_districts(election: Election, kabkota: str, as_of: AsOf) -> dict[str, Tally]:
    """Tally per kecamatan of a kabupaten/kota, its own desk under its own code. One statement on entries."""
    heap = _Heap()
    for region, _, _, counts, overdue in _entries(_DISTRICTS, election, kabkota, as_of):
        heap.add(region, counts, overdue)
    return heap.tallies()


_TODAY = bindparam("today", type_=Date)
_IN_USE_FROM = bindparam("in_use_from", type_=Date)


def _late(due_on: Any) -> ColumnElement[bool]:
    """Due before today, but not before the desk began."""
    return and_(due_on < _TODAY, due_on >= _IN_USE_FROM)


def _below(region_code: Any) -> ColumnElement[bool]:
    """The region and all below it: one range of codes."""
    return and_(region_code >= bindparam("low"), region_code < bindparam("high"))


def _sum_counters() -> Select[Any]:
    """The opened counters by region, area and stage; what was untouched before the desk began is no debt."""
    table = Progress.__table__
    counted: dict[str, Any] = {name: table.c[name] for name in BUCKETS}
    untouched = Standing.NOT_STARTED.value
    counted[untouched] = case((table.c.due_on >= _IN_USE_FROM, counted[untouched]), else_=0)
    open_now = sum((table.c[standing.value] for standing in sorted(OPEN)), start=0)
    key = (table.c.region_code, table.c.area, table.c.stage)
    late = func.sum(case((_late(table.c.due_on), open_now), else_=0))
    return (
        select(*key, *(func.sum(counted[name]) for name in BUCKETS), late)
        .where(
            table.c.election_id == bindparam("election_id"),
            _below(table.c.region_code),
            table.c.opens_on <= _TODAY,
        )
        .group_by(*key)
    )


def _count_entries(width: int, *by: Any) -> Select[Any]:
    """The entries that count, by region of this code width, by these columns and by standing."""
    part = func.substr(Entry.region_code, 1, literal_column(str(width)))
    is_open = one_of(Entry.standing, sorted(OPEN))
    late = func.sum(case((and_(_late(Entry.due_on), is_open), 1), else_=0))
    return (
        select(part, *by, Entry.standing, func.count(), late)
        .where(
            # "+ 0" hides the column from the planner, which else reads a whole election instead of one region
            Entry.election_id + 0 == bindparam("election_id"),
            _below(Entry.region_code),
            Entry.opens_on <= _TODAY,
            or_(Entry.due_on >= _IN_USE_FROM, Entry.standing != Standing.NOT_STARTED.value),
        )
        .group_by(literal_column("1"), *by, Entry.standing)
    )


_COUNTERS = Fixed(_sum_counters())
_OF_DISTRICT = Fixed(_count_entries(13, Entry.area, Entry.stage))
_DISTRICTS = Fixed(_count_entries(8))


def _given(election: Election, root: str, as_of: AsOf) -> dict[str, Any]:
    return {
        "election_id": election.id,
        "low": root,
        "high": f"{root}/",
        "today": as_of.today,
        "in_use_from": as_of.in_use_from,
    }


def _counted(election: Election, root: str, as_of: AsOf) -> Iterable[Counted]:
    for region, area, stage, *counts in _COUNTERS.all(**_given(election, root, as_of)):
        *by_standing, overdue = map(int, counts)
        yield region, area, stage, by_standing, overdue


def _entries(statement: Fixed, election: Election, root: str, as_of: AsOf) -> Iterable[Counted]:
    for region, *by, standing, count, overdue in statement.all(**_given(election, root, as_of)):
        counts = [0] * len(BUCKETS)
        counts[_PLACE[standing]] = count
        area, stage = by or ("", "")
        yield region, area, stage, counts, int(overdue)


__all__ = ["Overview", "Tally", "overview_of", "tallies_of_districts"]
