"""The stages as a picture: bars on one axis of days, in percent of its width, so words keep their size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.domain.stages import Window
from app.words import SHORT_MONTHS

THINNEST = 0.8
"""Percent; a stage of three days in a year must still be seen."""
MONTHS_BETWEEN_LABELS = 3


class Bar(NamedTuple):
    """One stage: where it begins and how wide it is in percent, and on which side its words stand."""

    window: Window
    start: float
    width: float
    is_running: bool
    is_over: bool
    words_end: bool
    words_at: float


class Mark(NamedTuple):
    """The first of a month on the axis; only some carry words."""

    at: float
    words: str


class Timeline(NamedTuple):
    """All bars in order, the months, and today (None when today lies outside)."""

    bars: tuple[Bar, ...]
    months: tuple[Mark, ...]
    today: float | None


def timeline(windows: Sequence[Window], *, today: dt.date) -> Timeline | None:
    """Draw the windows on one axis from the first to the last day; None while there are none."""
    if not windows:
        return None
    first, last = min(w.starts_on for w in windows), max(w.ends_on for w in windows)
    days = (last - first).days + 1

    def at(day: dt.date) -> float:
        return round(100 * (day - first).days / days, 2)

    bars = []
    for window in windows:
        width = max(round(100 * ((window.ends_on - window.starts_on).days + 1) / days, 2), THINNEST)
        start = min(at(window.starts_on), 100 - width)
        words_end = start > 50
        bars.append(
            Bar(
                window,
                start,
                width,
                window.holds(today),
                window.ends_on < today,
                words_end,
                round(start + width, 2) if words_end else start,
            )
        )
    middle = round(at(today) + 50 / days, 2) if first <= today <= last else None
    return Timeline(tuple(bars), tuple(_months(first, last, at)), middle)


def _months(first: dt.date, last: dt.date, at: Callable[[dt.date], float]) -> list[Mark]:
    marks = []
    year, month = (first.year + first.month // 12, first.month % 12 + 1)
    while (day := dt.date(year, month, 1)) <= last:
        said = (month - 1) % MONTHS_BETWEEN_LABELS == 0
        words = f"{SHORT_MONTHS[month - 1]} {year}" if said else ""
        marks.append(Mark(at(day), words))
        year, month = (year + month // 12, month % 12 + 1)
    return marks
