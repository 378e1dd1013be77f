"""How many working days a record has stood where it stands, against the limit of its state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain import clock, stages
from app.domain.regions import zone_of
from app.domain.registers.register import Register


@dataclass(frozen=True)
class Silence:
    """Working days in a state, and how many it may take there; limit 0 is none."""

    days: int = 0
    limit: int = 0

    @property
    def over(self) -> int:
        """Working days beyond the limit; 0 or less while it is kept, or where there is none."""
        return self.days - self.limit if self.limit else 0


class Silences:
    """Of many records of one register, with one statement for the days off; none where no state has a limit."""

    def __init__(self, register: Register, stood: Sequence[tuple[str, str, dt.date]]) -> None:
        flow = register.flow
        self._limits = {state.value: days for state, days in flow.limits.items()} if flow else {}
        since = [day for _, state, day in stood if self._limits.get(state)]
        self._off = stages.DaysOff(min(since)) if since else None

    def of(self, region: str, state: str, since: dt.date) -> Silence:
        """Of one record, as the calendar of its region tells today."""
        limit = self._limits.get(state, 0)
        if not limit or self._off is None:
            return Silence()
        today = clock.today(zone_of(region))
        return Silence(stages.working_days_between(since, today, self._off.of(region)), limit)
