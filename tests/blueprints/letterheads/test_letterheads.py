"""/kop-surat: drafted, looked at on the real paper, put in force, let go; its numbers reach the reports."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import pytest
from PIL import Image

from app.domain import audit, jobs, letterheads
from app.domain.evidence import emblem as emblem_module
from app.domain.jobs import Job
from app.domain.letterheads import Letterhead
from app.extensions import db
from app.jobs.worker import Worker
from tests import cast
from tests.counting import statements
from tests.desk import htmx_headers
from tests.jobs.stand_ins import PressHere, PressThat

PATH = f"/kop-surat/{cast.BERAU}"
TYPED = {
    "baris_1": "PEMERINTAH KABUPATEN BERAU",
    "ukuran_1": "sedang",
    "baris_2": "DESK PILKADA",
    "ukuran_2": "besar",
    "tebal_2": "y",
    "alamat": "Jalan Contoh 1\r\nTanjung Redeb",
    "pola": "{nomor:3}/{bulan_romawi}/DESK/{tahun}",
    "sifat": "Segera",
    "lampiran": "1 (satu) berkas",
    "hal": "Laporan harian",
    "tembusan": "Bupati Berau\r\nArsip",
    "kertas": "A4",
}
WANTED = {"wilayah": cast.BERAU, "bentuk": "ringkas", "format": "pdf", "kertas": "F4"}


@pytest.fixture
def keeper(client: Any, session: Any) -> Any:
    """Who keeps Berau's letterhead, at a browser."""
    return cast.signed_in(client, "admin.berau")


def words(answer: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", answer.text))


def emblem(form: str = "PNG") -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (90, 120), "navy").save(out, form)
    out.seek(0)
    return out


def count(table: Any = Letterhead) -> int:
    db.session.rollback()
    return int(db.session.scalar(db.select(db.func.count()).select_from(table)) or 0)


def save(visitor: Any, **more: Any) -> Any:
    draft = letterheads.draft_of(cast.BERAU)
    db.session.rollback()
    return visitor.post(PATH, data=TYPED | {"versi": draft.version if draft else 0} | more)


def publish(visitor: Any) -> Any:
    draft = letterheads.draft_of(cast.BERAU)
    assert draft is not None
    return visitor.post(f"{PATH}/terapkan", data={"versi": draft.version})


class TestDrafting:
    def test_the_page_begins_with_what_the_desk_uses(self, keeper: Any):
        page = keeper.get(PATH).text
        assert 'value="PEMERINTAH KABUPATEN BERAU"' in page
        assert "Bawaan aplikasi" in page
        assert "Pratinjau" not in page

    def test_saving_keeps_the_draft_and_asks_for_its_preview(self, keeper: Any):
        answer = save(keeper)
        assert (answer.status_code, answer.location) == (303, f"{PATH}#pratinjau")
        draft = letterheads.draft_of(cast.BERAU)
        assert draft is not None
        assert [(line.text, line.size, line.bold) for line in draft.content.lines] == [
            ("PEMERINTAH KABUPATEN BERAU", "sedang", False),
            ("DESK PILKADA", "besar", True),
        ]
        assert draft.content.copies == ("Bupati Berau", "Arsip")
        job = jobs.shown(draft.preview_job_id)
        assert job is not None
        assert (job.kind, job.asked) == ("letterhead", {"letterhead": draft.id, "version": 1})
        page = words(keeper.get(PATH))
        assert "Pratinjau sedang dibuat" in page
        assert "Ada draf yang belum dipakai laporan" in page
        assert "001/XI/DESK/2024" in page
        assert letterheads.in_force(cast.BERAU) is None

    def test_the_same_sending_again_saves_once(self, keeper: Any):
        for _ in range(2):
            assert keeper.post(PATH, data=TYPED | {"versi": 0, "kunci": "satu"}).status_code == 303
        draft = letterheads.draft_of(cast.BERAU)
        assert draft is not None
        assert draft.version == 1
        assert count(Job) == 1

    @pytest.mark.parametrize(
        "wrong, sentence",
        [
            ({"baris_1": "", "baris_2": ""}, "Isi 2 sampai 5 baris"),
            ({"baris_1": "x" * 81}, "paling banyak 80 tanda"),
            ({"pola": "{nomor}"}, "dan {tahun}"),
            ({"pola": "{hari}/{nomor}/{tahun}"}, "{hari} tidak dikenal"),
            ({"alamat": "a\nb\nc"}, "Paling banyak 2 baris."),
            ({"tembusan": "\n".join(map(str, range(21)))}, "Paling banyak 20 baris."),
            ({"kertas": "A3"}, "Pilih salah satu dari daftar."),
            ({"ukuran_1": "raksasa"}, "daftar"),
            ({"sifat": "x" * 41}, "Paling banyak 40 tanda."),
        ],
    )
    def test_what_is_badly_said_is_explained_and_kept(
        self, keeper: Any, wrong: dict[str, str], sentence: str
    ):
        answer = keeper.post(PATH, data=TYPED | wrong)
        assert answer.status_code == 422
        assert words(answer).count(sentence) >= 2, "on top and at its field"
        assert "Laporan harian" in answer.text
        assert count() == 0

    def test_who_was_overtaken_keeps_what_was_typed(self, keeper: Any):
        save(keeper)
        answer = keeper.post(PATH, data=TYPED | {"hal": "Hal lain", "versi": 0})
        assert answer.status_code == 409
        assert "baru saja diubah orang lain" in answer.text
        assert 'value="Hal lain"' in answer.text

    def test_hostile_words_stay_words(self, keeper: Any):
        hostile = '"><script>alert(1)</script>'
        save(keeper, baris_1=hostile, hal=hostile, tembusan=hostile)
        assert "<script>alert" not in keeper.get(PATH).text


