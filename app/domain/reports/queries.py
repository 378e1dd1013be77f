"""Reading reports: every one within a person's reach, as plain rows."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from app.domain.accounts import Person
from app.domain.errors import NotFound
from app.domain.regions import Region, subtree
from app.domain.reports.models import Report
from app.domain.reports.reach import roots
from app.domain.reports.rules import Kind, Mark, State
from app.extensions import db


class ReportRow(NamedTuple):
    """A report as lists and pages show it."""

    id: int
    election_id: int
    region_code: str
    region_name: str
    kind: Kind
    day: dt.date
    slot: int
    title: str
    cut_off_at: dt.datetime
    due_at: dt.datetime
    locks_at: dt.datetime
    state: State
    number: int
    is_nil: bool
    first_sent_at: dt.datetime | None
    sent_at: dt.datetime | None
    returned_section: str
    version: int

    def mark(self, now: dt.datetime) -> Mark:
        """What the board calls it at a moment."""
        if self.state in (State.RETURNED, State.REOPENED):
            return Mark.RETURNED
        if self.first_sent_at is None or self.state not in (State.SENT, State.VERIFIED, State.ENDORSED):
            return Mark.SILENT if now > self.due_at else Mark.WAITING
        if self.first_sent_at > self.due_at:
            return Mark.LATE
        return Mark.NIL if self.is_nil else Mark.ON_TIME


COLUMNS: tuple[Any, ...] = (
    Report.id,
    Report.election_id,
    Report.region_code,
    Region.name,
    Report.kind,
    Report.day,
    Report.slot,
    Report.title,
    Report.cut_off_at,
    Report.due_at,
    Report.locks_at,
    Report.state,
    Report.number,
    Report.is_nil,
    Report.first_sent_at,
    Report.sent_at,
    Report.returned_section,
    Report.version,
)


def row_of(found: Any) -> ReportRow:
    """A result of `select(*COLUMNS)` as a row."""
    row = ReportRow(*found)
    return row._replace(kind=Kind(row.kind), state=State(row.state))


def visible_to(person: Person) -> Select[Any]:
    """The reports that the person may read, each with its region's name; every list starts here."""
    query: Select[Any] = select(*COLUMNS).join(Region, Region.code == Report.region_code)
    return query.where(subtree(Report.region_code, *roots(person)))


def find(report_id: int, person: Person) -> ReportRow:
    """One report within the person's reach. Raises NotFound."""
    found = db.session.execute(visible_to(person).where(Report.id == report_id)).one_or_none()
    if found is None:
        raise NotFound("Laporan itu tidak ada atau di luar penugasan Anda.")
    return row_of(found)


def of_region(
    person: Person, election_id: int, region: str, since: dt.date, until: dt.date
) -> list[ReportRow]:
    """The region's own reports of these days, newest day first."""
    query = visible_to(person).where(
        Report.election_id == election_id, Report.region_code == region, Report.day.between(since, until)
    )
    return [
        row_of(one) for one in db.session.execute(query.order_by(Report.day.desc(), Report.kind, Report.slot))
    ]
