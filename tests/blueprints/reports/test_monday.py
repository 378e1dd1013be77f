"""/pelaporan/senin/<day>: the pack as a page, and one click that has it printed twice."""

from __future__ import annotations

from typing import Any

import pytest

from app.documents import ability
from app.documents.pack_order import PACK_JOB, PackAsk
from app.domain import jobs
from app.domain.reports import Hindrance
from tests import cast
from tests.counting import statements
from tests.domain.reports.below import DAY, fact, freeze, province

PATH = "/pelaporan/senin/2024-11-25"


@pytest.fixture
def monday(session: Any) -> Any:
    """Ten regions owe one; the first reported."""
    _, ten = province(kind="senin")
    freeze(
        ten[0],
        fact("logistik.kecamatan_lengkap", 5, whole=13),
        grade="waspada",
        grade_reason="Banjir di hilir.",
        hindrances=(Hindrance("Kecamatan Segah", "Jalan putus"),),
    )
    session.commit()
    return ten


def asked(who: str) -> list[jobs.Job]:
    return jobs.recent(cast.person(who), 9, (PACK_JOB,))


def test_the_page_says_it_all(client: Any, monday: Any):
    visitor = cast.signed_in(client, "operator.kaltim")
    assert visitor.get("/pelaporan/senin").location == f"{PATH}?wilayah=64"
    page = visitor.get(PATH)
    assert page.status_code == 200
    for words in (
        "Agenda",
        "5 dari 13",
        "Jalan putus",
        "Banjir di hilir.",
        "1 melapor, 9 belum",
        "Tiap wilayah",
    ):
        assert words in page.text


def test_one_click_asks_for_screen_paper_and_sheet_and_twice_for_no_more(
    client: Any, session: Any, monday: Any
):
    visitor = cast.signed_in(client, "operator.kaltim")
    answer = visitor.post(PATH)
    assert (answer.status_code, answer.location) == (303, f"{PATH}#berkas")
    visitor.post(PATH)
    assert sorted(job.asked["layout"] for job in asked("operator.kaltim")) == ["kertas", "layar", "lembar"]
    page = visitor.get(PATH).text
    assert page.count("Menunggu giliran") == 3
    number = asked("operator.kaltim")[0].id
    page = visitor.get(f"/pekerjaan/{number}")
    assert page.status_code == 200
    assert "Senin, 25 November 2024" in page.text
    assert "Buka bahan rapat Senin ini" in page.text


def test_a_desk_that_cannot_print_gets_the_sheet(client: Any, monday: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ability, "why_no_pdf", lambda: "Pencetak PDF belum terpasang.")
    visitor = cast.signed_in(client, "operator.kaltim")
    assert visitor.post(PATH).status_code == 303
    assert [job.asked["format"] for job in asked("operator.kaltim")] == ["xlsx"]
    page = visitor.get(PATH).text
    assert "Pencetak PDF belum terpasang." in page
    assert "Untuk diolah (Excel)" in page
    assert "Untuk kertas" not in page


@pytest.mark.parametrize("day", ["2024-11-26", "kemarin", "2024-13-01", "2030-01-07"])
def test_there_is_none_of_another_day(client: Any, monday: Any, day: str):
    visitor = cast.signed_in(client, "operator.kaltim")
    assert visitor.get(f"/pelaporan/senin/{day}").status_code == 404
    assert visitor.post(f"/pelaporan/senin/{day}").status_code == 404


def test_another_region_does_not_see_it(client: Any, monday: Any):
    visitor = cast.signed_in(client, "operator.berau")
    assert visitor.get(f"{PATH}?wilayah=64").status_code == 404
    assert visitor.post(f"{PATH}?wilayah=64").status_code == 404
    assert visitor.get(f"{PATH}").status_code == 404
    assert asked("operator.berau") == []


def test_an_admin_reads_none(client: Any, monday: Any):
    assert cast.signed_in(client, "admin.kaltim").get(PATH).status_code == 403


def test_whoever_lost_the_region_does_not_get_the_file(session: Any, monday: Any):
    ask = PackAsk.from_params(PackAsk("64", DAY, "layar").to_params())
    assert ask.is_still_for(cast.person("operator.kaltim"))
    assert not ask.is_still_for(cast.person("operator.berau"))
    assert ask.file_name("Provinsi Kalimantan Timur") == (
        "rapat-senin-provinsi-kalimantan-timur-2024-11-25-layar.pdf"
    )
    assert PackAsk("64", DAY, "lembar").file_name("Kota Bontang").endswith("-2024-11-25-lembar.xlsx")


def test_the_page_takes_a_bounded_number_of_statements(client: Any, session: Any, monday: Any):
    visitor = cast.signed_in(client, "operator.kaltim")
    visitor.get(PATH)
    with statements() as found:
        visitor.get(PATH)
    assert len(found) <= 30
