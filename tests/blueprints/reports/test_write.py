"""Writing a report in the browser: it opens filled, saves itself, and loses nothing that was typed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from app.domain import clock, reports
from app.domain.accounts import Person
from app.domain.reports import Reading, ReportRow, SectionText, State
from app.extensions import db
from tests import cast
from tests.domain.reports.written import DISTRICTS, MORNING, NOON, SUNDAY, owed, stands

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def row(operator: Person) -> ReportRow:
    """Berau's daily report of today, before its cut-off, with Sunday's before it."""
    said = reports.Draft(sections=(SectionText("cuaca", "Cuaca dan geografi", "Hujan lebat di Segah."),))
    fewer = DISTRICTS._replace(value=9)
    stands(owed(operator, SUNDAY), operator, Reading(MORNING, (fewer,)), said)
    found = owed(operator)
    db.session.commit()
    return found


def form(version: int = 0, **said: str) -> dict[str, str]:
    """What the browser sends."""
    return {"versi": str(version), "keadaan": "aman", "aksi": "simpan", **said}


def kept(row: ReportRow) -> tuple[reports.Draft, int]:
    """What is stored."""
    db.session.expire_all()
    return reports.kept_draft(row)


def test_the_page_opens_filled_with_sections_figures_source_and_time(client: Any, row: ReportRow):
    page = cast.signed_in(client, "operator.berau").get(f"/pelaporan/{row.id}/tulis").text
    for section in reports.sections_of(row.kind):
        assert f'name="teks_{section.key}"' in page
    assert "maxlength" not in page  # a browser would cut off a paste without a word
    assert "Hujan lebat di Segah." in page
    assert "Masih berlaku" in page
    assert "Angka langsung" in page
    assert "Register desk" in page
    assert "Yang berubah sejak laporan 24 November 2024" in page


def test_a_plain_saving_keeps_the_texts_and_leads_back(client: Any, row: ReportRow):
    browser = cast.signed_in(client, "operator.berau")
    said = form(teks_umum="Situasi terpantau.", teks_cuaca="Hujan lebat di Segah.", masih_berlaku="cuaca")
    answer = browser.post(f"/pelaporan/{row.id}/simpan", data=said)
    assert answer.status_code == 303
    assert answer.location.endswith(f"/pelaporan/{row.id}/tulis")
    draft, version = kept(row)
    assert version == 1
    assert draft.section("umum").text == "Situasi terpantau."
    assert draft.carried == ()
    assert "Draf tersimpan." in browser.get(answer.location).text


def test_checking_saves_first(client: Any, row: ReportRow):
    said = form(teks_umum="Situasi terpantau.", aksi="periksa")
    answer = cast.signed_in(client, "operator.berau").post(f"/pelaporan/{row.id}/simpan", data=said)
    assert answer.location.endswith(f"/pelaporan/{row.id}/periksa")
    assert kept(row)[1] == 1


def test_it_saves_itself_and_answers_with_the_new_version(client: Any, row: ReportRow):
    browser = cast.signed_in(client, "operator.berau")
    said = form(teks_umum="Situasi terpantau.")
    answer = browser.post(f"/pelaporan/{row.id}/simpan", data=said, headers=HTMX)
    assert answer.status_code == 200
    assert 'name="versi" value="1"' in answer.text
    assert "Tersimpan 25 Nov 2024 pukul 09.00 WITA" in answer.text
    assert "<html" not in answer.text


def test_two_writers_see_both_versions_and_nothing_typed_is_lost(
    client: Any, row: ReportRow, operator: Person
):
    browser = cast.signed_in(client, "rekan.berau")
    draft, _ = reports.kept_draft(row)
    theirs = reports.written(draft, {"umum": "Tulisan operator."}, (), {})
    reports.save_draft(row, theirs, by=operator, version=0)
    db.session.commit()
    answer = browser.post(f"/pelaporan/{row.id}/simpan", data=form(teks_umum="Tulisan rekan."))
    assert answer.status_code == 409
    assert "Tulisan rekan." in answer.text
    assert "Tulisan operator." in answer.text
    assert kept(row)[0].section("umum").text == "Tulisan operator."
    version = int(re.search(r'name="versi" value="(\d+)"', answer.text)[1])
    both = form(version, teks_umum="Tulisan operator. Tulisan rekan.")
    assert browser.post(f"/pelaporan/{row.id}/simpan", data=both).status_code == 303
    assert kept(row)[0].section("umum").text == "Tulisan operator. Tulisan rekan."


def test_a_saving_by_itself_that_came_too_late_only_says_so(client: Any, row: ReportRow, operator: Person):
    draft, _ = reports.kept_draft(row)
    reports.save_draft(row, reports.written(draft, {"umum": "A."}, (), {}), by=operator, version=0)
    db.session.commit()
    browser = cast.signed_in(client, "rekan.berau")
    answer = browser.post(f"/pelaporan/{row.id}/simpan", data=form(teks_umum="B."), headers=HTMX)
    assert answer.status_code == 409
    assert "Belum tersimpan" in answer.text
    assert 'value="0"' in answer.text


def test_ten_thousand_letters_pass_and_one_more_is_explained_at_its_field(client: Any, row: ReportRow):
    browser = cast.signed_in(client, "operator.berau")
    assert browser.post(f"/pelaporan/{row.id}/simpan", data=form(teks_umum="a" * 10_000)).status_code == 303
    answer = browser.post(f"/pelaporan/{row.id}/simpan", data=form(1, teks_umum="b" * 10_001))
    assert answer.status_code == 422
    assert "Paling banyak 10.000 huruf" in answer.text
    assert "b" * 10_001 in answer.text
    assert kept(row)[0].section("umum").text == "a" * 10_000


def test_line_ends_of_browsers_are_counted_once(client: Any, row: ReportRow):
    said = form(teks_umum="\r\n".join(["a" * 99] * 100))
    assert (
        cast.signed_in(client, "operator.berau").post(f"/pelaporan/{row.id}/simpan", data=said).status_code
        == 303
    )


@pytest.mark.parametrize("field", ["teks_umum", "alasan_keadaan"])
def test_a_pasted_identity_number_is_masked_and_told(client: Any, row: ReportRow, field: str):
    said = form(**{field: "Warga 6403012505990001 melapor."})
    answer = cast.signed_in(client, "operator.berau").post(f"/pelaporan/{row.id}/simpan", data=said)
    assert answer.status_code == 422
    assert "sudah kami samarkan" in answer.text
    assert "6403012505990001" not in answer.text
    assert kept(row)[1] == 0


def test_a_sentence_on_a_change_is_edited_and_marked(client: Any, row: ReportRow, operator: Person):
    browser = cast.signed_in(client, "operator.berau")
    key = "logistik.kecamatan_lengkap"
    page = browser.get(f"/pelaporan/{row.id}/tulis").text
    assert f'name="perubahan_{key}"' in page
    before = next(one for one in reports.open_draft(row, by=operator)[0].changes if one.figures == (key,))
    said = {f"semula_{key}": before.text, f"perubahan_{key}": before.text}
    browser.post(f"/pelaporan/{row.id}/simpan", data=form(**said))
    assert kept(row)[0].changes == ()
    said[f"perubahan_{key}"] = "Kalimat kami."
    browser.post(f"/pelaporan/{row.id}/simpan", data=form(1, **said))
    assert kept(row)[0].changes[0].text == "Kalimat kami."
    assert "(diubah)" in browser.get(f"/pelaporan/{row.id}/tulis").text


def test_what_is_offered_stays_marked_until_it_is_confirmed(client: Any, row: ReportRow):
    browser = cast.signed_in(client, "operator.berau")
    browser.post(f"/pelaporan/{row.id}/simpan", data=form(teks_cuaca="Hujan lebat di Segah."))
    assert kept(row)[0].carried == ("cuaca",)
    assert "belum dipastikan" in browser.get(f"/pelaporan/{row.id}/periksa").text


def test_an_unknown_grade_is_explained(client: Any, row: ReportRow):
    answer = cast.signed_in(client, "operator.berau").post(
        f"/pelaporan/{row.id}/simpan", data=form(keadaan="gawat", teks_umum="Tetap ada.")
    )
    assert answer.status_code == 422
    assert "Tetap ada." in answer.text


def test_after_the_cut_off_newer_figures_are_taken_on_demand(client: Any, row: ReportRow):
    browser = cast.signed_in(client, "operator.berau")
    browser.post(f"/pelaporan/{row.id}/simpan", data=form(teks_umum="Pagi."))
    clock.set_frozen(NOON)
    reports.take_readings(NOON)
    db.session.commit()
    clock.set_frozen(NOON + dt.timedelta(hours=2))
    assert "Angka pada jam data" in browser.get(f"/pelaporan/{row.id}/tulis").text
    answer = browser.post(f"/pelaporan/{row.id}/angka", data={"versi": "1"})
    assert answer.status_code == 303
    assert "sesudah jam data" in browser.get(f"/pelaporan/{row.id}/tulis").text
    late = browser.post(f"/pelaporan/{row.id}/angka", data={"versi": "1"})
    assert late.status_code == 409
    assert browser.get(f"/pelaporan/{row.id}/angka").status_code == 405


@pytest.mark.parametrize("path", ["tulis", "periksa", "nihil"])
def test_pages_hide_other_regions_and_refuse_who_does_not_write(client: Any, row: ReportRow, path: str):
    assert cast.signed_in(client, "operator.paser").get(f"/pelaporan/{row.id}/{path}").status_code == 404
    for other in ("penyelia.berau", "inspektorat.kaltim", "admin.kaltim"):
        assert cast.signed_in(client, other).get(f"/pelaporan/{row.id}/{path}").status_code == 403


@pytest.mark.parametrize("path", ["simpan", "angka", "alasan"])
def test_deeds_hide_other_regions_and_refuse_who_does_not_write(client: Any, row: ReportRow, path: str):
    assert (
        cast.signed_in(client, "operator.paser").post(f"/pelaporan/{row.id}/{path}", data=form()).status_code
        == 404
    )
    assert (
        cast.signed_in(client, "penyelia.berau").post(f"/pelaporan/{row.id}/{path}", data=form()).status_code
        == 403
    )
    assert cast.signed_in(client, "operator.berau").get(f"/pelaporan/{row.id}/{path}").status_code == 405


def test_who_sits_in_two_offices_writes_for_their_own_desk_only(client: Any, row: ReportRow):
    assert cast.signed_in(client, "rangkap.berau").get(f"/pelaporan/{row.id}/tulis").status_code == 200
    province = owed(cast.person("rangkap.berau"), region="64")
    db.session.commit()
    assert cast.signed_in(client, "rangkap.berau").get(f"/pelaporan/{province.id}/tulis").status_code == 403


def test_a_sent_report_is_not_written_in(client: Any, row: ReportRow, operator: Person):
    stands(row, operator, Reading(MORNING))
    db.session.commit()
    browser = cast.signed_in(client, "operator.berau")
    assert browser.get(f"/pelaporan/{row.id}/tulis").status_code == 409
    assert browser.post(f"/pelaporan/{row.id}/simpan", data=form()).status_code == 409


def test_who_is_signed_out_is_led_to_the_door_and_back(client: Any, row: ReportRow):
    answer = client.post(
        f"/pelaporan/{row.id}/simpan",
        data=form(),
        headers={**HTMX, "Referer": f"http://localhost/pelaporan/{row.id}/tulis"},
    )
    assert answer.status_code == 401
    assert f"/pelaporan/{row.id}/tulis" in answer.headers["HX-Redirect"]


# --- The look before sending ---------------------------------------------------------------------------------------


def test_an_empty_report_cannot_be_sent(client: Any, row: ReportRow):
    browser = cast.signed_in(client, "operator.berau")
    browser.post(f"/pelaporan/{row.id}/simpan", data=form(teks_cuaca=""))
    page = browser.get(f"/pelaporan/{row.id}/periksa").text
    assert "belum berisi kalimat apa pun" in page
    assert f"/pelaporan/{row.id}/kirim" not in page


def test_a_report_without_contradictions_may_be_sent_at_once(client: Any, row: ReportRow):
    browser = cast.signed_in(client, "operator.berau")
    browser.post(f"/pelaporan/{row.id}/simpan", data=form(teks_umum="Kami memantau.", teks_cuaca=""))
    page = browser.get(f"/pelaporan/{row.id}/periksa").text
    assert "kecamatan" in page
    fallen = "turun dari 9" in page
    assert (f'action="/pelaporan/{row.id}/kirim"' in page) is not fallen


def test_a_contradiction_asks_for_a_reason_that_is_kept(client: Any, operator: Person):
    row = owed(operator)
    from tests.domain.reports.test_reading import obstacle

    obstacle(operator)
    db.session.commit()
    browser = cast.signed_in(client, "operator.berau")
    browser.post(f"/pelaporan/{row.id}/simpan", data=form(teks_kendala="Tidak ada kendala."))
    page = browser.get(f"/pelaporan/{row.id}/periksa").text
    assert "Kendala yang masih terbuka: 1" in page
    assert f'action="/pelaporan/{row.id}/kirim"' not in page
    said = {"versi": "1", "alasan_tidak_ada_kendala:kendala": "Selesai siang ini; register menyusul."}
    assert browser.post(f"/pelaporan/{row.id}/alasan", data=said).status_code == 303
    assert kept(row)[0].reason("tidak_ada_kendala:kendala") == "Selesai siang ini; register menyusul."
    assert f'action="/pelaporan/{row.id}/kirim"' in browser.get(f"/pelaporan/{row.id}/periksa").text
    assert browser.post(f"/pelaporan/{row.id}/alasan", data=said).status_code == 303
    said["alasan_tidak_ada_kendala:kendala"] = "Lain."
    assert browser.post(f"/pelaporan/{row.id}/alasan", data=said).status_code == 409
    said |= {"versi": "2", "alasan_tidak_ada_kendala:kendala": "a" * 601}
    assert browser.post(f"/pelaporan/{row.id}/alasan", data=said).status_code == 422


# --- Nil -----------------------------------------------------------------------------------------------------------


def test_a_nil_report_lists_what_was_looked_at_with_its_numbers(client: Any, row: ReportRow):
    page = cast.signed_in(client, "operator.berau").get(f"/pelaporan/{row.id}/nihil").text
    assert "Kasus yang masih berjalan: tidak ada" in page
    assert "Isian daftar periksa yang lewat tenggat" in page
    assert "Saya sudah memeriksa" in page


def test_with_something_open_nil_leads_to_the_full_report(client: Any, operator: Person):
    from tests.domain.reports.test_reading import obstacle

    row = owed(operator)
    obstacle(operator)
    db.session.commit()
    page = cast.signed_in(client, "operator.berau").get(f"/pelaporan/{row.id}/nihil").text
    assert "tidak sesuai dengan catatan desk" in page
    assert "Kirim laporan nihil" not in page


def test_with_a_full_report_begun_nil_leads_back_to_it(client: Any, row: ReportRow):
    browser = cast.signed_in(client, "operator.berau")
    browser.post(f"/pelaporan/{row.id}/simpan", data=form(teks_umum="Sudah ditulis."))
    page = browser.get(f"/pelaporan/{row.id}/nihil").text
    assert "Laporan lengkap sedang ditulis" in page
    assert reports.find(row.id, cast.person("operator.berau")).state is State.DRAFT
