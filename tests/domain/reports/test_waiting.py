"""What the reports ask of each person: to write, to correct, to verify, to endorse, and what is silent for too long."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import clock, reports
from app.domain.accounts import Person
from app.domain.reports import Kind, ReportMove, State, Waiting
from app.extensions import db
from tests import cast, counting
from tests.domain.reports.test_board import MONDAY, send

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def rows(session: Any, election: Any) -> None:
    """All reports of the demo's election, at Monday 09.00."""
    reports.expect(election)


def at(hour: str, day: int = 25) -> None:
    """Let it be that hour in Berau."""
    clock.set_frozen(dt.datetime.fromisoformat(f"2024-11-{day}T{hour}:00+08:00"))


def waiting(who: str, election: Any) -> Waiting:
    """What waits for somebody."""
    return reports.waiting_for(cast.person(who), election)


def test_the_operator_is_told_what_to_write_the_most_urgent_first(rows: None, election: Any) -> None:
    found = waiting("operator.berau", election)
    assert [(task.row.kind, task.row.day.day) for task in found.to_write] == [
        (Kind.DAILY, 24),
        (Kind.WEEKLY, 25),
        (Kind.DAILY, 25),
    ]
    assert [task.phase(clock.now()) for task in found.to_write] == ["lewat", "segera", "nanti"]
    assert found.total == 3


def test_after_the_lock_it_is_no_longer_asked_for_unless_an_exception_opens_it(
    rows: None, election: Any
) -> None:
    at("12:00")
    locked = waiting("operator.berau", election).to_write
    assert [task.row.day.day for task in locked] == [25, 25]
    above = cast.person("penyelia.kaltim")
    yesterday = reports.of_region(
        above, election.id, cast.BERAU, dt.date(2024, 11, 24), dt.date(2024, 11, 24)
    )
    reports.grant(yesterday[0], "Jaringan putus", clock.now() + HOUR, by=above)
    found = waiting("operator.berau", election).to_write
    assert next((task.row.day.day, task.phase(clock.now())) for task in found) == (24, "terkunci")


def test_a_returned_report_comes_back_with_its_reason(rows: None, election: Any, supervisor: Person) -> None:
    report = send(cast.BERAU, MONDAY, "08:30", state=State.RETURNED.value)
    said = {"verb": "kembalikan", "state": "dikembalikan", "section": "logistik", "number": 1}
    move = ReportMove(
        report_id=report.id,
        reason="Angka surat suara tidak cocok",
        at=clock.now(),
        by_id=supervisor.id,
        by_name=supervisor.name,
        office="Penyelia",
        **said,
    )
    db.session.add(move)
    db.session.flush()
    found = waiting("operator.berau", election)
    assert [task.reason for task in found.returned] == ["Angka surat suara tidak cocok"]
    assert report.id not in [task.row.id for task in found.to_write]


def test_the_desks_supervisor_verifies_and_its_head_endorses(rows: None, election: Any) -> None:
    send(cast.BERAU, MONDAY, "08:30")
    send(cast.BERAU, MONDAY, "08:40", Kind.WEEKLY, state=State.VERIFIED.value)
    assert [task.row.kind for task in waiting("penyelia.berau", election).to_verify] == [Kind.DAILY]
    assert [task.row.kind for task in waiting("pimpinan.berau", election).to_endorse] == [Kind.WEEKLY]
    assert not waiting("penyelia.paser", election).to_verify


def test_who_wrote_it_is_not_asked_to_verify_it(rows: None, election: Any) -> None:
    report = send("64", MONDAY, "08:30")
    person = cast.person("penyelia.kaltim")
    assert len(waiting("penyelia.kaltim", election).to_verify) == 1
    said = {"verb": "kirim", "state": "dikirim", "section": "", "number": 1, "reason": "", "office": "x"}
    db.session.add(
        ReportMove(report_id=report.id, at=clock.now(), by_id=person.id, by_name=person.name, **said)
    )
    db.session.flush()
    assert not waiting("penyelia.kaltim", election).to_verify


@pytest.mark.parametrize("who", ["penyelia.kaltim", "pimpinan.berau"])
def test_a_silent_verifier_is_passed_over_after_two_hours(rows: None, election: Any, who: str) -> None:
    send(cast.BERAU, MONDAY, "15:30")
    at("17:29")
    assert not waiting(who, election).escalated
    at("17:30")
    assert [task.row.region_code for task in waiting(who, election).escalated] == [cast.BERAU]
    assert len(waiting("penyelia.berau", election).to_verify) == 1


def arranged(region: str, minutes: int, kind: Kind = Kind.DAILY) -> None:
    said = reports.PROPOSED[kind]._replace(escalate_minutes=minutes)
    reports.set_rhythm(region, kind, said, by=cast.person("admin.kaltim"), version=0)


def test_how_long_a_verifier_may_be_silent_is_the_rhythms(rows: None, election: Any) -> None:
    send(cast.BERAU, MONDAY, "15:30")
    arranged("64", 30)
    at("15:59")
    assert not waiting("penyelia.kaltim", election).escalated
    at("16:00")
    assert len(waiting("penyelia.kaltim", election).escalated) == 1
    arranged("64", 30, Kind.WEEKLY)
    arranged(cast.BERAU, 90)
    assert not waiting("penyelia.kaltim", election).escalated, "the nearest rhythm holds"
    at("17:00")
    assert len(waiting("penyelia.kaltim", election).escalated) == 1


def test_another_desks_rhythm_says_nothing_of_this_one(rows: None, election: Any) -> None:
    send(cast.BERAU, MONDAY, "15:30")
    arranged(cast.PASER, 15)
    at("17:29")
    assert not waiting("penyelia.kaltim", election).escalated


def test_the_province_knows_how_many_are_silent(rows: None, election: Any) -> None:
    at("16:30")
    assert waiting("operator.kaltim", election).silent == 20  # Mondays too
    send(cast.BERAU, MONDAY, "15:30")
    send(cast.BERAU, MONDAY, "09:30", Kind.WEEKLY)
    assert waiting("operator.kaltim", election).silent == 18
    assert waiting("operator.berau", election).silent == 0


def test_an_observer_and_an_admin_wait_for_nothing(rows: None, election: Any) -> None:
    with counting.statements() as asked:
        found = [waiting(who, election) for who in ("admin.kaltim", "pengamat.kpu-berau")]
    assert found == [Waiting(), Waiting()]
    assert not [text for text in asked if "FROM report " in text]


def test_two_statements_whatever_waits(rows: None, election: Any) -> None:
    at("23:00")
    person = cast.person("rangkap.berau")
    with counting.statements() as asked:
        reports.waiting_for(person, election)
    assert len(asked) == 2


def test_just_after_midnight_the_new_days_report_is_to_be_written(rows: None, election: Any) -> None:
    at("00:10", 26)
    assert clock.now().date() == dt.date(2024, 11, 25), "it is still the day before in UTC"
    days = [task.row.day.day for task in waiting("operator.berau", election).to_write]
    assert days == [25, 25, 26]
