"""What the reports ask of a person now: for the front page. Two statements, whatever the size of the country."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, func, or_, select

from app.domain import clock
from app.domain.accounts import Permission, Person
from app.domain.regions import Region, below_given, given, one_given, zone_of
from app.domain.reports.judging import handled
from app.domain.reports.models import Report, ReportException, ReportMove, ReportRhythm
from app.domain.reports.queries import COLUMNS, ReportRow, row_of
from app.domain.reports.rhythm import USUAL_SILENCE
from app.domain.reports.rules import AREA, State, Verb
from app.domain.stages import Election
from app.statements import ONE, Fixed, one_of

NEAR = dt.timedelta(hours=1)
"""From then on the deadline is called near."""
_TO_WRITE = (State.EXPECTED.value, State.DRAFT.value)
_BACK = (State.RETURNED.value, State.REOPENED.value)


class Task(NamedTuple):
    """A report that waits for the person; `reason` is why it came back."""

    row: ReportRow
    reason: str = ""

    def phase(self, now: dt.datetime) -> str:
        """How near its deadline is: nanti, segera, lewat; terkunci where only an exception lets it in (F109)."""
        if now >= self.row.locks_at:
            return "terkunci"
        if now > self.row.due_at:
            return "lewat"
        return "segera" if self.row.due_at - now <= NEAR else "nanti"


class Waiting(NamedTuple):
    """All that waits, each the most urgent first."""

    to_write: tuple[Task, ...] = ()
    returned: tuple[Task, ...] = ()
    to_verify: tuple[Task, ...] = ()
    to_endorse: tuple[Task, ...] = ()
    escalated: tuple[Task, ...] = ()
    """Sent, and not verified for longer than the rhythm of its desk allows: for the desk above and the leaders."""
    silent: int = 0
    """How many desks right below have not reported: due, and not locked yet."""

    @property
    def total(self) -> int:
        """How much of it the person has to do."""
        return sum(
            len(part)
            for part in (self.to_write, self.returned, self.to_verify, self.to_endorse, self.escalated)
        )


def waiting_for(person: Person, election: Election) -> Waiting:
    """What waits for the person in this election. Two statements, one for who has no desk below, none for strangers.

    To be written is what speaks of today or before and is not locked, or has an exception in force; returned, what
    came back to the desk; to verify and endorse, the own desk's, without what the person had a hand in.
    """
    now = clock.now()
    writes, verifies, endorses = (
        _desks(person, one)
        for one in (Permission.REPORT_WRITE, Permission.REPORT_VERIFY, Permission.REPORT_ENDORSE)
    )
    if not writes | verifies | endorses:
        return Waiting()
    desks = sorted(writes | verifies | endorses)
    given_now = {
        "election": election.id,
        "account": person.id,
        "now": now,
        **given(desks),
        **_named("write", sorted(writes)),
        **_named("day", [clock.local(now, zone_of(code)).date() for code in sorted(writes)]),
        **_named("verify", sorted(verifies)),
        **_named("endorse", sorted(endorses)),
    }
    found = _asked(len(writes), len(verifies), len(endorses), len(desks)).all(**given_now)
    tasks, patience = [], {}
    for *row, why, minutes in found:
        task = Task(row_of(tuple(row)), why or "")
        tasks.append(task)
        patience[task.row.id] = dt.timedelta(minutes=minutes or USUAL_SILENCE)
    owed = [task for task in tasks if task.row.region_code in writes and task.row.state.value in _TO_WRITE]
    sent = [task for task in tasks if task.row.state is State.SENT]
    mine = [task for task in sent if task.row.region_code in verifies]
    return Waiting(
        tuple(owed),
        tuple(t for t in tasks if t.row.state.value in _BACK),
        tuple(mine),
        tuple(t for t in tasks if t.row.state is State.VERIFIED),
        tuple(t for t in sent if t not in mine and _is_silent(t.row, patience[t.row.id], now)),
        int((_silent(len(desks)).first(**given_now) or (0,))[0]),
    )


def _is_silent(row: ReportRow, patience: dt.timedelta, now: dt.datetime) -> bool:
    return row.sent_at is not None and row.sent_at <= now - patience


def _desks(person: Person, permission: Permission) -> set[str]:
    return {m.region_code for m in person.appointments if m.gives(permission, m.region_code, AREA)}


def _named(name: str, values: Iterable[Any]) -> dict[str, Any]:
    """The values as the statements ask for them: write0, write1, ..."""
    return {f"{name}{n}": value for n, value in enumerate(values)}


def _bound(name: str, number: int) -> list[BindParameter[Any]]:
    return [bindparam(f"{name}{n}") for n in range(number)]


@lru_cache(maxsize=64)
def _asked(writes: int, verifies: int, endorses: int, desks: int) -> Fixed:
    """Columns of a report, why it came back, and its verifiers' minutes; of so many desks each."""
    account: Any = bindparam("account")
    now: Any = bindparam("now")
    verified, endorsed = _bound("verify", verifies), _bound("endorse", endorses)
    is_sent = Report.state == State.SENT.value
    wanted: list[ColumnElement[bool]] = [
        _owed(writes, now),
        one_of(Report.region_code, _bound("write", writes)) & one_of(Report.state, _BACK),
        one_of(Report.region_code, verified) & is_sent & ~handled(account, Verb.VERIFY),
        one_of(Report.region_code, endorsed)
        & (Report.state == State.VERIFIED.value)
        & ~handled(account, Verb.ENDORSE),
        or_(one_of(Region.parent_code, verified), one_of(Report.region_code, endorsed)) & is_sent,
    ]
    reason = (
        select(ReportMove.reason)
        .where(ReportMove.report_id == Report.id)
        .order_by(ReportMove.id.desc())
        .limit(ONE)
        .scalar_subquery()
    )
    return Fixed(
        select(*COLUMNS, reason, _patience())
        .join(Region, Region.code == Report.region_code)
        # The subtree says nothing new; it lets SQLite go to the desks' own rows and not through the country's.
        .where(
            Report.election_id == bindparam("election"), below_given(Report.region_code, desks), or_(*wanted)
        )
        .order_by(Report.due_at, Report.id)
    )


