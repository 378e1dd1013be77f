"""How long a name stays: cleared some time after its case has ended, never while the election is open or contested."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, or_, select, update

from app.domain import audit, clock, stages
from app.domain.audit import Deed
from app.domain.errors import Invalid
from app.domain.neutrality.models import NeutralityCase, NeutralityMove
from app.domain.neutrality.queries import SUBJECT
from app.domain.neutrality.rules import ENDED
from app.domain.regions import zone_of
from app.extensions import db

_STATES = [state.value for state in ENDED]
_HOLDS = or_(NeutralityCase.name_locked != "", NeutralityCase.nip_tail != "")
"""That a case still says more of the person than its pseudonym."""


class Forgotten(NamedTuple):
    """What clearing did, or would do: cases cleared, ended too recently, and held by an election that is not over."""

    cleared: int
    recent: int
    held: int
    held_by: tuple[tuple[str, dt.date | None], ...]
    """The elections that hold cases, each with the last day of its stages as far as it is known."""


class _Due(NamedTuple):
    id: int
    region: str
    version: int
    facts: list[str]


def forget_names(days: int, *, pretend: bool = False) -> Forgotten:
    """Clear names and tails of NIP of the cases that ended at least `days` days ago; what a case says stays.

    A case ended on the day of its last step or on the day that step was recorded, whichever is later: one that was
    closed in arrears is kept as long as any other. Each is on the trail, without the name. `pretend` only counts.
    A second time finds nothing more. Raises Invalid for less than one day.
    """
    if days < 1:
        raise Invalid("Isi sedikitnya 1 hari.")
    ended = (
        select(NeutralityMove.case_id, func.max(NeutralityMove.at).label("at"))
        .group_by(NeutralityMove.case_id)
        .subquery()
    )
    query = (
        select(NeutralityCase, ended.c.at)
        .join(ended, ended.c.case_id == NeutralityCase.id)
        .where(NeutralityCase.state.in_(_STATES), _HOLDS)
        .order_by(NeutralityCase.id)
    )
    elections = {election.id: (election, stages.last_day_of(election)) for election in stages.elections()}
    due: list[_Due] = []
    recent = held = 0
    holding: dict[int, tuple[str, dt.date | None]] = {}
    for case, at in db.session.execute(query):
        zone = zone_of(case.region_code)
        today = clock.today(zone)
        election, last_day = elections[case.election_id]
        if last_day is None or today <= last_day:
            held += 1
            holding[election.id] = (election.name, last_day)
        elif (today - max(case.state_since, clock.local(at, zone).date())).days < days:
            recent += 1
        else:
            due.append(_Due(case.id, case.region_code, case.version, _facts_of(case)))
    cleared = len(due) if pretend else _clear(due)
    return Forgotten(cleared, recent, held, tuple(holding.values()))


def _facts_of(case: NeutralityCase) -> list[str]:
    return [fact for fact, kept in (("name", case.name_locked), ("nip_tail", case.nip_tail)) if kept]


def _clear(due: Sequence[_Due]) -> int:
    """Clear what is due; a case that somebody reopened this very moment is left alone."""
    done = []
    for one in due:
        here = (
            NeutralityCase.id == one.id,
            NeutralityCase.version == one.version,
            NeutralityCase.state.in_(_STATES),
        )
        cleared = update(NeutralityCase).where(*here)
        gone = db.session.execute(cleared.values(name_locked="", nip_tail="", version=one.version + 1))
        if gone.rowcount:  # type: ignore[attr-defined]
            done.append(one)
    audit.record_many(
        [
            Deed("neutrality:case:forget", (SUBJECT, one.id), one.region, {"facts": [None, one.facts]})
            for one in done
        ],
        by=None,
    )
    return len(done)
