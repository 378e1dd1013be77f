"""Reading outreach: what was held where and for whom, and what stands of participation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Integer, cast, func, select

from app.domain.outreach.models import OutreachEvent, Turnout
from app.domain.outreach.words import AUDIENCES, FIGURES, HELD, TARGET
from app.domain.regions import FigureKind, below_given, current_figures, given, one_given
from app.domain.registers import counting
from app.statements import Fixed

TICKS = (*AUDIENCES, *FIGURES)


class Held(NamedTuple):
    """What was held in one region."""

    region: str
    events: int
    changed_at: dt.datetime
    reached: int | None
    reached_male: int | None
    reached_female: int | None
    ticked: Mapping[str, int]
    """Column of whom it was for or who was invited -> events."""


def held(codes: Sequence[str]) -> list[Held]:
    """What was held in these subtrees, by the regions that it was recorded for. One statement, none for no codes."""
    rows = _held(len(codes)).all(**given(codes)) if codes else []
    return [
        Held(
            region,
            events,
            changed_at,
            _whole(reached),
            _whole(male),
            _whole(female),
            dict(zip(TICKS, map(int, ticks), strict=True)),
        )
        for region, events, changed_at, reached, male, female, *ticks in rows
    ]


@lru_cache(maxsize=64)
def _held(number: int) -> Fixed:
    ticks = [func.sum(cast(getattr(OutreachEvent, name), Integer)) for name in TICKS]
    query = (
        select(
            OutreachEvent.region_code,
            func.count(),
            func.max(OutreachEvent.changed_at),
            func.sum(OutreachEvent.reached),
            func.sum(OutreachEvent.reached_male),
            func.sum(OutreachEvent.reached_female),
            *ticks,
        )
        .where(
            counting(OutreachEvent),
            OutreachEvent.progress == HELD,
            below_given(OutreachEvent.region_code, number),
        )
        .group_by(OutreachEvent.region_code)
    )
    return Fixed(query)


def _whole(total: int | None) -> int | None:
    """PostgreSQL adds whole numbers up to decimals."""
    return None if total is None else int(total)


class Stated(NamedTuple):
    """One statement on participation, as it stands."""

    kind: str
    race: str
    of_election: str
    percent: Decimal
    source: str
    stated_on: dt.date | None
    changed_at: dt.datetime


def turnout_of(codes: Sequence[str]) -> dict[str, dict[tuple[str, str], Stated]]:
    """Region -> (kind, race) -> what stands, of exactly these regions. Two statements.

    The newest source stands, of the same day what was recorded last. Where no target was recorded, the reference
    figure is the target of all races.
    """
    found: dict[str, dict[tuple[str, str], Stated]] = {code: {} for code in codes}
    rows = _stated(len(codes)).all(**given(codes)) if codes else []
    for region, kind, race, of_election, percent, source, stated_on, changed_at in rows:
        if percent is None:
            continue
        said = Stated(kind, race, of_election, percent, source, stated_on, changed_at)
        before = found[region].get((kind, race))
        if before is None or (said.stated_on or dt.date.min) >= (before.stated_on or dt.date.min):
            found[region][kind, race] = said
    for (code, kind), figure in current_figures(codes).items():
        if kind is FigureKind.TURNOUT_TARGET and figure.value is not None:
            said = Stated(
                TARGET, "semua", "", figure.value, figure.source, figure.dated_on, figure.recorded_at
            )
            if not any(one == TARGET for one, _ in found[code]):
                found[code][TARGET, "semua"] = said
    return found


@lru_cache(maxsize=64)
def _stated(number: int) -> Fixed:
    query = (
        select(
            Turnout.region_code,
            Turnout.kind,
            Turnout.race,
            Turnout.of_election,
            Turnout.percent,
            Turnout.source,
            Turnout.stated_on,
            Turnout.changed_at,
        )
        .where(counting(Turnout), one_given(Turnout.region_code, number))
        .order_by(Turnout.id)
    )
    return Fixed(query)
