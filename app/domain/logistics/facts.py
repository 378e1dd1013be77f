"""What this room tells reports and the situation room. Each figure says how many there are to compare it with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from sqlalchemy import func, literal, select, true, union_all

from app.domain.logistics.board import Said, due_today, said_of, standing_of, targets_of
from app.domain.logistics.kinds import goods
from app.domain.logistics.models import (
    LogisticsMovement,
    LogisticsOversight,
    LogisticsProblem,
    LogisticsSupport,
)
from app.domain.logistics.need import Figures, Need, needs_of, sum_of
from app.domain.logistics.rules import Problem
from app.domain.logistics.stock import held_in
from app.domain.logistics.tally import DISTRICT, SPECIAL, STATION, VILLAGE, Tally, places_in, tally
from app.domain.logistics.words import ADEQUACY, AREA, COMPLETE, ENOUGH, IN_PROCESS, TOO_LITTLE, TRANSPORTS
from app.domain.regions import FigureKind, Level, below_given, current_figures, given, level_of, regions_under
from app.domain.registers import DESK, Fact, counting, known_sum
from app.statements import Fixed
from app.words import tanggal_panjang

COUNTED = ("KOTAK_SUARA", "SURAT_SUARA_GUB", "SURAT_SUARA_BUP")
"""The kinds whose stock is told against the need."""


def facts(codes: Sequence[str]) -> list[Fact]:
    """The figures of these subtrees together, in at most 20 statements."""
    seen = _Seen.of(codes)
    return [*_readiness(seen), *_arrivals(seen), *_adequacy(seen), *_records(seen), *_targets(codes)]


class _Seen(NamedTuple):
    """What several figures are made of, read once."""

    codes: Sequence[str]
    homes: list[str]
    """The kabupaten/kota among and below the codes."""
    tallies: dict[str, Tally]
    places: dict[tuple[str, Level], int]
    said: dict[str, Said]
    figures: Figures

    @classmethod
    def of(cls, codes: Sequence[str]) -> _Seen:
        homes = [row.code for row in regions_under(codes, Level.REGENCY)]
        figures = current_figures(list(dict.fromkeys([*codes, *homes])))
        return cls(codes, homes, tally(codes), places_in(codes), said_of(codes), figures)

    def number(self, what: str, *kinds: str) -> int | None:
        """One count of these kinds of place, over all homes; not known while nothing is recorded of them."""
        counts = [one.kinds[kind] for one in self.tallies.values() for kind in kinds if kind in one.kinds]
        return sum(getattr(count, what) for count in counts) if counts else None

    def whole(self, level: Level) -> int:
        """Regions of a level."""
        return sum(count for (_, one), count in self.places.items() if one is level)

    @property
    def as_of(self) -> dt.datetime | None:
        """The latest change of what arrived."""
        return max(filter(None, (one.changed_at for one in self.tallies.values())), default=None)


def _fact(key: str, label: str, value: int | None, unit: str, **more: Any) -> Fact:
    return Fact(f"logistik.{key}", AREA, label, value, unit, source=DESK, **more)


def _readiness(seen: _Seen) -> list[Fact]:
    """Of whole kabupaten/kota; a kecamatan's desk has no such figure."""
    if not seen.homes:
        return []
    standing = {
        code: standing_of(
            seen.said.get(code),
            seen.tallies.get(code, Tally()),
            seen.places.get((code, Level.DISTRICT), 0),
        )
        for code in seen.homes
    }
    complete = [(code, since) for code, (state, since) in standing.items() if state == COMPLETE]
    since = max((day for _, day in complete if day), default=None)
    as_of = max((one.changed_at for one in seen.said.values()), default=seen.as_of)
    told = [one.adequacy for one in seen.said.values() if one.adequacy]
    alone = ADEQUACY[told[0]] if len(seen.homes) == 1 and told else ""
    make = partial(_fact, unit="kabupaten/kota", whole=len(seen.homes), as_of=as_of)
    return [
        make(
            "daerah_lengkap",
            "Kabupaten/kota yang logistiknya lengkap",
            len(complete),
            words=f"sejak {tanggal_panjang(since)}" if since and len(seen.homes) == 1 else "",
        ),
        make(
            "daerah_proses",
            "Kabupaten/kota yang logistiknya dalam proses",
            sum(state == IN_PROCESS for state, _ in standing.values()),
        ),
        make(
            "daerah_tercukupi",
            "Kabupaten/kota yang menyatakan logistiknya tercukupi",
            told.count(ENOUGH),
            words=alone,
        ),
        make("daerah_kurang", "Kabupaten/kota yang menyatakan kekurangan", told.count(TOO_LITTLE)),
    ]


