"""Reading voting day: what each region said last, and how a region stood at each hour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import func, select

from app.domain.polling.models import PollingCount
from app.domain.polling.rules import MEASURES
from app.domain.regions import FigureKind, ancestors, below_given, contains, current_figures, given
from app.domain.registers import counting, known_sum
from app.statements import Fixed
from app.words import tanggal_pendek

HOUR = dt.timedelta(hours=1)


class Moment(NamedTuple):
    """A day and an hour (09.30) on the clocks of a region."""

    day: dt.date
    at: str

    @property
    def words(self) -> str:
        """27 Nov 2024 pukul 09.30."""
        return f"{tanggal_pendek(self.day)} pukul {self.at}"

    @property
    def wall(self) -> dt.datetime:
        """The same, without a zone."""
        return dt.datetime.combine(self.day, dt.time(int(self.at[:2]), int(self.at[3:])))

    @property
    def full_hour(self) -> Moment:
        """The full hour that it falls in, told by its end: 07.15 belongs to 08.00, and 08.00 to itself."""
        wall = self.wall
        hour = wall.replace(minute=0)
        hour += HOUR if wall > hour else dt.timedelta()
        return Moment(hour.date(), f"{hour:%H.%M}")


class Count(NamedTuple):
    """What a region said of one hour."""

    region: str
    day: dt.date
    at: str
    source: str
    stations: int | None
    opened: int | None
    late: int | None
    halted: int | None
    closed: int | None
    counted: int | None
    voters: int | None

    @property
    def moment(self) -> Moment:
        """The hour it tells of."""
        return Moment(self.day, self.at)


@dataclass(frozen=True)
class Standing:
    """How far voting is in a region."""

    figures: Mapping[str, int | None] = field(default_factory=dict)
    """Measure -> the sum of what is known; None where nothing is."""
    stations: int | None = None
    """How many TPS there are, told or not; None is not known."""
    told: int = 0
    """How many regions' records make it up."""
    since: Moment | None = None
    """The oldest of these records."""
    until: Moment | None = None
    sources: tuple[str, ...] = ()

    def __getitem__(self, measure: str) -> int | None:
        return self.figures.get(measure)

    @property
    def in_time(self) -> int | None:
        """Opened and not late; None where either is not known."""
        opened, late = self["opened"], self["late"]
        return None if opened is None or late is None else opened - late


class Hour(NamedTuple):
    """How a region stood at the end of an hour in which something new was told."""

    moment: Moment
    standing: Standing


_COLUMNS = (
    PollingCount.region_code.label("region"),
    PollingCount.counted_on.label("day"),
    PollingCount.counted_at.label("at"),
    PollingCount.source,
    PollingCount.stations,
    *(getattr(PollingCount, measure) for measure in MEASURES),
)


def counts(codes: Sequence[str]) -> list[Count]:
    """All that was said in these subtrees, in the order of the hours. One statement, none for no codes."""
    return [Count._make(row) for row in _counts(len(codes)).all(**given(codes))] if codes else []


@lru_cache(maxsize=64)
def _counts(number: int) -> Fixed:
    query = select(*_COLUMNS).where(counting(PollingCount), below_given(PollingCount.region_code, number))
    return Fixed(query.order_by(PollingCount.counted_on, PollingCount.counted_at, PollingCount.id))


def newest(codes: Sequence[str]) -> dict[str, Count]:
    """Region -> what it said last, of the regions in these subtrees that said anything. One statement."""
    rows = _newest(len(codes)).all(**given(codes)) if codes else []
    return {count.region: count for count in map(Count._make, rows)}


@lru_cache(maxsize=64)
def _newest(number: int) -> Fixed:
    latest = func.row_number().over(
        partition_by=PollingCount.region_code,
        order_by=(PollingCount.counted_on.desc(), PollingCount.counted_at.desc()),
    )
    ranked = (
        select(*_COLUMNS, latest.label("rank"))
        .where(counting(PollingCount), below_given(PollingCount.region_code, number))
        .subquery()
    )
    columns = [column for column in ranked.c if column.key != "rank"]
    return Fixed(select(*columns).where(ranked.c.rank == 1).order_by(ranked.c.region))


def stations_of(codes: Sequence[str]) -> dict[str, int]:
    """Region -> how many TPS it has by the reference figures, where that is known. One statement."""
    return {
        code: int(figure.value)
        for (code, kind), figure in current_figures(codes).items()
        if kind is FigureKind.POLLING_STATIONS and figure.value is not None
    }


def standing_of(found: Mapping[str, Count], within: str, stations: int | None) -> Standing:
    """How a region stands: by its own record or, without one, by the sum of those below it.

    `stations` is the reference figure, which counts unless the region's own record says another number. What those
    below say of their stations is not summed up: some may be silent.
    """
    chosen = [found[code] for code in _leading(code for code in found if contains(within, code))]
    figures: dict[str, int | None] = {}
    for measure in MEASURES:
        figures[measure] = known_sum(getattr(one, measure) for one in chosen)
    own = found.get(within)
    moments = sorted(one.moment for one in chosen)
    return Standing(
        figures,
        own.stations if own is not None and own.stations is not None else stations,
        len(chosen),
        moments[0] if moments else None,
        moments[-1] if moments else None,
        tuple(dict.fromkeys(one.source for one in chosen)),
    )


def _leading(codes: Iterable[str]) -> list[str]:
    """Those that count: a region only where none above it tells anything itself."""
    there = set(codes)
    return sorted(code for code in there if there.isdisjoint(ancestors(code)[:-1]))


def hours_of(said: Iterable[Count], within: str, stations: int | None) -> list[Hour]:
    """How a region stood at the end of each hour in which it or one below it told something, in their order.

    `said` is in the order of the hours, as `counts` gives it.
    """
    newest_by_then: dict[str, Count] = {}
    hours: dict[Moment, Standing] = {}
    inside = [one for one in said if contains(within, one.region)]
    for place, one in enumerate(inside):
        newest_by_then[one.region] = one
        hour = one.moment.full_hour
        if place + 1 == len(inside) or inside[place + 1].moment.full_hour != hour:
            hours[hour] = standing_of(newest_by_then, within, stations)
    return [Hour(moment, standing) for moment, standing in hours.items()]
