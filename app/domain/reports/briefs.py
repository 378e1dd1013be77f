"""Briefs: a report on readiness as of a chosen moment, made when somebody asks for one (seed 001, Komisi II DPR RI)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, insert, select

from app.domain import audit, clock
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid, NotAllowed, NotFound
from app.domain.regions import Level, level_of, zone_of
from app.domain.reports.expecting import NEW, TABLE, hold_rows
from app.domain.reports.models import Report
from app.domain.reports.queries import ReportRow, find
from app.domain.reports.reach import permissions_in
from app.domain.reports.rules import Kind
from app.domain.stages import current_election
from app.extensions import db

MAY_ASK = frozenset({Permission.REPORT_WRITE, Permission.REPORT_VERIFY, Permission.REPORT_ENDORSE})
TO_WRITE = dt.timedelta(days=1)
"""From the moment it speaks of, or from now where that is past, to the deadline."""
GRACE = dt.timedelta(days=7)
FARTHEST = dt.timedelta(days=60)


def may_ask(person: Person, region: str) -> bool:
    """Whether the person writes for this desk or judges its reports."""
    return bool(MAY_ASK & permissions_in(person, region))


def make_brief(region: str, title: str, moment: dt.datetime, *, by: Person) -> ReportRow:
    """Ask a desk for a brief on how things stand at a moment (aware); the desk writes it like any report.

    Due a day after the moment, or after now where it is past. Refuses (NotAllowed) who neither writes there nor
    judges its reports, (NotFound) a village, and (Invalid) no title, more than 160 letters or a moment farther away
    than sixty days.
    """
    if level_of(region) is Level.VILLAGE:
        raise NotFound("Kelurahan/desa tidak membuat laporan.")
    if not may_ask(by, region):
        raise NotAllowed("Penugasan Anda tidak mencakup laporan desk ini. Tidak ada yang dibuat.")
    now = clock.now()
    if not title.strip() or len(title.strip()) > 160:
        sentence = "Tuliskan untuk siapa atau apa laporan ini, paling banyak 160 tanda."
        raise Invalid(sentence, title=sentence)
    if abs(moment - now) > FARTHEST:
        sentence = "Pilih saat dalam 60 hari sebelum atau sesudah sekarang."
        raise Invalid(sentence, moment=sentence)
    hold_rows()
    election, day = current_election(), clock.local(moment, zone_of(region)).date()
    due = max(moment, now) + TO_WRITE
    values = {
        **NEW,
        "election_id": election.id,
        "region_code": region,
        "kind": Kind.BRIEF.value,
        "day": day,
        "slot": _next_slot(election.id, region, day),
        "title": title.strip(),
        "cut_off_at": moment,
        "due_at": due,
        "locks_at": due + GRACE,
    }
    number = db.session.scalar(insert(TABLE).values(**values).returning(TABLE.c.id))
    assert number is not None  # noqa: S101
    audit.record(
        "report:report:request",
        by=by,
        subject=("report", number),
        region=region,
        changes={"title": [None, title.strip()], "cut_off": [None, moment.isoformat()]},
    )
    return find(number, by)


def _next_slot(election_id: int, region: str, day: dt.date) -> int:
    query = select(func.max(Report.slot)).where(
        Report.election_id == election_id,
        Report.region_code == region,
        Report.kind == Kind.BRIEF.value,
        Report.day == day,
    )
    return (db.session.scalar(query) or 0) + 1
