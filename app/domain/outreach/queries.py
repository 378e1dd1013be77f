"""Reading outreach: what was held where and for whom, and what stands of participation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from app.domain.outreach.models import OutreachEvent, Turnout
from app.domain.outreach.words import AUDIENCES, FIGURES, HELD, TARGET
from app.domain.regions import FigureKind, current_figures, subtree
from app.domain.registers import counting
from app.extensions import db

TICKS = (*AUDIENCES, *FIGURES)


class Held(NamedTuple):
    """Something that was held."""

    region: str
    changed_at: dt.datetime
    reached: int | None
    reached_male: int | None
    reached_female: int | None
    ticked: frozenset[str]
    """The columns of whom it was for and who was invited."""


def held(codes: Sequence[str]) -> list[Held]:
    """What was held in these subtrees. One statement."""
    ticks = [getattr(OutreachEvent, name) for name in TICKS]
    query = select(
        OutreachEvent.region_code,
        OutreachEvent.changed_at,
        OutreachEvent.reached,
        OutreachEvent.reached_male,
        OutreachEvent.reached_female,
        *ticks,
    ).where(
        counting(OutreachEvent), OutreachEvent.progress == HELD, subtree(OutreachEvent.region_code, *codes)
    )
    return [
        Held(
            region,
            changed_at,
            reached,
            male,
            female,
            frozenset(name for name, is_ticked in zip(TICKS, ticks, strict=True) if is_ticked),
        )
        for region, changed_at, reached, male, female, *ticks in db.session.execute(query)
    ]


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
        .where(counting(Turnout), Turnout.region_code.in_(codes))
        .order_by(Turnout.id)
    )
    found: dict[str, dict[tuple[str, str], Stated]] = {code: {} for code in codes}
    for region, kind, race, of_election, percent, source, stated_on, changed_at in db.session.execute(query):
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
