"""/angka-acuan and /wilayah/<code>/angka: read, recorded after a look at what it moves, chosen between sources."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest

from app.domain import figures, regions
from app.domain.regions import Figure, FigureChoice, FigureKind
from app.extensions import db
from tests import cast
from tests.counting import statements

TPS = FigureKind.POLLING_STATIONS
PATH = f"/wilayah/{cast.BERAU}/angka/tps_total"
SAID = {
    "diketahui": "ya",
    "nilai": "1 476",
    "sumber": "SK KPU Berau",
    "dokumen": "Nomor 12",
    "tanggal": "25/11/2024",
    "catatan": "pleno",
}


@pytest.fixture
def keeper(client: Any, session: Any) -> Any:
    """Who keeps Berau's figures, at a browser."""
    return cast.signed_in(client, "admin.berau")


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def version() -> int:
    return regions.figure_version(cast.BERAU, TPS)


def count() -> int:
    db.session.rollback()
    return int(db.session.scalar(db.select(db.func.count()).select_from(Figure)) or 0)


def another(source: str = "Polres Berau", value: int = 480) -> Figure:
    made = cast.figure(cast.BERAU, TPS, Decimal(value), by="x", source=source)
    db.session.commit()
    return made


class TestReading:
    def test_every_figure_stands_with_its_source_and_the_unknown_is_no_zero(self, keeper: Any):
        page = plain(keeper.get(f"/wilayah/{cast.BERAU}/angka").text)
        assert re.search(r"TPS TPS 475 Paparan Sekda Berau", page)
        assert re.search(r"Surat suara per jenis Pemilihan lembar belum diketahui", page)
        assert "Catat Surat suara" in page

    def test_whoever_reads_the_region_reads_but_records_nothing(self, client: Any, session: Any):
        page = cast.signed_in(client, "operator.berau").get(f"/wilayah/{cast.BERAU}/angka").text
        assert "Paparan Sekda" in page
        assert "/baru" not in page
        assert "/baru" not in client.get(PATH).text

    def test_sources_that_differ_are_marked_everywhere(self, keeper: Any):
        another()
        assert "Berbeda: 475 menurut Paparan Sekda Berau" in plain(
            keeper.get(f"/wilayah/{cast.BERAU}/angka").text
        )
        assert "Sumber lain menyebut angka berbeda" in keeper.get(f"/wilayah/{cast.BERAU}").text
        page = plain(keeper.get(PATH).text)
        assert "Sumber menyebut angka yang berbeda" in page
        assert re.search(r"Jumlah seluruhnya pada \d+ isian terbuka ikut berubah\.", page)
        assert re.search(r"Kabupaten Berau \d+ \d+ 1 ", plain(keeper.get("/angka-acuan").text))

    def test_the_list_has_the_regions_that_one_keeps(self, client: Any, session: Any):
        page = cast.signed_in(client, "admin.kaltim").get("/angka-acuan").text
        assert "/wilayah/64/angka" in page
        assert "/wilayah/64.01/angka" in page
        own = cast.signed_in(client, "admin.berau").get("/angka-acuan").text
        assert f"/wilayah/{cast.SAMBALIUNG}/angka" in own
        assert "/wilayah/64.01/angka" not in own
        assert client.get("/angka-acuan").status_code == 200
        assert cast.signed_in(client, "operator.berau").get("/angka-acuan").status_code == 403

    def test_the_list_goes_down_to_the_regions_below_one(self, keeper: Any):
        page = keeper.get(f"/angka-acuan?wilayah={cast.SAMBALIUNG}").text
        assert f"/wilayah/{cast.SAMBALIUNG}.2001/angka" in page
        assert cast.TELUK_BAYUR not in page
        assert keeper.get(f"/angka-acuan?wilayah={cast.PASER}").status_code == 404
        assert f"/angka-acuan?wilayah={cast.BERAU}" in keeper.get(f"/wilayah/{cast.BERAU}/angka").text

    @pytest.mark.parametrize(
        "who, path", [("admin.kaltim", "/angka-acuan"), ("admin.berau", PATH[: -len("/tps_total")])]
    )
    def test_a_list_asks_little_however_many_regions(self, client: Any, session: Any, who: str, path: str):
        cast.signed_in(client, who).get(path)
        with statements() as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= 9, "\n".join(asked)


