"""Which clocks of cases and of records move with the list of holidays: counted before anything is saved."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from enum import StrEnum
from typing import Any

import pytest

from app.domain import all_clocks, circulars, clock, neutrality, registers, stages
from app.domain.all_registers import REGISTERS
from app.domain.neutrality import Verb
from app.domain.stages import EVERYWHERE, Day, HolidayKind, Shift
from tests.cast import BERAU, PASER, SAMBALIUNG, person
from tests.counting import statements
from tests.domain.neutrality.cases import do, recorded

TUESDAY, SATURDAY = dt.date(2024, 11, 26), dt.date(2024, 11, 30)
AFTER_IT_ENDS = dt.date(2024, 12, 3)
"""The case of these tests may be silent until 2 December."""


def shift_of(**change: Any) -> Shift:
    """What a change moves among the cases."""
    return all_clocks.shifts_of(**change)[all_clocks.CASES]


@pytest.fixture
def studied(session: Any) -> neutrality.CaseRow:
    """A case of Berau whose clock of five working days runs since Monday."""
    return do(recorded(), Verb.STUDY)


def off(day: dt.date, region: str = EVERYWHERE) -> None:
    kind = HolidayKind.REGIONAL if region else HolidayKind.NATIONAL
    stages.add_holiday(Day(day, "Libur", kind, "SK", region), by=None)


@pytest.mark.parametrize("region", [EVERYWHERE, "64", BERAU])
def test_a_day_more_lets_a_running_clock_end_later(studied: Any, region: str):
    assert shift_of(added=[(TUESDAY, region)]) == Shift(running=1, later=1)


@pytest.mark.parametrize("region", [EVERYWHERE, BERAU])
def test_a_day_less_lets_it_end_earlier(studied: Any, region: str):
    off(TUESDAY, region)
    assert shift_of(removed=[(TUESDAY, region)]) == Shift(running=1, earlier=1)


def test_what_counts_elsewhere_concerns_no_case_here(studied: Any):
    for region in (PASER, SAMBALIUNG):
        assert shift_of(added=[(TUESDAY, region)]) == Shift(running=0)


@pytest.mark.parametrize("day", [SATURDAY, AFTER_IT_ENDS, dt.date(2024, 11, 25), dt.date(2024, 11, 22)])
def test_a_weekend_or_a_day_outside_its_time_moves_no_clock(studied: Any, day: dt.date):
    assert shift_of(added=[(day, EVERYWHERE)]) == Shift(running=1)


def test_a_day_that_another_list_closes_too_moves_no_clock(studied: Any):
    off(TUESDAY)
    off(TUESDAY, BERAU)
    assert shift_of(removed=[(TUESDAY, BERAU)]) == Shift(running=1)


def test_a_day_that_is_only_called_otherwise_moves_no_clock(studied: Any):
    off(TUESDAY)
    same = [(TUESDAY, EVERYWHERE)]
    assert shift_of(added=same, removed=same) == Shift(running=1)
    moved = shift_of(added=[(SATURDAY, EVERYWHERE)], removed=same)
    assert moved == Shift(running=1, earlier=1)


def test_it_says_who_will_be_over_and_who_no_longer(studied: Any):
    clock.set_frozen(dt.datetime.fromisoformat("2024-12-03T09:00:00+08:00"))
    shift = shift_of(added=[(TUESDAY, EVERYWHERE)])
    assert (shift.moved, shift.becoming_over, shift.over_no_more) == (1, 0, 1)
    off(TUESDAY)
    shift = shift_of(removed=[(TUESDAY, EVERYWHERE)])
    assert (shift.moved, shift.becoming_over, shift.over_no_more) == (1, 1, 0)


def test_a_step_without_a_limit_and_an_ended_case_have_no_clock(session: Any):
    recorded()
    do(do(recorded(), Verb.STUDY), Verb.STOP)
    assert shift_of(added=[(TUESDAY, EVERYWHERE)]) == Shift(running=0)


def test_it_asks_three_statements_and_one_for_each_register_with_limits(studied: Any, session: Any):
    session.commit()
    timed = sum(registers.has_clock(one) for one in REGISTERS)
    with statements() as asked:
        shift_of(added=[(TUESDAY, EVERYWHERE), (SATURDAY, BERAU)])
    assert len(asked) == 3 + timed
    assert stages.holidays_in(2024, BERAU) == []


# --- Registers ------------------------------------------------------------------------------------------------


class Standing(StrEnum):
    WAITS = "menunggu"
    DONE = "selesai"


@pytest.fixture
def timed(monkeypatch: pytest.MonkeyPatch) -> registers.Register:
    """A register one of whose states may last three working days."""
    words = {state: state.value for state in Standing}
    flow = registers.Flow({}, Standing.WAITS, words, frozenset({Standing.DONE}), limits={Standing.WAITS: 3})
    register = replace(circulars.CIRCULARS, flow=flow)
    monkeypatch.setattr(all_clocks, "REGISTERS", (register, circulars.CIRCULARS))
    return register


def circular(number: int, session: Any, **other: Any) -> None:
    facts: dict[str, Any] = {
        "election_id": stages.current_election().id,
        "region_code": BERAU,
        "year": 2024,
        "number": number,
        "state": Standing.WAITS,
        "state_since": dt.date(2024, 11, 25),
        "recorded_at": clock.now(),
        "recorded_by": person("operator.berau").id,
        "recorded_by_name": "Operator",
        "changed_at": clock.now(),
        "kind": "imbauan",
        "letter_number": f"{number}/SE",
        "dated_on": dt.date(2024, 11, 25),
        "about": "Netralitas",
        "signed_by": "",
        "recipients": "Semua",
    }
    session.add(circulars.CIRCULARS.model(**facts | other))
    session.flush()


def test_records_of_a_register_with_limits_are_told_beside_the_cases(timed: Any, session: Any):
    circular(1, session)
    circular(2, session, region_code=PASER)
    circular(3, session, state=Standing.DONE)
    circular(4, session, withdrawn_at=clock.now())
    found = all_clocks.shifts_of(added=[(TUESDAY, BERAU)])
    assert found == {all_clocks.CASES: Shift(), timed.one: Shift(running=1, later=1)}
    assert all_clocks.shifts_of(added=[(TUESDAY, EVERYWHERE)])[timed.one] == Shift(running=2, later=2)


def test_many_records_are_counted_by_as_many_statements_as_one(timed: Any, session: Any):
    change = {"added": [(TUESDAY, EVERYWHERE)]}
    circular(1, session)
    with statements() as asked:
        all_clocks.shifts_of(**change)
    for number in range(2, 6):
        circular(number, session)
    with statements() as asked_of_many:
        assert all_clocks.shifts_of(**change)[timed.one].running == 5
    assert (len(asked), len(asked_of_many)) == (4, 4)


@pytest.mark.parametrize("limits", [{}, {Standing.WAITS: 0}])
def test_a_register_without_limits_has_no_clock(
    monkeypatch: pytest.MonkeyPatch, timed: Any, session: Any, limits: dict[Standing, int]
):
    """The same register has one while its limit stands, as the test before this one shows."""
    circular(1, session)
    unlimited = replace(timed, flow=replace(timed.flow, limits=limits))
    monkeypatch.setattr(all_clocks, "REGISTERS", (unlimited, circulars.CIRCULARS))
    assert list(all_clocks.shifts_of(added=[(TUESDAY, BERAU)])) == [all_clocks.CASES]
