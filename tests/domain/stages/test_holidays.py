"""Days on which offices are closed, and clocks of working days that know them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app import data
from app.domain import audit, stages
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from app.domain.stages import Day, HolidayKind
from tests import cast
from tests.cast import BERAU, MARATUA, PASER

NATIONAL = Day(dt.date(2024, 12, 25), "Hari Raya Natal", HolidayKind.NATIONAL, "SKB 855/2023")
OF_BERAU = Day(dt.date(2024, 12, 2), "Hari jadi", HolidayKind.REGIONAL, "Perbup 1/2024", BERAU)


@pytest.fixture
def admin(election: Any, admin: Any) -> Any:
    """Who governs all of the election, which has a race for that."""
    stages.add_race(stages.find_election(election.id), "gub", "64")
    return admin


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    "since, number, free, until",
    [
        ("2024-11-25", 3, (), "2024-11-28"),
        ("2024-11-29", 1, (), "2024-12-02"),
        ("2024-11-30", 1, (), "2024-12-02"),
        ("2024-12-24", 1, ("2024-12-25", "2024-12-26"), "2024-12-27"),
        ("2024-12-27", -1, ("2024-12-25", "2024-12-26"), "2024-12-24"),
        ("2024-11-30", 0, (), "2024-11-30"),
        ("2024-11-25", 14, (), "2024-12-13"),
    ],
)
def test_working_days_are_counted_from_the_day_after(since: str, number: int, free: Any, until: str):
    closed = [day(text) for text in free]
    assert stages.add_working_days(day(since), number, closed) == day(until)
    if number and stages.is_working_day(day(since), closed):
        assert stages.working_days_between(day(since), day(until), closed) == number


def test_counting_and_adding_agree_over_two_years(session):
    stages.add_unknown(stages.days_from_rows(data.rows("libur.csv")), by=None)
    free = stages.free_days("64", day("2024-01-01"), day("2025-12-31"))
    start = day("2024-01-02")
    for number in range(1, 480):
        until = stages.add_working_days(start, number, free)
        assert stages.working_days_between(start, until, free) == number
        assert stages.is_working_day(until, free)


def test_more_than_any_clock_runs_is_refused():
    with pytest.raises(ValueError, match="more than"):
        stages.add_working_days(day("2024-11-25"), stages.MOST_WORKING_DAYS + 1, ())


def test_the_shipped_days_name_their_decision_and_are_there_once(session):
    days = stages.days_from_rows(data.rows("libur.csv"))
    assert len({said.day for said in days}) == len(days)
    for year, national, leave in ((2024, 19, 10), (2025, 17, 11)):
        of_year = [said.kind for said in days if said.day.year == year]
        assert of_year.count(HolidayKind.NATIONAL) == national
        assert of_year.count(HolidayKind.SHARED_LEAVE) == leave
    assert all("https://" in said.source and said.source[:3] in ("SKB", "Kep") for said in days)
    assert stages.add_unknown(days, by=None) == len(days)
    assert stages.add_unknown(days, by=None) == 0
    assert stages.years_with_holidays() == [2024, 2025]


def test_the_shipped_days_are_loaded_beside_those_that_are_there(session, admin):
    stages.add_holiday(NATIONAL, by=admin)
    assert stages.add_unknown(stages.days_from_rows(data.rows("libur.csv")), by=None) == 56
    assert stages.add_unknown(stages.days_from_rows(data.rows("libur.csv")), by=None) == 0
    assert [one.source for one in stages.holidays_in(2024, "64") if one.day == NATIONAL.day] == [
        "SKB 855/2023"
    ]


def test_the_applications_deadline_after_the_2024_result(session):
    """Three working days after a plenary on Monday, 9 December 2024."""
    assert stages.nth_working_day(day("2024-12-09"), 3, "64") == day("2024-12-12")


def test_a_regional_day_counts_in_the_region_and_below_only(session):
    stages.add_holiday(OF_BERAU, by=None)
    for code, until in (
        (BERAU, "2024-12-03"),
        (MARATUA, "2024-12-03"),
        (PASER, "2024-12-02"),
        ("64", "2024-12-02"),
    ):
        assert stages.nth_working_day(day("2024-11-29"), 1, code) == day(until), code
    assert [one.name for one in stages.holidays_in(2024, MARATUA)] == ["Hari jadi"]
    assert stages.holidays_in(2024, PASER) == []


@pytest.mark.parametrize(
    "said",
    [
        Day(day("2024-12-25"), " ", HolidayKind.NATIONAL, "SKB"),
        Day(day("2024-12-25"), "x" * 121, HolidayKind.NATIONAL, "SKB"),
        Day(day("2024-12-25"), "Natal", HolidayKind.NATIONAL, ""),
        Day(day("1924-12-25"), "Natal", HolidayKind.NATIONAL, "SKB"),
        Day(day("2024-12-25"), "Natal", HolidayKind.NATIONAL, "SKB", BERAU),
        Day(day("2024-12-25"), "Natal", HolidayKind.REGIONAL, "SKB"),
    ],
)
def test_a_day_that_cannot_be_is_refused(session, said: Day):
    with pytest.raises(Invalid):
        stages.add_holiday(said, by=None)


def test_an_unknown_region_is_refused(session):
    with pytest.raises(NotFound):
        stages.add_holiday(Day(day("2024-12-02"), "x", HolidayKind.REGIONAL, "x", "99.99"), by=None)


def test_the_same_day_twice_is_refused_until_it_was_taken_off(session, admin):
    first = stages.add_holiday(NATIONAL, by=admin)
    with pytest.raises(Invalid, match="sudah ada"):
        stages.add_holiday(NATIONAL, by=admin)
    stages.remove_holiday(first, version=1, by=admin)
    assert stages.free_days("64", NATIONAL.day, NATIONAL.day) == frozenset()
    again = stages.add_holiday(NATIONAL, by=admin)
    assert again.id != first.id
    actions = [link.action for link in audit.history_of("holiday", first.id)]
    assert sorted(actions) == ["calendar:holiday:add", "calendar:holiday:remove"]


def test_who_comes_second_is_told(session, admin):
    first = stages.add_holiday(NATIONAL, by=admin)
    other = Day(NATIONAL.day, "Natal", HolidayKind.NATIONAL, "SKB")
    stages.change_holiday(first, other, version=1, by=admin)
    with pytest.raises(NotNow):
        stages.change_holiday(first, NATIONAL, version=1, by=admin)
    with pytest.raises(NotNow):
        stages.remove_holiday(first, version=1, by=admin)


def test_a_day_cannot_be_moved_onto_another(session, admin):
    stages.add_holiday(NATIONAL, by=admin)
    other = stages.add_holiday(Day(day("2024-12-26"), "Cuti", HolidayKind.SHARED_LEAVE, "SKB"), by=admin)
    with pytest.raises(Invalid, match="sudah ada"):
        stages.change_holiday(other, NATIONAL, version=1, by=admin)


def test_who_may_set_which_days(session, admin):
    of_berau = cast.person("admin.berau")
    national = stages.add_holiday(NATIONAL, by=admin)
    stages.add_holiday(OF_BERAU, by=of_berau)
    for code, kind in (
        ("", HolidayKind.NATIONAL),
        ("64", HolidayKind.REGIONAL),
        (PASER, HolidayKind.REGIONAL),
    ):
        said = Day(day("2024-12-02"), "Hari", kind, "SK", code)
        for deed in (
            lambda said=said: stages.add_holiday(said, by=of_berau),
            lambda said=said: stages.add_unknown([said], by=of_berau),
        ):
            with pytest.raises(NotAllowed):
                deed()
    for refused in (
        lambda: stages.change_holiday(national, OF_BERAU, version=1, by=of_berau),
        lambda: stages.remove_holiday(national, version=1, by=of_berau),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_pasted_lines_are_read(session):
    found = stages.read_lines(
        "2024-12-25; Hari Raya Natal; SKB 855/2023\n\n26/12/2024 ; Cuti bersama Natal ; SKB\n"
        "2025-02-20; Pelantikan; Keppres; cuti bersama"
    )
    assert found.problems == ()
    assert [(said.day.isoformat(), said.kind) for said in found.days] == [
        ("2024-12-25", HolidayKind.NATIONAL),
        ("2024-12-26", HolidayKind.SHARED_LEAVE),
        ("2025-02-20", HolidayKind.SHARED_LEAVE),
    ]


def test_every_wrong_line_is_named(session):
    found = stages.read_lines(
        "kemarin; Natal; SKB\n2024-12-25; Natal\n2024-12-26; Cuti; SKB; daerah\n2024-12-27; a; b\n2024-12-27; c; d"
    )
    assert [number for number, _ in found.problems] == [1, 2, 3, 5]
    assert "bukan tanggal" in found.problems[0][1]
    many = stages.read_lines("2024-12-25; a; b\n" * 201)
    assert many.days == ()
    assert "200 baris" in many.problems[0][1]
