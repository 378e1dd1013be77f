"""The lock, and the exceptions that open it: from above, with a reason and an end, and late stays late."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from app.domain import clock, reports
from app.domain.accounts import Person
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from app.domain.reports import Kind, Mark, Report, ReportRow, State
from tests import cast

HOUR = dt.timedelta(hours=1)
LOCK = dt.datetime.fromisoformat("2024-11-26T12:00:00+08:00")


@pytest.fixture
def owed(session: Any, election: Any, operator: Person) -> ReportRow:
    """Berau's daily report of 25 November, which nobody wrote, half an hour after its lock."""
    reports.expect(election)
    clock.set_frozen(LOCK + HOUR / 2)
    return fresh(operator)


def fresh(person: Person) -> ReportRow:
    """The same report as it stands now."""
    query = select(Report.id).where(
        Report.region_code == cast.BERAU,
        Report.kind == Kind.DAILY.value,
        Report.day == dt.date(2024, 11, 25),
    )
    return reports.find(cast.db.session.scalar(query), person)


@pytest.fixture
def above(session: Any) -> Person:
    """The supervisor of the province."""
    return cast.person("penyelia.kaltim")


def test_it_is_open_until_the_lock_and_refused_from_then_on(owed: ReportRow) -> None:
    reports.require_open(owed, LOCK - dt.timedelta(seconds=1))
    with pytest.raises(NotNow) as refusal:
        reports.require_open(owed, LOCK)
    assert "pengecualian" in refusal.value.message


def test_an_exception_opens_it_until_its_end_and_late_stays_late(owed: ReportRow, above: Person) -> None:
    reports.grant(owed, "Jaringan putus dua hari", clock.now() + HOUR, by=above)
    reports.require_open(owed, clock.now())
    assert owed._replace(state=State.SENT, first_sent_at=clock.now()).mark(clock.now()) is Mark.LATE
    with pytest.raises(NotNow):
        reports.require_open(owed, clock.now() + HOUR)


def test_a_report_that_was_sent_once_may_be_corrected_after_the_lock(owed: ReportRow) -> None:
    returned = owed._replace(state=State.RETURNED, first_sent_at=LOCK - HOUR)
    reports.require_open(returned, LOCK + HOUR)


def test_an_exception_taken_back_opens_nothing_and_is_kept(owed: ReportRow, above: Person) -> None:
    number = reports.grant(owed, "Jaringan putus", clock.now() + HOUR, by=above)
    clock.set_frozen(clock.now() + dt.timedelta(minutes=5))
    reports.end_exception(owed, number, by=above)
    with pytest.raises(NotNow):
        reports.require_open(owed, clock.now())
    with pytest.raises(NotNow):
        reports.end_exception(owed, number, by=above)
    kept = reports.exceptions_of([owed.id])
    assert [(one.reason, one.ended_at) for one in kept] == [("Jaringan putus", clock.now())]


def test_it_refuses_the_desks_own_supervisor_and_whoever_writes(
    owed: ReportRow, supervisor: Person, operator: Person
) -> None:
    for person in (supervisor, operator, cast.person("penyelia.paser")):
        assert not reports.may_grant(person, owed)
        with pytest.raises(NotAllowed):
            reports.grant(owed, "Lupa", clock.now() + HOUR, by=person)


def test_the_desks_admin_may(owed: ReportRow) -> None:
    reports.grant(owed, "Listrik padam", clock.now() + HOUR, by=cast.person("admin.berau"))
    reports.require_open(owed, clock.now())


def test_it_refuses_a_second_one_and_one_for_an_open_report(owed: ReportRow, above: Person) -> None:
    reports.grant(owed, "Jaringan putus", clock.now() + HOUR, by=above)
    with pytest.raises(NotNow):
        reports.grant(owed, "Lagi", clock.now() + HOUR, by=above)
    clock.set_frozen(LOCK - HOUR)
    with pytest.raises(NotNow):
        reports.grant(owed, "Terlalu dini", LOCK + HOUR, by=above)


@pytest.mark.parametrize(
    "reason, hours, field",
    [(" ", 1, "reason"), ("x" * 401, 1, "reason"), ("Sah", 0, "until"), ("Sah", 14 * 24 + 1, "until")],
)
def test_it_explains_a_missing_reason_and_a_wrong_end(
    owed: ReportRow, above: Person, reason: str, hours: int, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        reports.grant(owed, reason, clock.now() + hours * HOUR, by=above)
    assert field in refusal.value.fields
    assert not reports.exceptions_of([owed.id])


def test_it_finds_no_exception_of_another_report(owed: ReportRow, above: Person, session: Any) -> None:
    number = reports.grant(owed, "Jaringan putus", clock.now() + HOUR, by=above)
    other = reports.of_region(above, owed.election_id, cast.PASER, owed.day, owed.day)[0]
    with pytest.raises(NotFound):
        reports.end_exception(other, number, by=above)
