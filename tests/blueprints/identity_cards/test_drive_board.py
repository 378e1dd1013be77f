"""/ktp-el: who sees what, how the figures are told, and in how many statements."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from app.domain.accounts import Role
from app.domain.identity_cards import Point, burn
from app.extensions import db
from app.web.curve import curve
from tests import cast
from tests.counting import statements
from tests.domain.identity_cards.enrolments import certified, counted, served
from tests.pages import words

VOTING_DAY = dt.date(2024, 11, 27)


@pytest.fixture
def drive(session: Any) -> None:
    """Berau's figures of two days, a visit and certificates."""
    by = cast.person("operator.berau")
    counted(by, 14, obliged=1_000, enrolled=800, turning=60, turning_enrolled=10)
    counted(by, 24, obliged=1_000, enrolled=900, printed=850, turning=60, turning_enrolled=40, on_the_day=2)
    served(by)
    certified(by, 24, 12)
    db.session.commit()


@pytest.mark.usefixtures("drive")
class TestWhatIsShown:
    def test_the_newest_figures_the_pace_and_its_end(self, client: Any):
        text = words(cast.signed_in(client, "operator.berau").get("/ktp-el"))
        assert "900 dari 1.000 sudah rekam" in text
        assert "850 dari 900 dari yang direkam sudah dicetak" in text
        assert "Belum rekam 200 pada 14 Nov 2024, 100 pada 24 Nov 2024. Rata-rata 10 orang sehari" in text
        assert "selesai pada 4 Des 2024, 7 hari sesudah hari pemungutan suara" in text
        assert "perlu 50 orang sehari" in text
        assert "Surat keterangan 12" in text
        assert "1 dari 13 kecamatan sudah dilayani" in text
        assert "Belum dilayani: 12 kecamatan" in text
        assert "Sambaliung" not in text.split("Belum dilayani")[1]

    def test_the_curve_has_a_title_and_its_table(self, client: Any):
        page = cast.signed_in(client, "operator.berau").get("/ktp-el").text
        assert 'aria-labelledby="curve-t curve-d"' in page
        assert re.search(r"<caption[^>]*>Belum rekam setiap hari", page)

    def test_a_province_adds_up_and_says_of_how_many(self, client: Any):
        text = words(cast.signed_in(client, "pimpinan.kaltim").get("/ktp-el"))
        assert "Ada angkanya 1 dari 10 kabupaten/kota" in text
        assert "900 (90,0 %)" in text
        assert "Dihitung dari 1 dari 10 kabupaten/kota" in text
        assert "1 dari 105 kecamatan sudah dilayani" in text
        assert "Catat angka perekaman" not in text

    def test_a_kecamatan_has_a_page_too(self, client: Any):
        text = words(cast.signed_in(client, "operator.berau").get(f"/ktp-el?wilayah={cast.SAMBALIUNG}"))
        assert "Belum ada angka perekaman" in text
        assert "1 dari 1 kecamatan sudah dilayani" in text

    def test_who_records_there_is_offered_the_form(self, client: Any):
        page = cast.signed_in(client, "operator.berau").get("/ktp-el").text
        assert "/register/perekaman-ktp-el/baru?di=64.03" in page
        assert "/baru?di=" not in cast.signed_in(client, "pimpinan.berau").get("/ktp-el").text

    def test_few_statements_for_a_whole_province(self, client: Any):
        cast.signed_in(client, "pimpinan.kaltim")
        client.get("/ktp-el")
        with statements() as asked:
            client.get("/ktp-el")
        assert len(asked) <= 16


def test_without_records_it_says_how_they_come(client: Any, session: Any):
    text = words(cast.signed_in(client, "operator.paser").get("/ktp-el"))
    assert "Belum ada angka perekaman" in text
    assert "0 dari 10 kecamatan sudah dilayani" in text


