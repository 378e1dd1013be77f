"""How quickly the rest becomes smaller, and when none is left at that pace. Pure functions, for every burn-down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

FARTHEST = 3_650
"""Days; a date beyond ten years says nothing."""


class Point(NamedTuple):
    """How many were left on a day."""

    day: dt.date
    left: int


class Burn(NamedTuple):
    """The rest from its first figure to its newest, against voting day."""

    points: tuple[Point, ...]
    voting_day: dt.date
    pace: Fraction | None
    """So many a day since the first figure; None while there is one day only."""
    finishes_on: dt.date | None
    """At that pace, or the day on which none was left; None where it never ends, or not within ten years."""

    @property
    def baseline(self) -> Point:
        """The first figure."""
        return self.points[0]

    @property
    def newest(self) -> Point:
        """The last figure."""
        return self.points[-1]

    @property
    def is_done(self) -> bool:
        """Whether none is left."""
        return self.newest.left == 0

    @property
    def is_late(self) -> bool:
        """Whether it ends after voting day, or never."""
        return self.finishes_on is None or self.finishes_on > self.voting_day

    @property
    def needed(self) -> int | None:
        """How many a day, rounded up, so that the rest is done the day before voting day; None when that has passed."""
        days = (self.voting_day - self.newest.day).days - 1
        return -(-self.newest.left // days) if days > 0 else None


def burn(points: Sequence[Point], voting_day: dt.date) -> Burn | None:
    """What follows from the points, in the order of their days; None without any."""
    if not points:
        return None
    first, last = points[0], points[-1]
    days = (last.day - first.day).days
    pace = Fraction(first.left - last.left, days) if days else None
    if last.left == 0:
        return Burn(tuple(points), voting_day, pace, _first_without_rest(points))
    finishes_on = None
    if pace is not None and pace > 0:
        still = -(-last.left * pace.denominator // pace.numerator)
        finishes_on = last.day + dt.timedelta(days=still) if still <= FARTHEST else None
    return Burn(tuple(points), voting_day, pace, finishes_on)


def _first_without_rest(points: Sequence[Point]) -> dt.date:
    """Where the last run of days without any rest begins."""
    done = points[-1].day
    for point in reversed(points):
        if point.left:
            break
        done = point.day
    return done


def added(series: Iterable[Sequence[Point]]) -> list[Point]:
    """The sum of several regions: on each day the newest figure of each, from the day that all of them have one."""
    known = [points for points in series if points]
    if not known:
        return []
    begins = max(points[0].day for points in known)
    days = sorted({point.day for points in known for point in points if point.day >= begins})
    at, left = [0] * len(known), [points[0].left for points in known]
    sums = []
    for day in days:
        for number, points in enumerate(known):
            while at[number] < len(points) and points[at[number]].day <= day:
                left[number] = points[at[number]].left
                at[number] += 1
        sums.append(Point(day, sum(left)))
    return sums
