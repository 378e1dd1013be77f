"""Rows are there ahead of time: for every region and period, in its own zone, and they follow what they hang on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from app.domain import clock, regions, reports, stages
from app.domain.accounts import Person
from app.domain.regions import Region
from app.domain.reports import Kind, Report, ReportDraft, State
from tests import cast, counting

ALL_DAYS = 83
"""From H-63 to H+19."""


def there(region: str, kind: Kind = Kind.DAILY) -> list[Report]:
    """The region's rows of a kind, by day."""
    cast.db.session.expire_all()
    query = select(Report).where(Report.region_code == region, Report.kind == kind.value)
    return list(cast.db.session.scalars(query.order_by(Report.day, Report.slot)))


def on(region: str, day: dt.date, kind: Kind = Kind.DAILY) -> Report:
    """The row of a day."""
    return next(row for row in there(region, kind) if row.day == day)


def wall(moment: dt.datetime, zone: str = "Asia/Makassar") -> str:
    """A moment as the desk's clock shows it."""
    return f"{clock.local(moment, zone):%d %H.%M}"


def test_each_desk_owes_a_daily_a_monday_and_one_final_report(session: Any, election: Any) -> None:
    made = reports.expect(election)
    days = [row.day for row in there(cast.BERAU)]
    assert (days[0], days[-1], len(days)) == (dt.date(2024, 9, 25), dt.date(2024, 12, 16), ALL_DAYS)
    mondays = [row.day for row in there("64", Kind.WEEKLY)]
    assert dt.date(2024, 11, 18) in mondays
    assert {day.weekday() for day in mondays} == {0}
    assert [row.day for row in there(cast.BERAU, Kind.FINAL)] == [dt.date(2024, 12, 10)]
    assert not there(cast.SAMBALIUNG)
    assert made == 11 * (ALL_DAYS + len(mondays) + 1)


def test_the_kabupaten_is_due_before_the_province_that_compiles_it(session: Any, election: Any) -> None:
    reports.expect(election)
    day = dt.date(2024, 11, 25)
    below, above = on(cast.BERAU, day), on("64", day)
    assert [wall(m) for m in (below.cut_off_at, below.due_at, below.locks_at)] == [
        "25 15.00",
        "25 16.00",
        "26 12.00",
    ]
    assert [wall(m) for m in (above.cut_off_at, above.due_at, above.locks_at)] == [
        "25 15.00",
        "25 17.00",
        "26 12.00",
    ]
    monday = on(cast.BERAU, day, Kind.WEEKLY)
    assert [wall(m) for m in (monday.cut_off_at, monday.due_at, monday.locks_at)] == [
        "25 09.00",
        "25 10.00",
        "26 12.00",
    ]
    assert on("64", dt.date(2024, 12, 10), Kind.FINAL).due_at.date() == dt.date(2024, 12, 27)


def test_a_second_time_makes_nothing(session: Any, election: Any) -> None:
    assert reports.expect(election) > 0
    before = [(row.id, row.due_at, row.version) for row in there(cast.BERAU)]
    assert reports.expect(election) == 0
    assert [(row.id, row.due_at, row.version) for row in there(cast.BERAU)] == before


@pytest.mark.parametrize(
    "code, zone, utc",
    [("12", "Asia/Jakarta", 10), ("64", "Asia/Makassar", 9), ("91", "Asia/Jayapura", 8)],
)
def test_a_deadline_is_an_hour_of_the_desks_own_zone(
    session: Any, election: Any, code: str, zone: str, utc: int
) -> None:
    if code != "64":
        add_region(code, "provinsi", None)
    reports.expect(election)
    row = on(code, dt.date(2024, 11, 25))
    assert clock.local(row.due_at, zone).hour == 17
    assert row.due_at.hour == utc


def add_region(code: str, level: str, parent: str | None) -> None:
    """A region more, such as one that a law has just made."""
    values = {"code": code, "parent_code": parent, "level": level, "name": f"Daerah {code}", "kind": level}
    cast.db.session.execute(insert(Region).values(**values, source_version="uji"))


def test_at_midnight_in_the_east_the_west_still_owes_yesterdays(session: Any, election: Any) -> None:
    """A deadline at 23.30 falls on one day in each zone, whatever day it is in UTC."""
    add_region("91", "provinsi", None)
    late = reports.PROPOSED[Kind.DAILY]._replace(cut_off=dt.time(21), due=dt.time(23, 30), grace_minutes=30)
    for code in ("64", "91"):
        cast.add_person(f"admin.uji{code}", (cast.Role.ADMIN, code, {"starts_on": dt.date(2024, 11, 1)}))
        reports.set_rhythm(code, Kind.DAILY, late, by=cast.person(f"admin.uji{code}"), version=0)
    reports.expect(election)
    east, middle = on("91", dt.date(2024, 11, 25)), on("64", dt.date(2024, 11, 25))
    assert middle.due_at - east.due_at == dt.timedelta(hours=1)
    assert [wall(east.locks_at, "Asia/Jayapura"), wall(middle.locks_at)] == ["26 00.00", "26 00.00"]


