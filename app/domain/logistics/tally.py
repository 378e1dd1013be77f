"""How much has arrived where, counted by the database; and how fast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import and_, case, func, literal, literal_column, select, union_all

from app.domain.logistics.models import LogisticsArrival, LogisticsMovement
from app.domain.logistics.words import THERE, Stand
from app.domain.pace import Point
from app.domain.regions import Level, Region, below_given, children_of, given, level_of, regions_under
from app.domain.registers import counting
from app.statements import Fixed, one_of

DISTRICT, VILLAGE, STATION, SPECIAL = "kecamatan", "keldes", "tps", "khusus"
DISTRICT_WIDTH = 8
"""Signs of a kecamatan's code: 64.03.01."""


@dataclass
class Count:
    """How the places of one kind stand."""

    by_stand: dict[str, int] = field(default_factory=dict)
    first: dt.date | None = None
    last: dt.date | None = None
    undated: int = 0
    """Places that logistics have reached on a day that nobody knows."""

    @property
    def there(self) -> int:
        """Places that logistics have reached."""
        return sum(self.by_stand.get(stand, 0) for stand in THERE)

    @property
    def today(self) -> int:
        """Places that get theirs today."""
        return self.by_stand.get(Stand.TODAY.value, 0)

    @property
    def returned(self) -> int:
        """Places whose boxes came back."""
        return self.by_stand.get(Stand.RETURNED.value, 0)


@dataclass
class Tally:
    """The counts of one kabupaten/kota, by kind of place, and its remote places."""

    kinds: dict[str, Count] = field(default_factory=dict)
    remote: int = 0
    changed_at: dt.datetime | None = None

    def of(self, kind: str) -> Count:
        """The count of a kind; all zero where nothing is recorded."""
        return self.kinds.get(kind, Count())


def tally(codes: Sequence[str]) -> dict[str, Tally]:
    """Kabupaten/kota -> what is recorded of its places within these subtrees. One statement, none for no codes."""
    told: dict[str, Tally] = {}
    rows = _tallied(len(codes)).all(**given(codes)) if codes else []
    for place, what, stand, number, first, last, dated, far, changed in rows:
        here = told.setdefault(place, Tally())
        count = here.kinds.setdefault(what, Count())
        count.by_stand[stand] = int(number)
        count.first = min(filter(None, (count.first, first)), default=None)
        count.last = max(filter(None, (count.last, last)), default=None)
        count.undated += int(number) - int(dated) if stand in THERE else 0
        here.remote += int(far or 0)
        here.changed_at = max(filter(None, (here.changed_at, changed)), default=None)
    return told


@lru_cache(maxsize=64)
def _tallied(number: int) -> Fixed:
    """By kabupaten/kota, kind of place and stand: how many, their days, the remote ones, the latest change."""
    model = LogisticsArrival
    home, width = func.substr(model.region_code, 1, 5), func.length(model.region_code)
    kind = case(
        (model.special.is_(True), SPECIAL),
        (model.station != "", STATION),
        (width == DISTRICT_WIDTH, DISTRICT),
        else_=VILLAGE,
    )
    remote = func.sum(case((model.remote.is_(True), 1), else_=0))
    parts = (
        home,
        kind,
        model.stand,
        func.count(),
        func.min(model.arrived_on),
        func.max(model.arrived_on),
        func.count(model.arrived_on),
        remote,
        func.max(model.changed_at),
    )
    query = select(*parts).where(counting(model), below_given(model.region_code, number))
    return Fixed(query.group_by(*(literal_column(str(place)) for place in (1, 2, 3))))


def places_in(codes: Sequence[str]) -> dict[tuple[str, Level], int]:
    """(kabupaten/kota, level) -> how many regions of that level lie within these subtrees. One statement."""
    rows = _places(len(codes)).all(**given(codes)) if codes else []
    return {(str(place), Level(level)): int(count) for place, level, count in rows}


def reached_in(code: str) -> dict[str, tuple[int | None, int]]:
    """Kabupaten/kota within a region -> (kecamatan that logistics have reached, all its kecamatan). Two statements.

    The first is None where nothing is recorded of its kecamatan.
    """
    counts = {home: one.kinds[DISTRICT].there for home, one in tally([code]).items() if DISTRICT in one.kinds}
    return {
        home: (counts.get(home), number)
        for (home, level), number in places_in([code]).items()
        if level is Level.DISTRICT
    }


@lru_cache(maxsize=64)
def _places(number: int) -> Fixed:
    home = func.substr(Region.code, 1, 5)
    query = (
        select(home, Region.level, func.count())
        .where(
            and_(below_given(Region.code, number), Region.retired_on.is_(None)),
            Region.level != Level.PROVINCE.value,
        )
        .group_by(literal_column("1"), Region.level)
    )
    return Fixed(query)


class Course(NamedTuple):
    """The kecamatan of a region that have not got their logistics, day by day."""

    points: list[Point]
    whole: int
    undated: int
    """Kecamatan that have theirs since a day that nobody knows: they are in no point."""


def course_of(code: str, today: dt.date) -> Course | None:
    """From the day before the first departure or arrival to today; None while no day is known. Two statements.

    As `pace_of` counts: the first day is the first of the pace.
    """
    here = children_of(code) if level_of(code) is Level.REGENCY else regions_under([code], Level.DISTRICT)
    whole = len(here)
    found = _COURSE.all(**given([code]))
    arrived = {day: int(number) for kind, day, number in found if kind == THERE_SINCE and day is not None}
    undated = sum(int(number) for kind, day, number in found if kind == THERE_SINCE and day is None)
    began = min((day for _, day, number in found if day is not None and number), default=None)
    if began is None or not arrived:
        return None
    left = whole - undated
    points = [Point(began - dt.timedelta(days=1), left)]
    for day in sorted(arrived):
        left -= arrived[day]
        points.append(Point(day, left))
    if points[-1].day < today and left:
        points.append(Point(today, left))
    return Course(points, whole, undated)


THERE_SINCE, LEFT_ON = "arrival", "departure"


def _arrivals_and_departures() -> Fixed:
    """What happened, its day, and how often: arrivals at kecamatan, and the first departure."""
    place, move = LogisticsArrival, LogisticsMovement
    there = one_of(place.stand, sorted(THERE))
    arrived = (
        select(
            literal(THERE_SINCE).label("kind"), place.arrived_on.label("day"), func.count().label("number")
        )
        .where(
            counting(place),
            below_given(place.region_code, 1),
            place.station == "",
            func.length(place.region_code) == DISTRICT_WIDTH,
            there,
        )
        .group_by(place.arrived_on)
    )
    left = select(literal(LEFT_ON), func.min(move.left_on), func.count(move.left_on)).where(
        counting(move), below_given(move.region_code, 1)
    )
    both = union_all(arrived, left).subquery()
    return Fixed(select(both.c.kind, both.c.day, both.c.number))


_COURSE = _arrivals_and_departures()


class Pace(NamedTuple):
    """So many places arrived in so many days; at that pace the rest is there on `done_on`."""

    arrived: int
    days: int
    remaining: int
    done_on: dt.date


def pace_of(count: Count, whole: int, began: dt.date | None, today: dt.date) -> Pace | None:
    """The pace of one kind of place up to today, from the day of the first departure or arrival.

    None while nothing has arrived, when all is there, and where no day is known.
    """
    arrived, first = count.there, min(filter(None, (began, count.first)), default=None)
    if first is None or not 0 < arrived < whole:
        return None
    days, remaining = max(1, (today - first).days + 1), whole - arrived
    return Pace(arrived, days, remaining, today + dt.timedelta(days=-(-remaining * days // arrived)))