class TestLogo:
    def test_it_is_drawn_anew_shown_and_may_be_taken_off(self, keeper: Any):
        save(keeper, logo=(emblem("JPEG"), "logo.jpg"))
        answer = keeper.get(f"{PATH}/logo.png")
        assert answer.mimetype == "image/png"
        assert answer.data.startswith(b"\x89PNG")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "Lepaskan logo" in keeper.get(PATH).text
        save(keeper, lepas_logo="y")
        assert keeper.get(f"{PATH}/logo.png").status_code == 404

    @pytest.mark.parametrize(
        "content, name, sentence",
        [
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "logo.svg", "SVG"),
            (b"#!/bin/sh\necho", "logo.png", "program"),
            (bytes(20_001), "logo.png", "paling besar 2 MB"),
        ],
    )
    def test_what_is_no_picture_is_refused_at_its_field(
        self, keeper: Any, monkeypatch: pytest.MonkeyPatch, content: bytes, name: str, sentence: str
    ):
        monkeypatch.setattr(emblem_module, "MOST_BYTES", 20_000)
        answer = keeper.post(PATH, data=TYPED | {"logo": (io.BytesIO(content), name)})
        assert answer.status_code == 422
        assert words(answer).count(sentence) >= 2
        assert "Laporan harian" in answer.text
        assert count() == 0

    def test_a_good_one_that_has_to_be_picked_again_is_said_so(self, keeper: Any):
        answer = keeper.post(PATH, data=TYPED | {"pola": "x", "logo": (emblem(), "logo.png")})
        assert answer.status_code == 422
        assert "Pilih lagi berkas logonya" in answer.text


class TestPreview:
    def drawn(self, app: Any, press: Any = None) -> None:
        worker = Worker(app, press=press or PressHere(), keeps_warm=False)
        assert worker.run_one()

    def test_it_is_the_real_paper_with_the_draft_and_takes_no_number(self, app: Any, keeper: Any):
        save(keeper, logo=(emblem(), "logo.png"))
        self.drawn(app)
        page = keeper.get(PATH).text
        assert "Pratinjau sedang dibuat" not in page
        assert f"{PATH}/pratinjau.png?dari=" in page
        answer = keeper.get(f"{PATH}/pratinjau.png")
        with Image.open(io.BytesIO(answer.data)) as picture:
            assert picture.format == "PNG"
            assert picture.width == pytest.approx(210 / 25.4 * 110, abs=4)
            assert picture.height >= 297 / 25.4 * 110 - 4
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert letterheads.last_number(cast.BERAU, 2024) == 0

    def test_the_part_that_waits_asks_for_itself_until_it_is_there(self, app: Any, keeper: Any):
        save(keeper)
        waiting = keeper.get(f"{PATH}/pratinjau/keadaan", headers=htmx_headers({}))
        assert 'hx-trigger="every 2s"' in waiting.text
        self.drawn(app, PressThat(lambda progress, is_over: b"\x89PNG gambar"))
        ready = keeper.get(f"{PATH}/pratinjau/keadaan", headers=htmx_headers({}))
        assert "hx-trigger" not in ready.text
        assert "<img" in ready.text
        assert keeper.get(f"{PATH}/pratinjau/keadaan").status_code == 303

    def test_it_is_asked_for_again_by_a_button(self, keeper: Any):
        assert keeper.post(f"{PATH}/pratinjau").status_code == 404
        save(keeper)
        assert keeper.post(f"{PATH}/pratinjau", data={"kunci": "satu"}).status_code == 303
        assert keeper.post(f"{PATH}/pratinjau", data={"kunci": "satu"}).status_code == 303
        assert count(Job) == 2
        assert keeper.get(f"{PATH}/pratinjau.png").status_code == 404

    def test_one_that_could_not_be_drawn_says_so(self, app: Any, keeper: Any):
        save(keeper)
        job = db.session.query(Job).one()
        job.state, job.error = "gagal", "Penanya tidak ada lagi."
        db.session.commit()
        page = keeper.get(PATH).text
        assert "Penanya tidak ada lagi." in page
        assert "Perbarui pratinjau" in page

    def test_who_lost_the_region_meanwhile_gets_nothing_drawn(self, app: Any, keeper: Any):
        save(keeper)
        job = db.session.query(Job).one()
        job.account_id = cast.person("operator.berau").id
        db.session.commit()
        self.drawn(app)
        db.session.expire_all()
        assert db.session.query(Job).one().state == "gagal"


