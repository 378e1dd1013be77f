"""Working days in which a step is silent, over weekends and holidays; the silent cases come first."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import clock, neutrality, stages
from app.domain.errors import Invalid, NotAllowed, NotNow
from app.domain.neutrality import CaseFilters, CaseState, Kind, Verb
from app.domain.stages import Day, HolidayKind
from tests.cast import BERAU, PASER, person
from tests.domain.neutrality.cases import MONDAY, do, recorded

S = CaseState


def at(day: str) -> None:
    clock.set_frozen(dt.datetime.fromisoformat(f"{day}T09:00:00+08:00"))


def silence(case: neutrality.CaseRow) -> tuple[int, int]:
    now = neutrality.find(case.id, person("operator.berau")).silence
    return now.days, now.over


def test_the_clock_of_a_step_counts_working_days_and_says_how_far_it_is_over(session: Any):
    case = do(recorded(), Verb.STUDY)
    assert silence(case) == (0, -5)
    at("2024-12-02")
    assert silence(case) == (5, 0)
    at("2024-12-03")
    assert silence(case) == (6, 1)


def test_holidays_of_the_country_and_of_the_region_stand_still(session: Any):
    case = do(recorded(), Verb.STUDY)
    stages.add_holiday(
        Day(dt.date(2024, 11, 27), "Pemungutan suara", HolidayKind.NATIONAL, "Keppres"), by=None
    )
    stages.add_holiday(Day(dt.date(2024, 11, 28), "Hari jadi", HolidayKind.REGIONAL, "SK", BERAU), by=None)
    stages.add_holiday(Day(dt.date(2024, 11, 29), "Hari jadi", HolidayKind.REGIONAL, "SK", PASER), by=None)
    at("2024-12-03")
    assert silence(case) == (4, -1)


@pytest.mark.parametrize("state", [S.RECORDED, S.FORWARDED])
def test_a_step_without_a_limit_is_never_over(session: Any, state: CaseState):
    case = recorded()
    if state is S.FORWARDED:
        case = do(do(case, Verb.STUDY), Verb.FORWARD)
    at("2025-06-02")
    assert silence(case)[0] > 100
    assert silence(case)[1] == 0


def test_an_ended_case_is_not_silent(session: Any):
    case = do(do(recorded(), Verb.STUDY), Verb.STOP)
    at("2025-06-02")
    assert silence(case) == (0, 0)


def test_a_note_does_not_set_the_clock_back(session: Any):
    case = do(recorded(), Verb.STUDY)
    at("2024-12-03")
    do(case, Verb.NOTE)
    assert silence(case) == (6, 1)


def test_the_most_overdue_come_first_then_the_newest(session: Any):
    quiet, late, later = (recorded(kind) for kind in (Kind.PNS, Kind.PPPK, Kind.TNI))
    do(late, Verb.STUDY, done_on=MONDAY)
    at("2024-12-10")
    do(later, Verb.STUDY, done_on=dt.date(2024, 11, 29))
    newest = recorded(Kind.POLRI)
    by = person("operator.berau")
    found = neutrality.listed(by, CaseFilters(), page=1)
    assert [row.id for row in found.rows] == [late.id, later.id, newest.id, quiet.id]
    assert found.silent == 2
    only = neutrality.listed(by, CaseFilters(silent_only=True), page=1)
    assert (only.total, only.in_words) == (2, "2 kasus: 1 anggota TNI, 1 PPPK")


class TestLimits:
    @pytest.fixture
    def governor(self, session: Any) -> Any:
        stages.load_races(stages.current_election(), [("64", "provinsi")])
        return person("admin.kaltim")

    def test_the_defaults_are_those_that_the_sources_name(self, session: Any):
        days = {
            state: limit.working_days for state, limit in neutrality.limits().items() if limit.working_days
        }
        assert days == {S.STUDIED: 5, S.RECOMMENDED: 14, S.EXAMINED: 14}

    def test_who_governs_the_calendar_sets_one_for_all(self, governor: Any):
        case = do(recorded(), Verb.STUDY)
        neutrality.set_limit(S.STUDIED, 2, by=governor, version=0)
        at("2024-11-28")
        assert silence(case) == (3, 1)
        neutrality.set_limit(S.STUDIED, 0, by=governor, version=1)
        assert silence(case) == (3, 0)

    @pytest.mark.parametrize("version", [0, 7])
    def test_who_was_overtaken_changes_nothing(self, governor: Any, version: int):
        neutrality.set_limit(S.STUDIED, 2, by=governor, version=0)
        with pytest.raises(NotNow):
            neutrality.set_limit(S.STUDIED, 9, by=governor, version=version)
        assert neutrality.limits()[S.STUDIED].working_days == 2

    @pytest.mark.parametrize("days", [-1, 251])
    def test_what_is_no_number_of_days_is_refused(self, governor: Any, days: int):
        with pytest.raises(Invalid):
            neutrality.set_limit(S.STUDIED, days, by=governor, version=0)

    @pytest.mark.parametrize("who", ["admin.berau", "operator.kaltim", "penyelia.kaltim"])
    def test_nobody_else_does(self, governor: Any, who: str):
        with pytest.raises(NotAllowed):
            neutrality.set_limit(S.STUDIED, 2, by=person(who), version=0)
