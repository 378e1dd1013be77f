"""A report with a version that was sent, put straight into the tables: for tests of what comes after sending."""

from __future__ import annotations

import datetime as dt

from app.domain import reports, stages
from app.domain.reports import Report, ReportRow, ReportVersion, Snapshot, State
from app.extensions import db
from tests import cast
from tests.documents import report_cast


def sent(
    snapshot: Snapshot | None = None, state: State = State.SENT, by: str = "operator.berau", **more: object
) -> ReportRow:
    """Berau's daily report of 25 November 2024 as its first version, read by the person who sent it."""
    person = cast.person(by)
    made = snapshot or report_cast.daily()
    row = Report(
        election_id=stages.current_election().id,
        region_code=made.region_code,
        kind=made.kind,
        day=made.day,
        slot=made.slot,
        title="",
        cut_off_at=made.cut_off_at,
        due_at=made.due_at,
        locks_at=made.due_at + dt.timedelta(hours=12),
        state=state.value,
        number=made.version,
        is_nil=made.is_nil,
        first_sent_at=made.sent_at,
        sent_at=made.sent_at,
        returned_section="",
        version=1,
    )
    for name, value in more.items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()
    freeze(row, made._replace(report_id=row.id), person.id)
    return reports.find(row.id, person)


def freeze(row: Report, snapshot: Snapshot, by_id: int) -> None:
    """A version of the report."""
    text = reports.snapshot_text(snapshot)
    version = ReportVersion(
        report_id=row.id,
        number=snapshot.version,
        snapshot=text,
        sha256=reports.snapshot_sha256(snapshot),
        sent_at=snapshot.sent_at,
        sent_by_id=by_id,
    )
    db.session.add(version)
    db.session.flush()