class TestInForce:
    def test_it_is_put_in_force_and_let_go_and_used_again(self, keeper: Any):
        save(keeper)
        assert publish(keeper).status_code == 303
        own = letterheads.own_of(cast.BERAU)
        assert own is not None
        assert "Milik sendiri" in keeper.get("/kop-surat").text
        assert "Mengikuti" in keeper.get("/kop-surat").text
        save(keeper, hal="Lain")
        publish(keeper)
        page = keeper.get(PATH).text
        assert "Kop yang pernah dipakai" in page
        now = letterheads.own_of(cast.BERAU)
        assert now is not None
        assert keeper.post(f"{PATH}/lepas", data={"versi": now.id}).status_code == 303
        assert letterheads.in_force(cast.BERAU) is None
        assert keeper.post(f"{PATH}/pakai-lagi", data={"versi": own.id}).status_code == 303
        draft = letterheads.draft_of(cast.BERAU)
        assert draft is not None
        assert draft.content.subject == "Laporan harian"
        assert keeper.post(f"{PATH}/buang", data={"versi": draft.version}).status_code == 303
        assert letterheads.draft_of(cast.BERAU) is None

    def test_what_has_moved_on_is_told(self, keeper: Any):
        save(keeper)
        for deed in ("terapkan", "buang", "lepas"):
            answer = keeper.post(f"{PATH}/{deed}", data={"versi": 77})
            assert answer.status_code == 409, deed
            assert "DESK PILKADA" in answer.text

    def test_another_regions_letterhead_is_not_used_here(self, client: Any, session: Any):
        visitor = cast.signed_in(client, "admin.kaltim")
        visitor.post("/kop-surat/64.01", data=TYPED)
        visitor.post("/kop-surat/64.01/terapkan", data={"versi": 1})
        other = letterheads.own_of(cast.PASER)
        assert other is not None
        assert visitor.post(f"{PATH}/pakai-lagi", data={"versi": other.id}).status_code == 404

    def test_numbers_given_by_hand_are_followed(self, keeper: Any):
        save(keeper)
        publish(keeper)
        assert keeper.post(f"{PATH}/nomor", data={"terakhir": "1.117"}).status_code == 303
        assert letterheads.last_number(cast.BERAU, 2024) == 1117
        assert "1118/XI/DESK/2024" in keeper.get(PATH).text
        for wrong in ("", "sepuluh", "5"):
            assert keeper.post(f"{PATH}/nomor", data={"terakhir": wrong}).status_code == 422, wrong


