"""/situasi: one look at a region, its wall, its thresholds."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from html import unescape
from typing import Any

import pytest

from app.domain import audit, checklists, clock, regions, situation, stages
from app.domain.checklists.models import DayCount
from app.extensions import db
from app.web import maps
from tests import cast
from tests.counting import statements
from tests.domain.identity_cards.enrolments import counted
from tests.domain.logistics.sayings import arrived
from tests.pages import words, words_of


@pytest.mark.template("demo")
class TestPage:
    def test_the_province_reads_map_readiness_figures_and_who_is_silent(self, client: Any, session: Any):
        page = words(cast.signed_in(client, "penyelia.kaltim").get("/situasi"))
        assert "Situasi Provinsi Kalimantan Timur" in page
        assert "H-2 · Masa Tenang" in page
        assert "Peta Provinsi Kalimantan Timur" in page
        assert "3 kasus" in page
        assert "1 PNS, 1 PPPK, 1 kepala kampung" in page or "1 kepala kampung, 1 PNS, 1 PPPK" in page
        assert re.search(r"\d+ dari 10 wilayah sudah melapor", page)
        assert "Penyelia, Kabupaten Berau memverifikasi" in page

    def test_the_map_is_coloured_by_the_chosen_measure(self, client: Any, session: Any):
        visitor = cast.signed_in(client, "penyelia.kaltim")
        log = visitor.get("/situasi?ukuran=LOG").text
        assert "Peta Provinsi Kalimantan Timur: logistik" in log
        assert visitor.get("/situasi?ukuran=LAIN").status_code == 200

    @pytest.mark.parametrize("code", ["64.03", "64.03.03"])
    def test_below_the_kabupaten_the_table_follows_the_chosen_measure_too(
        self, client: Any, session: Any, code: str
    ):
        visitor = cast.signed_in(client, "operator.berau")
        whole, part = (visitor.get(f"/situasi?wilayah={code}{more}").text for more in ("", "&ukuran=LOG"))
        told = [re.findall(r'data-label="Selesai">([^<]+)<', page) for page in (whole, part)]
        assert told[0] != told[1], "of all areas of work, and of logistics alone"
        assert len(told[0]) == len(told[1])
        assert "Kemajuan tiap wilayah, logistik" in part
        assert '<option value="LOG" selected>' in part

    @pytest.mark.parametrize("code", ["64.03", "64.03.03"])
    def test_it_drills_down_and_ends_at_the_persons_reach(self, client: Any, session: Any, code: str):
        assert cast.signed_in(client, "operator.berau").get(f"/situasi?wilayah={code}").status_code == 200
        assert client.get("/situasi?wilayah=64").status_code == 404
        assert client.get(f"/situasi?wilayah={cast.PASER}").status_code == 404

    def test_from_the_province_down_to_each_tps_by_links(self, client: Any, session: Any):
        visitor = cast.signed_in(client, "penyelia.kaltim")
        page = visitor.get("/situasi").text
        for code in ("64.03", "64.03.04", "64.03.04.2001"):
            assert f'href="/situasi?wilayah={code}"' in page
            page = visitor.get(f"/situasi?wilayah={code}").text
        assert 'href="/logistik/kisi?wilayah=64.03.04.2001&amp;tingkat=tps"' in page
        assert visitor.get("/logistik/kisi?wilayah=64.03.04.2001&tingkat=tps").status_code == 200

    def test_an_admin_sees_progress_and_no_register(self, client: Any, session: Any):
        page = words(cast.signed_in(client, "admin.kaltim").get("/situasi"))
        assert "Kesiapan tiap bidang tugas" in page
        assert "Angka dari register" not in page
        assert "Atur ambangnya" in page

    @pytest.mark.parametrize(
        "path", ["/situasi", "/situasi?ukuran=LOG", "/situasi?wilayah=64.03", "/situasi/layar"]
    )
    def test_it_asks_a_bounded_number_of_statements(self, client: Any, session: Any, path: str):
        visitor = cast.signed_in(client, "penyelia.kaltim")
        with statements() as asked:
            assert visitor.get(path).status_code == 200
        assert len(asked) <= 66, "a few for each room"
        with statements() as again:
            assert visitor.get(path).status_code == 200
        assert len(again) <= 20, "what the rooms told is remembered until somebody does something"


class TestBurnDowns:
    """What is left of e-KTP enrolment and of the kecamatan without logistics, with its table."""

    def test_each_has_its_picture_and_its_table(self, client: Any, session: Any):
        operator = cast.person("operator.berau")
        for number in (22, 23):
            counted(operator, number, unenrolled=1_000 - 100 * (number - 22))
            arrived(f"64.03.{number - 20:02d}", operator, arrived_on=dt.date(2024, 11, number))
        db.session.commit()
        page = cast.signed_in(client, "operator.berau").get("/situasi").text
        assert 'id="laju-ktp"' in page
        assert 'id="laju-logistik"' in page
        assert "11 dari 13 kecamatan belum menerima." in words_of(page)
        assert "22 Nov 2024 12 -1" in words_of(page)
        assert "Belum rekam 1.000 pada 22 Nov 2024, 900 pada 23 Nov 2024." in words_of(page)

    def test_who_reads_no_register_there_sees_none(self, client: Any, session: Any):
        arrived("64.03.02", cast.person("operator.berau"), arrived_on=dt.date(2024, 11, 22))
        db.session.commit()
        assert 'id="laju-' in cast.signed_in(client, "penyelia.kaltim").get("/situasi").text
        assert 'id="laju-' not in cast.signed_in(client, "admin.kaltim").get("/situasi").text


class TestMapOfAKabupaten:
    """The kecamatan of a kabupaten/kota: outlines or tiles, links all of them, with a shape beside the colour."""

    @pytest.mark.parametrize("kind", ["outline", "tiles"])
    def test_each_kecamatan_is_a_link_with_its_percent_and_its_shape(
        self, client: Any, session: Any, monkeypatch: pytest.MonkeyPatch, kind: str
    ):
        if kind == "tiles":
            monkeypatch.setattr(maps, "_atlas", lambda: ())
        page = cast.signed_in(client, "operator.berau").get("/situasi").text
        drawn = page[page.index('<svg class="map') : page.index("<figcaption")]
        title = "Peta" if kind == "outline" else "Kotak"
        assert f"{title} Kabupaten Berau: semua bidang</title>" in drawn
        codes = re.findall(r'<a href="/situasi\?wilayah=([\d.]+)" aria-label="[^"]+: [\d,]+ %"', drawn)
        assert codes == [row.code for row in regions.children_of(cast.BERAU)]
        assert len(re.findall(r"<text[^>]*>[^<]*[○◐●][^<]*</text>", drawn)) == len(codes)
        for code in codes:
            assert f'<th scope="row"><a href="/situasi?wilayah={code}">' in page
        assert client.get(f"/situasi?wilayah={codes[0]}").status_code == 200

    @pytest.mark.parametrize("code", ["64", "64.02", "64.03"])
    def test_the_page_stays_small(self, client: Any, session: Any, code: str):
        page = cast.signed_in(client, "penyelia.kaltim").get(f"/situasi?wilayah={code}")
        assert len(gzip.compress(page.data)) < 50_000

    def test_the_wall_of_a_kabupaten_shows_it_too(self, client: Any, session: Any):
        page = cast.signed_in(client, "operator.berau").get("/situasi/layar").text
        assert "Peta Kabupaten Berau: semua bidang" in page


class TestPaceOfTheChecklists:
    """What is left of all that is due by voting day, day by day."""

    @pytest.fixture
    def kept(self, session: Any) -> None:
        left = {22: 400, 23: 380, 25: 340}
        for day, number in left.items():
            row = {"remaining": number, "expected": 500, "counted_at": clock.now()}
            day_of = {"day": dt.date(2024, 11, day), "region_code": cast.BERAU}
            db.session.add(DayCount(election_id=stages.current_election().id, **day_of, **row))
        db.session.commit()

    @pytest.mark.parametrize("who", ["operator.berau", "admin.berau"])
    def test_it_has_its_picture_its_sentence_and_its_table(self, client: Any, kept: None, who: str):
        page = cast.signed_in(client, who).get("/situasi").text
        assert 'id="isian-laju"' in page
        told = words_of(page)
        assert "340 dari 500 isian sampai hari pemungutan suara belum selesai." in told
        assert "Dengan laju ini selesai pada 12 Des 2024, sesudah hari pemungutan suara." in told
        assert "perlu 340 isian sehari. Keadaan 25 Nov 2024 09.00 WITA." in told
        assert "25 Nov 2024 340 -40" in told

    def test_it_is_of_the_region_that_is_asked_for(self, client: Any, kept: None):
        visitor = cast.signed_in(client, "penyelia.kaltim")
        assert 'id="isian-laju"' in visitor.get("/situasi").text
        assert 'id="isian-laju"' not in visitor.get(f"/situasi?wilayah={cast.PASER}").text
        assert 'id="isian-laju"' not in visitor.get("/situasi?wilayah=64.03.04").text

    def test_one_day_alone_tells_nothing(self, client: Any, session: Any):
        checklists.keep_days(stages.current_election())
        db.session.commit()
        assert "isian-laju" not in cast.signed_in(client, "operator.berau").get("/situasi").text


class TestEmpty:
    def test_nothing_begun_is_said_calmly(self, client: Any, session: Any):
        page = words(cast.signed_in(client, "operator.berau").get("/situasi"))
        assert "Tidak ada isian yang terkendala." in page


class TestWall:
    def test_it_is_told_to_draw_itself_anew_only_when_something_was_done(self, client: Any, session: Any):
        visitor = cast.signed_in(client, "penyelia.kaltim")
        page = visitor.get("/situasi/layar").text
        asked = re.search(r'hx-get="(/situasi/denyut[^"]+)"', page)
        assert asked
        address = unescape(asked[1])
        assert "HX-Refresh" not in visitor.get(address).headers
        situation.set_limit("64", "LOG", watch=50, ready=80, by=cast.person("admin.kaltim"), version=0)
        db.session.commit()
        answer = visitor.get(address)
        assert (answer.status_code, answer.headers["HX-Refresh"]) == (204, "true")

    def test_it_is_told_when_time_alone_has_made_it_old(self, client: Any, session: Any):
        visitor = cast.signed_in(client, "penyelia.kaltim")
        asked = re.search(r'hx-get="(/situasi/denyut[^"]+)"', visitor.get("/situasi/layar").text)
        assert asked
        clock.set_frozen(clock.now() + dt.timedelta(minutes=5))
        assert visitor.get(unescape(asked[1])).headers["HX-Refresh"] == "true"

    def test_nobody_learns_from_it_that_something_was_done_elsewhere(self, client: Any, session: Any):
        visitor = cast.signed_in(client, "penyelia.berau")
        before = visitor.get("/situasi/layar").text
        situation.set_limit("64.01", "LOG", watch=50, ready=80, by=cast.person("admin.paser"), version=0)
        db.session.commit()
        assert visitor.get("/situasi/layar").text == before

    def test_its_pulse_is_of_a_region_in_reach(self, client: Any, session: Any):
        answer = cast.signed_in(client, "penyelia.berau").get("/situasi/denyut?wilayah=64.01&sejak=1")
        assert answer.status_code == 404

    def test_without_javascript_it_offers_to_be_drawn_anew(self, client: Any, session: Any):
        page = cast.signed_in(client, "penyelia.kaltim").get("/situasi/layar").text
        assert re.search(r'<noscript><a href="/situasi/layar\?[^"]+">Muat ulang</a></noscript>', page)


TYPED = {"wilayah": "64", "hampir": "50", "siap": "80", "versi": "0"}


class TestThresholds:
    def test_they_are_set_and_told(self, client: Any, session: Any):
        keeper = cast.signed_in(client, "admin.kaltim")
        assert "Bawaan aplikasi." in words(keeper.get("/situasi/ambang"))
        answer = keeper.post("/situasi/ambang/LOG", data=TYPED)
        assert (answer.status_code, answer.location) == (303, "/situasi/ambang?wilayah=64")
        assert "Diatur" in words(keeper.get(answer.location))
        assert audit.history_of(situation.SUBJECT, "LOG")

    @pytest.mark.parametrize(
        "wrong, status, sentence",
        [
            ({"hampir": ""}, 422, "Tuliskan persennya."),
            ({"siap": "120"}, 422, "Isi 1 sampai 100 persen."),
            ({"hampir": "90"}, 422, "tidak boleh di atas ambang"),
            ({"versi": "7"}, 409, "baru saja diubah orang lain"),
        ],
    )
    def test_what_cannot_be_is_explained(
        self, client: Any, session: Any, wrong: dict[str, str], status: int, sentence: str
    ):
        keeper = cast.signed_in(client, "admin.kaltim")
        answer = keeper.post("/situasi/ambang/LOG", data=TYPED | wrong)
        assert (answer.status_code, sentence in words(answer)) == (status, True)
        assert situation.limits_of("64")["LOG"].version == 0

    def test_other_regions_and_other_areas_do_not_exist(self, client: Any, session: Any):
        keeper = cast.signed_in(client, "admin.berau")
        assert keeper.post("/situasi/ambang/LOG", data=TYPED).status_code == 404
        assert keeper.post("/situasi/ambang/XXX", data=TYPED | {"wilayah": "64.03"}).status_code == 404
        assert cast.signed_in(client, "operator.berau").get("/situasi/ambang").status_code == 403
