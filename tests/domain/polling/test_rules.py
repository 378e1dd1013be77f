"""What the register of voting day refuses, and at which column."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import registers
from app.domain.accounts import Person
from app.domain.errors import Invalid
from app.domain.polling import COUNTS
from app.domain.registers import Line
from tests import cast
from tests.domain.polling.hours import SOURCE, VOTING_DAY, it_is, stood


def refused(by: Person, at: str = "09.00", **said: Any) -> list[str]:
    """The columns that are at fault; nothing is recorded."""
    before = len(registers.records_in(COUNTS, [cast.BERAU]))
    with pytest.raises(Invalid) as found:
        stood(by, at, **said)
    assert len(registers.records_in(COUNTS, [cast.BERAU])) == before
    return list(found.value.fields)


class TestTheHour:
    def test_nothing_is_told_before_voting_day(self, operator: Person):
        it_is(9, day=VOTING_DAY - dt.timedelta(days=1))
        day = VOTING_DAY - dt.timedelta(days=1)
        assert refused(operator, "08.00", day=day, opened=1) == ["counted_on"]

    def test_an_hour_that_has_not_come_is_refused_to_the_minute(self, operator: Person):
        it_is(9, 30)
        assert refused(operator, "09.31", opened=1) == ["counted_at"]
        assert stood(operator, "09.30", opened=1).id

    def test_counting_goes_on_after_midnight(self, operator: Person):
        after = VOTING_DAY + dt.timedelta(days=1)
        it_is(2, day=after)
        stood(operator, "23.30", opened=470, closed=470, counted=460)
        assert stood(operator, "01.00", day=after, opened=470, closed=470, counted=470).id

    def test_a_region_says_one_thing_of_an_hour(self, operator: Person):
        it_is(9)
        stood(operator, "08.00", opened=1)
        with pytest.raises(Invalid, match="sudah ada"):
            stood(operator, "08.00", opened=2)


class TestTheFigures:
    @pytest.mark.parametrize(
        "said, column",
        [
            ({}, "opened"),
            ({"note": "Belum ada kabar."}, "opened"),
            ({"opened": 470, "closed": 471}, "closed"),
            ({"closed": 470, "counted": 471}, "counted"),
            ({"opened": 470, "late": 471, "cause": "Hujan"}, "late"),
            ({"stations": 470, "opened": 471}, "opened"),
            ({"stations": 470, "halted": 471, "cause": "Banjir"}, "halted"),
            ({"opened": 476}, "opened"),
            ({"counted": 476}, "counted"),
            ({"opened": 470, "late": 2}, "cause"),
            ({"halted": 1}, "cause"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_column(
        self, operator: Person, said: dict[str, Any], column: str
    ):
        it_is(20)
        assert refused(operator, **said) == [column]

    def test_a_number_of_stations_of_its_own_stands_against_the_reference_figure(self, operator: Person):
        it_is(20)
        assert stood(operator, "09.00", stations=480, opened=476).id

    @pytest.mark.parametrize("measure", ["opened", "closed", "counted", "voters"])
    def test_what_is_counted_since_the_morning_falls_only_for_a_reason(self, operator: Person, measure: str):
        it_is(20)
        stood(operator, "09.00", **{measure: 90})
        assert refused(operator, "10.00", **{measure: 89}) == ["fall_reason"]
        stood(operator, "10.00", fall_reason="Salah hitung.", **{measure: 89})

    def test_halted_stations_may_become_fewer(self, operator: Person):
        it_is(20)
        stood(operator, "09.00", halted=2, cause="Banjir")
        assert stood(operator, "10.00", halted=0).id

    def test_a_sheet_is_compared_hour_by_hour(self, operator: Person):
        it_is(20)
        blank = dict.fromkeys(COUNTS.by_name)
        said = [("10.00", 80), ("09.00", 90)]
        lines = [
            Line(
                row,
                cast.BERAU,
                blank | {"counted_on": VOTING_DAY, "counted_at": at, "opened": opened, "source": SOURCE},
            )
            for row, (at, opened) in enumerate(said, start=2)
        ]
        planned, wrong = registers.plan(COUNTS, lines, by=operator, within=cast.BERAU)
        assert planned == []
        assert [(one.row, one.column) for one in wrong] == [(2, "fall_reason")]
        assert "27 Nov 2024 pukul 09.00" in wrong[0].message
