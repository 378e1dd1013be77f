"""What the board shows: one region hour by hour, and each below it as it stands."""

from __future__ import annotations

from typing import NamedTuple

from app.domain import polling, regions
from app.domain.polling import Hour, Standing
from app.domain.regions import Level, RegionRow


class Place(NamedTuple):
    """A region and how far voting is there."""

    region: RegionRow
    standing: Standing


class Board(NamedTuple):
    """All that the page of a region shows."""

    place: Place
    hours: tuple[Hour, ...]
    below: tuple[Place, ...]
    silent: tuple[RegionRow, ...]
    """Those below of which nothing is told."""

    @property
    def days(self) -> int:
        """On how many days something was told."""
        return len({hour.moment.day for hour in self.hours})


def board_of(region: RegionRow) -> Board:
    """The board of a region. Three statements, two for a kelurahan/desa, whatever the number of records."""
    said = polling.counts([region.code])
    below = regions.children_of(region.code) if region.level is not Level.VILLAGE else []
    stations = polling.stations_of([region.code, *(row.code for row in below)])
    newest = {one.region: one for one in said}

    def place(row: RegionRow) -> Place:
        return Place(row, polling.standing_of(newest, row.code, stations.get(row.code)))

    places = [place(row) for row in below]
    return Board(
        place(region),
        tuple(polling.hours_of(said, region.code, stations.get(region.code))),
        tuple(one for one in places if one.standing.told),
        tuple(one.region for one in places if not one.standing.told),
    )
