"""The only clock of the application: real, frozen for tests, or set
to a training day that moves on by itself.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

ABBREVIATIONS = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}

_simulated: dt.datetime | None = None
_anchor: dt.datetime | None = None


def set_real() -> None:
    """Use the computer's clock."""
    set_frozen(None)


def set_frozen(moment: dt.datetime | None) -> None:
    """Stand still at `moment` (aware), or go back to the computer's clock with None."""
    global _simulated, _anchor
    _simulated, _anchor = moment, None


def set_training(moment: dt.datetime, *, anchor: dt.datetime) -> None:
    """Run from `moment` as if it had been that time at the real moment
    `anchor`; the training day never ends.
    """
    global _simulated, _anchor
    _simulated, _anchor = moment, anchor


def setting() -> tuple[dt.datetime | None, dt.datetime | None]:
    """How the clock is set, to `put_back()` after other moments were played."""
    return _simulated, _anchor


def put_back(kept: tuple[dt.datetime | None, dt.datetime | None]) -> None:
    """Set the clock as `setting()` said."""
    global _simulated, _anchor
    _simulated, _anchor = kept


def is_simulated() -> bool:
    """Whether people must be told that this is not today."""
    return _simulated is not None


def real_now() -> dt.datetime:
    """The computer's time (aware UTC): for sessions, throttles and
    heartbeats, which no training day may bend.
    """
    return dt.datetime.now(dt.UTC)


def now() -> dt.datetime:
    """The moment (aware UTC) at which a deed happens."""
    if _simulated is None:
        return real_now()
    if _anchor is None:
        return _simulated.astimezone(dt.UTC)
    end_of_day = _simulated.replace(hour=23, minute=59, second=59, microsecond=0)
    return min(_simulated + max(real_now() - _anchor, dt.timedelta()), end_of_day).astimezone(dt.UTC)


@lru_cache(maxsize=8)
def zone(name: str) -> ZoneInfo:
    """The time zone called `name`, for instance "Asia/Makassar"."""
    return ZoneInfo(name)


def local(moment: dt.datetime, zone_name: str) -> dt.datetime:
    """`moment` on the wall clocks of that zone."""
    return moment.astimezone(zone(zone_name))


def today(zone_name: str) -> dt.date:
    """The date now in that zone: in Jayapura it is tomorrow two hours before it is in Jakarta."""
    return local(now(), zone_name).date()


def abbreviation(zone_name: str) -> str:
    """WIB, WITA or WIT."""
    return ABBREVIATIONS.get(zone_name, zone_name)


def end_of_day(date: dt.date, zone_name: str) -> dt.datetime:
    """The first moment (aware UTC) after `date` is over in that zone: a deadline without an hour."""
    return dt.datetime.combine(date + dt.timedelta(days=1), dt.time(), zone(zone_name)).astimezone(dt.UTC)


def at(date: dt.date, time: dt.time, zone_name: str) -> dt.datetime:
    """The moment (aware UTC) of a wall-clock time in that zone."""
    return dt.datetime.combine(date, time, zone(zone_name)).astimezone(dt.UTC)
