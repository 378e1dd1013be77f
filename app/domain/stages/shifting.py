"""Which clocks of working days move when days are put on the list of holidays or taken off it. Reads only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from app.domain import clock
from app.domain.regions import zone_of
from app.domain.stages.days_off import DayOff, DaysOff
from app.domain.stages.workdays import add_working_days, working_days_between


class Clock(NamedTuple):
    """What may stand so many working days in a region since a day."""

    region: str
    limit: int
    since: dt.date


class Shift(NamedTuple):
    """How many clocks are running there, and how many of those get another last day."""

    running: int = 0
    later: int = 0
    earlier: int = 0
    becoming_over: int = 0
    """Within their limit today, and beyond it once the change is saved."""
    over_no_more: int = 0

    @property
    def moved(self) -> int:
        """How many clocks move either way."""
        return self.later + self.earlier


def shifts_of(
    clocks: Mapping[str, Sequence[Clock]],
    *,
    added: Collection[DayOff] = (),
    removed: Collection[DayOff] = (),
) -> dict[str, Shift]:
    """What saving this would move, for each kind of clocks. One statement, none where no clock runs."""
    since = [one.since for some in clocks.values() for one in some]
    if not since:
        return dict.fromkeys(clocks, Shift())
    before = DaysOff(min(since), ahead=True)
    after = before.changed(added=added, removed=removed)
    return {kind: _shift(some, before, after) for kind, some in clocks.items()}


def _shift(clocks: Sequence[Clock], before: DaysOff, after: DaysOff) -> Shift:
    was, will = [_stands(one, before) for one in clocks], [_stands(one, after) for one in clocks]
    pairs = list(zip(was, will, strict=True))
    return Shift(
        running=len(pairs),
        later=sum(old < new for (old, _), (new, _) in pairs),
        earlier=sum(new < old for (old, _), (new, _) in pairs),
        becoming_over=sum(over > was_over for (_, was_over), (_, over) in pairs),
        over_no_more=sum(over < was_over for (_, was_over), (_, over) in pairs),
    )


def _stands(one: Clock, off: DaysOff) -> tuple[dt.date, bool]:
    """The last day of a clock, and whether it is over today."""
    free, today = off.of(one.region), clock.today(zone_of(one.region))
    last = add_working_days(one.since, one.limit, free)
    return last, working_days_between(one.since, today, free) > one.limit
