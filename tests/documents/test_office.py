"""Whose paper it is: letterhead, place and signature follow from the region and the appointments of the day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.documents import office
from app.domain import accounts, regions
from app.domain.accounts import Role, Standing
from tests import cast

DAY = dt.date(2024, 11, 25)


@pytest.mark.parametrize(
    "code,lines",
    [
        ("64", ("PEMERINTAH PROVINSI KALIMANTAN TIMUR", "DESK PILKADA")),
        ("64.03", ("PEMERINTAH KABUPATEN BERAU", "DESK PILKADA")),
        ("64.71", ("PEMERINTAH KOTA BALIKPAPAN", "DESK PILKADA")),
        ("64.03.03", ("PEMERINTAH KABUPATEN BERAU", "KECAMATAN SAMBALIUNG", "DESK PILKADA")),
        (
            "64.03.03.2001",
            ("PEMERINTAH KABUPATEN BERAU", "KECAMATAN SAMBALIUNG", "KAMPUNG LONG LANUK", "DESK PILKADA"),
        ),
    ],
)
def test_each_desk_has_a_letterhead_of_text(session: Any, code: str, lines: tuple[str, ...]):
    head = office.built_in(regions.path_of(code))
    assert (tuple(line.text for line in head.lines), head.logo) == (lines, None)


@pytest.mark.parametrize(
    "code,place", [("64.03", "Tanjung Redeb"), ("64", "Samarinda"), ("64.03.03", "Sambaliung")]
)
def test_papers_are_signed_at_the_regions_seat(session: Any, code: str, place: str):
    assert office.usual_place(regions.find(code)) == place


def test_the_appointment_in_force_signs(session: Any):
    signature = office.signature_of("64.03", DAY)
    assert signature is not None
    assert (signature.mode, signature.name) == ("definitif", "Penyelia Berau (demo)")
    assert signature.position.startswith("Kepala Badan Kesatuan Bangsa dan Politik")
    assert office.signature_of("64.03", dt.date(2024, 10, 31)) is None


def test_who_came_later_signs_with_the_standing_of_the_appointment(session: Any):
    account = cast.person("rekan.berau").id
    about = {
        "starts_on": dt.date(2024, 11, 20),
        "ends_on": DAY,
        "signs": True,
        "position": "Sekretaris Daerah",
    }
    number = {"rank": "Pembina", "employee_number": "197001011990011001"}
    accounts.appoint(account, Role.SUPERVISOR, cast.BERAU, standing=Standing.PLH, **about, **number)
    signature = office.signature_of(cast.BERAU, DAY)
    assert signature is not None
    assert (signature.mode, signature.position) == ("Plh.", "Sekretaris Daerah")
    assert signature.nip == "19700101 199001 1 001"
    later = office.signature_of(cast.BERAU, DAY + dt.timedelta(days=1))
    assert later is not None
    assert later.mode == "definitif"


@pytest.mark.one_database
def test_a_number_that_is_no_nip_is_left_as_it_is():
    assert office.grouped_number("3174-1") == "3174-1"
    assert office.grouped_number("") == ""
