"""Reports of several desks as tests of compilations need them: rows with frozen versions, sent as if by their desks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.domain import regions, stages
from app.domain.registers import Fact
from app.domain.reports import (
    AreaProgress,
    Hindrance,
    Reading,
    Report,
    ReportRow,
    ReportVersion,
    Snapshot,
    State,
    find,
    snapshot_sha256,
    snapshot_text,
)
from app.extensions import db
from tests import cast

DAY = dt.date(2024, 11, 25)
DUE = dt.datetime(2024, 11, 25, 0, 30, tzinfo=dt.UTC)
EARLY, LATE = DUE - dt.timedelta(hours=1), DUE + dt.timedelta(minutes=15)
LOCK = DUE + dt.timedelta(hours=10)


def fact(key: str, value: Any, *, whole: Any = None, unit: str = "TPS", words: str = "") -> Fact:
    """A figure of logistics."""
    return Fact(key, "LOG", key.replace("_", " "), value, unit, whole, words, "Register desk", EARLY)


def owed(region: str, *, kind: str = "harian", day: dt.date = DAY, slot: int = 0, title: str = "") -> Report:
    """The row of a report that a desk owes."""
    report = Report(
        election_id=stages.current_election().id,
        region_code=region,
        kind=kind,
        day=day,
        slot=slot,
        title=title,
        cut_off_at=EARLY,
        due_at=DUE,
        locks_at=LOCK,
        state=State.EXPECTED.value,
        number=0,
        is_nil=False,
        returned_section="",
        version=1,
    )
    db.session.add(report)
    db.session.flush()
    return report


def freeze(
    report: Report,
    *figures: Fact,
    state: State = State.VERIFIED,
    at: dt.datetime = EARLY,
    progress: tuple[AreaProgress, ...] = (),
    hindrances: tuple[Hindrance, ...] = (),
    **more: Any,
) -> Snapshot:
    """Send a version more of the report, and let it stand in a state."""
    report.number += 1
    region = regions.find(report.region_code)
    election = stages.current_election()
    made = Snapshot(
        report_id=report.id,
        kind=report.kind,
        version=report.number,
        day=report.day,
        slot=report.slot,
        title=report.title,
        region_code=report.region_code,
        region_name=region.title,
        region_level=region.level.value,
        desk_name=f"Desk Pilkada {region.title}",
        above_name="Desk Pilkada Provinsi Kalimantan Timur",
        election_name=election.name,
        voting_day=election.voting_day,
        zone="Asia/Makassar",
        cut_off_at=report.cut_off_at,
        due_at=report.due_at,
        sent_at=at,
        sent_by="Rina",
        sent_office="Operator",
        reading=Reading(at, figures, progress=progress, hindrances=hindrances),
    )._replace(**more)
    sender = cast.person("operator.berau")
    db.session.add(
        ReportVersion(
            report_id=report.id,
            number=report.number,
            snapshot=snapshot_text(made),
            sha256=snapshot_sha256(made),
            sent_at=at,
            sent_by_id=sender.id,
        )
    )
    report.state, report.is_nil, report.sent_at = state.value, made.is_nil, at
    report.first_sent_at = report.first_sent_at or at
    db.session.flush()
    return made


def stand(report: Report, state: State) -> None:
    """Let the report stand in a state without any step."""
    report.state = state.value
    db.session.flush()


def row(report: Report, who: str = "operator.kaltim") -> ReportRow:
    """The report as somebody reads it."""
    db.session.flush()
    return find(report.id, cast.person(who))


def province(*, kind: str = "harian", day: dt.date = DAY) -> tuple[Report, list[Report]]:
    """The province's report and those of its ten kabupaten/kota, none written."""
    codes = [place.code for place in regions.children_of("64")]
    return owed("64", kind=kind, day=day), [owed(code, kind=kind, day=day) for code in codes]
