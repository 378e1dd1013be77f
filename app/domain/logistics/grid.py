"""The grid: the places of a region with how far logistics have come to each, and their counters."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from app.domain.errors import Invalid, NotFound
from app.domain.logistics.models import LogisticsArrival, LogisticsSupport
from app.domain.logistics.words import SUPPORTS, Stand
from app.domain.regions import (
    FigureKind,
    FigureView,
    Level,
    Region,
    RegionRow,
    below_given,
    children_of,
    current_figure,
    current_figures,
    find,
    given,
    level_of,
    regions_under,
    special_stations,
    subtree,
)
from app.domain.registers import counting, today_in
from app.extensions import db
from app.statements import Fixed

MOST_SPOTS = 2_000
"""TPS in one page; a larger kabupaten is filled kecamatan by kecamatan."""


@dataclass(frozen=True)
class Spot:
    """One line of the grid: a kecamatan, a kelurahan/desa, or a TPS (`station`)."""

    region: str
    station: str
    label: str
    within: str
    """The region that a TPS is in."""
    special: bool = False
    stand: str = Stand.WAITING.value
    day: dt.date | None = None
    """When it arrived, came back, or is to be there."""
    version: int = 0
    """0 while nothing is recorded."""
    remote: bool = False
    record_id: int | None = None

    @property
    def key(self) -> str:
        """Names the line within a page."""
        return re.sub(r"[^0-9A-Za-z.]+", "-", f"{self.region}-{self.station}").strip("-")

    @property
    def is_late(self) -> bool:
        """Whether it was to be there on a day that is over."""
        return self.stand == Stand.TODAY.value and self.day is not None and self.day < today_in(self.region)


@dataclass(frozen=True)
class Grid:
    """The lines of one region; `is_cut` where there are more than a page takes."""

    region: RegionRow
    spots: list[Spot]
    is_cut: bool = False


_Place = tuple[str, str]
"""(region, TPS)."""


class Shown(NamedTuple):
    """What a line shows of a record; reading whole records would cost as much as drawing them."""

    station: str
    special: bool
    stand: str
    due_on: dt.date | None
    arrived_on: dt.date | None
    returned_on: dt.date | None
    version: int
    remote: bool
    id: int | None


_SHOWN = tuple(getattr(LogisticsArrival, name) for name in Shown._fields)
_SPOT = Fixed(
    select(Region.code, Region.name, Region.level, Region.kind, Region.local_term, *_SHOWN)
    .outerjoin(
        LogisticsArrival,
        and_(
            LogisticsArrival.region_code == Region.code,
            LogisticsArrival.station == bindparam("station"),
            counting(LogisticsArrival),
        ),
    )
    .where(Region.code == bindparam("region"))
)


def grid_of(code: str, *, every: bool = False) -> Grid:
    """A kabupaten's kecamatan, a kecamatan's kelurahan/desa, a kelurahan/desa's TPS; or `every` TPS below the region.

    TPS without a list are numbered from the reference figure. TPS at special locations stand at the end. At most
    five statements.
    """
    region = find(code)
    if region.level is Level.PROVINCE:
        return Grid(region, [])
    spots = _stations(region) if every or region.level is Level.VILLAGE else _regions(region)
    return Grid(region, spots[:MOST_SPOTS], len(spots) > MOST_SPOTS)


def spot_of(region: str, station: str) -> Spot:
    """One line as it stands now; nothing need be recorded of it. One statement, NotFound for no region."""
    row = _SPOT.first(region=region, station=station)
    if row is None:
        raise NotFound("Wilayah itu tidak ada.")
    code, name, level, kind, term, *values = row
    place, said = RegionRow(code, name, Level(level), kind, term), Shown._make(values)
    if said.id is None:
        return _spot(place, station, None)
    return _spot(place, station, said, special=bool(said.special))


def is_special(region: str, station: str) -> bool:
    """Whether a place of which nothing is recorded yet is a TPS at a special location.

    Refuses (Invalid) a TPS that is neither numbered within the reference figure nor special. At most one statement.
    """
    if not station:
        return False
    if level_of(region) is Level.VILLAGE and station.isascii() and station.isdecimal() and len(station) < 5:
        number = _number(current_figure(region, FigureKind.POLLING_STATIONS))
        if 0 < int(station) <= number and station == str(int(station)):
            return False
    elif any((one.region_code, one.number) == (region, station) for one in special_stations(region)):
        return True
    raise Invalid("TPS itu tidak ada dalam kisi ini. Muat ulang, atau catat TPS-nya dulu di register.")


def counts_of(code: str, *, every: bool = False) -> dict[str, int]:
    """State -> how many lines of the grid stand so; those of which nothing is recorded are in none. One statement."""
    rows = _counted(level_of(code), every).all(**given([code]))
    return {stand: int(count) for stand, count in rows}


@cache
def _counted(level: Level, every: bool) -> Fixed:
    model = LogisticsArrival
    query = select(model.stand, func.count()).where(
        counting(model), below_given(model.region_code, 1), _of_grid(level, every)
    )
    return Fixed(query.group_by(model.stand))


def supports_in(code: str) -> dict[str, str]:
    """Region -> the support recorded for it, in words. One statement."""
    model = LogisticsSupport
    query = (
        select(model.region_code, model.support)
        .where(counting(model), subtree(model.region_code, code))
        .order_by(model.id)
    )
    told: dict[str, dict[str, None]] = {}
    for place, kind in db.session.execute(query):
        told.setdefault(place, {})[SUPPORTS[kind]] = None
    return {place: ", ".join(kinds) for place, kinds in told.items()}


def _regions(region: RegionRow) -> list[Spot]:
    """The regions right below, then the TPS at special locations of the whole subtree."""
    recorded, places = _recorded(_scope(region.code, False)), children_of(region.code)
    spots = [_spot(place, "", recorded.get((place.code, ""))) for place in places]
    return [*spots, *_specials(region, recorded)]


def _stations(region: RegionRow) -> list[Spot]:
    """Every TPS of the villages here: numbered, recorded, special; in the order of their villages."""
    villages = regions_under([region.code], Level.VILLAGE)
    recorded, numbers = _recorded(_scope(region.code, True)), _numbers_of([one.code for one in villages])
    plain: dict[str, set[str]] = {
        one.code: {str(number) for number in range(1, numbers.get(one.code, 0) + 1)} for one in villages
    }
    for (place, station), values in recorded.items():
        if not values.special and place in plain:
            plain[place].add(station)
    spots = [
        _spot(one, station, recorded.get((one.code, station)))
        for one in villages
        for station in sorted(plain[one.code], key=_order)
    ]
    return [*spots, *_specials(region, recorded)]


def _specials(region: RegionRow, recorded: dict[_Place, Any]) -> list[Spot]:
    known = special_stations(region.code)
    names = {(one.region_code, one.number): one.region_name for one in known}
    lost = {place[0] for place, values in recorded.items() if values.special and place not in names}
    others = {one.code: one.name for one in regions_under(sorted(lost))} if lost else {}
    for (place, station), values in recorded.items():
        if values.special and (place, station) not in names:
            names[place, station] = others.get(place, place)
    return [
        _made(place, station, station, name, recorded.get((place, station)), special=True)
        for (place, station), name in sorted(names.items())
    ]


def _spot(place: RegionRow, station: str, values: Any, *, special: bool = False) -> Spot:
    if not station:
        return _made(place.code, "", place.title, "", values)
    label = station if special or not station.isdecimal() else f"TPS {station}"
    return _made(place.code, station, label, place.name, values, special=special)


def _made(region: str, station: str, label: str, within: str, values: Any, *, special: bool = False) -> Spot:
    if values is None:
        return Spot(region, station, label, within, special)
    day = {
        Stand.TODAY.value: values.due_on,
        Stand.ARRIVED.value: values.arrived_on,
        Stand.RETURNED.value: values.returned_on,
    }.get(values.stand, values.due_on)
    return Spot(
        region,
        station,
        label,
        within,
        special,
        values.stand,
        day,
        values.version,
        values.remote,
        values.id,
    )


def _recorded(where: ColumnElement[bool]) -> dict[_Place, Any]:
    """(region, TPS) -> what is recorded of it. One statement, without the cost of whole records."""
    query = select(LogisticsArrival.region_code, *_SHOWN).where(counting(LogisticsArrival), where)
    return {(row.region_code, row.station): row for row in db.session.execute(query)}


def _numbers_of(villages: Sequence[str]) -> dict[str, int]:
    """Village -> its TPS by the reference figure."""
    figures = current_figures(villages) if villages else {}
    return {code: _number(figures.get((code, FigureKind.POLLING_STATIONS))) for code in villages}


def _number(figure: FigureView | None) -> int:
    """TPS that a reference figure names, as many as a grid shows at most; none where it is unknown."""
    return min(int(figure.value), MOST_SPOTS) if figure is not None and figure.value is not None else 0


def _scope(code: str, every: bool) -> ColumnElement[bool]:
    """SQL condition: the records that a grid's lines show."""
    return and_(subtree(LogisticsArrival.region_code, code), _of_grid(level_of(code), every))


def _of_grid(level: Level, every: bool) -> ColumnElement[bool]:
    """Of the records in a region of this level those that its grid shows."""
    model = LogisticsArrival
    if every or level is Level.VILLAGE:
        return model.station != ""
    width = 8 if level is Level.REGENCY else 13
    own = and_(func.length(model.region_code) == width, model.station == "")
    return or_(own, model.special.is_(True))


def _order(station: str) -> tuple[int, int, str]:
    return (0, int(station), "") if station.isdecimal() else (1, 0, station)
