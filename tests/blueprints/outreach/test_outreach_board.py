"""/sosialisasi: who sees what, how coverage and participation are told, and in how many statements."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from app.extensions import db
from tests import cast
from tests.counting import statements
from tests.domain.outreach.gatherings import gathered, stated
from tests.pages import words


@pytest.fixture
def work(session: Any) -> None:
    """Two gatherings of Berau and what is said of its participation."""
    by = cast.person("operator.berau")
    gathered(by)
    gathered(by, "64.03.09.2001", with_community_figures=True)
    stated(by, kind="sebelumnya", of_election="Pilbup 2020", percent=Decimal("61.25"), source="KPU Berau")
    stated(by, race="gubernur", percent=Decimal(70), source="https://kpu.example.id/berita/1")
    db.session.commit()


@pytest.mark.usefixtures("work")
class TestWhatIsShown:
    def test_coverage_people_and_segments(self, client: Any):
        text = words(cast.signed_in(client, "operator.berau").get("/sosialisasi"))
        assert "2 dari 13 kecamatan sudah dijangkau" in text
        assert "Belum dijangkau: 11 kecamatan" in text
        assert "2 kegiatan terlaksana; dijangkau 120 orang, 50 laki-laki dan 70 perempuan" in text
        assert "Pemilih pemula 2" in text
        assert "Tokoh masyarakat 1 Tokoh adat 2" in text
        assert "Belum diundang: tokoh agama, tokoh pemuda, tokoh perempuan." in text

    def test_each_percentage_has_its_source(self, client: Any):
        page = cast.signed_in(client, "operator.berau").get("/sosialisasi")
        text = words(page)
        assert "61,25 % Pilbup 2020 KPU Berau" in text
        assert "70 % Gubernur dan wakil gubernur kpu.example.id" in text
        assert 'href="https://kpu.example.id/berita/1"' in page.text
        assert "Belum ada angka: Kecamatan Kelay" in text

    def test_a_province_shows_each_of_its_regions(self, client: Any):
        text = words(cast.signed_in(client, "pimpinan.kaltim").get("/sosialisasi"))
        assert "2 dari 105 kecamatan sudah dijangkau" in text
        assert "79,5 % RPJMN 2020-2024" in text
        assert "Belum ada angka: Kabupaten Paser" in text
        assert "Catat kegiatan" not in text

    def test_few_statements_for_a_whole_province(self, client: Any):
        cast.signed_in(client, "pimpinan.kaltim")
        client.get("/sosialisasi")
        with statements() as asked:
            client.get("/sosialisasi")
        assert len(asked) <= 16


def test_without_records_it_says_how_they_come(client: Any, session: Any):
    text = words(cast.signed_in(client, "operator.paser").get("/sosialisasi"))
    assert "Belum ada kegiatan yang terlaksana" in text
    assert "0 dari 10 kecamatan sudah dijangkau" in text


def test_a_kampung_has_a_page_without_percentages(client: Any, session: Any):
    answer = cast.signed_in(client, "operator.berau").get("/sosialisasi?wilayah=64.03.09.2001")
    assert answer.status_code == 200
    assert "Partisipasi pemilih" not in answer.text


@pytest.mark.parametrize("region", [cast.PASER, "64", "64.03.99"])
def test_other_regions_do_not_exist(client: Any, session: Any, region: str):
    assert cast.signed_in(client, "operator.berau").get(f"/sosialisasi?wilayah={region}").status_code == 404


def test_who_reads_no_register_is_refused(client: Any, session: Any):
    assert cast.signed_in(client, "admin.kaltim").get("/sosialisasi").status_code == 403


def test_who_works_on_another_area_finds_nothing(client: Any, session: Any):
    assert cast.signed_in(client, "logistik.berau").get("/sosialisasi").status_code == 404


SENT = {
    "di": "64.03",
    "jenis": "proyeksi",
    "pemilihan": "semua",
    "partisipasi": "79,5",
    "tanggal_sumber": "2024-11-18",
    "sumber": "Rapat",
}


class TestTheForm:
    def test_a_percentage_is_typed_with_a_comma(self, client: Any, session: Any):
        page = cast.signed_in(client, "operator.berau").post("/register/partisipasi/baru", data=SENT)
        assert page.status_code == 303
        assert "79,5 %" in words(client.get(page.location))

    @pytest.mark.parametrize("typed", ["banyak", "101", "0,79"])
    def test_what_is_none_is_explained_and_stays(self, client: Any, session: Any, typed: str):
        cast.signed_in(client, "operator.berau")
        answer = client.post("/register/partisipasi/baru", data=SENT | {"partisipasi": typed})
        assert answer.status_code == 422
        assert f'value="{typed}"' in answer.text

    def test_a_gathering_for_nobody_is_explained_at_its_tick(self, client: Any, session: Any):
        cast.signed_in(client, "operator.berau")
        sent = {
            "di": "64.03.03",
            "kegiatan": "Sosialisasi",
            "bentuk": "tatap_muka",
            "pelaksanaan": "terlaksana",
        }
        answer = client.post("/register/sosialisasi/baru", data=sent)
        assert answer.status_code == 422
        assert "paling sedikit satu kelompok sasaran" in words(answer)
        assert re.search(r"<legend>Tokoh yang diundang</legend>\s*<div", answer.text)
        sent |= {"untuk_pemilih_pemula": "y", "diundang_tokoh_adat": "y", "tanggal_kegiatan": "2024-11-20"}
        answer = client.post("/register/sosialisasi/baru", data=sent)
        assert answer.status_code == 303
        assert "20 Nov 2024" in words(client.get(answer.location))
