"""What a compilation was made of, and what became of its parts since."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from app.domain import audit
from app.domain.accounts import Mandate, Person
from app.domain.regions import ancestors
from app.domain.reports.models import Report, ReportVersion
from app.domain.reports.moving import SUBJECT
from app.domain.reports.rules import STANDING, State
from app.domain.reports.snapshot import Part, Snapshot, snapshot_of
from app.extensions import db


class PartMoved(NamedTuple):
    """A part that stands otherwise now than when the compilation was sent."""

    part: Part
    state: State
    number: int
    """The version of it that was sent last."""

    @property
    def is_newer(self) -> bool:
        """Whether another version has been sent since."""
        return self.number != self.part.version


def parts_moved(snapshot: Snapshot) -> tuple[PartMoved, ...]:
    """The parts of a compilation that were recalled, returned, reopened, sent or sent anew since. One statement.

    One that has only come further (verified, endorsed) is what it was.
    """
    parts = {part.report_id: part for part in snapshot.parts}
    if not parts:
        return ()
    query = select(Report.id, Report.state, Report.number).where(Report.id.in_(parts))
    now = {report_id: (State(state), number) for report_id, state, number in db.session.execute(query)}
    moved = []
    for report_id, part in parts.items():
        state, number = now.get(report_id, (State.EXPECTED, 0))
        stood = part.version > 0
        if number != part.version or (stood and state not in STANDING):
            moved.append(PartMoved(part, state, number))
    return tuple(moved)


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
