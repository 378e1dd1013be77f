"""/rapat/senin and /kunjungan: what a Monday opens with and how far the visits are; scope first."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from app.domain.accounts import Person
from app.extensions import db
from tests import cast
from tests.counting import statements
from tests.domain.meetings.given import attendance, meeting, task, visit

PAGES = ("/rapat/senin", "/kunjungan")


def look(client: Any, who: str, path: str) -> Any:
    """The page as somebody sees it, once what the test has written is there for all."""
    db.session.commit()
    return cast.signed_in(client, who).get(path)


def plain(page: str) -> str:
    """What is read of a page, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture
def province(session: Any) -> Person:
    return cast.person("operator.kaltim")


class TestMonday:
    def test_overdue_follow_ups_come_first_with_owner_and_day(self, client: Any, province: Person):
        task(province, task="Nanti", due_on=None)
        task(province, task="Sudah lewat", due_on=dt.date(2024, 11, 22))
        text = plain(look(client, "operator.kaltim", "/rapat/senin").text)
        assert "Tindak lanjut terbuka 2 1 lewat tenggat." in text
        assert text.index("Sudah lewat") < text.index("Nanti")
        assert (
            "Sudah lewat Kabupaten Berau Kepala Kesbangpol 18 Nov 2024 22 Nov 2024 , 3 hari lalu terbuka"
            in text
        )

    def test_it_names_who_did_not_come_to_the_last_meeting(self, client: Any, province: Person):
        of = meeting(province)
        attendance(province, of, cast.BERAU)
        attendance(province, of, cast.PASER, presence="tidak_hadir", people=None)
        text = plain(look(client, "operator.kaltim", "/rapat/senin").text)
        assert "Kehadiran rapat Senin, 18 November 2024" in text
        assert "1 dari 10 wilayah hadir." in text
        assert "Tidak hadir: Kabupaten Paser." in text
        assert "Belum dicatat: Kabupaten Kutai Kartanegara," in text
        assert "Catat kehadiran wilayah" in text

    def test_a_kabupaten_sees_its_own_and_not_the_province(self, client: Any, province: Person):
        meeting(province)
        task(province, task="Tugas Berau")
        task(province, cast.PASER, task="Tugas Paser")
        page = look(client, "operator.berau", "/rapat/senin").text
        assert "Tugas Berau" in page
        assert "Tugas Paser" not in page
        assert "Belum ada rapat Senin yang dicatat" in page

    def test_many_are_cut_and_the_rest_is_one_click_away(
        self, client: Any, province: Person, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr("app.blueprints.meetings.routes.MOST", 2)
        for number in range(3):
            task(province, task=f"Tugas {number}")
        text = plain(look(client, "operator.kaltim", "/rapat/senin").text)
        assert "Tindak lanjut terbuka 3" in text
        assert "Hanya 2 yang pertama." in text
        assert "Tugas 2" not in text

    def test_many_records_take_no_more_statements_than_one(self, client: Any, province: Person):
        def asked() -> int:
            look(client, "operator.kaltim", "/rapat/senin")
            with statements() as seen:
                client.get("/rapat/senin")
            return len(seen)

        of = meeting(province)
        attendance(province, of, cast.BERAU)
        task(province)
        few = asked()
        attendance(province, of, cast.PASER)
        for _ in range(4):
            task(province, cast.PASER)
        assert asked() <= few
        assert few <= 18


class TestVisits:
    def test_it_tells_who_was_visited_who_will_be_and_who_not(self, client: Any, province: Person):
        visit(province)
        visit(province, cast.PASER, standing="rencana", visited_on=None, planned_on=dt.date(2024, 11, 26))
        text = plain(look(client, "operator.kaltim", "/kunjungan").text)
        assert "1 dari 10 wilayah sudah dikunjungi" in text
        assert "Kabupaten Berau sudah dikunjungi 1 20 Nov 2024 –" in text
        assert "Kabupaten Paser direncanakan 0 – 26 Nov 2024" in text
        assert "Kota Bontang belum 0 – –" in text

    def test_ten_of_ten_is_said(self, client: Any, province: Person):
        for code in ("01", "02", "03", "07", "08", "09", "11", "71", "72", "74"):
            visit(province, f"64.{code}")
        page = plain(look(client, "operator.kaltim", "/kunjungan").text)
        assert "10 dari 10 wilayah sudah dikunjungi" in page

    def test_a_village_has_nothing_below_it(self, client: Any, session: Any):
        answer = look(client, "operator.kaltim", "/kunjungan?wilayah=64.03.03.2001")
        assert answer.status_code == 200
        assert "Tidak ada wilayah di bawahnya" in answer.text


@pytest.mark.parametrize("path", PAGES)
class TestScope:
    @pytest.mark.parametrize("code", ["64", "64.01", "64.03.99", "x"])
    def test_it_hides_other_regions(self, client: Any, session: Any, path: str, code: str):
        assert look(client, "operator.berau", f"{path}?wilayah={code}").status_code == 404

    def test_an_appointment_for_another_area_of_work_does_not_reach_it(
        self, client: Any, session: Any, path: str
    ):
        assert look(client, "logistik.berau", path).status_code == 404

    def test_who_reads_no_register_is_refused(self, client: Any, session: Any, path: str):
        assert look(client, "admin.berau", path).status_code == 403

    def test_an_empty_one_says_how_it_fills(self, client: Any, session: Any, path: str):
        assert look(client, "penyelia.berau", path).status_code == 200

    def test_only_who_records_is_offered_to(self, client: Any, session: Any, path: str):
        assert "btn-primary" in look(client, "operator.berau", path).text
        assert "btn-primary" not in look(client, "penyelia.berau", path).text


def test_a_follow_up_is_recorded_from_its_meeting_and_shows_there(client: Any, province: Person):
    of = meeting(province)
    page = look(client, "operator.kaltim", f"/register/rapat/{of.id}").text
    assert f"/register/tindak-lanjut/baru?meeting_id={of.id}" in page
    assert f"/rapat/{of.id}/kehadiran" in page
    sent = {
        "di": cast.BERAU,
        "meeting_id": of.id,
        "yang_harus_dikerjakan": "Kirim laporan harian",
        "penanggung_jawab": "Kepala Kesbangpol",
    }
    answer = client.post("/register/tindak-lanjut/baru", data=sent)
    assert answer.status_code == 303
    assert "Kirim laporan harian" in client.get(f"/register/rapat/{of.id}").text
    own = cast.signed_in(client, "operator.berau").get(answer.location)
    assert own.status_code == 200
    assert f"/register/rapat/{of.id}" not in own.text
