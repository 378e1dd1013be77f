"""How long a step may be silent, in working days, and which cases are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from app.domain import audit, clock, stages
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid, NotNow
from app.domain.neutrality.models import NeutralityCase, NeutralityClock
from app.domain.neutrality.rules import OPEN, CaseState
from app.domain.once import once
from app.domain.regions import subtree, zone_of
from app.extensions import db

MOST_DAYS = 250
NO_LIMIT = 0
DEFAULTS = {
    CaseState.STUDIED: 5,
    CaseState.RECOMMENDED: 14,
    CaseState.EXAMINED: 14,
}
"""Bawaslu decides within 3 + 2 days, PPK kepegawaian follows up within 14 working days: both numbers are
repeated by many and were not found in a text of law (domain.md 2c, [U]). That an examination may take 14 too is
our own proposal. The other steps have no limit until somebody sets one.
"""
TIMED = tuple(state for state in CaseState if state in OPEN)


class Limit(NamedTuple):
    """How long one step may take; version 0 is the default that nobody has touched."""

    state: CaseState
    working_days: int
    version: int
    set_by_name: str = ""
    set_at: dt.datetime | None = None


@once
def limits() -> dict[CaseState, Limit]:
    """The limit of each step in the order of the chain. One statement."""
    rows = {
        row.state: row
        for row in db.session.scalars(select(NeutralityClock).execution_options(populate_existing=True))
    }
    found = {}
    for state in TIMED:
        row = rows.get(state.value)
        found[state] = (
            Limit(state, DEFAULTS.get(state, NO_LIMIT), 0)
            if row is None
            else Limit(state, row.working_days, row.version, row.set_by_name, row.set_at)
        )
    return found


def set_limit(state: CaseState, working_days: int, *, by: Person, version: int) -> None:
    """Let a step take so many working days; 0 is no limit. Holds for the whole election.

    Refuses who does not govern the calendar of all of it (NotAllowed), a number that is none (Invalid), and
    (NotNow) when somebody else was quicker.
    """
    stages.govern(by, Permission.CALENDAR_MANAGE, stages.current_election())
    if not 0 <= working_days <= MOST_DAYS:
        sentence = f"Isi 0 sampai {MOST_DAYS} hari kerja."
        raise Invalid(sentence, working_days=sentence)
    before = limits()[state]
    said: dict[str, Any] = {"working_days": working_days, "set_at": clock.now(), "set_by_name": by.name}
    if not (_first(state, said) if version == 0 else _next(state, said, version)):
        raise NotNow("Batas waktu ini baru saja diubah orang lain. Muat ulang untuk melihat yang terbaru.")
    audit.record(
        "neutrality:clock:set",
        by=by,
        subject=("neutrality_clock", state.value),
        changes={"working_days": [before.working_days, working_days]},
    )


def _first(state: CaseState, said: dict[str, Any]) -> bool:
    """Set what stood at its default; False when somebody else has."""
    try:
        with db.session.begin_nested():
            db.session.execute(insert(NeutralityClock).values(state=state.value, version=1, **said))
    except IntegrityError:
        return False
    return True


def _next(state: CaseState, said: dict[str, Any], version: int) -> bool:
    """Set what was set before; False when it is not the version that the person saw."""
    here = (NeutralityClock.state == state.value, NeutralityClock.version == version)
    done = db.session.execute(update(NeutralityClock).where(*here).values(version=version + 1, **said))
    return bool(done.rowcount)  # type: ignore[attr-defined]


class Silence(NamedTuple):
    """How long a case has stood where it stands, against the limit of its step."""

    days: int
    limit: int

    @property
    def over(self) -> int:
        """Working days beyond the limit; 0 or less while it is kept, or where there is none."""
        return self.days - self.limit if self.limit else 0


def running_clocks(roots: Sequence[str] | None) -> list[stages.Clock]:
    """The clocks of all open cases in these subtrees, None: everywhere. Counts only belong to who may not read cases.

    Two statements.
    """
    timed = {state: limit.working_days for state, limit in limits().items() if limit.working_days}
    query = select(NeutralityCase.region_code, NeutralityCase.state, NeutralityCase.state_since).where(
        NeutralityCase.state.in_([state.value for state in timed])
    )
    if roots is not None:
        query = query.where(subtree(NeutralityCase.region_code, *roots))
    found = db.session.execute(query)
    return [stages.Clock(region, timed[CaseState(state)], since) for region, state, since in found]


class Calendar:
    """Counts working days in many regions with one statement for the days off of all of them."""

    def __init__(self, since: Iterable[dt.date]) -> None:
        first = min(since, default=None)
        self._limits = limits()
        self._off = None if first is None else stages.DaysOff(first)
        self._counted: dict[tuple[str, dt.date], int] = {}

    def silence(self, region: str, state: CaseState, since: dt.date) -> Silence:
        """Of a case of this region that stands in `state` since that day, as its own calendar tells today."""
        if state not in OPEN or self._off is None:
            return Silence(0, NO_LIMIT)
        key = (region, since)
        if key not in self._counted:
            today = clock.today(zone_of(region))
            self._counted[key] = stages.working_days_between(since, today, self._off.of(region))
        return Silence(self._counted[key], self._limits[state].working_days)
