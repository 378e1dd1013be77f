"""How far the field visits have come: which regions were visited, and which are only planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from app.domain.meetings.registers import VISITS
from app.domain.meetings.rules import DONE, PLANNED
from app.domain.regions import RegionRow, children_of
from app.domain.registers import RecordRow, records_in


class Visited(NamedTuple):
    """One region with its visits, the latest first."""

    region: RegionRow
    made: tuple[RecordRow, ...]
    planned: tuple[RecordRow, ...]

    @property
    def last(self) -> dt.date | None:
        """Day of the latest visit, where it is known."""
        return max((day for row in self.made if (day := row.values["visited_on"])), default=None)

    @property
    def next(self) -> dt.date | None:
        """Day of the next planned visit, where it is known."""
        return min((day for row in self.planned if (day := row.values["planned_on"])), default=None)


class Coverage(NamedTuple):
    """The regions right below one."""

    regions: tuple[Visited, ...]

    @property
    def visited(self) -> int:
        """How many of them were visited at least once."""
        return sum(bool(one.made) for one in self.regions)


def coverage(code: str) -> Coverage:
    """Of the regions right below this one; a visit deeper down counts for the region it lies in. Three statements."""
    return covered(children_of(code), records_in(VISITS, [code]))


def covered(below: Sequence[RegionRow], visits: Sequence[RecordRow]) -> Coverage:
    """Visits by the regions that they belong to."""
    wide = max((len(place.code) for place in below), default=0)
    by_code: dict[str, list[RecordRow]] = {}
    for row in visits:
        by_code.setdefault(row.region_code[:wide], []).append(row)
    return Coverage(
        tuple(
            Visited(
                place,
                tuple(row for row in by_code.get(place.code, ()) if row.values["standing"] == DONE),
                tuple(row for row in by_code.get(place.code, ()) if row.values["standing"] == PLANNED),
            )
            for place in below
        )
    )
