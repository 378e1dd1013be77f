"""/libur: reading it, adding and changing days, many at once, and counting working days."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app import data
from app.domain import stages
from app.domain.audit import AuditEntry
from app.extensions import db
from tests import cast
from tests.blueprints.stages.test_stages import plain
from tests.cast import BERAU
from tests.counting import statements

NATAL = {
    "tanggal": "2024-12-25",
    "nama": "Hari Raya Natal",
    "jenis": "nasional",
    "di": "",
    "sumber": "SKB 855/2023",
}
OF_BERAU = {
    "tanggal": "2024-12-02",
    "nama": "Hari jadi",
    "jenis": "daerah",
    "di": BERAU,
    "sumber": "Perbup 1/2024",
}


@pytest.fixture(autouse=True)
def held_in_all_of_the_province(session: Any) -> None:
    stages.add_race(stages.find_election(stages.current_election().id), "gub", "64")
    db.session.commit()


def days(region: str = "64", year: int = 2024) -> list[str]:
    db.session.expire_all()
    return [one.name for one in stages.holidays_in(year, region)]


def test_the_shipped_days_are_loaded_once_by_a_button(client: Any, session: Any):
    cast.signed_in(client, "admin.kaltim")
    page = client.get("/libur")
    assert "Daftar tahun 2024 belum diisi" in page.text
    assert "Muat 57 hari" in page.text
    assert client.post("/libur/muat").status_code == 303
    page = client.get("/libur")
    assert "Muat " not in page.text
    assert (
        "Pemungutan suara Pemilihan Serentak 2024 Libur nasional Seluruh Indonesia Keppres 33/2024"
        in plain(page.text)
    )
    assert 'rel="noreferrer"' in page.text
    assert len(days()) == 29
    assert len(days(year=2025)) == 28


def test_a_day_is_added_and_shown(client: Any, session: Any):
    cast.signed_in(client, "admin.kaltim")
    answer = client.post("/libur", data=NATAL)
    assert (answer.status_code, answer.location) == (303, "/libur?tahun=2024")
    assert "Rabu, 25 Desember 2024 Hari Raya Natal Libur nasional" in plain(
        client.get("/libur?tahun=2024").text
    )
    assert db.session.query(AuditEntry).filter_by(action="calendar:holiday:add").count() == 1


def test_the_same_sending_again_adds_one(client: Any, session: Any):
    cast.signed_in(client, "admin.kaltim")
    assert [client.post("/libur", data=NATAL | {"kunci": "k1"}).status_code for _ in range(2)] == [303, 303]
    assert days() == ["Hari Raya Natal"]


@pytest.mark.parametrize(
    "other, said",
    [
        ({"tanggal": ""}, "Tuliskan tanggalnya"),
        ({"tanggal": "besok"}, "Tanggal tidak dikenal"),
        ({"tanggal": "1924-12-25"}, "antara tahun 2000 dan 2100"),
        ({"nama": ""}, "Tuliskan namanya"),
        ({"sumber": " "}, "Sebutkan keputusannya"),
        ({"jenis": "pasar"}, "Pilih salah satu dari daftar"),
        ({"jenis": "daerah"}, "Libur daerah memerlukan wilayah"),
        ({"di": BERAU}, "Libur daerah memerlukan wilayah"),
        ({"di": "99"}, "Pilih salah satu dari daftar"),
    ],
)
def test_what_cannot_be_is_explained(client: Any, session: Any, other: dict[str, str], said: str):
    cast.signed_in(client, "admin.kaltim")
    answer = client.post("/libur", data=NATAL | other)
    assert answer.status_code == 422
    assert said in answer.text
    assert days() == []


def test_an_admin_of_a_kabupaten_sets_its_own_days_only(client: Any, session: Any):
    cast.signed_in(client, "admin.berau")
    page = client.get("/libur").text
    assert "Banyak hari sekaligus" not in page
    assert "Libur nasional</option>" not in page
    assert client.post("/libur", data=NATAL).status_code == 422
    assert client.post("/libur", data=OF_BERAU | {"di": "64.01"}).status_code == 422
    assert client.post("/libur", data=OF_BERAU).status_code == 303
    assert client.post("/libur/tempel", data={"baris": "2024-12-25; a; b"}).status_code == 403
    assert client.post("/libur/muat").status_code == 403
    assert (days(), days(BERAU)) == ([], ["Hari jadi"])


@pytest.mark.parametrize("who", ["operator.berau", "penyelia.kaltim", "inspektorat.kaltim"])
def test_others_read_and_count_but_do_not_change(client: Any, session: Any, who: str):
    cast.signed_in(client, who)
    page = client.get("/libur")
    assert page.status_code == 200
    assert 'method="post" action="/libur' not in page.text
    for path in ("/libur", "/libur/tempel", "/libur/muat", "/libur/1", "/libur/1/hapus"):
        assert client.post(path, data=NATAL).status_code == 403


def test_a_region_out_of_reach_is_not_found(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    assert client.get("/libur?wilayah=64.01").status_code == 404
    assert client.get(f"/libur?wilayah={cast.MARATUA}").status_code == 200


@pytest.mark.parametrize("year", ["x", "1", "99999999", "", "-1", "2024.5", "²"])
def test_an_odd_year_is_this_year(client: Any, session: Any, year: str):
    cast.signed_in(client, "operator.berau")
    page = client.get("/libur", query_string={"tahun": year})
    assert page.status_code == 200
    assert "tahun 2024" in page.text


class TestManyAtOnce:
    def test_lines_are_added_and_known_ones_left_alone(self, client: Any, session: Any):
        cast.signed_in(client, "admin.kaltim")
        client.post("/libur", data=NATAL)
        lines = "2024-12-25; Natal; SKB\r\n26/12/2024; Cuti bersama Natal; SKB 855/2023"
        answer = client.post("/libur/tempel", data={"baris": lines})
        assert answer.status_code == 303
        assert "1 hari ditambahkan. 1 sudah ada dan tidak diubah." in client.get(answer.location).text
        assert days() == ["Hari Raya Natal", "Cuti bersama Natal"]

    def test_one_wrong_line_adds_none_and_each_is_named(self, client: Any, session: Any):
        cast.signed_in(client, "admin.kaltim")
        answer = client.post(
            "/libur/tempel", data={"baris": "2024-12-25; Natal; SKB\n2024-13-01; x; y\nlupa"}
        )
        assert answer.status_code == 422
        words = plain(answer.text)
        assert "2 baris perlu diperbaiki" in words
        assert "Baris 2: " in words
        assert "Baris 3: Tulis tanggal; nama; sumber" in words
        assert "2024-13-01; x; y" in answer.text, "what was typed stays"
        assert days() == []

    def test_nothing_pasted_is_explained(self, client: Any, session: Any):
        cast.signed_in(client, "admin.kaltim")
        assert client.post("/libur/tempel", data={"baris": " \n "}).status_code == 422


class TestOneDay:
    def path(self, client: Any) -> str:
        cast.signed_in(client, "admin.kaltim")
        client.post("/libur", data=NATAL)
        return f"/libur/{stages.holidays_in(2024, '64')[0].id}"

    def test_it_is_changed(self, client: Any, session: Any):
        path = self.path(client)
        assert 'value="Hari Raya Natal"' in client.get(path).text
        assert client.post(path, data=NATAL | {"nama": "Natal", "versi": "1"}).status_code == 303
        assert days() == ["Natal"]

    def test_the_second_one_is_told(self, client: Any, session: Any):
        path = self.path(client)
        client.post(path, data=NATAL | {"nama": "Natal", "versi": "1"})
        answer = client.post(path, data=NATAL | {"versi": "1"})
        assert answer.status_code == 409
        assert "baru saja diubah orang lain" in answer.text
        assert client.post(f"{path}/hapus", data={"versi": "1"}).status_code == 409
        assert days() == ["Natal"]

    def test_it_is_taken_off_the_list_and_can_come_back(self, client: Any, session: Any):
        path = self.path(client)
        assert client.get(f"{path}/hapus").status_code == 405
        assert client.post(f"{path}/hapus", data={"versi": "1"}).status_code == 303
        assert days() == []
        assert client.get(path).status_code == 404
        assert client.post("/libur", data=NATAL).status_code == 303
        assert days() == ["Hari Raya Natal"]

    def test_bad_input_is_explained(self, client: Any, session: Any):
        path = self.path(client)
        assert client.post(path, data=NATAL | {"nama": "", "versi": "1"}).status_code == 422
        assert client.post(f"{path}/hapus", data={"versi": "x"}).status_code == 422

    def test_an_admin_of_a_kabupaten_may_not(self, client: Any, session: Any):
        path = self.path(client)
        cast.signed_in(client, "admin.berau")
        assert "Hanya dibaca" in client.get(path).text
        assert client.post(path, data=OF_BERAU | {"versi": "1"}).status_code == 403
        assert client.post(f"{path}/hapus", data={"versi": "1"}).status_code == 403
        assert days() == ["Hari Raya Natal"]


class TestCounting:
    @pytest.mark.parametrize(
        "since, number, said",
        [
            (
                "2024-11-26",
                "3",
                "3 hari kerja sejak Selasa, 26 November 2024 di Kabupaten Berau jatuh pada Senin, 2 Desember 2024.",
            ),
            (
                "2/12/2024",
                "-2",
                "2 hari kerja sebelum Senin, 2 Desember 2024 di Kabupaten Berau jatuh pada Kamis, 28 November 2024.",
            ),
        ],
    )
    def test_it_counts_past_holidays(self, client: Any, session: Any, since: str, number: str, said: str):
        stages.add_unknown(stages.days_from_rows(data.rows("libur.csv")), by=None)
        db.session.commit()
        cast.signed_in(client, "operator.berau")
        page = client.get("/libur", query_string={"sejak": since, "n": number})
        assert page.status_code == 200
        assert said in re.sub(r" (?=[.,])", "", plain(page.text))

    def test_it_says_which_years_it_does_not_know(self, client: Any, session: Any):
        cast.signed_in(client, "operator.berau")
        page = client.get("/libur?sejak=2026-12-30&n=5")
        assert "Daftar libur tahun 2026 dan 2027 belum diisi" in page.text

    @pytest.mark.parametrize(
        "since, number, said",
        [
            ("", "3", "Tuliskan tanggalnya"),
            ("2024-11-26", "x", "bilangan bulat"),
            ("2024-11-26", "1001", "Paling banyak 1000"),
        ],
    )
    def test_what_cannot_be_counted_is_explained(
        self, client: Any, session: Any, since: str, number: str, said: str
    ):
        cast.signed_in(client, "operator.berau")
        page = client.get("/libur", query_string={"sejak": since, "n": number})
        assert page.status_code == 422
        assert said in page.text


def test_the_page_asks_little_of_the_database(client: Any, session: Any):
    cast.signed_in(client, "admin.kaltim").post("/libur/muat")
    with statements() as asked:
        client.get("/libur")
    assert len(asked) <= 16, "\n".join(asked)
