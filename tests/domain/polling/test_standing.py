"""How far voting is: whose figures count, of how many stations, and how it came there hour by hour."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.domain import polling, registers
from app.domain.accounts import Person
from app.domain.polling import Moment
from app.domain.registers import Fact
from tests import cast
from tests.counting import statements
from tests.domain.polling.hours import SOURCE, VOTING_DAY, it_is, stood


def told(*codes: str) -> dict[str, Fact]:
    return {fact.key: fact for fact in polling.facts(codes or (cast.BERAU,))}


def hours(code: str) -> list[tuple[str, int | None]]:
    said = polling.counts([code])
    return [(one.moment.at, one.standing["opened"]) for one in polling.hours_of(said, code, None)]


class TestFacts:
    def test_before_voting_day_nothing_is_told_and_on_it_the_silent_is_unknown(self, session: Any):
        it_is(23, day=VOTING_DAY - dt.timedelta(days=1))
        assert told() == {}
        it_is(6)
        assert {fact.value for fact in told().values()} == {None}
        assert told()["pemungutan.tps_dibuka"].whole == 475

    def test_the_newest_hour_stands_of_the_reference_figures_stations(self, operator: Person):
        it_is(20)
        stood(operator, "09.00", opened=470, late=5, cause="Hujan", voters=900)
        stood(operator, "07.15", opened=440, late=0)
        found = told()
        assert found["pemungutan.tps_dibuka"].said == "470 dari 475 TPS"
        assert found["pemungutan.tps_tepat"].said == "465 dari 475 TPS"
        assert found["pemungutan.pemilih"].said == "900 pemilih"
        assert found["pemungutan.tps_menghitung"].value is None
        assert found["pemungutan.tps_dibuka"].source == SOURCE
        assert found["pemungutan.tps_dibuka"].as_of == dt.datetime(2024, 11, 27, 1, tzinfo=dt.UTC)

    def test_who_opened_in_time_is_unknown_while_nobody_says_how_many_were_late(self, operator: Person):
        it_is(20)
        stood(operator, "09.00", opened=470)
        assert told()["pemungutan.tps_tepat"].value is None

    def test_a_kabupaten_that_is_silent_is_the_sum_of_its_kecamatan_of_all_its_stations(
        self, operator: Person
    ):
        it_is(20)
        stood(operator, "09.00", cast.SAMBALIUNG, opened=30)
        stood(operator, "09.30", cast.TELUK_BAYUR, opened=20)
        assert told()["pemungutan.tps_dibuka"].said == "50 dari 475 TPS"
        assert told()["pemungutan.tps_dibuka"].source == SOURCE
        stood(operator, "08.00", opened=400)
        assert told()["pemungutan.tps_dibuka"].value == 400, "its own figure leads"

    def test_a_kampung_counts_where_neither_kecamatan_nor_kabupaten_tells(self, operator: Person):
        it_is(20)
        stood(operator, "09.00", "64.03.03.2001", opened=3)
        stood(operator, "09.00", cast.TELUK_BAYUR, opened=20)
        assert told()["pemungutan.tps_dibuka"].value == 23
        stood(operator, "09.00", cast.SAMBALIUNG, opened=9)
        assert told()["pemungutan.tps_dibuka"].value == 29

    def test_stations_that_a_record_names_are_the_whole(self, operator: Person):
        it_is(20)
        stood(operator, "09.00", stations=477, opened=470)
        assert told()["pemungutan.tps_dibuka"].whole == 477

    def test_a_record_taken_back_counts_nowhere(self, operator: Person):
        it_is(20)
        row = stood(operator, "09.00", opened=470)
        registers.withdraw(row, by=operator, reason="Salah wilayah", version=row.version)
        assert told()["pemungutan.tps_dibuka"].value is None
        assert polling.counts([cast.BERAU]) == []

    def test_a_few_statements_whatever_the_number_of_records(self, operator: Person):
        it_is(20)
        for hour in range(8, 18):
            stood(operator, f"{hour:02}.00", opened=400 + hour)
        told()
        with statements() as asked:
            told("64")
        assert len(asked) <= 3


class TestHours:
    def test_a_minute_past_belongs_to_the_next_full_hour(self):
        assert Moment(VOTING_DAY, "08.00").full_hour.at == "08.00"
        assert Moment(VOTING_DAY, "08.01").full_hour.at == "09.00"
        assert Moment(VOTING_DAY, "23.30").full_hour == (VOTING_DAY + dt.timedelta(days=1), "00.00")

    def test_each_hour_holds_what_was_told_by_then(self, operator: Person):
        it_is(20)
        stood(operator, "07.15", cast.SAMBALIUNG, opened=10)
        stood(operator, "07.40", cast.TELUK_BAYUR, opened=20)
        stood(operator, "09.00", cast.SAMBALIUNG, opened=12)
        assert hours(cast.BERAU) == [("08.00", 30), ("09.00", 32)]
        assert hours(cast.SAMBALIUNG) == [("08.00", 10), ("09.00", 12)]
        assert hours(cast.PASER) == []
