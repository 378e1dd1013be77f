"""Locks: after it a report comes in only by an exception, which somebody above grants with a reason and an end.

An exception opens the lock and nothing else: what comes late stays late (F57).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, insert, select, update

from app.domain import audit, clock
from app.domain.accounts import Mandate, Permission, Person
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from app.domain.regions import Region, subtree
from app.domain.reports.models import Report, ReportException
from app.domain.reports.queries import COLUMNS, ReportRow, row_of
from app.domain.reports.rules import AREA, OPEN
from app.domain.stages import Election
from app.extensions import db

TABLE = ReportException.__table__
LONGEST = dt.timedelta(days=14)


class ExceptionRow(NamedTuple):
    """Leave to send one report after its lock."""

    id: int
    report_id: int
    reason: str
    until: dt.datetime
    granted_at: dt.datetime
    granted_by_name: str
    ended_at: dt.datetime | None

    def is_in_force(self, now: dt.datetime) -> bool:
        """Whether it opens the lock at a moment."""
        return self.ended_at is None and self.granted_at <= now < self.until


def is_locked(row: ReportRow, now: dt.datetime) -> bool:
    """Whether a first sending needs an exception; what was sent once may be corrected after its return."""
    return row.first_sent_at is None and row.state in OPEN and now >= row.locks_at


def require_open(row: ReportRow, now: dt.datetime) -> None:
    """Raise NotNow where the report is locked and no exception is in force. One statement, where it is locked."""
    if is_locked(row, now) and not any(one.is_in_force(now) for one in exceptions_of([row.id])):
        raise NotNow(
            "Laporan ini sudah terkunci. Mintalah desk di atas Anda memberi pengecualian, lalu kirim; tulisan Anda "
            "tetap tersimpan."
        )


def exceptions_of(reports: Iterable[int]) -> list[ExceptionRow]:
    """Every exception ever granted for these reports, newest first. One statement."""
    query = select(
        ReportException.id,
        ReportException.report_id,
        ReportException.reason,
        ReportException.until,
        ReportException.granted_at,
        ReportException.granted_by_name,
        ReportException.ended_at,
    ).where(ReportException.report_id.in_(list(reports)))
    return [ExceptionRow(*row) for row in db.session.execute(query.order_by(ReportException.id.desc()))]


def locked_in(person: Person, election: Election, roots: Sequence[str], limit: int = 60) -> list[ReportRow]:
    """What locked unsent below the roots within `LONGEST`, latest lock first, for who arranges reports there."""
    now = clock.now()
    query = _arranged(person).where(
        Report.election_id == election.id,
        subtree(Report.region_code, *roots),
        Report.day >= election.in_use_from,
        Report.state.in_([state.value for state in OPEN]),
        Report.first_sent_at.is_(None),
        Report.locks_at.between(now - LONGEST, now),
    )
    ordered = query.order_by(Report.locks_at.desc(), Report.region_code, Report.id).limit(limit)
    return [row_of(found) for found in db.session.execute(ordered)]


def find_arranged(report_id: int, person: Person) -> ReportRow:
    """A report of a desk whose reports the person arranges, though they may not read it. Raises NotFound."""
    found = db.session.execute(_arranged(person).where(Report.id == report_id)).one_or_none()
    if found is None:
        raise NotFound("Laporan itu tidak ada atau di luar penugasan Anda.")
    return row_of(found)


def _arranged(person: Person) -> Select[Any]:
    query: Select[Any] = select(*COLUMNS).join(Region, Region.code == Report.region_code)
    return query.where(subtree(Report.region_code, *person.reach(Permission.REPORT_ARRANGE)))


def may_grant(person: Person, row: ReportRow) -> bool:
    """Whether the person verifies for a desk above, or arranges the reports of this one."""
    return _granting(person, row) is not None


def _granting(person: Person, row: ReportRow) -> Mandate | None:
    for mandate in person.appointments:
        above = mandate.region_code != row.region_code
        if mandate.gives(Permission.REPORT_ARRANGE, row.region_code, AREA) or (
            above and mandate.gives(Permission.REPORT_VERIFY, row.region_code, AREA)
        ):
            return mandate
    return None


def grant(row: ReportRow, reason: str, until: dt.datetime, *, by: Person) -> int:
    """Let one locked report come in until a moment (aware); returns the exception's number.

    Refuses (NotAllowed) who is of no desk above it, (NotNow) a report that is not locked or has an exception in force,
    (Invalid) no reason, more than 400 letters, or an end that is past or more than 14 days away.
    """
    mandate, now = _required(by, row), clock.now()
    if not is_locked(row, now):
        raise NotNow("Laporan ini tidak terkunci, jadi tidak memerlukan pengecualian.")
    if any(one.is_in_force(now) for one in exceptions_of([row.id])):
        raise NotNow("Pengecualian untuk laporan ini sudah ada dan masih berlaku.")
    _check_reason(reason)
    if not now < until <= now + LONGEST:
        sentence = "Pilih saat sesudah sekarang, paling lama 14 hari."
        raise Invalid(sentence, until=sentence)
    values = {
        "report_id": row.id,
        "reason": reason.strip(),
        "until": until,
        "granted_at": now,
        "granted_by_id": by.id,
        "granted_by_name": by.name,
    }
    number = db.session.scalar(insert(TABLE).values(**values).returning(TABLE.c.id))
    audit.record(
        "report:exception:grant",
        by=by,
        subject=("report", row.id),
        region=row.region_code,
        changes={"reason": [None, reason.strip()], "until": [None, until.isoformat()]},
        office=mandate.text,
    )
    return int(number or 0)


def end_exception(row: ReportRow, exception_id: int, *, by: Person) -> None:
    """Take an exception back before its time.

    Refuses (NotAllowed) who might not have granted it, (NotFound) another report's, (NotNow) one that is over.
    """
    mandate, now = _required(by, row), clock.now()
    found = next((one for one in exceptions_of([row.id]) if one.id == exception_id), None)
    if found is None:
        raise NotFound("Pengecualian itu tidak ada.")
    here = (ReportException.id == exception_id, ReportException.ended_at.is_(None))
    ended = db.session.execute(update(TABLE).where(*here, TABLE.c.until > now).values(ended_at=now))
    if not ended.rowcount:  # type: ignore[attr-defined]
        raise NotNow("Pengecualian itu sudah berakhir.")
    audit.record(
        "report:exception:end",
        by=by,
        subject=("report", row.id),
        region=row.region_code,
        changes={"until": [found.until.isoformat(), now.isoformat()]},
        office=mandate.text,
    )


def _required(by: Person, row: ReportRow) -> Mandate:
    mandate = _granting(by, row)
    if mandate is None:
        raise NotAllowed(
            "Hanya penyelia desk di atasnya atau admin yang memberi pengecualian. Tidak ada yang diubah."
        )
    return mandate


def _check_reason(reason: str) -> None:
    if not reason.strip() or len(reason.strip()) > 400:
        sentence = "Tuliskan alasannya, paling banyak 400 tanda."
        raise Invalid(sentence, reason=sentence)
