"""Days on which offices are closed, of many regions at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import select

from app.domain import clock
from app.domain.regions import ancestors
from app.domain.stages.holidays import EVERYWHERE
from app.domain.stages.models import Holiday
from app.extensions import db

DayOff = tuple[dt.date, str]
"""A day and the region in which it is off; EVERYWHERE for the whole country."""


class DaysOff:
    """The days off since a day, up to tomorrow, everywhere and of single regions. One statement.

    With `ahead` all that are known, for counting beyond today.
    """

    def __init__(self, since: dt.date, *, ahead: bool = False) -> None:
        self._off: dict[str, set[dt.date]] = {}
        query = select(Holiday.region_code, Holiday.day).where(
            Holiday.day >= since,
            Holiday.removed_at.is_(None),
        )
        if not ahead:
            query = query.where(Holiday.day <= clock.now().date() + dt.timedelta(days=1))
        for region, day in db.session.execute(query):
            self._off.setdefault(region, set()).add(day)

    def of(self, region: str) -> set[dt.date]:
        """Those that hold in a region: the country's, its province's, its own."""
        everywhere = self._off.get(EVERYWHERE, set())
        return everywhere.union(*(self._off.get(code, ()) for code in ancestors(region)))

    def changed(self, *, added: Collection[DayOff], removed: Collection[DayOff]) -> DaysOff:
        """The same with other days; what is removed and added stays. This one is not changed."""
        other = object.__new__(DaysOff)
        other._off = {region: set(days) for region, days in self._off.items()}
        for day, region in removed:
            other._off.get(region, set()).discard(day)
        for day, region in added:
            other._off.setdefault(region, set()).add(day)
        return other
