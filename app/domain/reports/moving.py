"""What the verbs of the reports room write: a report held until the commit, its steps, its trail."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CursorResult, select, update

from app.domain import audit, clock
from app.domain.accounts import Mandate, Person
from app.domain.errors import Invalid, NotNow
from app.domain.reports.models import Report, ReportDraft, ReportMove
from app.domain.reports.queries import ReportRow
from app.domain.reports.rules import Verb
from app.extensions import db
from app.words import plain

SUBJECT = "report"
MOST_REASON = 1_000
WRITING = frozenset({Verb.WRITE, Verb.SEND, Verb.RECALL})
"""Deeds that make a person one who may not judge the report."""
TOO_LATE = "Laporan ini baru saja diubah orang lain. Lihat keadaannya sekarang, lalu ulangi."


def hold(row: ReportRow, version: int) -> Report:
    """The report, locked until the commit; NotNow when it is not the version that the person saw.

    The first statement of a deed writes: on SQLite two who only read before would both go on and one be refused by the
    database itself.
    """
    here = (Report.id == row.id, Report.version == version)
    held = db.session.execute(update(Report).where(*here).values(version=version))
    if not isinstance(held, CursorResult) or held.rowcount != 1:
        raise NotNow(TOO_LATE)
    return _held(row)


def claim(row: ReportRow) -> Report:
    """The report as it stands, locked until the commit: for a deed that is made on the draft's version."""
    db.session.execute(update(Report).where(Report.id == row.id).values(version=Report.version))
    return _held(row)


def _held(row: ReportRow) -> Report:
    report = db.session.get(Report, row.id, populate_existing=True)
    assert report is not None  # noqa: S101  (just locked)
    return report


def add_move(
    report: Report, verb: Verb, *, by: Person, mandate: Mandate, reason: str = "", section: str = ""
) -> None:
    """Keep a step, with the office under which it was done."""
    move = ReportMove(
        report_id=report.id,
        number=report.number,
        verb=verb.value,
        state=report.state,
        reason=reason,
        section=section,
        at=clock.now(),
        by_id=by.id,
        by_name=by.name,
        office=mandate.text,
    )
    db.session.add(move)
    db.session.flush()


def tell(report: Report, deed: str, by: Person, mandate: Mandate, changes: dict[str, list[Any]]) -> None:
    """Put a deed on the trail; call it last."""
    audit.record(
        f"report:report:{deed}",
        by=by,
        subject=(SUBJECT, report.id),
        region=report.region_code,
        changes=changes,
        office=mandate.text,
    )


def did(report_id: int, person: Person, verbs: frozenset[Verb]) -> bool:
    """Whether the person ever did one of these with the report, in whatever office."""
    found = select(ReportMove.id).where(
        ReportMove.report_id == report_id, ReportMove.by_id == person.id, ReportMove.verb.in_(verbs)
    )
    return db.session.scalar(found.limit(1)) is not None


def wrote(report_id: int, person: Person) -> bool:
    """Whether the person had a hand in what the report says: wrote in its draft, sent it, or took it back."""
    drafted = select(ReportDraft.report_id).where(
        ReportDraft.report_id == report_id, ReportDraft.saved_by_id == person.id
    )
    return db.session.scalar(drafted) is not None or did(report_id, person, WRITING)


def said_reason(text: str) -> str:
    """A reason as it is kept. Raises Invalid (field `reason`) for none and for one that is too long."""
    reason = plain(text).strip()
    if not reason:
        raise Invalid("Tuliskan alasannya.", reason="Alasan wajib diisi.")
    if len(reason) > MOST_REASON:
        raise Invalid("Alasan terlalu panjang.", reason=f"Tulis paling banyak {MOST_REASON} huruf.")
    return reason