def test_moving_voting_day_moves_what_nobody_has_begun(session: Any, election: Any) -> None:
    reports.expect(election)
    now = stages.find_election(election.id)
    now.voting_day = dt.date(2024, 12, 4)
    session.flush()
    assert (
        reports.expect(now) == 11 * 7 + 11 + 11
    )  # seven days more, a Monday, the final report of another day
    days = [row.day for row in there(cast.BERAU)]
    assert (days[0], days[-1]) == (dt.date(2024, 9, 25), dt.date(2024, 12, 23))
    assert [row.day for row in there(cast.BERAU, Kind.FINAL)] == [dt.date(2024, 12, 17)]


def test_what_was_written_stays_when_its_day_is_no_longer_owed(
    session: Any, election: Any, operator: Person
) -> None:
    reports.expect(election)
    kept, sent = on(cast.BERAU, dt.date(2024, 12, 15)), on(cast.BERAU, dt.date(2024, 12, 16))
    write_in(kept, operator)
    sent.state, sent.number = State.SENT.value, 1
    now = stages.find_election(election.id)
    now.voting_day = dt.date(2024, 11, 20)
    session.flush()
    reports.expect(now)
    days = [row.day for row in there(cast.BERAU)]
    assert days[-3:] == [dt.date(2024, 12, 9), dt.date(2024, 12, 15), dt.date(2024, 12, 16)]


def write_in(row: Report, by: Person) -> None:
    """A draft of the report."""
    said = {"content": "{}", "reading": "{}", "version": 1, "saved_at": clock.now(), "saved_by_name": by.name}
    cast.db.session.add(ReportDraft(report_id=row.id, read_at=None, saved_by_id=by.id, **said))
    row.state = State.DRAFT.value
    cast.db.session.flush()


def test_a_stage_moved_in_one_region_moves_that_regions_reports(session: Any, election: Any) -> None:
    reports.expect(election)
    stages.override_stage(
        election,
        "REKAPITULASI",
        cast.BERAU,
        starts_on=dt.date(2024, 11, 28),
        ends_on=dt.date(2024, 12, 20),
        reason="Rekapitulasi tertunda cuaca",
        by=None,
    )
    assert reports.expect(election) == 4
    assert there(cast.BERAU)[-1].day == dt.date(2024, 12, 20)
    assert there(cast.PASER)[-1].day == dt.date(2024, 12, 16)


def test_a_vote_run_again_is_reported_on_by_the_region_and_those_above(session: Any, election: Any) -> None:
    reports.expect(election)
    stages.override_stage(
        election,
        "PUNGUT_HITUNG",
        cast.BERAU,
        starts_on=dt.date(2025, 4, 5),
        ends_on=dt.date(2025, 4, 5),
        reason="Putusan MK",
        by=None,
    )
    reports.expect(election)
    assert there(cast.BERAU)[-1].day == dt.date(2025, 4, 5)
    assert there("64")[-1].day == dt.date(2025, 4, 5)
    assert there(cast.PASER)[-1].day == dt.date(2024, 12, 16)
    assert dt.date(2024, 12, 1) in [row.day for row in there(cast.BERAU)]


def test_a_postponed_vote_takes_the_final_report_along(session: Any, election: Any) -> None:
    stages.override_stage(
        election,
        "PUNGUT_HITUNG",
        cast.BERAU,
        starts_on=dt.date(2024, 12, 18),
        ends_on=dt.date(2024, 12, 18),
        reason="Bencana",
        again=False,
        by=None,
    )
    reports.expect(election)
    assert [row.day for row in there(cast.BERAU, Kind.FINAL)] == [dt.date(2024, 12, 31)]
    assert there(cast.BERAU)[-1].day == dt.date(2025, 1, 6)


def test_a_region_that_a_law_made_owes_from_then_on_and_a_retired_one_no_more(
    session: Any, election: Any
) -> None:
    reports.expect(election)
    add_region("64.99", "kabkota", "64")
    session.execute(update(Region).where(Region.code == cast.PASER).values(retired_on=dt.date(2024, 11, 25)))
    reports.expect(election)
    assert there("64.99")[0].day == dt.date(2024, 11, 25)
    assert there(cast.PASER)[-1].day == dt.date(2024, 11, 24)


