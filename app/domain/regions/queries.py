"""Reading the region tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, select

from app.domain.errors import NotFound
from app.domain.once import once
from app.domain.regions.models import PollingStation, Region
from app.domain.regions.rules import Level, ancestors, below_given, given, one_given, subtree
from app.extensions import db
from app.statements import Fixed


class RegionRow(NamedTuple):
    """A region as lists show it."""

    code: str
    name: str
    level: Level
    kind: str
    local_term: str | None

    @property
    def title(self) -> str:
        """The name with its kind in front where the name alone does not say it: "Kecamatan Segah"."""
        if self.level in (Level.PROVINCE, Level.DISTRICT, Level.VILLAGE):
            return f"{(self.local_term or self.kind).capitalize()} {self.name}"
        return self.name


def _row(row: Any) -> RegionRow:
    return RegionRow(row[0], row[1], Level(row[2]), row[3], row[4])


COLUMNS = (Region.code, Region.name, Region.level, Region.kind, Region.local_term)
_ONE = Fixed(select(*COLUMNS).where(one_given(Region.code, 1)))
_CHILDREN = Fixed(
    select(*COLUMNS)
    .where(one_given(Region.parent_code, 1), Region.retired_on.is_(None))
    .order_by(Region.code)
)


_SPECIAL = Fixed(
    select(
        PollingStation.id,
        PollingStation.number,
        PollingStation.host_kind,
        PollingStation.host_name,
        PollingStation.voters,
        PollingStation.source,
        PollingStation.region_code,
        Region.name,
    )
    .join(Region, Region.code == PollingStation.region_code)
    .where(below_given(PollingStation.region_code, 1), PollingStation.host_kind.is_not(None))
    .order_by(PollingStation.region_code, PollingStation.number)
)


@lru_cache(maxsize=8)
def _path(number: int) -> Fixed:
    return Fixed(select(*COLUMNS).where(one_given(Region.code, number)).order_by(func.length(Region.code)))


@lru_cache(maxsize=64)
def _under(number: int, level: Level | None) -> Fixed:
    query = select(*COLUMNS).where(below_given(Region.code, number), Region.retired_on.is_(None))
    if level is not None:
        query = query.where(Region.level == level.value)
    return Fixed(query.order_by(Region.code))


def find(code: str) -> RegionRow:
    """One region; raises NotFound."""
    row = _ONE.first(**given([code]))
    if row is None:
        raise NotFound(f"Wilayah dengan kode {code} tidak ada.")
    return _row(row)


def found(codes: Iterable[str]) -> dict[str, RegionRow]:
    """Code -> region of those that exist and are in force. One statement."""
    query = select(*COLUMNS).where(Region.code.in_(set(codes)), Region.retired_on.is_(None))
    return {row.code: _row(row) for row in db.session.execute(query)}


def path_of(code: str) -> list[RegionRow]:
    """From the province down to the region itself; nothing for what is no code."""
    above = ancestors(code)
    return [_row(row) for row in _path(len(above)).all(**given(above))]


@once
def children_of(code: str) -> list[RegionRow]:
    """The regions one level below, in the order of their codes, those in force only."""
    return [_row(row) for row in _CHILDREN.all(**given([code]))]


@once
def regions_under(roots: Sequence[str], level: Level | None = None) -> list[RegionRow]:
    """The roots and all below them, optionally of one level only, in the order of their codes."""
    return [_row(row) for row in _under(len(roots), level).all(**given(roots))] if roots else []


def provinces() -> list[str]:
    """The codes of the provinces of this desk's tree, in their order."""
    query = select(Region.code).where(Region.level == Level.PROVINCE.value, Region.retired_on.is_(None))
    return list(db.session.scalars(query.order_by(Region.code)))


def with_children(roots: Sequence[str]) -> list[RegionRow]:
    """The roots and the regions right below them, those in force only, in the order of their codes."""
    query = (
        select(*COLUMNS)
        .where(or_(Region.code.in_(roots), Region.parent_code.in_(roots)), Region.retired_on.is_(None))
        .order_by(Region.code)
    )
    return [_row(row) for row in db.session.execute(query)]


def count_by_level(code: str) -> dict[Level, int]:
    """How many regions of each level lie below `code`."""
    query = (
        select(Region.level, func.count())
        .where(subtree(Region.code, code), Region.code != code, Region.retired_on.is_(None))
        .group_by(Region.level)
    )
    return {Level(level): count for level, count in db.session.execute(query)}


def village_term(code: str) -> str:
    """What the villages of this region are called: "kampung" where all desa say so, else "desa"."""
    query = (
        select(Region.local_term).where(subtree(Region.code, code), Region.kind == "desa").distinct().limit(2)
    )
    terms = list(db.session.scalars(query))
    return terms[0] or "desa" if len(terms) == 1 else "desa"


def polling_stations(code: str, *, special_only: bool = False) -> list[PollingStation]:
    """The TPS entered in the region and below it."""
    query = select(PollingStation).where(subtree(PollingStation.region_code, code))
    if special_only:
        query = query.where(PollingStation.host_kind.is_not(None))
    return list(db.session.scalars(query.order_by(PollingStation.region_code, PollingStation.number)))


class SpecialStation(NamedTuple):
    """A TPS at a special location with where it stands."""

    id: int
    number: str
    host_kind: str
    host_name: str
    voters: int | None
    source: str
    region_code: str
    region_name: str


def special_stations(code: str) -> list[SpecialStation]:
    """The TPS at special locations entered in the region and below it, by place. One statement."""
    return [
        SpecialStation(station, number, host_kind or "", host_name or "", voters, source, region, name)
        for station, number, host_kind, host_name, voters, source, region, name in _SPECIAL.all(
            **given([code])
        )
    ]


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Code -> name of these regions; one that does not exist is left out.

    One statement, none for no codes.
    """
    wanted = set(codes)
    if not wanted:
        return {}
    query = select(Region.code, Region.name).where(Region.code.in_(wanted))
    return {row.code: row.name for row in db.session.execute(query)}


def called(text: str, roots: Sequence[str], limit: int = 50) -> list[RegionRow]:
    """Regions within the roots whose name holds all these words, or
    with this very code; the wider ones first.
    """
    words = text.split()[:6]
    if not words:
        return []
    named = and_(*(Region.name.icontains(word, autoescape=True) for word in words))
    query = (
        select(*COLUMNS)
        .where(
            subtree(Region.code, *roots), Region.retired_on.is_(None), or_(named, Region.code == text.strip())
        )
        .order_by(func.length(Region.code), Region.name, Region.code)
        .limit(limit)
    )
    return [_row(row) for row in db.session.execute(query)]
