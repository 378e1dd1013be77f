"""What a Monday opens with, how far the visits are, and the figures that follow."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import meetings, registers
from app.domain.accounts import Person
from app.domain.meetings import FOLLOW_UPS, Stand, Verb
from app.domain.registers import Fact, StepSaid
from tests import cast
from tests.counting import statements
from tests.domain.meetings.given import attendance, meeting, task, visit


@pytest.fixture
def province(session: Any) -> Person:
    return cast.person("operator.kaltim")


def fact(key: str, code: str = "64") -> Fact:
    return next(one for one in meetings.facts((code,)) if one.key == key)


class TestFollowUps:
    def test_overdue_ones_come_first_and_those_without_a_day_last(self, province: Person):
        later = task(province, due_on=dt.date(2024, 11, 29))
        none = task(province, cast.PASER, due_on=None)
        late = task(province, due_on=dt.date(2024, 11, 20))
        today = task(province, due_on=dt.date(2024, 11, 25))
        rows = meetings.open_follow_ups(["64"])
        assert [row.id for row in rows] == [late.id, today.id, later.id, none.id]
        day = dt.date(2024, 11, 25)
        assert [meetings.is_overdue(row, day) for row in rows] == [True, False, False, False]
        assert [row.id for row in meetings.open_follow_ups([cast.PASER])] == [none.id]

    def test_what_is_done_dropped_or_withdrawn_is_not_open(self, operator: Person, supervisor: Person):
        done, dropped, withdrawn, stays = (task(operator) for _ in range(4))
        registers.step(done, Verb.FINISH, StepSaid(note="Terkirim."), by=operator, version=done.version)
        registers.step(
            dropped, Verb.DROP, StepSaid(note="Tidak perlu."), by=supervisor, version=dropped.version
        )
        registers.withdraw(withdrawn, by=operator, reason="Dobel.", version=withdrawn.version)
        assert [row.id for row in meetings.open_follow_ups([cast.BERAU])] == [stays.id]
        told = {key: fact(f"tindak_lanjut.{key}", cast.BERAU) for key in ("terbuka", "terlambat", "selesai")}
        assert {key: (one.value, one.whole) for key, one in told.items()} == {
            "terbuka": (1, 2),
            "terlambat": (1, 2),
            "selesai": (1, 2),
        }

    def test_they_come_from_a_meeting_or_a_visit_above(self, province: Person):
        of = {"meeting_id": meeting(province).id, "visit_id": visit(province).id}
        assert task(province, of=of).parents == of | {"incident_id": None, "risk_id": None}
        assert FOLLOW_UPS.flow is not None
        assert FOLLOW_UPS.flow.start is Stand.OPEN


class TestLastMonday:
    def test_it_tells_who_came_who_did_not_and_of_whom_nothing_is_known(self, province: Person):
        meeting(province, held_on=dt.date(2024, 11, 11))
        of = meeting(province, held_on=dt.date(2024, 11, 18))
        meeting(province, held_on=dt.date(2024, 12, 2))
        meeting(province, kind="khusus", held_on=dt.date(2024, 11, 20))
        attendance(province, of, cast.BERAU, people=3)
        attendance(province, of, cast.BERAU, institution="kpu", people=1, presence="hadir")
        attendance(province, of, cast.PASER, presence="tidak_hadir", people=None)
        last = meetings.last_monday("64")
        assert last is not None
        assert last.meeting.id == of.id
        assert (last.came, len(last.attended)) == (1, 10)
        assert [place.name for place in last.absent] == ["Kabupaten Paser"]
        assert len(last.untold) == 8
        berau = next(one for one in last.attended if one.region.code == cast.BERAU)
        assert (berau.people, [row.values["institution"] for row in berau.rows]) == (4, ["desk", "kpu"])
        assert (fact("rapat.senin_hadir").value, fact("rapat.senin_hadir").whole) == (1, 10)

    def test_seen_from_an_earlier_day_it_is_the_one_that_was_held_by_then(self, province: Person):
        first = meeting(province, held_on=dt.date(2024, 11, 11))
        meeting(province, held_on=dt.date(2024, 11, 18))
        found = meetings.last_monday("64", dt.date(2024, 11, 17))
        assert found is not None
        assert found.meeting.id == first.id
        assert meetings.last_monday("64", dt.date(2024, 11, 10)) is None

    def test_a_region_below_speaks_for_its_own(self, province: Person):
        of = meeting(province, cast.BERAU)
        attendance(province, of, cast.SAMBALIUNG, people=None)
        last = meetings.last_monday(cast.BERAU)
        assert last is not None
        assert (last.came, len(last.attended)) == (1, 13)
        assert last.attended[2].people is None
        assert meetings.last_monday(cast.PASER) is None

    def test_a_withdrawn_meeting_is_none(self, province: Person):
        row = meeting(province)
        registers.withdraw(row, by=province, reason="Tidak jadi.", version=row.version)
        assert meetings.last_monday("64") is None


class TestVisits:
    def test_a_visit_below_counts_for_its_region_and_a_plan_does_not(self, province: Person):
        visit(province, cast.SAMBALIUNG)
        visit(province, cast.BERAU, visited_on=dt.date(2024, 11, 12))
        visit(province, cast.PASER, standing="rencana", visited_on=None, planned_on=dt.date(2024, 11, 26))
        found = meetings.coverage("64")
        assert (found.visited, len(found.regions)) == (1, 10)
        berau = next(one for one in found.regions if one.region.code == cast.BERAU)
        assert (len(berau.made), berau.last) == (2, dt.date(2024, 11, 20))
        paser = next(one for one in found.regions if one.region.code == cast.PASER)
        assert (paser.made, paser.next) == ((), dt.date(2024, 11, 26))
        assert (fact("kunjungan.wilayah").value, fact("kunjungan.wilayah").whole) == (1, 10)
        assert fact("kunjungan.rencana").value == 2
        assert fact("kunjungan.terlaksana").value == 2

    def test_a_visit_of_which_the_day_is_not_known_counts(self, province: Person):
        visit(province, visited_on=None)
        found = meetings.coverage("64")
        assert found.visited == 1
        assert all(one.last is None for one in found.regions)


def test_meetings_that_are_to_come_are_not_held(province: Person):
    meeting(province)
    meeting(province, kind="dpr", held_on=dt.date(2024, 12, 2))
    assert (fact("rapat.diadakan").value, fact("rapat.senin").value, fact("rapat.direncanakan").value) == (
        1,
        1,
        1,
    )


def test_the_figures_of_a_province_take_few_statements(province: Person):
    of = meeting(province)
    for code in (cast.BERAU, cast.PASER):
        attendance(province, of, code)
        visit(province, code)
        task(province, code)
    with statements() as asked:
        meetings.facts(("64",))
    assert len(asked) <= 17
