"""What a region has of each kind beside what it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import select

from app.domain.logistics.kinds import Goods, goods
from app.domain.logistics.models import LogisticsStock
from app.domain.logistics.need import Need, Needs, needs_of
from app.domain.logistics.words import ENOUGH, TOO_LITTLE
from app.domain.regions import given, one_given
from app.domain.registers import counting
from app.statements import Fixed


class Held(NamedTuple):
    """The record of one kind in one region; every number may be unknown."""

    id: int
    received: int | None
    good: int | None
    damaged: int | None
    short: int | None
    replaced: int | None
    need_said: int | None

    @property
    def usable(self) -> int | None:
        """What may be used: the good ones and those that replaced bad ones; None where that is not known."""
        good = self.good
        if good is None and self.received is not None and self.damaged is not None:
            good = self.received - self.damaged
        return None if good is None else good + (self.replaced or 0)


@dataclass(frozen=True)
class Line:
    """One kind in one region: its need, what is there, and whether that is enough."""

    goods: Goods
    need: Need
    held: Held | None

    @property
    def adequacy(self) -> str:
        """ENOUGH, TOO_LITTLE, or empty where the need or the stock is not known."""
        usable = self.held.usable if self.held else None
        if usable is None or self.need.value is None:
            return ""
        return ENOUGH if usable >= self.need.value else TOO_LITTLE


Stock = Mapping[tuple[str, str], Held]
"""(region, kind) -> what is there."""


def held_in(codes: Sequence[str]) -> dict[tuple[str, str], Held]:
    """The stock records of exactly these regions. One statement, none for no codes."""
    rows = _held(len(codes)).all(**given(codes)) if codes else []
    return {(row[0], row[1]): Held(*row[2:]) for row in rows}


@lru_cache(maxsize=64)
def _held(number: int) -> Fixed:
    model = LogisticsStock
    names = (
        model.id,
        model.received,
        model.good,
        model.damaged,
        model.short,
        model.replaced,
        model.need_said,
    )
    query = select(model.region_code, model.goods, *names).where(
        counting(model), one_given(model.region_code, number)
    )
    return Fixed(query)


def lines_of(code: str, needs: Needs, stock: Stock) -> list[Line]:
    """Every kind of one region, in the order of the file. What KPU says it needs goes before what we compute."""
    return [
        Line(one, _said(stock.get((code, one.code)), needs[code, one.code]), stock.get((code, one.code)))
        for one in goods().values()
    ]


def stock_of(code: str) -> list[Line]:
    """Every kind of one kabupaten/kota or kecamatan beside its need. At most six statements."""
    return lines_of(code, needs_of([code]), held_in([code]))


def _said(held: Held | None, computed: Need) -> Need:
    return computed if held is None or held.need_said is None else Need(held.need_said, "menurut KPU")
