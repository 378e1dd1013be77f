"""What the reports ask of a person now: for the front page. Two statements, whatever the size of the country."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.domain import clock
from app.domain.accounts import Permission, Person
from app.domain.regions import Region, subtree, zone_of
from app.domain.reports.judging import handled
from app.domain.reports.models import Report, ReportException, ReportMove, ReportRhythm
from app.domain.reports.queries import COLUMNS, ReportRow, row_of
from app.domain.reports.rhythm import USUAL_SILENCE
from app.domain.reports.rules import AREA, State, Verb
from app.domain.stages import Election
from app.extensions import db

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
    is_sent = Report.state == State.SENT.value
    wanted: list[ColumnElement[bool]] = [
        _owed(writes, now),
        Report.region_code.in_(writes) & Report.state.in_(_BACK),
        Report.region_code.in_(verifies) & is_sent & ~handled(person, Verb.VERIFY),
        Report.region_code.in_(endorses)
        & (Report.state == State.VERIFIED.value)
        & ~handled(person, Verb.ENDORSE),
        or_(Region.parent_code.in_(verifies), Report.region_code.in_(endorses)) & is_sent,
    ]
    reason = (
        select(ReportMove.reason)
        .where(ReportMove.report_id == Report.id)
        .order_by(ReportMove.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    # The subtree says nothing new; it lets SQLite go to the desks' own rows and not through the country's.
    below = subtree(Report.region_code, *writes | verifies | endorses)
    query = (
        select(*COLUMNS, reason, _patience())
        .join(Region, Region.code == Report.region_code)
        .where(Report.election_id == election.id, below, or_(*wanted))
        .order_by(Report.due_at, Report.id)
    )
    tasks, patience = [], {}
    for *row, why, minutes in db.session.execute(query):
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
        _silent(election, writes | verifies | endorses, now),
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
        .limit(1)
        .scalar_subquery()
    )


def _is_silent(row: ReportRow, patience: dt.timedelta, now: dt.datetime) -> bool:
    return row.sent_at is not None and row.sent_at <= now - patience


def _desks(person: Person, permission: Permission) -> set[str]:
    return {m.region_code for m in person.appointments if m.gives(permission, m.region_code, AREA)}


def _owed(writes: set[str], now: dt.datetime) -> ColumnElement[bool]:
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
        and_(Report.region_code == code, Report.day <= clock.local(now, zone_of(code)).date())
        for code in writes
    ]
    return or_(False, *come) & Report.state.in_(_TO_WRITE) & or_(Report.locks_at > now, allowed)


def _silent(election: Election, desks: set[str], now: dt.datetime) -> int:
    query: Any = (
        select(func.count())
        .select_from(Report)
        .join(Region, Region.code == Report.region_code)
        .where(
            Report.election_id == election.id,
            subtree(Report.region_code, *desks),
            Region.parent_code.in_(desks),
            Report.state.in_(_TO_WRITE),
            Report.first_sent_at.is_(None),
            Report.due_at < now,
            Report.locks_at > now,
        )
    )
    return db.session.scalar(query) or 0