def _arrivals(seen: _Seen) -> list[Fact]:
    due = due_today(seen.codes)
    today = [name for names in due.districts.values() for name in names]
    special_today = [name for names in due.special.values() for name in names]

    def known(kind: FigureKind) -> int | None:
        values = [seen.figures.get((code, kind)) for code in seen.codes]
        if any(one is None or one.value is None for one in values):
            return None
        return sum(int(one.value) for one in values if one is not None and one.value is not None)

    make = partial(_fact, as_of=seen.as_of)
    return [
        make(
            "kecamatan_lengkap",
            "Kecamatan yang sudah menerima logistik",
            seen.number("there", DISTRICT),
            "kecamatan",
            whole=seen.whole(Level.DISTRICT),
        ),
        make(
            "kecamatan_hari_ini",
            "Kecamatan yang dikirimi hari ini",
            len(today),
            "kecamatan",
            words=", ".join(today),
        ),
        make(
            "keldes_lengkap",
            "Kelurahan/desa yang sudah menerima logistik",
            seen.number("there", VILLAGE),
            "kelurahan/desa",
            whole=seen.whole(Level.VILLAGE),
        ),
        make(
            "tps_lengkap",
            "TPS yang sudah menerima logistik",
            seen.number("there", STATION, SPECIAL),
            "TPS",
            whole=known(FigureKind.POLLING_STATIONS),
        ),
        make(
            "tps_khusus_lengkap",
            "TPS lokasi khusus yang sudah menerima logistik",
            seen.number("there", SPECIAL),
            "TPS",
            whole=known(FigureKind.SPECIAL_POLLING_STATIONS),
        ),
        make(
            "tps_khusus_hari_ini",
            "TPS lokasi khusus yang dikirimi hari ini",
            len(special_today),
            "TPS",
            words=", ".join(special_today),
        ),
        make(
            "tps_kembali",
            "TPS yang kotaknya sudah kembali",
            seen.number("returned", STATION, SPECIAL),
            "TPS",
        ),
        make(
            "tempat_terpencil",
            "Tempat terjauh atau terpencil yang dicatat",
            sum(one.remote for one in seen.tallies.values()),
            "tempat",
        ),
    ]


def _adequacy(seen: _Seen) -> list[Fact]:
    """Boxes and ballots received against the need, of the level that keeps stock for these regions."""
    here = seen.homes or [code for code in seen.codes if level_of(code) is Level.DISTRICT]
    needs, held = needs_of(here, seen.figures), held_in(here)
    told = []
    for code in COUNTED:
        one = goods()[code]
        received = [held[place, code].received for place in here if (place, code) in held]
        need = sum_of([needs[place, code] for place in here]) if here else Need(None, "")
        told.append(
            _fact(
                f"diterima_{code.lower()}",
                f"{one.label} diterima",
                known_sum(received),
                one.unit,
                whole=need.value,
            )
        )
    return told


def _records(seen: _Seen) -> list[Fact]:
    moves, began, ended, latest, used = _movements(seen)
    span = " sampai ".join(dict.fromkeys(tanggal_panjang(day) for day in (began, ended) if day))
    (problems, told), (looks, seen_at), (helped, helped_at) = _counted(len(seen.codes)).all(
        **given(seen.codes)
    )
    return [
        _fact("pergeseran", "Pergeseran logistik", moves, "pergeseran", words=span, as_of=latest),
        _fact("angkutan", "Angkutan yang dipakai", len(used), "jenis", words=", ".join(used), as_of=latest),
        _fact("kendala_terbuka", "Kendala logistik yang belum selesai", problems, "kendala", as_of=told),
        _fact("pengawasan", "Pengawasan produksi dan sortir", looks, "kali", as_of=seen_at),
        _fact(
            "dukungan",
            "Dukungan distribusi ke tempat terjauh atau terpencil",
            helped,
            "dukungan",
            as_of=helped_at,
        ),
    ]


def _targets(codes: Sequence[str]) -> list[Fact]:
    """The last day of all targets that hold in the first of the regions."""
    targets = targets_of(codes[0]) if codes else []
    due = {one.reach: one.due_on for one in targets}
    last = max(due.values(), default=None)
    return [
        _fact(
            "sasaran",
            "Sasaran logistik yang ditetapkan",
            len(due),
            "sasaran",
            words=f"paling lambat {tanggal_panjang(last)}" if last else "",
        )
    ]


class _Movements(NamedTuple):
    """Of the movements that count: how many, their first and last day, the latest change, by what they went."""

    number: int
    began: dt.date | None
    ended: dt.date | None
    latest: dt.datetime | None
    transports: list[str]


def _movements(seen: _Seen) -> _Movements:
    """One statement, a row for each means of transport."""
    rows: Sequence[Any] = _moved(len(seen.codes)).all(**given(seen.codes)) if seen.codes else []
    return _Movements(
        sum(number for _, number, *_ in rows),
        min((began for _, _, began, _, _ in rows if began), default=None),
        max((ended for *_, ended, _ in rows if ended), default=None),
        max((latest for *_, latest in rows if latest), default=None),
        sorted(TRANSPORTS[transport] for transport, *_ in rows if transport),
    )


@lru_cache(maxsize=64)
def _moved(number: int) -> Fixed:
    over = LogisticsMovement
    dates = func.min(over.left_on), func.max(over.arrived_on), func.max(over.changed_at)
    query = select(over.transport, func.count(), *dates).where(
        counting(over), below_given(over.region_code, number)
    )
    return Fixed(query.group_by(over.transport))


@lru_cache(maxsize=64)
def _counted(number: int) -> Fixed:
    """Of open problems, oversight and support in so many subtrees: how many records count, and the latest change."""
    asked: tuple[tuple[Any, Any], ...] = (
        (LogisticsProblem, LogisticsProblem.state != Problem.CLOSED.value),
        (LogisticsOversight, true()),
        (LogisticsSupport, true()),
    )
    parts = [
        select(
            literal(place).label("place"),
            func.count().label("number"),
            func.max(model.changed_at).label("at"),
        )
        .select_from(model)
        .where(counting(model), below_given(model.region_code, number), condition)
        for place, (model, condition) in enumerate(asked)
    ]
    found = union_all(*parts).subquery()
    return Fixed(select(found.c.number, found.c.at).order_by(found.c.place))
