"""What regions need of each kind, from the reference figures: TPS, voters, and the elections held there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import func, literal_column, select

from app.domain import stages
from app.domain.logistics.kinds import PROVINCE_BALLOT, RESERVE_PER_MILLE, Goods, Rule, ballots_for, goods
from app.domain.logistics.models import LogisticsArrival
from app.domain.regions import (
    FigureKind,
    FigureView,
    Level,
    Region,
    below_given,
    current_figures,
    given,
    kabkota_of,
    level_of,
    one_given,
    province_of,
)
from app.domain.registers import counting
from app.statements import Fixed
from app.words import angka


class Need(NamedTuple):
    """How much is needed; `value` None is not known. `basis` says what it rests on."""

    value: int | None
    basis: str
    is_estimate: bool = False


class Ground(NamedTuple):
    """What the needs of one region are computed from; None is not known."""

    stations: int | None
    voters: int | None
    ballots: int | None
    """Ballots of one election as a source states them."""
    known_stations: int
    """TPS whose voters are recorded one by one."""
    exact_ballots: int
    """The ballots of those."""
    districts: int
    races: int
    """Elections that the region votes in; 0 where none are set up."""
    own_races: int
    """Of those, the ones that the region's own KPU organises."""
    has_province_race: bool


Needs = Mapping[tuple[str, str], Need]
"""(region, kind) -> need."""


Figures = Mapping[tuple[str, FigureKind], FigureView]


def needs_of(codes: Sequence[str], figures: Figures | None = None) -> Needs:
    """The needs of kabupaten/kota and kecamatan, for every kind. At most five statements, none for no regions.

    A province is the sum of its kabupaten/kota; ask for those (`sum_of`). `figures` are theirs, where the caller has
    them already.
    """
    if not codes:
        return {}
    grounds = _grounds(codes, current_figures(codes) if figures is None else figures)
    return {(code, one.code): need(one, grounds[code]) for code in codes for one in goods().values()}


def sum_of(needs: Sequence[Need]) -> Need:
    """The need of all regions together: not known where that of one is not known."""
    values = [one.value for one in needs]
    known = [value for value in values if value is not None]
    total = sum(known) if values and len(known) == len(values) else None
    return Need(total, "jumlah seluruh kabupaten/kota", any(one.is_estimate for one in needs))


def need(one: Goods, ground: Ground) -> Need:
    """The need of one kind by its rule."""
    rule = one.rule
    if rule.is_by_hand:
        return Need(None, "ditetapkan KPU, isi menurut KPU")
    if rule.is_ballots:
        return _ballots(one.code, ground)
    if rule.per_own_race:
        if not ground.races:
            return Need(None, "jenis Pemilihan belum diketahui")
        return Need(rule.per_own_race * ground.own_races, f"{angka(rule.per_own_race)} per jenis Pemilihan")
    return _counted(rule, ground)


def _counted(rule: Rule, ground: Ground) -> Need:
    by_race = rule.per_station_and_race or rule.per_district_and_race
    if by_race and not ground.races:
        return Need(None, "jenis Pemilihan belum diketahui")
    per_station = rule.per_station + rule.per_station_and_race * ground.races
    if per_station and ground.stations is None:
        return Need(None, "banyak TPS belum diketahui")
    districts = rule.per_district_and_race * ground.races * ground.districts
    total = per_station * (ground.stations or 0) + districts
    parts = [f"{per_station} per TPS"] if per_station else []
    if districts:
        parts.append(f"{rule.per_district_and_race * ground.races} per kecamatan")
    if rule.is_floor:
        parts.append("belum termasuk saksi")
    return Need(total, ", ".join(parts), rule.is_floor)


def _ballots(code: str, ground: Ground) -> Need:
    """Ballots of one election: TPS by TPS where all are known, else as a source states, else an estimate.

    The estimate rounds up once instead of at each TPS, so it can be less than needed by at most one per TPS.
    """
    if not ground.races:
        return Need(None, "jenis Pemilihan belum diketahui")
    held = ground.has_province_race if code == PROVINCE_BALLOT else ground.races > ground.has_province_race
    if not held:
        return Need(0, "tidak dipilih di sini")
    if ground.stations and ground.known_stations == ground.stations:
        return Need(ground.exact_ballots, "DPT + 2,5% dibulatkan ke atas di setiap TPS")
    if ground.ballots is not None:
        return Need(ground.ballots, "angka acuan surat suara")
    if ground.voters is None:
        return Need(None, "DPT belum diketahui")
    return Need(ballots_for(ground.voters), "perkiraan: DPT + 2,5%, pemilih per TPS belum diketahui", True)


def _grounds(codes: Sequence[str], figures: Figures) -> dict[str, Ground]:
    recorded = _recorded_stations(codes)
    districts = _districts(codes)
    races = [race.region_code for race in stages.races(stages.current_election())]
    grounds = {}
    for code in codes:
        provincial = sum(place == province_of(code) for place in races)
        local = sum(place == kabkota_of(code) for place in races if len(code) > 2)
        known, exact = recorded.get(code, (0, 0))
        grounds[code] = Ground(
            _whole(figures.get((code, FigureKind.POLLING_STATIONS))),
            _whole(figures.get((code, FigureKind.VOTERS))),
            _whole(figures.get((code, FigureKind.BALLOTS))),
            known,
            exact,
            districts.get(code, 0),
            provincial + local,
            sum(place == code for place in races),
            bool(provincial),
        )
    return grounds


def _whole(figure: FigureView | None) -> int | None:
    return None if figure is None or figure.value is None else int(figure.value)


def _recorded_stations(codes: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Region -> (TPS whose voters are recorded, ballots of one election for them)."""
    found: dict[str, tuple[int, int]] = {}
    for place, count, ballots in _stations(len(codes), max(map(len, codes))).all(**given(codes)):
        for code in codes:
            if str(place).startswith(code):
                known, total = found.get(code, (0, 0))
                found[code] = known + int(count), total + int(ballots)
    return found


@lru_cache(maxsize=64)
def _stations(number: int, width: int) -> Fixed:
    """Of so many subtrees, by the first so many signs of the region's code."""
    voters = LogisticsArrival.voters
    here = func.substr(LogisticsArrival.region_code, 1, width)
    exact = func.sum(voters + (voters * RESERVE_PER_MILLE + 999) // 1000)
    query = (
        select(here, func.count(), exact)
        .where(
            counting(LogisticsArrival),
            below_given(LogisticsArrival.region_code, number),
            LogisticsArrival.station != "",
            voters.is_not(None),
        )
        .group_by(literal_column("1"))
    )
    return Fixed(query)


def _districts(codes: Sequence[str]) -> dict[str, int]:
    """Region -> its kecamatan; a kecamatan counts itself."""
    wide = [code for code in codes if level_of(code) is not Level.DISTRICT]
    counted = {code: 1 for code in codes if level_of(code) is Level.DISTRICT}
    if not wide:
        return counted
    rows = _counted_districts(len(wide)).all(**given(wide))
    return counted | {str(code): int(count) for code, count in rows}


@lru_cache(maxsize=64)
def _counted_districts(number: int) -> Fixed:
    query = (
        select(Region.parent_code, func.count())
        .where(
            one_given(Region.parent_code, number),
            Region.level == Level.DISTRICT.value,
            Region.retired_on.is_(None),
        )
        .group_by(Region.parent_code)
    )
    return Fixed(query)
