"""What was written of a report so far, and the report before it, which a new one begins with."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import select, tuple_

from app.domain.reports.canonical import from_text
from app.domain.reports.models import Report, ReportDraft, ReportVersion
from app.domain.reports.queries import ReportRow
from app.domain.reports.rules import STANDING, Grade
from app.domain.reports.snapshot import Change, Photo, SectionText, Snapshot, snapshot_of
from app.extensions import db


class Draft(NamedTuple):
    """What was written so far."""

    grade: str = Grade.SAFE.value
    grade_reason: str = ""
    sections: tuple[SectionText, ...] = ()
    carried: tuple[str, ...] = ()
    """Keys of the sections that hold what the report before said and that nobody has confirmed."""
    changes: tuple[Change, ...] = ()
    is_nil: bool = False
    nil_checked: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    """(rule of a finding, why it stands nevertheless)."""
    photos: tuple[Photo, ...] = ()

    def section(self, key: str) -> SectionText | None:
        """The section of that key."""
        return next((one for one in self.sections if one.key == key), None)

    def reason(self, rule: str) -> str:
        """The reason given for a finding; empty for none."""
        return dict(self.reasons).get(rule, "")


class Saved(NamedTuple):
    """Who saved a draft last, and when."""

    version: int
    at: dt.datetime
    by: str


class Before(NamedTuple):
    """The report before: when it speaks of, and what it says. `snapshot` is None where only its draft is there."""

    day: dt.date
    draft: Draft
    snapshot: Snapshot | None
    sha256: str


def before_of(row: ReportRow) -> Before | None:
    """The report before of the same kind and desk: its version that stands, else its draft. At most two statements."""
    earlier = (
        Report.election_id == row.election_id,
        Report.region_code == row.region_code,
        Report.kind == row.kind.value,
        tuple_(Report.day, Report.slot) < (row.day, row.slot),
    )
    latest = (Report.day.desc(), Report.slot.desc())
    sent = db.session.execute(
        select(Report.day, Report.slot, ReportVersion.snapshot, ReportVersion.sha256)
        .join(ReportVersion, (ReportVersion.report_id == Report.id) & (ReportVersion.number == Report.number))
        .where(*earlier, Report.state.in_([state.value for state in STANDING]))
        .order_by(*latest)
        .limit(1)
    ).one_or_none()
    if sent is not None:
        snapshot = snapshot_of(sent.snapshot)
        said = Draft(snapshot.grade, snapshot.grade_reason, snapshot.sections)
        return Before(sent.day, said, snapshot, sent.sha256)
    begun = db.session.execute(
        select(Report.day, ReportDraft.content)
        .join(ReportDraft, ReportDraft.report_id == Report.id)
        .where(*earlier)
        .order_by(*latest)
        .limit(1)
    ).one_or_none()
    return None if begun is None else Before(begun.day, from_text(Draft, begun.content), None, "")
