"""/rapat/<id>/kehadiran: the presence of every region at once, kept as a whole or not at all."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.domain import meetings, registers
from app.domain.accounts import Person
from app.domain.meetings import ATTENDANCES, MEETINGS
from app.domain.registers import Filters, RecordRow
from app.extensions import db
from tests import cast
from tests.domain.meetings.given import attendance, meeting


@pytest.fixture
def province(session: Any) -> Person:
    return cast.person("operator.kaltim")


@pytest.fixture
def held(province: Person) -> RecordRow:
    """The province's Monday meeting."""
    row = meeting(province)
    db.session.commit()
    return row


def path(row: RecordRow) -> str:
    return f"/rapat/{row.id}/kehadiran"


def send(client: Any, row: RecordRow, who: str = "operator.kaltim", **said: str) -> Any:
    """The sheet as the browser sends it; names with _ for the dots and the hyphen of theirs."""
    data = {re.sub(r"_(\d\d)_(\d\d)$", r"-\1.\2", name): text for name, text in said.items()}
    return cast.signed_in(client, who).post(path(row), data=data)


def known() -> dict[str, tuple[str, int | None]]:
    rows = registers.listed(ATTENDANCES, cast.person("operator.kaltim"), Filters()).rows
    return {row.region_code: (row.values["presence"], row.values["people"]) for row in rows}


def test_it_records_those_of_whom_something_is_said(client: Any, held: RecordRow):
    page = cast.signed_in(client, "operator.kaltim").get(path(held)).text
    assert page.count("<select") == 10
    answer = send(client, held, hadir_64_03="daring", orang_64_03="1.588", hadir_64_01="tidak_hadir")
    assert answer.status_code == 303
    assert answer.location == f"/register/rapat/{held.id}"
    assert known() == {"64.03": ("daring", 1_588), "64.01": ("tidak_hadir", None)}
    assert {row.parents["meeting_id"] for row in meetings.attendance_of(held.id)} == {held.id}


def test_it_corrects_what_stands_and_clears_what_no_longer_fits(
    client: Any, held: RecordRow, province: Person
):
    attendance(province, held, speaker="Sekretaris Daerah")
    db.session.commit()
    answer = send(client, held, hadir_64_03="tidak_hadir", orang_64_03="", versi_64_03="1")
    assert answer.status_code == 303
    (row,) = meetings.attendance_of(held.id)
    assert (row.values["presence"], row.values["people"], row.values["speaker"]) == ("tidak_hadir", None, "")
    assert row.version == 2


@pytest.mark.parametrize(
    "said, sentence",
    [
        ({"hadir_64_03": "tidak_hadir", "orang_64_03": "3"}, "kosongkan banyak orangnya"),
        ({"hadir_64_03": "hadir", "orang_64_03": "0"}, "nol orang berarti tidak hadir"),
        ({"orang_64_03": "3"}, "pilih kehadirannya"),
        ({"hadir_64_03": "hadir", "orang_64_03": "1.5"}, "bilangan bulat"),
        ({"hadir_64_03": "hadir", "orang_64_03": "-1"}, "bilangan bulat"),
        ({"hadir_64_03": "mungkin"}, "pilih dari daftar"),
    ],
)
def test_it_explains_bad_input_and_keeps_nothing_of_the_sheet(
    client: Any, held: RecordRow, said: dict[str, str], sentence: str
):
    answer = send(client, held, hadir_64_01="hadir", orang_64_01="12", **said)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="12"' in answer.text
    assert known() == {}


def test_what_is_recorded_is_not_taken_away_by_a_blank(client: Any, held: RecordRow, province: Person):
    attendance(province, held)
    db.session.commit()
    answer = send(client, held, hadir_64_03="", versi_64_03="1")
    assert answer.status_code == 422
    assert "batalkan catatannya" in answer.text
    assert known() == {"64.03": ("daring", 3)}


@pytest.mark.parametrize("version", ["0", "2", "x"])
def test_an_attendance_that_changed_meanwhile_is_not_overwritten(
    client: Any, held: RecordRow, province: Person, version: str
):
    attendance(province, held)
    db.session.commit()
    answer = send(client, held, hadir_64_03="hadir", versi_64_03=version, hadir_64_01="hadir")
    assert answer.status_code == 409
    assert "baru saja diubah orang lain" in answer.text
    assert known() == {"64.03": ("daring", 3)}


def test_the_same_sending_twice_counts_once(client: Any, held: RecordRow):
    for _ in range(2):
        assert send(client, held, hadir_64_03="hadir", kunci="kunci-sekali").status_code == 303
    assert len(known()) == 1


def test_a_withdrawn_meeting_takes_none(client: Any, held: RecordRow, province: Person):
    registers.withdraw(held, by=province, reason="Tidak jadi.", version=held.version)
    db.session.commit()
    assert send(client, held, hadir_64_03="hadir").status_code == 409
    assert known() == {}
    page = client.get(f"/register/rapat/{held.id}").text
    assert path(held) not in page


def test_it_hides_other_regions_and_refuses_the_wrong_role(client: Any, held: RecordRow, operator: Person):
    assert send(client, held, "operator.berau", hadir_64_03="hadir").status_code == 404
    assert send(client, held, "penyelia.kaltim", hadir_64_03="hadir").status_code == 403
    assert cast.signed_in(client, "operator.berau").get(path(held)).status_code == 404
    assert known() == {}


def test_a_get_records_nothing(client: Any, held: RecordRow):
    cast.signed_in(client, "operator.kaltim").get(f"{path(held)}?hadir-64.03=hadir")
    assert known() == {}


def test_a_kabupaten_asks_its_kecamatan(client: Any, operator: Person):
    row = meeting(operator, cast.BERAU)
    db.session.commit()
    page = cast.signed_in(client, "operator.berau").get(path(row)).text
    assert page.count("<select") == 13
    assert registers.find(MEETINGS, row.id, operator).region_code == cast.BERAU
