"""What is left as a picture: places in percent across and in pixels down, so that words keep their size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.domain.pace import Burn, Point

TOP, BOTTOM = 28, 228
"""Pixels: the line of the largest figure, and that of none."""
BEYOND = 30
"""Days after voting day that are still drawn."""
CLEAR = 0.3
"""Of the width: nearer to an end, two days would be written over one another on a phone."""
DAYS_SHOWN = 31
"""Of the table."""
MOST_MARKS = 40
"""Days with a mark of their own; more would run into one another."""


class Spot(NamedTuple):
    """A place in the picture: percent across, pixels down."""

    x: float
    y: float


class Mark(NamedTuple):
    """A figure of a line across, or a day below."""

    at: float
    words: float | dt.date


class Curve(NamedTuple):
    """The rest from its first figure on: what was, the even way to voting day, and what follows at this pace."""

    spots: tuple[Spot, ...]
    marked: tuple[Spot, ...]
    """Those that get a mark: all of them, or, of many, the first and the last."""
    even: tuple[Spot, Spot] | None
    ahead: tuple[Spot, Spot] | None
    """From the newest figure on; None without a pace that leads down."""
    voting: float | None
    levels: tuple[Mark, ...]
    days: tuple[Mark, ...]


class Day(NamedTuple):
    """A line of the table beside the curve."""

    day: dt.date
    left: int
    change: int | None
    """Against the day before it in the table; None of the first."""


def days_of(points: Sequence[Point]) -> list[Day]:
    """The newest days first, at most DAYS_SHOWN."""
    before: list[int | None] = [None, *(point.left for point in points)]
    days = [
        Day(point.day, point.left, None if was is None else point.left - was)
        for point, was in zip(points, before, strict=False)
    ]
    return days[::-1][:DAYS_SHOWN]


def curve(burn: Burn) -> Curve | None:
    """The picture of at least two days; None for fewer."""
    if len(burn.points) < 2:
        return None
    first, last = burn.baseline.day, burn.newest.day
    until = _last_day(burn)
    most = max(point.left for point in burn.points) or 1
    days = (until - first).days

    def across(day: dt.date) -> float:
        return round(100 * (day - first).days / days, 2)

    def down(left: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * left / most, 1)

    even = None
    if first < burn.voting_day <= until:
        even = (Spot(0, down(burn.baseline.left)), Spot(across(burn.voting_day), down(0)))
    spots = tuple(Spot(across(point.day), down(point.left)) for point in burn.points)
    return Curve(
        spots,
        spots if len(spots) <= MOST_MARKS else (spots[0], spots[-1]),
        even,
        _ahead(burn, until, across, down),
        across(burn.voting_day) if first <= burn.voting_day <= until else None,
        tuple(Mark(down(level), level) for level in _levels(most)),
        tuple(Mark(across(day), day) for day in _told_days(first, last, until)),
    )


def _told_days(first: dt.date, last: dt.date, until: dt.date) -> list[dt.date]:
    """The days that are written below: both ends, and the newest figure's where it stands clear of them."""
    days = (until - first).days
    clear = CLEAR <= (last - first).days / days <= 1 - CLEAR
    return [first, last, until] if clear else [first, until]


def _last_day(burn: Burn) -> dt.date:
    """The last day that is drawn: of the figures, of voting, and of the end where it is not far behind."""
    last = max(burn.newest.day, burn.voting_day)
    latest = last + dt.timedelta(days=BEYOND)
    return last if burn.finishes_on is None else max(last, min(burn.finishes_on, latest))


def _ahead(
    burn: Burn, until: dt.date, across: Callable[[dt.date], float], down: Callable[[float], float]
) -> tuple[Spot, Spot] | None:
    newest = burn.newest
    if burn.is_done or burn.pace is None or burn.pace <= 0 or newest.day >= until:
        return None
    ends = burn.finishes_on if burn.finishes_on and burn.finishes_on <= until else until
    left = max(0.0, newest.left - float(burn.pace) * (ends - newest.day).days)
    return Spot(across(newest.day), down(newest.left)), Spot(across(ends), down(left))


def _levels(most: int) -> list[int]:
    """None, half and all, each once."""
    return sorted({0, most // 2, most})
