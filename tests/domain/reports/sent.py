"""Reports as the tests of this room need them: rows that are owed, and versions that were sent."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.domain import clock, reports, stages
from app.domain.accounts import Permission
from app.domain.registers import Fact
from app.domain.reports import Dress, Reading, Report, ReportRow, SectionText, Verb
from app.domain.reports.freezing import Content, freeze
from app.domain.reports.moving import add_move, hold
from app.extensions import db
from tests import cast

MONDAY = dt.date(2024, 11, 25)
CUT_OFF = dt.datetime(2024, 11, 25, 0, 0, tzinfo=dt.UTC)
DUE = dt.datetime(2024, 11, 25, 8, 0, tzinfo=dt.UTC)
LOCK = dt.datetime(2024, 11, 25, 12, 0, tzinfo=dt.UTC)
READER = "inspektorat.kaltim"
CASES = Fact("netralitas.kasus", "ASN", "Kasus netralitas", 3, "kasus", source="Bawaslu", as_of=CUT_OFF)
CONTENT = Content(
    (
        SectionText("umum", "Situasi umum", "Aman dan kondusif."),
        SectionText("netralitas", "Netralitas", "Tiga kasus ditangani.", figures=(CASES.key,)),
    )
)


def owed(region: str = cast.BERAU, **more: Any) -> ReportRow:
    """A report of Monday 25 November 2024 that is owed at 16.00 WITA and locked at 20.00, untouched."""
    values: dict[str, Any] = {
        "election_id": stages.current_election().id,
        "region_code": region,
        "kind": "harian",
        "day": MONDAY,
        "slot": 0,
        "title": "",
        "cut_off_at": CUT_OFF,
        "due_at": DUE,
        "locks_at": LOCK,
        "state": "belum",
        "number": 0,
        "is_nil": False,
        "returned_section": "",
        "version": 1,
    }
    report = Report(**values | more)
    db.session.add(report)
    db.session.flush()
    return fresh(report.id)


def fresh(report_id: int) -> ReportRow:
    """The report as it stands now."""
    return reports.find(report_id, cast.person(READER))


def put(
    row: ReportRow,
    content: Content = CONTENT,
    figures: tuple[Fact, ...] = (CASES,),
    *,
    by: str = "operator.berau",
) -> ReportRow:
    """A version more of the report, on the desk of whoever judges it: what `send` leaves behind, without its checks."""
    person = cast.person(by)
    mandate = reports.mandate_in(person, Permission.REPORT_WRITE, row.region_code)
    report = hold(row, fresh(row.id).version)
    freeze(report, content, Reading(clock.now(), figures), Dress(), by=person, mandate=mandate)
    report.number, report.version, report.state = report.number + 1, report.version + 1, "dikirim"
    report.sent_at, report.is_nil = clock.now(), content.is_nil
    report.first_sent_at = report.first_sent_at or report.sent_at
    add_move(report, Verb.SEND, by=person, mandate=mandate)
    return fresh(row.id)
