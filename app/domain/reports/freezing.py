"""Making a version: a snapshot of plain values, its text and its hash, written once and never changed."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from app.domain import audit, clock, regions, stages
from app.domain.accounts import Mandate, Person
from app.domain.reports.canonical import digest
from app.domain.reports.models import Report, ReportVersion
from app.domain.reports.rules import Grade, Kind
from app.domain.reports.snapshot import (
    Change,
    Dress,
    Explained,
    Part,
    Photo,
    Reading,
    SectionText,
    Snapshot,
    Table,
    snapshot_text,
)
from app.extensions import db


class Content(NamedTuple):
    """What a version says, apart from whose it is, when it was sent and what figures it stands on."""

    sections: tuple[SectionText, ...] = ()
    grade: Grade = Grade.SAFE
    grade_reason: str = ""
    changes: tuple[Change, ...] = ()
    explained: tuple[Explained, ...] = ()
    is_nil: bool = False
    nil_checked: tuple[str, ...] = ()
    photos: tuple[Photo, ...] = ()
    parts: tuple[Part, ...] = ()
    tables: tuple[Table, ...] = ()


def freeze(
    report: Report,
    content: Content,
    reading: Reading,
    dress: Dress,
    *,
    by: Person,
    mandate: Mandate,
    previous_sha256: str = "",
) -> ReportVersion:
    """Keep what is sent as the report's next version; the report is held, and moved on by the caller.

    The snapshot bears the trail's head of this moment, so that what was sent and what was done can be laid beside each
    other, and the hash of the version that "since the last report" speaks of.
    """
    now = clock.now()
    seq, link = audit.head()
    snapshot = _signed(report, content, reading, dress, now)._replace(
        sent_by=by.name,
        sent_office=mandate.text,
        previous_sha256=previous_sha256,
        audit_seq=seq,
        audit_hash=link,
    )
    text = snapshot_text(snapshot)
    version = ReportVersion(
        report_id=report.id,
        number=snapshot.version,
        snapshot=text,
        sha256=digest(text),
        sent_at=now,
        sent_by_id=by.id,
    )
    db.session.add(version)
    db.session.flush()
    return version


def _signed(report: Report, content: Content, reading: Reading, dress: Dress, now: dt.datetime) -> Snapshot:
    """The snapshot but for who sent it, under the names that desk and election have today."""
    path = regions.path_of(report.region_code)
    region, above = path[-1], path[-2].title if len(path) > 1 else ""
    election, kind = stages.find_election(report.election_id), Kind(report.kind)
    return Snapshot(
        report_id=report.id,
        kind=kind.value,
        version=report.number + 1,
        day=report.day,
        slot=report.slot,
        title=report.title or kind.heading,
        region_code=region.code,
        region_name=region.title,
        region_level=region.level.value,
        desk_name=f"Desk Pilkada {region.title}",
        above_name=f"Desk Pilkada {above}" if above else "",
        election_name=election.name,
        voting_day=election.voting_day,
        zone=regions.zone_of(region.code),
        cut_off_at=report.cut_off_at,
        due_at=report.due_at,
        sent_at=now,
        sent_by="",
        sent_office="",
        reading=reading,
        dress=dress,
        **content._asdict() | {"grade": content.grade.value},
        is_simulated=clock.is_simulated(),
    )
