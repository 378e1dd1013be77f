"""The core work with JavaScript off: the same forms, whole pages instead of fragments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.domain import checklists, reports
from app.domain.checklists import Standing
from app.extensions import db
from tests import cast
from tests.browser.conftest import PHONE
from tests.domain.evidence import samples
from tests.domain.reports.written import owed

pytestmark = [pytest.mark.template("demo"), pytest.mark.one_database]
TODAY = "2024-11-25"


def photo(name: str) -> dict[str, Any]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": samples.photo()}


@pytest.fixture
def plain(enter: Callable[..., Page], session: Any) -> Callable[[str], Page]:
    return lambda username: enter(username, javascript=False, size=PHONE)


def test_a_tick_from_the_list_comes_back_to_the_very_list(plain: Callable[[str], Page]):
    page = plain("operator.berau")
    page.goto("/daftar-periksa?bidang=KTP&tenggat=today")
    entry = cast.entry_of("KTP-11", cast.BERAU, TODAY)
    page.locator(f"#tick-{entry.id}").click()
    assert page.url.endswith("/daftar-periksa?bidang=KTP&tenggat=today")
    expect(page.locator("#status")).to_contain_text("KTP-11 selesai, menunggu verifikasi.")
    expect(page.locator(f"#checklist-entry-{entry.id} .state")).to_have_text("Selesai")


def test_evidence_and_the_rest_are_filled_on_the_entrys_own_page(plain: Callable[[str], Page]):
    page = plain("operator.berau")
    entry = cast.entry_of("KTP-10", cast.BERAU, TODAY)
    page.goto("/")
    page.locator(f"#checklist-entry-{entry.id} .op").click()
    page.get_by_role("button", name="Tandai selesai", exact=True).click()
    expect(page.locator(".summary")).to_contain_text("Belum ada yang disimpan.")
    page.get_by_label("Tambah bukti").set_input_files(photo("layanan malam.jpg"))
    page.get_by_role("button", name="Lampirkan").click()
    expect(page.locator("#bukti")).to_contain_text("layanan malam.jpg")
    page.locator("[name=angka]").fill("2")
    page.get_by_label("Catatan").fill("Dua malam berturut-turut")
    page.get_by_role("button", name="Tandai selesai", exact=True).click()
    expect(page.locator(".entry-state")).to_contain_text("Selesai")
    fresh = checklists.fresh(entry.id)
    assert (fresh.standing, fresh.measure_value, fresh.evidence_count) == (Standing.DONE, 2, 1)


def test_an_obstacle_is_said_with_its_reason(plain: Callable[[str], Page]):
    page = plain("operator.berau")
    entry = cast.entry_of("KTP-11", cast.BERAU, TODAY)
    page.goto(f"/daftar-periksa/{entry.id}")
    page.get_by_text("Terkendala atau tidak berlaku").click()
    page.get_by_role("button", name="Tandai terkendala").click()
    expect(page.locator(".summary")).to_contain_text("Alasan wajib diisi.")
    page.get_by_label("Alasan", exact=True).fill("Jaringan ke pusat putus")
    page.get_by_role("button", name="Tandai terkendala").click()
    expect(page.locator(".entry-state")).to_contain_text("Terkendala")


def test_the_queue_verifies_returns_and_takes_several(plain: Callable[[str], Page]):
    page = plain("penyelia.berau")
    page.goto("/verifikasi")
    before = int(page.locator("#queue-count").inner_text())
    first = page.locator(".card-entry").nth(0)
    first.get_by_role("button", name="Verifikasi", exact=True).click()
    expect(page.locator("#queue-count")).to_have_text(str(before - 1))
    card = page.locator(".card-entry").nth(0)
    card.locator("summary").click()
    card.get_by_label("Alasan", exact=True).fill("Berita acara belum dilampirkan")
    card.get_by_role("button", name="Kembalikan").click()
    expect(page.locator("#queue-count")).to_have_text(str(before - 2))
    for box in page.locator("input[name=pilih]").all()[:2]:
        box.check()
    page.get_by_role("button", name="Verifikasi yang dipilih").click()
    expect(page.locator("#queue-count")).to_have_text(str(before - 4))


def test_the_grid_ticks_several_kecamatan_with_one_photo(plain: Callable[[str], Page]):
    page = plain("operator.berau")
    page.goto("/daftar-periksa/kisi")
    page.get_by_label("Satu butir").select_option("LOG-12")
    page.get_by_role("button", name="Terapkan").click()
    for place in ("Sambaliung", "Teluk Bayur"):
        page.get_by_label(f"Pilih LOG-12 {place}").check()
        page.get_by_label(f"Angka LOG-12 {place}").fill("1")
    page.get_by_role("button", name="Tandai selesai").click()
    expect(page.locator(".summary")).to_contain_text("Belum ada yang disimpan.")
    page.get_by_label("Satu berkas bukti untuk semua").set_input_files(photo("berita acara.jpg"))
    page.get_by_role("button", name="Tandai selesai").click()
    expect(page.locator("#status")).to_contain_text("2 baris tersimpan.")


def test_a_message_joins_the_discussion(plain: Callable[[str], Page]):
    page = plain("operator.berau")
    entry = cast.entry_of("KTP-11", cast.BERAU, TODAY)
    page.goto(f"/daftar-periksa/{entry.id}")
    page.get_by_label("Tulis pesan").fill("Mohon data dari UPTD Sambaliung")
    page.get_by_role("button", name="Kirim pesan").click()
    expect(page.locator("#diskusi")).to_contain_text("Mohon data dari UPTD Sambaliung")


def test_somebody_signs_in_and_out(open_window: Callable[..., Page], session: Any):
    page = open_window(javascript=False, size=PHONE)
    page.goto("/daftar-periksa")
    page.get_by_label("Nama akun").fill("operator.berau")
    page.get_by_label("Kata sandi").fill(cast.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    assert page.url.endswith("/daftar-periksa")
    page.get_by_role("button", name="Keluar").click()
    expect(page.locator("#status")).to_contain_text("Anda sudah keluar.")


def test_a_record_is_written_refused_with_its_reason_and_kept(plain: Callable[[str], Page]):
    page = plain("operator.berau")
    page.goto("/register/kendala/baru")
    page.get_by_label("Bidang").select_option("LOG")
    page.get_by_label("Kendalanya").fill("Jembatan Segah putus")
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator(".summary")).to_contain_text("Penanggung jawab: Wajib diisi.")
    expect(page.get_by_label("Kendalanya")).to_have_value("Jembatan Segah putus")
    page.get_by_label("Penanggung jawab").fill("Dishub")
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("#status")).to_contain_text("Kendala sudah dicatat.")
    expect(page.locator("h1")).to_contain_text("Jembatan Segah putus")


@pytest.mark.template("kaltim")
def test_a_report_is_written_checked_and_sent(plain: Callable[[str], Page]):
    row = owed(cast.person("operator.berau"))
    db.session.commit()
    page = plain("operator.berau")
    page.goto(f"/pelaporan/{row.id}/tulis")
    page.locator("[name=teks_umum]").fill("Situasi terpantau aman dan tertib.")
    page.get_by_role("button", name="Simpan draf").click()
    expect(page.locator("#status")).to_contain_text("Draf tersimpan.")
    expect(page.locator("[name=teks_umum]")).to_have_value("Situasi terpantau aman dan tertib.")
    page.get_by_role("button", name="Periksa dan kirim").click()
    expect(page.locator("#preview")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Situasi terpantau aman dan tertib.")
    for reason in page.locator("[name^=alasan_]").all():
        reason.fill("Sudah diperiksa dengan KPU.")
    if page.get_by_role("button", name="Simpan alasan").count():
        page.get_by_role("button", name="Simpan alasan").click()
    page.get_by_role("button", name="Kirim", exact=True).click()
    db.session.rollback()
    assert reports.find(row.id, cast.person("operator.berau")).state is reports.State.SENT
