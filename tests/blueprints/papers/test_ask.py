"""/laporan: asking for a paper. It works · hides other regions · refuses roles · explains · asks once."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from app.blueprints.papers import routes
from app.documents import ability
from app.domain import audit, jobs
from app.domain.accounts import Role
from app.domain.jobs import Job
from app.extensions import db
from tests import cast

WANTED = {"wilayah": cast.BERAU, "bentuk": "ringkas", "format": "pdf", "kertas": "F4"}


@pytest.fixture
def operator_at(client: Any, session: Any) -> Any:
    return cast.signed_in(client, "operator.berau")


def count() -> int:
    db.session.rollback()
    return int(db.session.scalar(db.select(db.func.count()).select_from(Job)) or 0)


def words(answer: Any) -> str:
    return html.unescape(answer.text)


def test_asking_makes_a_job_and_leads_to_it(operator_at: Any):
    answer = operator_at.post(
        "/laporan",
        data=WANTED
        | {"bidang": "LOG", "tahapan": "MASA_TENANG", "dari": "18/11/2024", "sampai": "2024-11-25"}
        | {"nomor": " 200.2.1/118/DESK/2024 ", "tempat": "Tanjung Redeb", "kertas": "A4"},
    )
    job = db.session.query(Job).one()
    assert (answer.status_code, answer.location) == (303, f"/pekerjaan/{job.id}")
    assert (job.state, job.region_code, job.kind) == ("antre", cast.BERAU, "paper")
    assert job.title == "Laporan Pertanggungjawaban Daftar Periksa, Kabupaten Berau"
    assert job.asked == {
        "region": cast.BERAU,
        "area": "LOG",
        "stage": "MASA_TENANG",
        "since": "2024-11-18",
        "until": "2024-11-25",
        "kind": "ringkas",
        "paper": "A4",
        "format": "pdf",
        "number": "200.2.1/118/DESK/2024",
        "place": "Tanjung Redeb",
    }
    assert audit.history_of("job", job.id)[0].actor_name == "Operator Berau (demo)"


def test_the_form_is_filled_in_from_the_address(operator_at: Any):
    page = operator_at.get(
        f"/laporan?wilayah={cast.SAMBALIUNG}&bidang=LOG&tahapan=MASA_TENANG&dari=2024-11-18&sampai=2024-11-25&bentuk=rinci"
    ).text
    assert f'<option value="{cast.SAMBALIUNG}" selected>' in page
    assert '<option selected value="LOG">' in page
    assert '<option selected value="MASA_TENANG">' in page
    assert 'value="2024-11-18"' in page
    assert 'value="2024-11-25"' in page
    assert "Kosong: Sambaliung." in page


@pytest.mark.parametrize(
    "odd", ["bidang=XX", "tahapan=x", "dari=kemarin", "format=exe", "bentuk=", "kertas=A3"]
)
def test_odd_words_in_the_address_count_as_none(operator_at: Any, odd: str):
    assert operator_at.get(f"/laporan?{odd}").status_code == 200


def test_only_regions_within_reach_are_offered(operator_at: Any):
    page = words(operator_at.get("/laporan"))
    assert "Kecamatan Sambaliung" in page
    assert "Kabupaten Paser" not in page
    assert "Provinsi Kalimantan Timur" not in page


def test_the_province_may_pick_any_kecamatan(client: Any, session: Any):
    page = words(cast.signed_in(client, "operator.kaltim").get("/laporan"))
    assert "Kecamatan Sambaliung" in page
    assert "Kota Bontang" in page


@pytest.mark.parametrize("region", [cast.PASER, "64", "64.99", "x", "64.03.03.9999"])
def test_a_region_out_of_reach_is_not_there(operator_at: Any, region: str):
    assert operator_at.get(f"/laporan?wilayah={region}").status_code == 404
    assert operator_at.post("/laporan", data=WANTED | {"wilayah": region}).status_code == 404
    assert count() == 0


@pytest.mark.parametrize("who", ["admin.berau", "pengamat.kpu-berau"])
def test_a_role_that_may_not_export_is_refused(client: Any, session: Any, who: str):
    visitor = cast.signed_in(client, who)
    assert visitor.get("/laporan").status_code == 403
    assert visitor.post("/laporan", data=WANTED).status_code == 403
    assert count() == 0


def test_who_has_no_appointment_any_more_is_refused(client: Any, session: Any):
    assert cast.signed_in(client, "mantan.berau").post("/laporan", data=WANTED).status_code == 403


@pytest.mark.parametrize(
    "wrong,sentence",
    [
        (
            {"sampai": "2024-11-20", "dari": "2024-11-25"},
            "Tanggal akhir harus sama atau sesudah tanggal mulai.",
        ),
        ({"dari": "kemarin"}, "Tanggal tidak dikenal. Contoh: 25/11/2024."),
        ({"dari": "2024-02-31"}, "Tanggal tidak dikenal. Contoh: 25/11/2024."),
        ({"format": "csv", "bentuk": "kosong"}, "Lembar kosong hanya ada sebagai PDF. Pilih PDF."),
        ({"format": "exe"}, "Pilih salah satu dari daftar."),
        ({"bentuk": ""}, "Pilih salah satu dari daftar."),
        ({"kertas": "A3"}, "Pilih salah satu dari daftar."),
        ({"bidang": "XXX"}, "Pilih salah satu dari daftar."),
        ({"tahapan": "LAIN"}, "Pilih salah satu dari daftar."),
        ({"wilayah": ""}, "Pilih wilayahnya."),
        ({"nomor": "1" * 61}, "Paling banyak 60 tanda."),
        ({"tempat": "x" * 61}, "Paling banyak 60 tanda."),
    ],
)
def test_what_is_badly_said_is_explained_and_kept_and_nothing_is_asked(
    operator_at: Any, wrong: dict[str, str], sentence: str
):
    answer = operator_at.post("/laporan", data=WANTED | {"nomor": "12/DESK"} | wrong)
    page = words(answer)
    assert answer.status_code == 422
    assert page.count(sentence) >= 2  # on top and at its field
    assert "Laporan belum diminta." in page
    assert "12/DESK" in page or "nomor" in wrong
    assert count() == 0


def test_a_detailed_paper_that_nobody_could_leaf_through_is_refused(
    operator_at: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(routes.MOST_LINES, "pdf", 10)
    answer = operator_at.post("/laporan", data=WANTED | {"bentuk": "rinci"})
    assert answer.status_code == 422
    assert "paling banyak 10" in answer.text
    assert operator_at.post("/laporan", data=WANTED).status_code == 303
    assert operator_at.post("/laporan", data=WANTED | {"bentuk": "rinci", "format": "csv"}).status_code == 303


def test_the_same_sending_twice_asks_once(operator_at: Any):
    first = operator_at.post("/laporan", data=WANTED | {"kunci": "satu"})
    again = operator_at.post("/laporan", data=WANTED | {"kunci": "satu"})
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.location == again.location
    assert count() == 1
    operator_at.post("/laporan", data=WANTED | {"kunci": "dua"})
    assert count() == 2


def test_a_key_of_another_sending_is_refused(operator_at: Any):
    operator_at.post("/laporan", data=WANTED | {"kunci": "satu"})
    assert operator_at.post("/laporan", data=WANTED | {"kunci": "satu", "bidang": "LOG"}).status_code == 409
    assert count() == 1


@pytest.mark.usefixtures("csrf")
def test_a_form_without_its_token_is_refused(operator_at: Any):
    assert operator_at.post("/laporan", data=WANTED).status_code == 400
    assert count() == 0


def test_hostile_words_stay_words(operator_at: Any):
    hostile = "<script>alert(1)</script>"
    page = operator_at.post(
        "/laporan", data=WANTED | {"tempat": hostile, "nomor": hostile, "dari": hostile}
    ).text
    assert hostile not in page
    assert operator_at.post("/laporan", data=WANTED | {"nomor": hostile}).status_code == 303
    assert hostile not in operator_at.get(f"/pekerjaan/{db.session.query(Job).one().id}").text


def test_recent_papers_are_ones_own(operator_at: Any, session: Any):
    jobs.ask("paper", "Laporan Paser", {}, region=cast.PASER, by=cast.person("operator.paser"))
    session.commit()
    operator_at.post("/laporan", data=WANTED)
    page = operator_at.get("/laporan").text
    assert "Laporan Pertanggungjawaban Daftar Periksa, Kabupaten Berau" in page
    assert "Menunggu giliran" in page
    assert "Laporan Paser" not in page


def test_an_operator_of_a_few_areas_may_still_report_on_the_region(client: Any, session: Any):
    """Reading is not limited by areas (F13), so neither is what is printed of it."""
    assert cast.signed_in(client, "logistik.berau").post("/laporan", data=WANTED).status_code == 303


def test_a_leader_and_an_inspector_may_ask(client: Any, session: Any):
    for role in (Role.LEADER, Role.INSPECTOR):
        assert cast.signed_in(client, f"{role.value}.berau").post("/laporan", data=WANTED).status_code == 303
    assert count() == 2


def test_a_server_without_pdf_says_so_and_offers_sheets(operator_at: Any, monkeypatch: Any):
    monkeypatch.setattr(ability, "missing", lambda: ("pango",))
    page = words(operator_at.get("/laporan"))
    assert "PDF tidak dapat dibuat di server ini: pustaka pango belum terpasang" in page
    assert 'value="pdf"' not in page
    assert 'value="kosong"' not in page
    assert re.search(r'value="xlsx"[^>]*checked|checked[^>]*value="xlsx"', page)
    refused = operator_at.post("/laporan", data=WANTED)
    assert (refused.status_code, count()) == (422, 0)
    assert operator_at.post("/laporan", data=WANTED | {"format": "xlsx"}).status_code == 303


def test_a_server_with_pdf_says_nothing_of_it(operator_at: Any):
    assert "PDF tidak dapat dibuat" not in words(operator_at.get("/laporan"))
