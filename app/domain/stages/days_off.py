"""Days on which offices are closed, of many regions at once."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from app.domain import clock
from app.domain.regions import ancestors
from app.domain.stages.holidays import EVERYWHERE
from app.domain.stages.models import Holiday
from app.extensions import db


class DaysOff:
    """The days off since a day, up to tomorrow, everywhere and of single regions. One statement."""

    def __init__(self, since: dt.date) -> None:
        self._off: dict[str, set[dt.date]] = {}
        query = select(Holiday.region_code, Holiday.day).where(
            Holiday.day >= since,
            Holiday.day <= clock.now().date() + dt.timedelta(days=1),
            Holiday.removed_at.is_(None),
        )
        for region, day in db.session.execute(query):
            self._off.setdefault(region, set()).add(day)

    def of(self, region: str) -> set[dt.date]:
        """Those that hold in a region: the country's, its province's, its own."""
        everywhere = self._off.get(EVERYWHERE, set())
        return everywhere.union(*(self._off.get(code, ()) for code in ancestors(region)))