class TestWho:
    @pytest.mark.parametrize(
        "who, code, status",
        [
            ("admin.kaltim", cast.BERAU, 200),
            ("admin.berau", cast.SAMBALIUNG, 200),
            ("admin.berau", cast.PASER, 404),
            ("admin.berau", "64", 404),
            ("admin.berau", "64.03.99", 404),
            ("operator.berau", cast.BERAU, 403),
            ("inspektorat.kaltim", cast.BERAU, 403),
        ],
    )
    def test_only_who_manages_the_region(self, client: Any, session: Any, who: str, code: str, status: int):
        visitor = cast.signed_in(client, who)
        assert visitor.get(f"/kop-surat/{code}").status_code == status
        if status != 200:
            for deed in ("", "/terapkan", "/buang", "/lepas", "/pakai-lagi", "/pratinjau", "/nomor"):
                assert visitor.post(f"/kop-surat/{code}{deed}", data=TYPED).status_code == status, deed
            for part in ("/logo.png", "/pratinjau.png", "/pratinjau/keadaan"):
                assert visitor.get(f"/kop-surat/{code}{part}").status_code == status, part
            assert count() == 0

    @pytest.mark.parametrize("deed", ["terapkan", "buang", "lepas", "pakai-lagi", "nomor", "pratinjau"])
    def test_a_deed_refuses_a_get(self, keeper: Any, deed: str):
        assert keeper.get(f"{PATH}/{deed}").status_code == 405

    def test_the_list_goes_down_to_the_desks_below_one(self, keeper: Any):
        assert f"/kop-surat?wilayah={cast.BERAU}" in keeper.get(PATH).text
        assert (
            f"/kop-surat/{cast.SAMBALIUNG}.2001" in keeper.get(f"/kop-surat?wilayah={cast.SAMBALIUNG}").text
        )
        assert keeper.get(f"/kop-surat?wilayah={cast.PASER}").status_code == 404

    def test_the_list_asks_little(self, client: Any, session: Any):
        visitor = cast.signed_in(client, "admin.kaltim")
        visitor.get("/kop-surat")
        with statements() as asked:
            assert visitor.get("/kop-surat").status_code == 200
        assert len(asked) <= 9, "\n".join(asked)


class TestReports:
    @pytest.fixture
    def operator_at(self, client: Any, keeper: Any) -> Any:
        save(keeper)
        publish(keeper)
        return cast.signed_in(client, "operator.berau")

    def asked(self) -> dict[str, Any]:
        db.session.rollback()
        return db.session.query(Job).filter_by(kind="paper").order_by(Job.id.desc()).first().asked

    def test_the_form_offers_the_next_number_and_the_desks_paper(self, operator_at: Any):
        page = words(operator_at.get("/laporan"))
        assert "001/XI/DESK/2024" in page
        assert re.search(r'<input checked class="form-check-input"[^>]*value="otomatis"', page)
        assert re.search(r'<input checked class="form-check-input"[^>]*value="A4"', page)

    def test_a_report_takes_the_next_number_once(self, operator_at: Any):
        sent = WANTED | {"penomoran": "otomatis", "kunci": "satu"}
        first = operator_at.post("/laporan", data=sent)
        assert self.asked()["number"] == "001/XI/DESK/2024"
        again = operator_at.post("/laporan", data=sent)
        assert again.location == first.location
        operator_at.post("/laporan", data=sent | {"kunci": "dua"})
        assert self.asked()["number"] == "002/XI/DESK/2024"
        told = db.session.scalars(
            db.select(audit.AuditEntry).where(audit.AuditEntry.action == "paper:number:take")
        ).all()
        assert [link.changed["number"][1] for link in told] == ["001/XI/DESK/2024", "002/XI/DESK/2024"]

    @pytest.mark.parametrize("other", [{"bentuk": "kosong"}, {"format": "xlsx"}, {"format": "csv"}])
    def test_a_blank_twin_and_a_sheet_take_none(self, operator_at: Any, other: dict[str, str]):
        assert (
            operator_at.post("/laporan", data=WANTED | {"penomoran": "otomatis"} | other).status_code == 303
        )
        assert "number" not in self.asked()
        assert letterheads.last_number(cast.BERAU, 2024) == 0

    def test_one_written_by_hand_takes_none(self, operator_at: Any):
        operator_at.post("/laporan", data=WANTED | {"penomoran": "sendiri", "nomor": "12/X"})
        assert self.asked()["number"] == "12/X"
        assert letterheads.last_number(cast.BERAU, 2024) == 0

    def test_a_number_by_hand_and_by_pattern_contradict_each_other(self, operator_at: Any):
        answer = operator_at.post("/laporan", data=WANTED | {"penomoran": "otomatis", "nomor": "12"})
        assert answer.status_code == 422
        assert "atau pilih tulis sendiri" in answer.text
        assert letterheads.last_number(cast.BERAU, 2024) == 0

    def test_a_desk_without_a_pattern_numbers_by_hand(self, client: Any, session: Any):
        visitor = cast.signed_in(client, "operator.paser")
        assert "penomoran" not in visitor.get("/laporan").text
        answer = visitor.post("/laporan", data=WANTED | {"wilayah": cast.PASER, "penomoran": "otomatis"})
        assert answer.status_code == 422
        assert "belum mempunyai pola nomor" in answer.text
        assert count(Job) == 0

    def test_what_is_refused_takes_no_number(self, operator_at: Any):
        wrong = WANTED | {"penomoran": "otomatis", "dari": "2024-11-25", "sampai": "2024-11-20"}
        assert operator_at.post("/laporan", data=wrong).status_code == 422
        assert letterheads.last_number(cast.BERAU, 2024) == 0
