"""Counting working days: Monday to Friday without the days on which offices are closed. Pure functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

ONE = dt.timedelta(days=1)
SATURDAY = 5
MOST_WORKING_DAYS = 1_000
"""Four years; more than any clock of an election runs."""


def is_working_day(day: dt.date, free: Collection[dt.date]) -> bool:
    """Whether offices work on a day, given the days on which they are closed."""
    return day.weekday() < SATURDAY and day not in free


def add_working_days(day: dt.date, number: int, free: Collection[dt.date]) -> dt.date:
    """The `number`th working day after `day`, which itself does not count; before it for a negative number.

    Zero is the day itself, whatever day it is. Raises ValueError for more than MOST_WORKING_DAYS either way.
    """
    if abs(number) > MOST_WORKING_DAYS:
        raise ValueError(f"{number} working days are more than {MOST_WORKING_DAYS}")
    step = ONE if number > 0 else -ONE
    left = abs(number)
    while left:
        day += step
        left -= is_working_day(day, free)
    return day


def working_days_between(first: dt.date, last: dt.date, free: Collection[dt.date]) -> int:
    """How many working days lie after `first` up to and with `last`; negative where `last` comes before."""
    if last < first:
        return -working_days_between(last - ONE, first - ONE, free)
    days = (first + ONE * number for number in range(1, (last - first).days + 1))
    return sum(is_working_day(day, free) for day in days)
