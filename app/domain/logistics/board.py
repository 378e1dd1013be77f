"""The board: where each kabupaten/kota stands, since when, how fast, and whether what has come is enough (F80)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Date, and_, bindparam, case, func, or_, select

from app.domain.logistics.models import (
    LogisticsArrival,
    LogisticsMovement,
    LogisticsProblem,
    LogisticsReadiness,
    LogisticsSupport,
    LogisticsTarget,
)
from app.domain.logistics.need import needs_of
from app.domain.logistics.rules import Problem
from app.domain.logistics.stock import held_in, lines_of
from app.domain.logistics.tally import (
    DISTRICT,
    SPECIAL,
    STATION,
    Count,
    Pace,
    Tally,
    pace_of,
    places_in,
    tally,
)
from app.domain.logistics.words import COMPLETE, ENOUGH, IN_PROCESS, NOT_YET, TOO_LITTLE, Stand
from app.domain.regions import (
    FigureKind,
    Level,
    Region,
    RegionRow,
    below_given,
    contains,
    current_figures,
    given,
    one_given,
    province_of,
    regions_under,
    subtree,
)
from app.domain.registers import counting, today_in
from app.extensions import db
from app.statements import Fixed


@dataclass(frozen=True)
class Said:
    """What a kabupaten/kota last said of its logistics as a whole."""

    readiness: str
    complete_on: dt.date | None
    adequacy: str
    told_on: dt.date
    source: str
    changed_at: dt.datetime


class BoardRow(NamedTuple):
    """One kabupaten/kota."""

    region: RegionRow
    standing: str
    """COMPLETE, IN_PROCESS, NOT_YET; empty where nothing is known."""
    since: dt.date | None
    """When it became complete."""
    said: Said | None
    districts: Count
    district_total: int
    today: tuple[str, ...]
    """The kecamatan that get theirs today."""
    stations: int | None
    """TPS that have theirs; not known while none is recorded."""
    station_total: int | None
    specials: Count
    specials_today: int
    special_total: int | None
    pace: Pace | None
    enough: int
    too_little: int
    unknown: int
    """Kinds whose stock or need is not known."""
    remote: int
    supported: int
    """Records of support given there."""
    problems: int
    is_at_risk: bool
    """Whether the target passes, or will at this pace, before all is there."""


class Target(NamedTuple):
    """By when logistics are to be at a level, as a region says."""

    region: str
    reach: str
    due_on: dt.date
    source: str


@dataclass(frozen=True)
class Board:
    """All rows, and the targets of the region that was asked for."""

    rows: list[BoardRow]
    targets: list[Target]

    def count(self, standing: str) -> int:
        """How many stand so."""
        return sum(row.standing == standing for row in self.rows)


def board_of(code: str) -> Board:
    """The board of a province, or of one kabupaten/kota. At most 18 statements, whatever is recorded."""
    places = regions_under([code], Level.REGENCY)
    codes = [place.code for place in places]
    if not codes:
        return Board([], [])
    parts = _Parts(codes)
    targets = targets_of(code)
    return Board([parts.row(place, targets) for place in places], targets)


def said_of(codes: Sequence[str]) -> dict[str, Said]:
    """Kabupaten/kota -> its latest statement. One statement, none for no codes."""
    return {row[0]: Said(*row[1:]) for row in _said(len(codes)).all(**given(codes))} if codes else {}


@lru_cache(maxsize=64)
def _said(number: int) -> Fixed:
    model = LogisticsReadiness
    query = (
        select(
            model.region_code,
            model.readiness,
            model.complete_on,
            model.adequacy,
            model.told_on,
            model.source,
            model.changed_at,
        )
        .where(counting(model), below_given(model.region_code, number))
        .order_by(model.told_on, model.id)
    )
    return Fixed(query)


def targets_of(code: str) -> list[Target]:
    """The targets that hold in a region: its own, and the province's where it has none. One statement."""
    rows = _TARGETS.all(**given([code[:5], province_of(code)]))
    held = {target.reach: target for target in (Target(*row) for row in rows)}
    return sorted(held.values(), key=lambda target: target.due_on)


_TARGETS = Fixed(
    select(LogisticsTarget.region_code, LogisticsTarget.reach, LogisticsTarget.due_on, LogisticsTarget.source)
    .where(counting(LogisticsTarget), one_given(LogisticsTarget.region_code, 2))
    .order_by(func.length(LogisticsTarget.region_code), LogisticsTarget.due_on)
)


def standing_of(said: Said | None, here: Tally, districts: int) -> tuple[str, dt.date | None]:
    """Where a kabupaten/kota stands and since when it is complete: as it says; complete too, once all its kecamatan
    have theirs; in process once the first has.
    """
    arrived = here.of(DISTRICT)
    if said is not None and said.readiness == COMPLETE:
        return COMPLETE, said.complete_on
    if districts and arrived.there >= districts:
        return COMPLETE, None if arrived.undated else arrived.last
    if arrived.there or arrived.today or (said is not None and said.readiness == IN_PROCESS):
        return IN_PROCESS, None
    return (NOT_YET, None) if said is not None else ("", None)


