"""/pemungutan: who sees what of voting day, how it is told, and in how many statements."""

from __future__ import annotations

from typing import Any

import pytest

from app.extensions import db
from tests import cast
from tests.counting import statements
from tests.domain.polling.hours import it_is, stood
from tests.pages import words


@pytest.fixture
def voting(session: Any) -> None:
    """Berau and Paser on voting day."""
    it_is(21, 30)
    berau = cast.person("operator.berau")
    stood(berau, "07.10", opened=440, late=0)
    stood(berau, "21.00", opened=475, late=35, cause="Hujan", closed=475, counted=400, voters=90_000)
    stood(cast.person("operator.paser"), "08.45", cast.PASER, opened=300)
    db.session.commit()


@pytest.mark.usefixtures("voting")
class TestWhatIsShown:
    def test_how_far_voting_is_and_how_it_came_there(self, client: Any):
        text = words(cast.signed_in(client, "operator.berau").get("/pemungutan"))
        assert "keadaan 27 Nov 2024 pukul 21.00" in text
        assert "475 dari 475 TPS sudah dibuka" in text
        assert "400 dari 475 TPS selesai menghitung" in text
        assert "Pemilih datang 90.000" in text
        assert text.index("21.00 475 35") < text.index("08.00 440 0"), "the newest hour stands first"

    def test_a_province_adds_up_and_names_the_silent(self, client: Any):
        text = words(cast.signed_in(client, "pimpinan.kaltim").get("/pemungutan"))
        assert "775 dari 6.274 TPS sudah dibuka" in text
        assert "Kabupaten Paser 08.45" in text
        silent = text.split("Belum ada angka:")[1]
        assert "Kota Bontang" in silent
        assert "Paser" not in silent.split(".")[0].replace("Penajam Paser Utara", "")

    def test_who_records_there_is_offered_the_form(self, client: Any):
        offer = "/register/jalannya-pemungutan/baru?di=64.03"
        assert offer in cast.signed_in(client, "operator.berau").get("/pemungutan").text
        assert "/baru?di=" not in cast.signed_in(client, "pimpinan.berau").get("/pemungutan").text
        assert "/baru?di=" not in cast.signed_in(client, "operator.kaltim").get("/pemungutan").text

    def test_another_regions_board_is_not_there(self, client: Any):
        assert cast.signed_in(client, "operator.berau").get("/pemungutan?wilayah=64.01").status_code == 404

    def test_few_statements_for_a_whole_province(self, client: Any):
        cast.signed_in(client, "pimpinan.kaltim")
        client.get("/pemungutan")
        with statements() as asked:
            client.get("/pemungutan")
        assert len(asked) <= 12


class TestEmpty:
    def test_before_voting_day_it_says_when_figures_come(self, client: Any):
        text = words(cast.signed_in(client, "operator.berau").get("/pemungutan"))
        assert "Rabu, 27 November 2024" in text
        assert "Belum ada keadaan TPS" in text
        assert "Wilayah di Kabupaten Berau" not in text


class TestTheRegister:
    def test_an_hour_is_recorded_through_the_form_and_told_on_the_board(self, client: Any):
        it_is(9, 5)
        cast.signed_in(client, "operator.berau")
        said = {
            "di": cast.BERAU,
            "tanggal": "2024-11-27",
            "keadaan_pukul": "9.00",
            "tps_sudah_dibuka": "470",
            "sumber": "Laporan camat",
        }
        refused = client.post("/register/jalannya-pemungutan/baru", data=said | {"keadaan_pukul": "9.06"})
        assert (refused.status_code, "Sekarang pukul 09.05" in refused.text) == (422, True)
        kept = client.post("/register/jalannya-pemungutan/baru", data=said, follow_redirects=True)
        assert "Keadaan TPS sudah dicatat." in kept.text
        assert "Keadaan TPS 1/2024" in kept.text
        assert "470 dari 475 TPS sudah dibuka" in words(client.get("/pemungutan"))