class TestRecording:
    def test_it_shows_what_moves_before_anything_is_saved(self, keeper: Any):
        before = count()
        answer = keeper.post(f"{PATH}/periksa", data=SAID | {"nilai": "476"})
        page = plain(answer.text)
        assert answer.status_code == 200
        assert count() == before
        assert "belum diisi dari 475 belum diisi dari 476" in page
        assert "475 menurut Paparan Sekda Berau" in page
        assert "Keduanya disimpan berdampingan" in page
        assert hidden(answer.text, "tanggal") == "2024-11-25"

    def test_it_is_saved_with_everything_that_was_said(self, keeper: Any):
        seen = keeper.post(f"{PATH}/periksa", data=SAID).text
        sent = {name: hidden(seen, name) for name in (*SAID, "versi", "kunci")}
        answer = keeper.post(f"{PATH}/catat", data=sent)
        assert (answer.status_code, answer.location) == (303, PATH)
        made = regions.current_figures([cast.BERAU])[cast.BERAU, TPS]
        assert (made.value, made.source, made.document, made.note) == (
            1476,
            "SK KPU Berau",
            "Nomor 12",
            "pleno",
        )
        assert str(made.dated_on) == "2024-11-25"
        assert made.recorded_by == "Admin Berau (demo)"
        assert "1.476" in keeper.get(PATH).text
        total = count()
        assert keeper.post(f"{PATH}/catat", data=sent).status_code == 303
        assert count() == total, "the same sending again records nothing"

    def test_belum_diketahui_is_a_choice_and_is_kept_as_unknown(self, keeper: Any):
        sent = SAID | {"diketahui": "belum", "nilai": "", "versi": version()}
        assert "belum diketahui" in keeper.post(f"{PATH}/periksa", data=sent).text
        assert keeper.post(f"{PATH}/catat", data=sent).status_code == 303
        assert regions.current_figures([cast.BERAU])[cast.BERAU, TPS].value is None

    @pytest.mark.parametrize("deed", ["periksa", "catat"])
    @pytest.mark.parametrize(
        "wrong, sentence",
        [
            ({"diketahui": ""}, "Pilih salah satu dari daftar."),
            ({"nilai": ""}, "Kotak kosong tidak dianggap nol."),
            ({"diketahui": "belum"}, "Anda memilih belum diketahui."),
            ({"nilai": "empat"}, "bukan angka"),
            ({"nilai": "-4"}, "tidak boleh negatif"),
            ({"nilai": "45,67"}, "TPS harus bilangan bulat."),
            ({"sumber": " "}, "Tuliskan sumbernya."),
            ({"tanggal": "kemarin"}, "Tanggal tidak dikenal."),
            ({"catatan": "x" * 301}, "Paling banyak 300 tanda."),
        ],
    )
    def test_what_is_badly_said_is_explained_and_kept(
        self, keeper: Any, deed: str, wrong: dict[str, str], sentence: str
    ):
        before = count()
        answer = keeper.post(f"{PATH}/{deed}", data=SAID | wrong | {"versi": version()})
        assert answer.status_code == 422
        assert answer.text.count(sentence) >= 2, "on top and at its field"
        assert "Nomor 12" in answer.text
        assert count() == before

    @pytest.mark.parametrize("deed", ["periksa", "catat"])
    def test_a_document_of_a_day_to_come_is_refused_at_its_field(self, keeper: Any, deed: str):
        answer = keeper.post(f"{PATH}/{deed}", data=SAID | {"tanggal": "2025-01-01", "versi": version()})
        assert answer.status_code == 422
        assert answer.text.count("Tanggal dokumen belum tiba") >= 2, "on top and at its field"

    def test_an_older_document_is_said_to_change_nothing_and_changes_nothing(self, keeper: Any):
        sent = SAID | {"nilai": "476", "tanggal": "20/09/2024", "versi": version()}
        page = plain(keeper.post(f"{PATH}/periksa", data=sent).text)
        assert "Dokumennya lebih lama: angka baru belum dipakai" in page
        assert "berdasarkan dokumen tanggal 25 Nov 2024" in page
        assert "Yang berlaku sesudahnya 475" in page
        assert "Tidak ada isian terbuka yang jumlah seluruhnya berubah." in page
        assert keeper.post(f"{PATH}/catat", data=sent).status_code == 303
        assert regions.current_figures([cast.BERAU])[cast.BERAU, TPS].value == 475
        page = plain(keeper.get(PATH).text)
        assert "Yang dipakai sekarang: 475, karena dokumennya paling baru." in page
        assert re.search(r"476 SK KPU Berau .* 475 berlaku Paparan Sekda", page)

    def test_an_older_document_may_be_chosen(self, keeper: Any):
        keeper.post(
            f"{PATH}/catat",
            data=SAID | {"nilai": "476", "tanggal": "20/09/2024", "versi": version()},
        )
        number = regions.figure_history(cast.BERAU, TPS)[0].id
        chosen = {"sumber": str(number), "alasan": "Angka pleno.", "versi": version()}
        assert keeper.post(f"{PATH}/pilih", data=chosen).status_code == 303
        assert regions.current_figures([cast.BERAU])[cast.BERAU, TPS].value == 476

    def test_one_may_go_back_and_change_what_was_typed(self, keeper: Any):
        page = keeper.post(f"{PATH}/periksa", data=SAID | {"ubah": "1"}).text
        assert 'value="1 476"' in page
        assert "Lihat akibatnya" in page

    def test_who_was_overtaken_sees_the_consequences_anew(self, keeper: Any):
        seen = version()
        another()
        before = count()
        answer = keeper.post(f"{PATH}/catat", data=SAID | {"versi": seen})
        assert answer.status_code == 409
        assert "baru saja diubah orang lain" in answer.text
        assert "480" in plain(answer.text)
        assert int(hidden(answer.text, "versi")) == version()
        assert count() == before

    def test_the_form_is_for_who_keeps_that_region(self, client: Any, session: Any):
        for who, code, status in (
            ("admin.berau", "64.03.03", 200),
            ("admin.berau", cast.PASER, 404),
            ("admin.paser", cast.BERAU, 404),
            ("operator.berau", cast.BERAU, 403),
        ):
            visitor = cast.signed_in(client, who)
            assert visitor.get(f"/wilayah/{code}/angka/tps_total/baru").status_code == status, who
            for deed in ("periksa", "catat", "pilih"):
                answer = visitor.post(f"/wilayah/{code}/angka/tps_total/{deed}", data={})
                assert answer.status_code == (422 if status == 200 else status), (who, deed)

    def test_an_admin_who_only_reads_a_region_records_nothing_there(self, client: Any, session: Any):
        day = {"starts_on": dt.date(2024, 11, 1)}
        cast.add_person(
            "dua.peran", (cast.Role.ADMIN, cast.PASER, day), (cast.Role.OPERATOR, cast.BERAU, day)
        )
        session.commit()
        visitor = cast.signed_in(client, "dua.peran")
        assert visitor.get(PATH).status_code == 200
        assert visitor.get(f"{PATH}/baru").status_code == 403
        assert visitor.post(f"{PATH}/periksa", data=SAID).status_code == 403
        assert visitor.post(f"{PATH}/catat", data=SAID | {"versi": version()}).status_code == 403

    def test_an_unknown_figure_is_not_found(self, keeper: Any):
        assert keeper.get(f"/wilayah/{cast.BERAU}/angka/entah").status_code == 404
        assert keeper.get(f"/wilayah/{cast.BERAU}/angka/entah/baru").status_code == 404

    @pytest.mark.parametrize("deed", ["periksa", "catat", "pilih"])
    def test_a_deed_refuses_a_get(self, keeper: Any, deed: str):
        assert keeper.get(f"{PATH}/{deed}").status_code == 405

    def test_hostile_words_stay_words(self, keeper: Any):
        hostile = '"><script>alert(1)</script>'
        sent = SAID | {"sumber": hostile, "dokumen": hostile, "catatan": hostile, "nilai": "476"}
        assert "<script>alert" not in keeper.post(f"{PATH}/periksa", data=sent).text
        keeper.post(f"{PATH}/catat", data=sent | {"versi": version()})
        for path in (PATH, f"{PATH}/baru", f"/wilayah/{cast.BERAU}/angka"):
            assert "<script>alert" not in keeper.get(path).text


