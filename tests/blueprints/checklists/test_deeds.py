"""Filling an entry through the browser: every deed keeps the same promises in the same order."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.domain import audit, checklists
from app.domain.checklists import Standing
from tests import cast

FILLS = {
    "selesai": Standing.DONE,
    "proses": Standing.IN_PROGRESS,
    "terkendala": Standing.BLOCKED,
    "tidak-berlaku": Standing.NOT_APPLICABLE,
}


@pytest.fixture
def entry(session: Any) -> checklists.EntryRow:
    """An entry of Berau that needs no file."""
    return cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")


@pytest.fixture
def operator_at(client: Any) -> Any:
    return cast.signed_in(client, "operator.berau")


def said(entry: checklists.EntryRow, **more: str) -> dict[str, str]:
    return {"versi": str(entry.version), "alasan": "Jalan ke Segah terputus", **more}


def now(entry: checklists.EntryRow) -> checklists.EntryRow:
    return checklists.fresh(entry.id)


@pytest.mark.parametrize("deed, standing", FILLS.items())
def test_it_works_and_goes_back_to_the_entry(operator_at: Any, entry: Any, deed: str, standing: Standing):
    answer = operator_at.post(f"/daftar-periksa/{entry.id}/{deed}", data=said(entry))
    assert answer.status_code == 303
    assert answer.location == f"/daftar-periksa/{entry.id}"
    fresh = now(entry)
    assert (fresh.standing, fresh.version) == (standing, entry.version + 1)
    assert fresh.filled_by_name == "Operator Berau (demo)"


def test_the_answer_to_a_click_can_be_clicked_again(operator_at: Any, entry: Any, csrf: None):
    page = operator_at.get("/daftar-periksa?butir=KTP-11").text
    path = f"/daftar-periksa/{entry.id}/selesai"
    answer = operator_at.send(path, data={**hidden_in(page, path), **said(entry)})
    assert answer.status_code == 200
    undo = f"/daftar-periksa/{entry.id}/proses"
    assert operator_at.send(undo, data=hidden_in(answer.text, undo)).status_code == 200
    assert now(entry).standing == Standing.IN_PROGRESS
    assert operator_at.send(path, data=said(now(entry))).status_code == 400


def hidden_in(html: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that posts there."""
    form = html.split(f'method="post" action="{action}"')[1].split("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


@pytest.mark.parametrize("deed, standing", FILLS.items())
def test_it_answers_htmx_with_the_row_and_the_counters_only(
    operator_at: Any, entry: Any, deed: str, standing: Standing
):
    answer = operator_at.send(f"/daftar-periksa/{entry.id}/{deed}", data=said(entry))
    assert answer.status_code == 200
    assert f'id="checklist-entry-{entry.id}"' in answer.text
    assert 'id="progress-64-03"' in answer.text
    assert "<html" not in answer.text
    assert len(answer.data) < 4096 + 600


@pytest.mark.parametrize("deed", [*FILLS, "catat", "pesan"])
def test_it_refuses_a_get(operator_at: Any, entry: Any, deed: str):
    assert operator_at.get(f"/daftar-periksa/{entry.id}/{deed}").status_code == 405


@pytest.mark.parametrize("deed", [*FILLS, "catat", "pesan"])
def test_it_hides_other_regions(client: Any, entry: Any, deed: str):
    cast.signed_in(client, "operator.paser")
    answer = client.post(f"/daftar-periksa/{entry.id}/{deed}", data=said(entry, pesan="Halo"))
    assert answer.status_code == 404
    assert now(entry).version == entry.version


@pytest.mark.parametrize("deed", [*FILLS, "catat"])
@pytest.mark.parametrize("who", ["penyelia.berau", "pimpinan.berau", "inspektorat.berau", "admin.berau"])
def test_it_refuses_the_wrong_role(client: Any, entry: Any, deed: str, who: str):
    cast.signed_in(client, who)
    assert client.post(f"/daftar-periksa/{entry.id}/{deed}", data=said(entry)).status_code == 403
    assert now(entry).version == entry.version


@pytest.mark.parametrize("who", ["mantan.berau", "calon.berau"])
def test_it_refuses_whoever_is_not_in_office_today(client: Any, entry: Any, who: str):
    cast.signed_in(client, who)
    assert client.post(f"/daftar-periksa/{entry.id}/selesai", data=said(entry)).status_code in (403, 404)


def test_it_refuses_an_area_outside_the_appointment(client: Any, entry: Any):
    cast.signed_in(client, "logistik.berau")
    assert client.post(f"/daftar-periksa/{entry.id}/selesai", data=said(entry)).status_code == 403


@pytest.mark.parametrize("deed", ["terkendala", "tidak-berlaku"])
def test_it_asks_for_the_reason(operator_at: Any, entry: Any, deed: str):
    answer = operator_at.post(f"/daftar-periksa/{entry.id}/{deed}", data=said(entry, alasan=" "))
    assert answer.status_code == 422
    assert "Alasan wajib diisi." in answer.text
    assert now(entry).version == entry.version


@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("angka", "dua belas", "Tulis bilangan bulat"),
        ("angka", "-3", "Isi nol atau lebih"),
        ("angka", "9999999999999999", "terlalu besar"),
        ("jumlah", "1,5", "Tulis bilangan bulat"),
        ("catatan", "x" * 4001, "Paling banyak 4000"),
        ("alasan", "x" * 601, "Paling banyak 600"),
    ],
)
def test_it_explains_bad_input_and_keeps_what_was_typed(
    operator_at: Any, entry: Any, field: str, value: str, sentence: str
):
    answer = operator_at.post(
        f"/daftar-periksa/{entry.id}/catat",
        data=said(entry, bantuan="", catatan="Tetap ada", **{field: value})
        if field != "catatan"
        else said(entry, **{field: value}),
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    if field != "catatan":
        assert "Tetap ada" in answer.text
    assert now(entry).version == entry.version


def test_more_than_all_needs_a_reason(operator_at: Any, entry: Any):
    figures = {"angka": "1.588", "jumlah": "1.000"}
    answer = operator_at.post(f"/daftar-periksa/{entry.id}/catat", data=said(entry, **figures))
    assert answer.status_code == 422
    assert "alasan" in answer.text.lower()
    answer = operator_at.post(
        f"/daftar-periksa/{entry.id}/catat", data=said(entry, alasan_angka="Ada pemohon dari luar", **figures)
    )
    assert answer.status_code == 303
    fresh = now(entry)
    assert (fresh.measure_value, fresh.measure_total) == (1588, 1000)


def test_a_cumulative_figure_may_not_fall_without_a_reason(operator_at: Any, session: Any):
    before = cast.entry_of("KTP-11", cast.BERAU, "2024-11-24")
    operator_at.post(f"/daftar-periksa/{before.id}/selesai", data=said(before, angka="40"))
    entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    answer = operator_at.post(f"/daftar-periksa/{entry.id}/selesai", data=said(entry, angka="30"))
    assert answer.status_code == 422
    assert "Sebelumnya 40" in answer.text
    assert (
        operator_at.post(f"/daftar-periksa/{entry.id}/selesai", data=said(entry, angka="41")).status_code
        == 303
    )


def test_yesterdays_figure_is_offered_and_not_taken_over(operator_at: Any, session: Any):
    before = cast.entry_of("KTP-11", cast.BERAU, "2024-11-24")
    operator_at.post(f"/daftar-periksa/{before.id}/selesai", data=said(before, angka="40"))
    entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    panel = operator_at.ask(f"/daftar-periksa/{entry.id}/isian").text
    assert "40" in panel
    assert now(entry).measure_value is None


def test_an_item_that_needs_a_file_is_not_done_without_one(operator_at: Any, session: Any):
    entry = cast.entry_of("LOG-14", cast.BERAU)
    answer = operator_at.post(f"/daftar-periksa/{entry.id}/selesai", data=said(entry))
    assert answer.status_code == 422
    assert "Lampirkan bukti" in answer.text
    reason = "Berita acara ditandatangani besok pagi"
    answer = operator_at.post(f"/daftar-periksa/{entry.id}/selesai", data=said(entry, tanpa_bukti=reason))
    assert answer.status_code == 303
    supervisor = cast.signed_in(operator_at, "penyelia.berau")
    assert reason in supervisor.get("/verifikasi").text


def test_the_later_of_two_is_told_and_sees_both_versions(operator_at: Any, entry: Any):
    operator_at.post(f"/daftar-periksa/{entry.id}/catat", data=said(entry, catatan="Yang lebih dulu"))
    later = cast.signed_in(operator_at, "rekan.berau")
    answer = later.post(f"/daftar-periksa/{entry.id}/catat", data=said(entry, catatan="Yang belakangan"))
    assert answer.status_code == 409
    assert "Operator Berau (demo)" in answer.text
    assert "Yang belakangan" in answer.text
    assert now(entry).note == "Yang lebih dulu"


def test_the_second_tick_is_too_late(operator_at: Any, entry: Any):
    operator_at.post(f"/daftar-periksa/{entry.id}/selesai", data=said(entry))
    answer = operator_at.post(f"/daftar-periksa/{entry.id}/selesai", data={"versi": str(entry.version + 1)})
    assert answer.status_code == 409


def test_the_same_sending_counts_once(operator_at: Any, entry: Any, session: Any):
    form = said(entry, kunci="kunci-satu", catatan="Sekali saja")
    first = operator_at.send(f"/daftar-periksa/{entry.id}/catat", data=form)
    again = operator_at.send(f"/daftar-periksa/{entry.id}/catat", data=form)
    assert (first.status_code, again.status_code) == (200, 200)
    assert now(entry).version == entry.version + 1
    deeds = [link for link in audit.history_of("checklist_entry", entry.id) if link.action.endswith(":note")]
    assert len(deeds) == 1


def test_a_key_serves_one_sending_only(operator_at: Any, entry: Any):
    operator_at.post(f"/daftar-periksa/{entry.id}/catat", data=said(entry, kunci="kunci-dua", catatan="A"))
    answer = operator_at.post(
        f"/daftar-periksa/{entry.id}/catat", data=said(entry, kunci="kunci-dua", catatan="B")
    )
    assert answer.status_code == 409
    assert now(entry).note == "A"


def test_a_tick_can_be_taken_back_until_somebody_verified(operator_at: Any, entry: Any):
    operator_at.post(f"/daftar-periksa/{entry.id}/selesai", data=said(entry))
    operator_at.post(f"/daftar-periksa/{entry.id}/proses", data={"versi": str(entry.version + 1)})
    assert now(entry).standing is Standing.IN_PROGRESS


def test_a_deed_says_in_the_trail_what_changed(operator_at: Any, entry: Any):
    operator_at.post(f"/daftar-periksa/{entry.id}/selesai", data=said(entry, angka="7", jumlah="9"))
    link = audit.history_of("checklist_entry", entry.id)[0]
    assert link.action == "checklist:entry:tick"
    assert link.changed["standing"] == ["belum", "selesai"]
    assert link.changed["measure_value"] == [None, 7]
    assert link.office == "Operator, Kabupaten Berau"
    assert audit.verify().first_break is None


def test_a_message_stands_in_the_discussion(operator_at: Any, entry: Any):
    answer = operator_at.post(f"/daftar-periksa/{entry.id}/pesan", data={"pesan": "Mohon <b>dicek</b> lagi"})
    assert answer.status_code == 303
    page = operator_at.get(f"/daftar-periksa/{entry.id}").text
    assert "Mohon &lt;b&gt;dicek&lt;/b&gt; lagi" in page


def test_an_empty_message_is_explained(operator_at: Any, entry: Any):
    answer = operator_at.post(f"/daftar-periksa/{entry.id}/pesan", data={"pesan": "  "})
    assert answer.status_code == 422
    assert "Tuliskan pesannya." in answer.text


def test_an_expired_session_is_sent_to_sign_in_and_back(client: Any, entry: Any):
    answer = client.post(
        f"/daftar-periksa/{entry.id}/selesai",
        data=said(entry),
        headers={"Referer": "http://localhost/daftar-periksa?bidang=KTP"},
    )
    assert answer.status_code == 303
    assert answer.location == "/masuk?lanjut=/daftar-periksa%3Fbidang%3DKTP"
    answer = client.send(f"/daftar-periksa/{entry.id}/selesai", data=said(entry))
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/masuk")


def test_an_event_makes_an_entry_of_its_own(operator_at: Any, session: Any):
    form = {"butir": "ASN-09", "wilayah": cast.BERAU, "kejadian": "Dugaan 1 PNS, penerusan Bawaslu"}
    answer = operator_at.post("/daftar-periksa/kejadian", data=form)
    assert answer.status_code == 303
    page = operator_at.get(answer.location).text
    assert "Dugaan 1 PNS, penerusan Bawaslu" in page


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"kejadian": ""}, "Sebutkan kejadiannya."),
        ({"butir": "KTP-11"}, "per kejadian"),
        ({"butir": "XXX-99"}, "tidak ada"),
        ({"wilayah": cast.SAMBALIUNG}, "tingkat"),
    ],
)
def test_a_bad_event_is_explained(operator_at: Any, session: Any, change: dict[str, str], sentence: str):
    form = {"butir": "ASN-09", "wilayah": cast.BERAU, "kejadian": "Dugaan 1 PNS", **change}
    answer = operator_at.post("/daftar-periksa/kejadian", data=form)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_an_event_in_another_region_is_refused(operator_at: Any, session: Any):
    form = {"butir": "ASN-09", "wilayah": cast.PASER, "kejadian": "Dugaan 1 PNS"}
    assert operator_at.post("/daftar-periksa/kejadian", data=form).status_code in (403, 404)
