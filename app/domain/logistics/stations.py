"""Every TPS that logistics were recorded for, one line each: for annexes."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from app.domain.logistics.models import LogisticsArrival
from app.domain.logistics.words import STANDS
from app.domain.regions import Region, subtree
from app.domain.registers import counting
from app.extensions import db


class StationLine(NamedTuple):
    """A TPS with where it is, its voters (None: not known), and how far its logistics are, in words."""

    district: str
    village: str
    station: str
    voters: int | None
    stand: str


def stations_in(code: str) -> list[StationLine]:
    """The TPS of a region and all below it, in the order of their codes. One statement."""
    kept, place = LogisticsArrival, Region
    above = Region.__table__.alias("above")
    query = (
        select(above.c.name, place.name, kept.station, kept.voters, kept.stand)
        .join(place, place.code == kept.region_code)
        .join(above, above.c.code == func.substr(kept.region_code, 1, 8))
        .where(counting(kept), subtree(kept.region_code, code), kept.station != "")
        .order_by(kept.region_code, kept.station)
    )
    return [
        StationLine(district, village, station, voters, STANDS[stand])
        for district, village, station, voters, stand in db.session.execute(query)
    ]
