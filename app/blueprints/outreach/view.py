"""What the board shows: one region as a whole, each below it, the segments, and participation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.domain import outreach, regions
from app.domain.outreach import AUDIENCES, FIGURES, RACES, TURNOUT_KINDS, Held, Stated
from app.domain.regions import Level, RegionRow, contains
from app.domain.registers import Coverage, Missing, coverage_of, known_sum, missing_by_home
from app.web.sources import Source, source_of


class Place(NamedTuple):
    """A region with what was held in it."""

    region: RegionRow
    events: int
    reached: int | None
    reached_male: int | None
    reached_female: int | None
    coverage: Coverage


class Saying(NamedTuple):
    """A percentage with what it is of, and where it comes from."""

    said: Stated
    of: str
    """The race, and the election where it is an earlier one; empty for all races of this one."""
    source: Source


class Line(NamedTuple):
    """A region's participation: kind -> what is said, one for each race that something is said of."""

    region: RegionRow
    sayings: Mapping[str, Sequence[Saying]]


class Board(NamedTuple):
    """All that the page of a region shows."""

    place: Place
    below: tuple[Place, ...]
    below_level: Level | None
    audiences: tuple[tuple[str, int], ...]
    invited: tuple[tuple[str, int], ...]
    missing: Missing
    turnout: tuple[Line, ...]
    """The region itself, and those below it of which something is said."""
    untold: tuple[RegionRow, ...]


def board_of(region: RegionRow) -> Board:
    """The board of a region. At most six statements, whatever the number of records."""
    events = outreach.held([region.code])
    coverage = coverage_of([region.code], (one.region for one in events))
    below = regions.children_of(region.code) if region.level in (Level.PROVINCE, Level.REGENCY) else []
    rows = [region, *below] if region.level is not Level.VILLAGE else []
    standing = outreach.turnout_of([row.code for row in rows]) if rows else {}
    told = [row for row in rows if row is region or standing[row.code]]
    return Board(
        _place(region, events, coverage),
        tuple(_place(row, events, coverage) for row in below),
        below[0].level if below else None,
        _counted(events, AUDIENCES),
        _counted(events, FIGURES),
        missing_by_home(coverage),
        tuple(_line(row, standing[row.code]) for row in told),
        tuple(row for row in rows if row not in told),
    )


def _place(region: RegionRow, events: Sequence[Held], coverage: Coverage) -> Place:
    inside = [one for one in events if contains(region.code, one.region)]
    return Place(
        region,
        sum(one.events for one in inside),
        known_sum(one.reached for one in inside),
        known_sum(one.reached_male for one in inside),
        known_sum(one.reached_female for one in inside),
        coverage.within(region.code),
    )


def _counted(events: Sequence[Held], columns: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    return tuple((words, sum(one.ticked[name] for one in events)) for name, words in columns.items())


def _line(region: RegionRow, standing: Mapping[tuple[str, str], Stated]) -> Line:
    return Line(
        region,
        {
            kind: tuple(_saying(standing[kind, race]) for race in RACES if (kind, race) in standing)
            for kind in TURNOUT_KINDS
        },
    )


def _saying(said: Stated) -> Saying:
    race = "" if said.race == outreach.ALL_RACES else RACES[said.race]
    return Saying(said, ", ".join(filter(None, [said.of_election, race])), source_of(said.source))