class TestChoosing:
    def test_the_chosen_source_counts_and_the_reason_can_be_read(self, keeper: Any):
        ours = regions.current_figures([cast.BERAU])[cast.BERAU, TPS]
        another()
        sent = {"sumber": ours.id, "alasan": "Angka pleno KPU", "versi": version(), "kunci": "satu"}
        answer = keeper.post(f"{PATH}/pilih", data=sent)
        assert (answer.status_code, answer.location) == (303, PATH)
        page = plain(keeper.get(PATH).text)
        assert "Angka pleno KPU" in page
        assert "Sumber menyebut angka yang berbeda" not in page
        assert regions.current_figures([cast.BERAU])[cast.BERAU, TPS].value == 475
        assert keeper.post(f"{PATH}/pilih", data=sent).status_code == 303
        assert db.session.query(FigureChoice).count() == 1, "the same sending again chooses nothing"
        assert "Tidak dipakai: 480" in plain(keeper.get(f"/wilayah/{cast.BERAU}/angka").text)

    def test_it_asks_for_a_reason_and_a_source_of_this_figure(self, keeper: Any):
        made = another()
        other = cast.figure(cast.BERAU, FigureKind.VOTERS, 5, by="x", source="y")
        db.session.commit()
        for wrong in ({"alasan": ""}, {"sumber": other.id}, {"sumber": ""}, {"sumber": "x"}):
            sent = {"sumber": made.id, "alasan": "resmi", "versi": version()} | wrong
            assert keeper.post(f"{PATH}/pilih", data=sent).status_code == 422, wrong
        assert db.session.query(FigureChoice).count() == 0

    def test_a_choice_between_what_is_no_longer_all_comes_too_late(self, keeper: Any):
        made = another()
        sent = {"sumber": made.id, "alasan": "resmi", "versi": version()}
        another("Dinas", 490)
        answer = keeper.post(f"{PATH}/pilih", data=sent)
        assert answer.status_code == 409
        assert "baru saja diubah" in answer.text
        assert "490" in answer.text

    def test_a_figure_with_one_source_offers_no_choice(self, keeper: Any):
        assert "Pilih sumber yang dipakai" not in keeper.get(PATH).text

    def test_whoever_only_reads_is_offered_no_choice(self, client: Any, session: Any):
        another()
        page = cast.signed_in(client, "operator.berau").get(PATH).text
        assert "Menurut tiap sumber" in page
        assert "Pakai sumber ini" not in page


def test_the_trail_tells_a_figure_in_words(keeper: Any):
    said = figures.Statement(cast.BERAU, TPS, Decimal(1588), "SK KPU")
    figures.record(said, by=cast.person("admin.berau"))
    db.session.commit()
    page = plain(keeper.get("/jejak?tindakan=dasar").text)
    assert "mencatat angka acuan" in page
    assert "1.588" in page
