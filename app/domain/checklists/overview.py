"""How far a region is, for its page: by area, by stage and by the regions below it, read in one go.

Kabupaten/kota and provinces read the counters, so the answer costs the same however many entries there are.
Kecamatan and desa are small enough to be counted from the entries; both ways count the same (`AsOf`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, case, func, literal, select

from app.domain.checklists.models import Entry, Progress
from app.domain.checklists.progress import BUCKETS, AsOf, counted_entries
from app.domain.checklists.rules import OPEN, Standing
from app.domain.checklists.totals import Totals
from app.domain.regions import Level, level_of, subtree
from app.domain.stages import Election
from app.extensions import db

EMPTY = literal("")
_PLACE = {name: place for place, name in enumerate(BUCKETS)}


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

    def add(self, key: str, counts: Iterable[int], overdue: int) -> None:
        mine = self._counts.get(key)
        row = [*counts, overdue]
        self._counts[key] = row if mine is None else [a + b for a, b in zip(mine, row, strict=True)]

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
        rows = _entries(election, code, as_of, 13, by=(Entry.area, Entry.stage))
    whole, areas, stages, regions = _Heap(), _Heap(), _Heap(), _Heap()
    for region, area, stage, counts, overdue in rows:
        for heap, key in ((whole, ""), (areas, area), (stages, stage), (regions, region)):
            heap.add(key, counts, overdue)
    return Overview(whole.tallies().get("", Tally()), areas.totals(), stages.totals(), regions.tallies())


def tallies_of_districts(election: Election, kabkota: str, as_of: AsOf) -> dict[str, Tally]:
    """Tally per kecamatan of a kabupaten/kota, its own desk under its own code. One statement on entries."""
    heap = _Heap()
    for region, _, _, counts, overdue in _entries(election, kabkota, as_of, 8, by=(EMPTY, EMPTY)):
        heap.add(region, counts, overdue)
    return heap.tallies()


def _counted(election: Election, root: str, as_of: AsOf) -> Iterable[tuple[str, str, str, list[int], int]]:
    table = Progress.__table__
    late = and_(table.c.due_on < as_of.today, table.c.due_on >= as_of.in_use_from)
    sums: list[Any] = []
    for name in BUCKETS:
        counted = table.c[name]
        if name == Standing.NOT_STARTED.value:
            counted = case((table.c.due_on >= as_of.in_use_from, counted), else_=0)  # type: ignore[assignment]
        sums.append(func.sum(counted))
    open_now = sum((table.c[standing.value] for standing in sorted(OPEN)), start=0)
    key = (table.c.region_code, table.c.area, table.c.stage)
    query = (
        select(*key, *sums, func.sum(case((late, open_now), else_=0)))
        .where(
            table.c.election_id == election.id,
            subtree(table.c.region_code, root),
            table.c.opens_on <= as_of.today,
        )
        .group_by(*key)
    )
    for row in db.session.execute(query):
        region, area, stage, *counts = row
        yield region, area, stage, [int(count) for count in counts[:-1]], int(counts[-1])


def _entries(
    election: Election, root: str, as_of: AsOf, width: int, *, by: tuple[Any, Any]
) -> Iterable[tuple[str, str, str, list[int], int]]:
    part = func.substr(Entry.region_code, 1, width).label("part")
    late = and_(
        Entry.due_on < as_of.today,
        Entry.due_on >= as_of.in_use_from,
        Entry.standing.in_([standing.value for standing in OPEN]),
    )
    query = (
        select(part, *by, Entry.standing, func.count(), func.sum(case((late, 1), else_=0)))
        # "+ 0" hides the column from the planner, which else reads a whole election instead of one region
        .where(Entry.election_id + 0 == election.id, subtree(Entry.region_code, root), counted_entries(as_of))
        .group_by(part, *(column for column in by if column is not EMPTY), Entry.standing)
    )
    for region, area, stage, standing, count, overdue in db.session.execute(query):
        counts = [0] * len(BUCKETS)
        counts[_PLACE[standing]] = count
        yield region, area, stage, counts, int(overdue)


__all__ = ["Overview", "Tally", "overview_of", "tallies_of_districts"]