def _patience() -> Any:
    """Minutes that the nearest rhythm above a report gives its verifiers; None where nobody has set one."""
    holds = or_(
        Report.region_code == ReportRhythm.region_code,
        Report.region_code.startswith(ReportRhythm.region_code + "."),
    )
    return (
        select(ReportRhythm.escalate_minutes)
        .where(ReportRhythm.kind == Report.kind, holds)
        .order_by(func.length(ReportRhythm.region_code).desc())
        .limit(ONE)
        .scalar_subquery()
    )


def _owed(writes: int, now: Any) -> ColumnElement[bool]:
    """To be written: the day has come in the desk's own zone, and the lock has not, or an exception opens it."""
    allowed = (
        select(ReportException.id)
        .where(
            ReportException.report_id == Report.id,
            ReportException.ended_at.is_(None),
            ReportException.until > now,
        )
        .exists()
    )
    come = [
        and_(Report.region_code == code, Report.day <= day)
        for code, day in zip(_bound("write", writes), _bound("day", writes), strict=True)
    ]
    return or_(False, *come) & one_of(Report.state, _TO_WRITE) & or_(Report.locks_at > now, allowed)


@lru_cache(maxsize=64)
def _silent(desks: int) -> Fixed:
    """How many reports of the desks right below have not come, of so many desks."""
    now: Any = bindparam("now")
    query: Any = (
        select(func.count())
        .select_from(Report)
        .join(Region, Region.code == Report.region_code)
        .where(
            Report.election_id == bindparam("election"),
            below_given(Report.region_code, desks),
            one_given(Region.parent_code, desks),
            one_of(Report.state, _TO_WRITE),
            Report.first_sent_at.is_(None),
            Report.due_at < now,
            Report.locks_at > now,
        )
    )
    return Fixed(query)