class DueToday(NamedTuple):
    """Kabupaten/kota -> what gets its logistics today, by name; not what has a day that is over."""

    districts: dict[str, list[str]]
    special: dict[str, list[str]]
    """Special TPS."""


def due_today(codes: Sequence[str]) -> DueToday:
    """What is under way in these subtrees. One statement, none for no regions."""
    told = DueToday({}, {})
    rows = _due(len(codes)).all(today=today_in(codes[0]), **given(codes)) if codes else []
    for place, special, words in rows:
        (told.special if special else told.districts).setdefault(place[:5], []).append(words)
    return told


@lru_cache(maxsize=64)
def _due(number: int) -> Fixed:
    model = LogisticsArrival
    is_district = and_(model.station == "", func.length(model.region_code) == 8)
    name = case((model.special, model.station), else_=Region.name).label("name")
    query = (
        select(model.region_code, model.special, name)
        .join(Region, Region.code == model.region_code)
        .where(
            counting(model),
            below_given(model.region_code, number),
            model.stand == Stand.TODAY.value,
            or_(model.due_on.is_(None), model.due_on >= bindparam("today", type_=Date)),
            or_(model.special, is_district),
        )
        .order_by(model.region_code, name)
    )
    return Fixed(query)


class _Parts:
    """What the rows of several kabupaten/kota are made of, each read once for all."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.tallies, self.places, self.said = tally(codes), places_in(codes), said_of(codes)
        self.today, self.special_today = due_today(codes)
        self.figures = current_figures(codes)
        self.needs, self.stock = needs_of(codes), held_in(codes)
        self.began = _by_home(codes, LogisticsMovement, func.min(LogisticsMovement.left_on))
        self.supports = _by_home(codes, LogisticsSupport, func.count())
        still_open = LogisticsProblem.state != Problem.CLOSED.value
        self.problems = _by_home(codes, LogisticsProblem, func.count(), still_open)

    def row(self, place: RegionRow, targets: Iterable[Target]) -> BoardRow:
        code = place.code
        here, said, total = self.tallies.get(code, Tally()), self.said.get(code), self._districts(code)
        standing, since = standing_of(said, here, total)
        today, districts = today_in(code), here.of(DISTRICT)
        pace = pace_of(districts, total, self.began.get(code), today)
        lines = lines_of(code, self.needs, self.stock)
        adequate = [line.adequacy for line in lines]
        specials = here.of(SPECIAL)
        return BoardRow(
            place,
            standing,
            since,
            said,
            districts,
            total,
            tuple(self.today.get(code, ())),
            self._stations(here),
            self._figure(code, FigureKind.POLLING_STATIONS),
            specials,
            len(self.special_today.get(code, ())),
            self._figure(code, FigureKind.SPECIAL_POLLING_STATIONS),
            pace,
            adequate.count(ENOUGH),
            adequate.count(TOO_LITTLE),
            adequate.count(""),
            here.remote,
            self.supports.get(code, 0),
            self.problems.get(code, 0),
            districts.there < total and _is_late(targets, code, pace, today, standing),
        )

    @staticmethod
    def _stations(here: Tally) -> int | None:
        counts = [here.kinds[kind] for kind in (STATION, SPECIAL) if kind in here.kinds]
        return sum(count.there for count in counts) if counts else None

    def _districts(self, code: str) -> int:
        return self.places.get((code, Level.DISTRICT), 0)

    def _figure(self, code: str, kind: FigureKind) -> int | None:
        found = self.figures.get((code, kind))
        return None if found is None or found.value is None else int(found.value)


def _is_late(targets: Iterable[Target], code: str, pace: Pace | None, today: dt.date, standing: str) -> bool:
    due = {target.reach: target.due_on for target in targets if contains(target.region, code)}
    # What is to be at the TPS passes through the kecamatan first.
    arriving = min((due[reach] for reach in ("kecamatan", "keldes", "tps") if reach in due), default=None)
    if arriving is not None and (today > arriving or (pace is not None and pace.done_on > arriving)):
        return True
    complete = due.get("kabkota")
    return complete is not None and today > complete and standing != COMPLETE


def _by_home(codes: Sequence[str], model: Any, value: Any, *also: Any) -> dict[str, Any]:
    """Kabupaten/kota -> one figure of a register's records there and below. One statement."""
    home = func.substr(model.region_code, 1, 5)
    query = (
        select(home, value).where(counting(model), subtree(model.region_code, *codes), *also).group_by(home)
    )
    return dict(db.session.execute(query).all())
