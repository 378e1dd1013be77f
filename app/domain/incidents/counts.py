"""Incidents and obstacles as the database counts them, and what desks said last: for the board and for reports.

Whatever the number of records, each of these is one statement, or two where working days matter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, literal_column, select

from app.domain.accounts import Permission, Person
from app.domain.incidents.models import Incident, Obstacle, Situation
from app.domain.incidents.registers import INCIDENTS, SITUATIONS, TEAM
from app.domain.incidents.rules import INCIDENT_FLOW, OBSTACLE_FLOW
from app.domain.regions import below_given, given, subtree
from app.domain.registers import RecordRow, Silences, counting, may, rows_of
from app.extensions import db
from app.statements import Fixed

ENDED = frozenset(state.value for state in INCIDENT_FLOW.ended)


class Tally(NamedTuple):
    """So many incidents of one region that stand alike."""

    region: str
    state: str
    since: dt.date
    severity: str
    is_team: bool
    """By the team of a candidate pair."""
    is_readable: bool
    """By the person who asks; always, where nobody in particular does."""
    number: int
    as_of: dt.datetime
    over: int
    """Working days beyond the limit of the step; 0 or less while it is kept."""

    @property
    def is_open(self) -> bool:
        """Whether they are not closed."""
        return self.state not in ENDED

    @property
    def is_silent(self) -> bool:
        """Whether they stand longer than their step may take."""
        return self.is_open and self.over > 0


def tallies(codes: Sequence[str], person: Person | None = None) -> list[Tally]:
    """The incidents that count in these subtrees, told apart by region, step, day, severity and actor."""
    found = _tallied(len(codes)).all(me=person.id if person else 0, **given(codes)) if codes else []
    silences = Silences(INCIDENTS, [(row[0], row[1], row[2]) for row in found])
    trusted: dict[str, bool] = {}
    told = []
    for region, state, since, severity, team, restricted, own, count, at in found:
        readable = person is None or not restricted or bool(own)
        if not readable and person is not None:
            if region not in trusted:
                trusted[region] = may(person, INCIDENTS, Permission.REGISTER_RESTRICTED, region)
            readable = trusted[region]
        over = silences.of(region, state, since).over
        told.append(Tally(region, state, since, severity, bool(team), readable, count, at, over))
    return told


@lru_cache(maxsize=64)
def _tallied(number: int) -> Fixed:
    """Region, state, its day, severity, of a team, restricted, recorded by `me` -> how many, and the latest change."""
    alike = (
        Incident.region_code,
        Incident.state,
        Incident.state_since,
        Incident.severity,
        (Incident.actor == TEAM).label("is_team"),
        Incident.is_restricted,
        (Incident.recorded_by == bindparam("me")).label("is_own"),
    )
    query = select(*alike, func.count(), func.max(Incident.changed_at)).where(
        counting(Incident), below_given(Incident.region_code, number)
    )
    return Fixed(query.group_by(*(literal_column(str(place + 1)) for place in range(len(alike)))))


class Obstacles(NamedTuple):
    """So many obstacles of one region."""

    region: str
    is_open: bool
    number: int
    as_of: dt.datetime


def obstacles_of(codes: Sequence[str]) -> list[Obstacles]:
    """The obstacles that count in these subtrees, by region, open ones apart."""
    rows = _obstacles(len(codes)).all(**given(codes)) if codes else []
    return [Obstacles(region, bool(still), count, at) for region, still, count, at in rows]


@lru_cache(maxsize=64)
def _obstacles(number: int) -> Fixed:
    is_open = and_(True, *(Obstacle.state != state.value for state in OBSTACLE_FLOW.ended)).label("is_open")
    query = select(Obstacle.region_code, is_open, func.count(), func.max(Obstacle.changed_at)).where(
        counting(Obstacle), below_given(Obstacle.region_code, number)
    )
    return Fixed(query.group_by(Obstacle.region_code, literal_column("2")))


def situations_of(codes: Sequence[str]) -> list[RecordRow]:
    """What each region of these subtrees said on the latest day that it said anything."""
    return _latest(subtree(Situation.region_code, *codes))


def own_situations(codes: Sequence[str]) -> list[RecordRow]:
    """The same of these regions themselves."""
    return _latest(Situation.region_code.in_(list(codes)))


def _latest(where: ColumnElement[bool]) -> list[RecordRow]:
    last = (
        select(Situation.region_code, func.max(Situation.dated_on).label("day"))
        .where(counting(Situation), where)
        .group_by(Situation.region_code)
        .subquery()
    )
    query = (
        select(Situation)
        .join(last, (last.c.region_code == Situation.region_code) & (last.c.day == Situation.dated_on))
        .where(counting(Situation))
        .order_by(Situation.id)
    )
    return rows_of(SITUATIONS, list(db.session.scalars(query)))