def test_many_days_are_drawn_and_the_newest_told(client: Any, session: Any):
    by = cast.person("operator.berau")
    for n in range(45):
        day = dt.date(2024, 10, 10) + dt.timedelta(days=n)
        counted(by, 1, counted_on=day, unenrolled=100 - n)
    db.session.commit()
    page = cast.signed_in(client, "operator.berau").get("/ktp-el")
    assert page.text.count('%" cy=') == 2
    assert "Hanya 31 hari terbaru." in words(page)


def test_one_day_asks_for_another(client: Any, session: Any):
    counted(cast.person("operator.berau"), 24, unenrolled=100)
    db.session.commit()
    page = cast.signed_in(client, "operator.berau").get("/ktp-el")
    assert "Laju terlihat setelah ada angka hari lain" in words(page)
    assert 'id="curve"' not in page.text


@pytest.mark.parametrize("region", [cast.PASER, "64", "64.99", "x", "64.03.99"])
def test_other_regions_do_not_exist(client: Any, session: Any, region: str):
    assert cast.signed_in(client, "operator.berau").get(f"/ktp-el?wilayah={region}").status_code == 404


@pytest.mark.parametrize("who", ["admin.kaltim", "pengamat.kpu-berau"])
def test_who_reads_no_register_is_refused(client: Any, session: Any, who: str):
    assert cast.signed_in(client, who).get("/ktp-el").status_code == 403


def test_who_works_on_another_area_finds_nothing(client: Any, session: Any):
    assert cast.signed_in(client, "logistik.berau").get("/ktp-el").status_code == 404


def test_it_takes_no_deed(client: Any, session: Any):
    assert cast.signed_in(client, "operator.berau").post("/ktp-el").status_code == 405


def test_somebody_of_two_desks_sees_the_one_that_has_the_area(client: Any, session: Any):
    since = dt.date(2024, 11, 1)
    cast.add_person(
        "dua.bidang",
        (Role.OPERATOR, cast.BERAU, {"starts_on": since, "areas": ("LOG",)}),
        (Role.OPERATOR, cast.PASER, {"starts_on": since, "areas": ("KTP",)}),
    )
    db.session.commit()
    assert "Kabupaten Paser" in words(cast.signed_in(client, "dua.bidang").get("/ktp-el"))


class TestThePicture:
    def drawn(self, *said: tuple[int, int]) -> Any:
        found = burn([Point(dt.date(2024, 11, day), left) for day, left in said], VOTING_DAY)
        assert found is not None
        return curve(found)

    def test_one_day_is_no_picture(self):
        assert self.drawn((24, 10)) is None

    def test_it_begins_high_and_ends_where_none_is_left(self):
        picture = self.drawn((7, 100), (17, 50))
        assert (picture.spots[0].x, picture.spots[0].y) == (0, 28)
        assert picture.voting == 100
        assert (picture.ahead[1].x, picture.ahead[1].y) == (100, 228)

    def test_an_end_far_behind_voting_day_leaves_the_picture(self):
        picture = self.drawn((1, 1_000), (21, 990))
        assert picture.ahead[1].x == 100
        assert picture.ahead[1].y < 60
        assert 40 < picture.voting < 60

    def test_of_many_days_only_the_ends_are_marked(self):
        many = [Point(dt.date(2024, 10, 1) + dt.timedelta(days=n), 100 - n) for n in range(50)]
        picture = curve(burn(many, VOTING_DAY))
        assert len(picture.spots) == 50
        assert picture.marked == (picture.spots[0], picture.spots[-1])

    def test_what_grows_has_nothing_ahead(self):
        assert self.drawn((7, 100), (17, 150)).ahead is None

    def test_figures_after_voting_day_are_drawn(self):
        picture = self.drawn((20, 10), (29, 5))
        assert 0 < picture.voting < 100

    def test_nobody_left_from_the_beginning_divides_by_nothing(self):
        assert self.drawn((7, 0), (17, 0)).spots[0].y == 228
