"""How many working days a record has stood where it stands, against the limit of its state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from app.domain import clock, stages
from app.domain.regions import subtree, zone_of
from app.domain.registers.counted import counting
from app.domain.registers.register import Register
from app.extensions import db


class Silence(NamedTuple):
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


def has_clock(register: Register) -> bool:
    """Whether a state of this register has a limit."""
    return register.flow is not None and any(register.flow.limits.values())


def running_clocks(register: Register, roots: Sequence[str] | None) -> list[stages.Clock]:
    """The clocks of all records that count in these subtrees, None: everywhere. Counts only belong to who may not
    read records. One statement.
    """
    model, limits = register.model, register.flow.limits if register.flow else {}
    timed = {state.value: days for state, days in limits.items() if days}
    query = select(model.region_code, model.state, model.state_since).where(
        model.state.in_(list(timed)), counting(model)
    )
    if roots is not None:
        query = query.where(subtree(model.region_code, *roots))
    return [stages.Clock(region, timed[state], since) for region, state, since in db.session.execute(query)]