def test_kecamatan_owe_where_their_kabupaten_says_so(session: Any, election: Any, admin: Person) -> None:
    reports.expect(election)
    said = reports.rhythm_of(cast.BERAU, Kind.DAILY).said._replace(districts_owe=True, due=dt.time(17))
    reports.set_rhythm(cast.BERAU, Kind.DAILY, said, by=admin, version=0)
    assert reports.expect(election) == 13 * 22
    row = on(cast.SAMBALIUNG, dt.date(2024, 11, 25))
    assert wall(row.due_at) == "25 16.30"
    assert there(cast.SAMBALIUNG)[0].day == dt.date(2024, 11, 25), "nobody asked them for what is past"


def test_tightened_hours_make_reports_of_their_own_on_quiet_and_voting_days(
    session: Any, election: Any, admin: Person
) -> None:
    said = reports.rhythm_of("64", Kind.DAILY).said._replace(tight_cut_offs=(dt.time(8), dt.time(12)))
    reports.set_rhythm("64", Kind.DAILY, said, by=admin, version=0)
    reports.expect(election)
    slots = {(row.day, row.slot) for row in there(cast.BERAU) if row.slot}
    assert slots == {(dt.date(2024, 11, day), slot) for day in range(24, 28) for slot in (1, 2)}
    noon = next(row for row in there(cast.BERAU) if row.day == dt.date(2024, 11, 27) and row.slot == 2)
    assert [wall(noon.cut_off_at), wall(noon.due_at)] == ["27 12.00", "27 13.00"]


def test_a_changed_rhythm_moves_only_deadlines_that_lie_ahead(
    session: Any, election: Any, admin: Person, operator: Person
) -> None:
    reports.expect(election)
    write_in(on(cast.BERAU, dt.date(2024, 11, 25)), operator)
    said = reports.rhythm_of("64", Kind.DAILY).said._replace(cut_off=dt.time(16), due=dt.time(19))
    reports.set_rhythm("64", Kind.DAILY, said, by=admin, version=0)
    assert reports.expect(election) == 0
    assert wall(on(cast.BERAU, dt.date(2024, 11, 24)).due_at) == "24 16.00"
    assert wall(on(cast.BERAU, dt.date(2024, 11, 26)).due_at) == "26 18.00"
    written = on(cast.BERAU, dt.date(2024, 11, 25))
    assert [wall(written.cut_off_at), wall(written.due_at)] == ["25 15.00", "25 18.00"]


def test_a_deadline_that_has_passed_is_not_brought_back(session: Any, election: Any, admin: Person) -> None:
    reports.expect(election)
    clock.set_frozen(dt.datetime.fromisoformat("2024-11-25T16:30:00+08:00"))
    said = reports.rhythm_of("64", Kind.DAILY).said._replace(due=dt.time(22))
    reports.set_rhythm("64", Kind.DAILY, said, by=admin, version=0)
    reports.expect(election)
    assert wall(on(cast.BERAU, dt.date(2024, 11, 25)).due_at) == "25 16.00"
    assert wall(on("64", dt.date(2024, 11, 25)).due_at) == "25 22.00"


def test_a_desk_that_gets_the_reports_while_it_works_owes_nothing_of_the_past(
    session: Any, election: Any
) -> None:
    reports.expect(election, since=dt.date(2024, 11, 25))
    assert there(cast.BERAU)[0].day == dt.date(2024, 11, 25)


def test_it_says_beforehand_what_a_change_would_move(session: Any, election: Any, admin: Person) -> None:
    reports.expect(election)
    row = reports.rhythm_of(cast.BERAU, Kind.DAILY)
    said = row.said._replace(owed=False)
    planned = {(cast.BERAU, Kind.DAILY): row._replace(said=said, set_in=cast.BERAU)}
    told = reports.following(election, rhythms=planned)
    assert (len(told.added), len(told.moved), len(told.gone)) == (0, 0, 22)
    assert len(there(cast.BERAU)) == ALL_DAYS


def test_a_nations_rows_are_made_in_few_statements(session: Any, election: Any) -> None:
    """545 desks owe 52,000 reports: the statements do not grow with the desks."""
    with counting.statements() as few:
        reports.expect(election)
    for number in range(30):
        add_region(f"12.{number:02}", "kabkota", None)
    session.flush()
    with counting.statements() as more:
        assert reports.expect(election) == 30 * (22 + 4 + 1)
    assert len(more) <= len(few) + 1
    assert len(few) <= 9


def test_regions_that_do_not_vote_at_all_owe_nothing_below_the_kecamatan(session: Any, election: Any) -> None:
    reports.expect(election)
    query = select(func.max(func.length(Report.region_code)))
    assert session.scalar(query) == len(cast.BERAU)
    assert regions.level_of(cast.BERAU) is regions.Level.REGENCY


def test_a_round_that_finds_nothing_to_do_writes_nothing(session: Any, election: Any) -> None:
    assert reports.catch_up(election) == 11 * (22 + 4 + 1)
    session.commit()
    with counting.statements() as asked:
        assert reports.catch_up(election) == 0
    assert all(text.startswith("SELECT") for text in asked)
