"""What meetings, attendance, visits and follow-ups refuse, and at which column."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import registers
from app.domain.accounts import Person
from app.domain.errors import Invalid, NotAllowed, NotFound
from app.domain.meetings import ATTENDANCES, MEETINGS
from app.domain.registers import Filters
from tests import cast
from tests.domain.meetings.given import ATTENDANCE, attendance, meeting, task, visit


@pytest.fixture
def province(session: Any) -> Person:
    return cast.person("operator.kaltim")


class TestMeetings:
    @pytest.mark.parametrize(
        "wrong, field",
        [
            ({"link": "javascript:alert(1)"}, "link"),
            ({"link": "zoom.us/j/1"}, "link"),
            ({"link": "https://"}, "link"),
            ({"starts_at": "25.00"}, "starts_at"),
            ({"kind": "arisan"}, "kind"),
            ({"name": ""}, "name"),
            ({"held_on": None}, "held_on"),
            ({"held_on": dt.date(2024, 12, 2), "summary": "Sudah selesai."}, "summary"),
            ({"summary": "Hubungi 6403012512990001."}, "summary"),
        ],
    )
    def test_it_explains_what_cannot_be(self, operator: Person, wrong: dict[str, Any], field: str):
        with pytest.raises(Invalid) as told:
            meeting(operator, cast.BERAU, **wrong)
        assert field in told.value.fields
        assert registers.listed(MEETINGS, operator, Filters()).total == 0

    def test_one_that_is_to_come_may_be_recorded(self, province: Person):
        row = meeting(province, kind="dpr", held_on=dt.date(2024, 12, 2))
        assert row.values["held_on"] == dt.date(2024, 12, 2)

    def test_it_hides_other_regions_and_refuses_the_wrong_role(
        self, operator: Person, stranger: Person, supervisor: Person
    ):
        row = meeting(operator, cast.BERAU)
        with pytest.raises(NotFound):
            registers.find(MEETINGS, row.id, stranger)
        with pytest.raises(NotAllowed):
            meeting(supervisor, cast.BERAU)


class TestAttendance:
    @pytest.mark.parametrize(
        "wrong, field",
        [
            ({"presence": "tidak_hadir"}, "people"),
            ({"presence": "tidak_hadir", "people": None, "speaker": "Sekretaris Daerah"}, "speaker"),
            ({"people": 0}, "people"),
            ({"presence": ""}, "presence"),
        ],
    )
    def test_it_explains_what_cannot_be(self, province: Person, wrong: dict[str, Any], field: str):
        of = meeting(province)
        with pytest.raises(Invalid) as told:
            attendance(province, of, **wrong)
        assert field in told.value.fields
        assert registers.listed(ATTENDANCES, province, Filters()).total == 0

    def test_an_institution_of_a_region_attends_once(self, province: Person):
        of = meeting(province)
        attendance(province, of)
        with pytest.raises(Invalid) as told:
            attendance(province, of, presence="hadir")
        assert "institution" in told.value.fields
        attendance(province, of, institution="opd", unit="Disdukcapil")
        attendance(province, of, institution="opd", unit="Dinas Kesehatan")
        attendance(province, of, cast.PASER)
        attendance(province, meeting(province, held_on=dt.date(2024, 11, 11)))

    def test_a_region_outside_the_meeting_and_none_at_all_are_refused(self, province: Person):
        of = meeting(province, cast.PASER)
        with pytest.raises(Invalid) as told:
            attendance(province, of, cast.BERAU)
        assert "region" in told.value.fields
        with pytest.raises(Invalid, match="Buka rapat-nya"):
            registers.record(ATTENDANCES, cast.BERAU, ATTENDANCE, by=province)

    def test_a_desk_reads_its_own_attendance_though_not_the_meeting(
        self, province: Person, operator: Person, client: Any, session: Any
    ):
        row = attendance(province, meeting(province))
        session.commit()
        page = cast.signed_in(client, "operator.berau").get(f"/register/kehadiran-rapat/{row.id}")
        assert page.status_code == 200
        with pytest.raises(NotFound):
            registers.find(MEETINGS, row.parents["meeting_id"] or 0, operator)


class TestVisits:
    @pytest.mark.parametrize(
        "wrong, field",
        [
            ({"standing": "rencana"}, "visited_on"),
            ({"standing": "batal", "visited_on": None, "findings": "Gudang basah"}, "findings"),
            ({"visited_on": dt.date(2024, 11, 26)}, "visited_on"),
            ({"purpose": ""}, "purpose"),
        ],
    )
    def test_it_explains_what_cannot_be(self, province: Person, wrong: dict[str, Any], field: str):
        with pytest.raises(Invalid) as told:
            visit(province, **wrong)
        assert field in told.value.fields

    def test_one_is_made_in_a_kabupaten_or_below(self, province: Person):
        with pytest.raises(Invalid) as told:
            visit(province, "64")
        assert "region" in told.value.fields


def test_a_deadline_before_the_decision_is_refused(operator: Person):
    with pytest.raises(Invalid) as told:
        task(operator, due_on=dt.date(2024, 11, 17))
    assert "due_on" in told.value.fields
