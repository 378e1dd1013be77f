"""Telling the desks above that a version they compiled does not stand any more."""

from __future__ import annotations

from sqlalchemy import select

from app.domain import audit
from app.domain.accounts import Mandate, Person
from app.domain.regions import ancestors
from app.domain.reports.models import Report, ReportVersion
from app.domain.reports.moving import SUBJECT
from app.domain.reports.rules import STANDING
from app.domain.reports.snapshot import snapshot_of
from app.extensions import db


def tell_above(report: Report, by: Person, mandate: Mandate) -> None:
    """Put on the trail of every compilation that holds the report's last version that it does not stand any more."""
    for report_id, region in _compilations(report):
        audit.record(
            "report:report:part_opened",
            by=by,
            subject=(SUBJECT, report_id),
            region=region,
            changes={"part": [None, report.id], "state": [None, report.state]},
            office=mandate.text,
        )


def _compilations(report: Report) -> list[tuple[int, str]]:
    """(id, region) of the standing reports above whose last version was made of this report's last version.

    The canonical text names a part by `"report_id":N`, so that only what may hold it is read.
    """
    above = ancestors(report.region_code)[:-1]
    query = (
        select(Report.id, Report.region_code, ReportVersion.snapshot)
        .join(ReportVersion, (ReportVersion.report_id == Report.id) & (ReportVersion.number == Report.number))
        .where(
            Report.election_id == report.election_id,
            Report.kind == report.kind,
            Report.region_code.in_(above),
            Report.state.in_(STANDING),
            ReportVersion.snapshot.contains(f'"report_id":{report.id},', autoescape=True),
        )
        .order_by(Report.id)
    )
    return [
        (report_id, region)
        for report_id, region, text in db.session.execute(query)
        if any(
            part.report_id == report.id and part.version == report.number for part in snapshot_of(text).parts
        )
    ]
