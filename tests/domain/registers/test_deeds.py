"""What every register promises of its records: numbers, versions, four words for who may, and nothing deleted."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select

from app.domain import audit, registers
from app.domain.accounts import Person, Role
from app.domain.audit import AuditEntry
from app.domain.circulars import ACKNOWLEDGEMENTS, CIRCULARS, Circular
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from app.domain.registers import Filters
from app.extensions import db
from tests import cast
from tests.counting import statements
from tests.domain.registers.letters import RECEIVED, SAID, received, written


def count() -> int:
    return int(db.session.scalar(select(func.count()).select_from(Circular)) or 0)


class TestRecording:
    def test_numbers_run_by_place_and_year(self, operator: Person, stranger: Person):
        numbers = [written(operator, letter_number=f"800/{n}").number for n in (1, 2, 3)]
        assert numbers == ["1/2024", "2/2024", "3/2024"]
        assert written(stranger, cast.PASER).number == "1/2024"

    def test_it_is_told_on_the_trail_without_the_words_of_texts(self, operator: Person):
        row = written(operator)
        (link,) = audit.history_of(CIRCULARS.subject, row.id)
        assert link.action == "neutrality:circular:record"
        assert link.changed["dated_on"] == [None, "2024-09-10"]
        assert "about" in link.changed["texts"][1]
        assert "Larangan" not in link.changes

    def test_other_places_and_other_roles_are_refused(
        self, operator: Person, stranger: Person, supervisor: Person
    ):
        for by, region in ((stranger, cast.BERAU), (supervisor, cast.BERAU), (operator, "64")):
            with pytest.raises(NotAllowed):
                registers.record(CIRCULARS, region, SAID, by=by)
        assert count() == 0

    def test_an_appointment_for_another_area_of_work_gives_nothing_here(self, session: Any):
        about = {"areas": ["LOG"], "starts_on": dt.date(2024, 11, 1)}
        limited = cast.add_person("log.berau", (Role.OPERATOR, cast.BERAU, about))
        assert registers.roots(limited, CIRCULARS) == ()
        with pytest.raises(NotAllowed):
            registers.record(CIRCULARS, cast.BERAU, SAID, by=limited)

    def test_a_level_that_the_register_does_not_have_is_refused(self, operator: Person):
        with pytest.raises(Invalid) as told:
            registers.record(CIRCULARS, cast.SAMBALIUNG, SAID, by=operator)
        assert told.value.fields["region"] == "Pilih provinsi, kabupaten/kota."

    def test_all_wrong_columns_are_named_at_once(self, operator: Person):
        with pytest.raises(Invalid) as told:
            written(operator, dated_on=None, recipient_count=-2, about="")
        assert set(told.value.fields) == {"dated_on", "recipient_count", "about"}

    def test_only_one_that_counts_may_say_the_same(self, operator: Person, stranger: Person):
        first = written(operator)
        with pytest.raises(Invalid, match="sudah ada edaran 1/2024"):
            written(operator)
        written(stranger, cast.PASER)
        registers.withdraw(first, by=operator, reason="salah nomor surat", version=1)
        again = written(operator)
        with pytest.raises(Invalid, match=f"sudah ada edaran {again.number}"):
            registers.restore(registers.find(CIRCULARS, first.id, operator), by=operator, version=2)


class TestChanging:
    def test_old_and_new_stand_on_the_trail_and_the_version_rises(self, operator: Person):
        row = written(operator)
        assert registers.change(row, {**row.values, "recipient_count": 41}, by=operator, version=1)
        assert registers.find(CIRCULARS, row.id, operator).version == 2
        assert audit.history_of(CIRCULARS.subject, row.id)[0].changed == {"recipient_count": [40, 41]}

    def test_nothing_new_writes_nothing(self, operator: Person):
        row = written(operator)
        assert not registers.change(row, row.values, by=operator, version=1)
        assert len(audit.history_of(CIRCULARS.subject, row.id)) == 1

    def test_the_later_one_is_told(self, operator: Person):
        row = written(operator)
        registers.change(row, {**row.values, "recipient_count": 41}, by=operator, version=1)
        with pytest.raises(NotNow, match="diubah orang lain"):
            registers.change(row, {**row.values, "recipient_count": 99}, by=operator, version=1)
        assert registers.find(CIRCULARS, row.id, operator).values["recipient_count"] == 41

    def test_a_record_out_of_reach_does_not_exist(self, operator: Person, stranger: Person):
        row = written(operator)
        with pytest.raises(NotFound):
            registers.find(CIRCULARS, row.id, stranger)
        with pytest.raises(NotAllowed):
            registers.change(row, row.values, by=stranger, version=1)


class TestWithdrawing:
    def test_it_counts_no_more_and_can_still_be_read(self, operator: Person):
        row = written(operator)
        registers.withdraw(row, by=operator, reason="tercatat dua kali", version=1)
        assert registers.listed(CIRCULARS, operator, Filters()).total == 0
        assert registers.listed(CIRCULARS, operator, Filters(with_withdrawn=True)).total == 1
        assert registers.records_in(CIRCULARS, ["64"]) == []
        kept = registers.find(CIRCULARS, row.id, operator)
        assert (kept.is_withdrawn, kept.withdrawn_reason) == (True, "tercatat dua kali")
        registers.restore(kept, by=operator, version=2)
        assert registers.listed(CIRCULARS, operator, Filters()).total == 1

    @pytest.mark.parametrize("reason", ["", "   ", "ya", "x" * 201, "NIK 6403010101010001"])
    def test_it_wants_a_reason(self, operator: Person, reason: str):
        row = written(operator)
        with pytest.raises(Invalid) as told:
            registers.withdraw(row, by=operator, reason=reason, version=1)
        assert "reason" in told.value.fields

    def test_a_second_time_comes_too_late(self, operator: Person):
        row = written(operator)
        registers.withdraw(row, by=operator, reason="tercatat dua kali", version=1)
        with pytest.raises(NotNow):
            registers.withdraw(row, by=operator, reason="tercatat dua kali", version=2)
        with pytest.raises(NotNow, match="Pulihkan dahulu"):
            registers.change(registers.find(CIRCULARS, row.id, operator), row.values, by=operator, version=2)


class TestHanging:
    def test_a_record_hangs_on_one_within_reach_that_counts(self, operator: Person, stranger: Person):
        letter = written(operator)
        row = received(operator, letter)
        assert row.parents == {"circular_id": letter.id}
        found = registers.listed(ACKNOWLEDGEMENTS, operator, Filters(parents={"circular_id": letter.id}))
        assert [one.id for one in found.rows] == [row.id]
        with pytest.raises(NotFound):
            registers.record(
                ACKNOWLEDGEMENTS, cast.PASER, RECEIVED, by=stranger, parents={"circular_id": letter.id}
            )
        registers.withdraw(letter, by=operator, reason="salah nomor surat", version=1)
        with pytest.raises(NotNow, match="induknya"):
            received(operator, letter, unit="Dinas Sosial")


class TestReading:
    def test_sums_say_how_many_do_not_know(self, operator: Person):
        letter = written(operator)
        received(operator, letter)
        received(operator, letter, unit="Dinas Sosial", people=None)
        found = registers.listed(ACKNOWLEDGEMENTS, operator, Filters())
        assert found.sums["people"] == (25, 1)
        assert registers.sums(ACKNOWLEDGEMENTS, found) == [
            ("Orang yang menandatangani", "25 orang (1 belum diketahui)")
        ]

    def test_filters_narrow_by_what_the_register_has(self, operator: Person):
        written(operator)
        written(operator, letter_number="800/2", kind="ikrar", dated_on=dt.date(2024, 10, 1))
        for filters in (
            Filters(picks={"kind": "ikrar"}),
            Filters(since=dt.date(2024, 9, 30)),
            Filters(text="ikrar"),
        ):
            assert [r.number for r in registers.listed(CIRCULARS, operator, filters).rows] == ["2/2024"]
        assert registers.listed(CIRCULARS, operator, Filters(until=dt.date(2024, 9, 30))).total == 1

    def test_a_region_out_of_reach_is_not_found(self, operator: Person):
        with pytest.raises(NotFound):
            registers.listed(CIRCULARS, operator, Filters(region=cast.PASER))

    def test_a_list_asks_the_same_few_statements_however_long_it_is(self, operator: Person):
        for number in range(60):
            written(operator, letter_number=f"800/{number}")
        db.session.commit()
        with statements() as few:
            registers.listed(CIRCULARS, operator, Filters(), per_page=2)
        with statements() as many:
            registers.listed(CIRCULARS, operator, Filters(), per_page=50)
        assert len(many) == len(few) <= 4

    def test_everything_comes_out_in_pieces(self, operator: Person):
        for number in range(7):
            written(operator, letter_number=f"800/{number}")
        db.session.commit()
        pages = list(registers.pages_matching(CIRCULARS, operator, Filters(), at_once=3))
        assert [len(page) for page in pages] == [3, 3, 1]
        assert [row.number for page in pages for row in page] == [f"{n}/2024" for n in range(7, 0, -1)]
        assert list(registers.all_matching(CIRCULARS, operator, Filters())) == [
            row for page in pages for row in page
        ]


class TestSearching:
    @pytest.mark.parametrize("text", ["dukungan", "mendukung", "larang", "media SOSIAL", "larangan calon"])
    def test_word_forms_find_each_other(self, operator: Person, text: str):
        row = written(operator)
        assert [hit.row.id for hit in registers.search([CIRCULARS], operator, text)] == [row.id]

    @pytest.mark.parametrize("text", ["", "   ", "logistik", "larangan logistik", "%", "_", "a"])
    def test_what_is_not_there_finds_nothing(self, operator: Person, text: str):
        written(operator)
        assert registers.search([CIRCULARS], operator, text) == []

    def test_it_ends_at_the_persons_reach(self, operator: Person, stranger: Person):
        written(operator)
        assert registers.search([CIRCULARS], stranger, "larangan") == []

    def test_withdrawn_records_are_not_found(self, operator: Person):
        row = written(operator)
        registers.withdraw(row, by=operator, reason="tercatat dua kali", version=1)
        assert registers.search([CIRCULARS], operator, "larangan") == []


def test_the_chain_still_holds(operator: Person):
    row = written(operator)
    registers.change(row, {**row.values, "recipient_count": 41}, by=operator, version=1)
    db.session.commit()
    assert audit.verify().first_break is None
    assert db.session.scalar(select(func.count()).where(AuditEntry.subject_kind == "circular")) == 2
