"""Reports that tests write: rows that a desk owes, readings, and versions that stand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import insert, update

from app.domain import reports
from app.domain.accounts import Person
from app.domain.registers import Fact
from app.domain.reports import (
    Draft,
    Kind,
    Reading,
    Report,
    ReportRow,
    ReportVersion,
    Snapshot,
    State,
    snapshot_sha256,
    snapshot_text,
)
from app.extensions import db
from tests import cast

MONDAY = dt.date(2024, 11, 25)
SUNDAY = MONDAY - dt.timedelta(days=1)
MORNING = dt.datetime(2024, 11, 25, 1, 0, tzinfo=dt.UTC)
"""When the tests' clock stands: 09.00 WITA."""
NOON = dt.datetime(2024, 11, 25, 4, 0, tzinfo=dt.UTC)
CASES = Fact(
    "netralitas.berjalan", "ASN", "Kasus yang masih berjalan", 3, "kasus", source="Register netralitas"
)
DISTRICTS = Fact(
    "logistik.kecamatan_lengkap",
    "LOG",
    "Kecamatan yang logistiknya lengkap",
    11,
    "kecamatan",
    whole=13,
    source="Register desk",
)


def owed(person: Person, day: dt.date = MONDAY, region: str = cast.BERAU, **more: Any) -> ReportRow:
    """A daily report that the region owes for the day, with its cut-off at noon; as the person sees it."""
    cut_off = NOON + (day - MONDAY)
    values = {
        "election_id": 1,
        "region_code": region,
        "kind": Kind.DAILY.value,
        "day": day,
        "slot": 0,
        "title": "",
        "cut_off_at": cut_off,
        "due_at": cut_off + dt.timedelta(hours=4),
        "locks_at": cut_off + dt.timedelta(hours=24),
        "state": State.EXPECTED.value,
        "number": 0,
        "is_nil": False,
        "first_sent_at": None,
        "sent_at": None,
        "returned_section": "",
        "version": 1,
        **more,
    }
    made = db.session.execute(insert(Report).values(**values))
    assert made.inserted_primary_key is not None
    return reports.find(made.inserted_primary_key[0], person)


def stands(row: ReportRow, by: Person, reading: Reading, draft: Draft | None = None) -> ReportRow:
    """The report sent with these figures and texts; its version stands."""
    said = draft or Draft()
    snapshot = Snapshot(
        report_id=row.id,
        kind=row.kind.value,
        version=1,
        day=row.day,
        slot=row.slot,
        title=row.title,
        region_code=row.region_code,
        region_name=row.region_name,
        region_level="kabupaten",
        desk_name="Desk Pilkada Kabupaten Berau",
        above_name="Desk Pilkada Provinsi Kalimantan Timur",
        election_name="Pemilihan Serentak 2024",
        voting_day=dt.date(2024, 11, 27),
        zone="Asia/Makassar",
        cut_off_at=row.cut_off_at,
        due_at=row.due_at,
        sent_at=row.cut_off_at,
        sent_by=by.name,
        sent_office="Operator",
        reading=reading,
        grade=said.grade,
        grade_reason=said.grade_reason,
        sections=said.sections,
    )
    db.session.execute(
        insert(ReportVersion).values(
            report_id=row.id,
            number=1,
            snapshot=snapshot_text(snapshot),
            sha256=snapshot_sha256(snapshot),
            sent_at=row.cut_off_at,
            sent_by_id=by.id,
        )
    )
    db.session.execute(
        update(Report)
        .where(Report.id == row.id)
        .values(state=State.SENT.value, number=1, first_sent_at=row.cut_off_at, sent_at=row.cut_off_at)
    )
    return reports.find(row.id, by)


def texts(draft: Draft, **said: str) -> Draft:
    """The draft with these texts typed into its sections."""
    return reports.written(draft, said, (), {})
