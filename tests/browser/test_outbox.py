"""What a weak link could not carry: kept on the machine as "belum terkirim", sent later by itself, counted once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Dialog, Locator, Page, Route, expect
from sqlalchemy import func, select

from app.domain import audit, checklists, reports
from app.domain.checklists import Standing
from app.domain.incidents.models import Obstacle
from app.extensions import db
from tests import cast
from tests.domain.evidence import samples
from tests.domain.reports.written import owed

pytestmark = [pytest.mark.template("demo"), pytest.mark.one_database]
TODAY = "2024-11-25"
NEW = "/register/kendala/baru"
KEPT = "desk-antrean:"


@pytest.fixture(autouse=True)
def cut_links_are_heard(open_window: Callable[..., Page], complaints: list[str]) -> Any:
    """The browser complains of every request that the tests cut; nothing else may be left when its windows are shut."""
    yield
    ours = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "ERR_FAILED", "ERR_CONNECTION_RESET")
    complaints[:] = [heard for heard in complaints if not any(word in heard for word in ours)]


@pytest.fixture
def page(enter: Callable[..., Page], session: Any) -> Page:
    return enter("operator.berau")


def bar(page: Page) -> Locator:
    return page.locator("#queue")


def kept_on(page: Page) -> dict[str, list[dict[str, Any]]]:
    """What the machine keeps: name -> entries."""
    stored = page.evaluate("({...localStorage})")
    return {name: json.loads(text) for name, text in stored.items() if name.startswith(KEPT)}


def obstacles(what: str) -> int:
    db.session.rollback()
    return int(
        db.session.scalar(select(func.count()).select_from(Obstacle).where(Obstacle.what == what)) or 0
    )


def write_obstacle(page: Page, what: str, owner: str = "KPU dan Dishub") -> None:
    page.get_by_label("Bidang").select_option("LOG")
    page.get_by_label("Kendalanya").fill(what)
    page.get_by_label("Penanggung jawab").fill(owner)
    page.get_by_role("button", name="Simpan").click()


def link_is_back(page: Page) -> None:
    page.context.set_offline(False)


def row_of(page: Page, code: str) -> Locator:
    return page.locator(f"#checklist-entry-{cast.entry_of(code, cast.BERAU, TODAY).id}")


def ticks_of(code: str) -> int:
    links = audit.history_of(checklists.SUBJECT, cast.entry_of(code, cast.BERAU, TODAY).id)
    return sum(link.action == "checklist:entry:tick" for link in links)


def test_records_written_while_the_link_is_down_are_listed_and_sent_by_themselves(page: Page):
    page.goto(NEW)
    page.context.set_offline(True)
    write_obstacle(page, "Jembatan Segah putus")
    expect(bar(page)).to_have_text("1 isian belum terkirim")
    expect(page.locator("#status")).to_contain_text("disimpan di komputer ini")
    expect(page.get_by_label("Kendalanya")).to_have_value("")
    write_obstacle(page, "Gudang Kelay kebanjiran")
    expect(bar(page)).to_have_text("2 isian belum terkirim")
    bar(page).click()
    expect(page.locator("#unsent-list")).to_contain_text("Simpan · Catat kendala")
    expect(page.locator("#unsent-list")).to_contain_text("Jembatan Segah putus")
    link_is_back(page)
    expect(bar(page)).to_be_hidden()
    expect(page.locator("#status")).to_contain_text("2 isian yang tertunda sudah tersimpan.")
    assert (obstacles("Jembatan Segah putus"), obstacles("Gudang Kelay kebanjiran")) == (1, 1)
    assert kept_on(page) == {}


def test_no_token_is_kept(page: Page):
    page.goto(NEW)
    token = page.locator("main input[name=csrf_token]").first.input_value()
    page.context.set_offline(True)
    write_obstacle(page, "Jembatan Segah putus")
    expect(bar(page)).to_be_visible()
    assert token not in json.dumps(kept_on(page))
    assert "csrf_token" not in json.dumps(kept_on(page))


def test_a_record_whose_answer_was_lost_counts_once(page: Page):
    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    page.goto(NEW)
    page.route("**/kendala/baru", lose_the_answer, times=1)
    write_obstacle(page, "Jalan Tabalar longsor")
    expect(bar(page)).to_have_text("1 isian belum terkirim")
    assert obstacles("Jalan Tabalar longsor") == 1
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(bar(page)).to_be_hidden()
    assert obstacles("Jalan Tabalar longsor") == 1


def test_an_answer_that_breaks_off_half_way_counts_once(page: Page):
    """The server's line arrives, its body does not."""
    page.goto("/")
    page.evaluate(
        """() => {
          const real = window.fetch;
          window.fetch = async (...asked) => {
            const answer = await real(...asked);
            if (!String(asked[0]).endsWith("/selesai")) return answer;
            window.fetch = real;
            const broken = new ReadableStream({ start: (c) => c.error(new TypeError("Failed to fetch")) });
            return new Response(broken, { status: 200, headers: answer.headers });
          };
        }"""
    )
    row_of(page, "KTP-11").locator(".tick").click()
    expect(bar(page)).to_have_text("1 isian belum terkirim")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(row_of(page, "KTP-11").locator(".state")).to_have_text("Selesai")
    assert ticks_of("KTP-11") == 1


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_the_message_leaves_the_bar_within_reach(page: Page, width: int):
    """Playwright presses only what nothing covers."""
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/")
    page.context.set_offline(True)
    row_of(page, "KTP-11").locator(".tick").click()
    expect(page.locator("#status.float")).to_contain_text("Jaringan terputus.")
    bar(page).click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Buang").click()
    expect(bar(page)).to_be_hidden()


def test_a_window_that_is_closed_loses_nothing(page: Page):
    page.goto("/")
    row_of(page, "KTP-11").locator(".op").click()
    panel = row_of(page, "KTP-11").locator(".panel")
    panel.locator("[name=angka]").fill("12")  # the panel has come
    page.context.set_offline(True)
    panel.get_by_label("Catatan").fill("Dicatat di lapangan")
    panel.get_by_role("button", name="Tandai selesai", exact=True).click()
    expect(bar(page)).to_be_visible()
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto("/tahapan")
    expect(again.locator("#status")).to_contain_text("1 isian yang tertunda sudah tersimpan.")
    entry = checklists.fresh(cast.entry_of("KTP-11", cast.BERAU, TODAY).id)
    assert (entry.standing, entry.note) == (Standing.DONE, "Dicatat di lapangan")


def test_a_window_closed_while_the_answer_is_awaited_loses_nothing(page: Page):
    """The tick never reached the server; the person went on without waiting."""
    page.goto("/")
    page.route("**/selesai", lambda route: None, times=1)
    row_of(page, "KTP-11").locator(".tick").click()
    assert len(kept_on(page)) == 1
    expect(bar(page)).to_be_hidden()
    page.goto("/tahapan")
    expect(page.locator("#status")).to_contain_text("1 isian yang tertunda sudah tersimpan.")
    assert ticks_of("KTP-11") == 1


def test_what_is_refused_stays_with_its_reason_until_it_is_put_right(page: Page):
    page.goto(NEW)
    page.context.set_offline(True)
    write_obstacle(page, "Kendaraan pengangkut rusak", owner="")
    expect(bar(page)).to_be_visible()
    link_is_back(page)
    expect(page.locator("#status")).to_contain_text("1 isian yang tertunda tidak diterima.")
    expect(bar(page)).to_have_text("1 isian belum terkirim")
    bar(page).click()
    expect(page.locator("#unsent-list")).to_contain_text("Penanggung jawab: Wajib diisi.")
    expect(page.locator("#unsent-list")).to_contain_text("Kendaraan pengangkut rusak")
    page.goto("/tahapan")
    bar(page).click()
    page.get_by_role("link", name="Buka dan perbaiki").click()
    expect(page.get_by_label("Kendalanya")).to_have_value("Kendaraan pengangkut rusak")
    expect(page.get_by_label("Bidang")).to_have_value("LOG")
    page.get_by_label("Penanggung jawab").fill("Dishub")
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("#status")).to_contain_text("Kendala sudah dicatat.")
    expect(bar(page)).to_be_hidden()
    assert obstacles("Kendaraan pengangkut rusak") == 1


def test_whoever_was_overtaken_meanwhile_is_told_and_keeps_what_was_typed(
    page: Page, enter: Callable[..., Page]
):
    entry = cast.entry_of("KTP-11", cast.BERAU, TODAY)
    page.goto(f"/daftar-periksa/{entry.id}")
    page.context.set_offline(True)
    page.get_by_label("Catatan").fill("Hitungan saya")
    page.get_by_role("button", name="Masih proses").click()
    expect(bar(page)).to_be_visible()
    other = enter("operator.berau")
    other.goto(f"/daftar-periksa/{entry.id}")
    other.get_by_label("Catatan").fill("Hitungan rekan")
    other.get_by_role("button", name="Masih proses").click()
    expect(other.locator("#status")).to_contain_text("sedang diproses")
    link_is_back(page)
    expect(page.locator("#status")).to_contain_text("tidak diterima")
    bar(page).click()
    expect(page.locator("#unsent-list")).to_contain_text("mengubahnya pada")
    expect(page.locator("#unsent-list")).to_contain_text("Hitungan saya")
    assert checklists.fresh(entry.id).note == "Hitungan rekan"
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Buang").click()
    expect(bar(page)).to_be_hidden()
    assert kept_on(page) == {}


def test_an_ended_session_keeps_it_until_the_same_person_is_in_again(page: Page):
    page.goto(NEW)
    page.context.clear_cookies()
    write_obstacle(page, "Sinyal hilang di Maratua")
    page.wait_for_url("**/masuk**")
    page.get_by_label("Nama akun").fill("operator.berau")
    page.get_by_label("Kata sandi").fill(cast.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.locator("#status")).to_contain_text("1 isian yang tertunda sudah tersimpan.")
    assert obstacles("Sinyal hilang di Maratua") == 1


def test_a_token_of_an_older_session_is_made_fresh(page: Page):
    page.goto(NEW)
    page.evaluate("document.querySelectorAll('[name=csrf_token]').forEach((i) => { i.value = 'lama'; })")
    write_obstacle(page, "Formulir C tertukar")
    expect(page.locator("#status")).to_contain_text("1 isian yang tertunda sudah tersimpan.")
    assert obstacles("Formulir C tertukar") == 1


def test_another_person_at_the_same_machine_sees_nothing_of_it(page: Page):
    page.goto(NEW)
    page.context.set_offline(True)
    write_obstacle(page, "Kotak suara basah")
    expect(bar(page)).to_be_visible()
    page.context.clear_cookies()
    link_is_back(page)
    page.goto("/masuk")
    page.get_by_label("Nama akun").fill("operator.kukar")
    page.get_by_label("Kata sandi").fill(cast.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(bar(page)).to_be_hidden()
    assert "Kotak suara basah" not in page.content()
    assert obstacles("Kotak suara basah") == 0
    assert len(kept_on(page)) == 1, "it waits for whoever wrote it"


def test_signing_out_asks_and_then_clears_the_machine(page: Page):
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss() if len(asked) == 1 else dialog.accept()

    page.on("dialog", answer)
    page.goto(NEW)
    page.route("**/kendala/baru", lambda route: route.abort("connectionreset"))
    write_obstacle(page, "Surat suara kurang")
    expect(bar(page)).to_be_visible()
    page.get_by_role("button", name="Keluar").click()
    expect(bar(page)).to_be_visible()
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/masuk**")
    assert "Masih ada 1 isian yang belum terkirim." in asked[0]
    assert kept_on(page) == {}


def test_a_file_is_not_kept_and_the_person_is_told(page: Page):
    entry = cast.entry_of("KTP-10", cast.BERAU, TODAY)
    page.goto(f"/daftar-periksa/{entry.id}")
    page.context.set_offline(True)
    photo = {"name": "layanan.jpg", "mimeType": "image/jpeg", "buffer": samples.photo()}
    page.get_by_label("Tambah bukti").set_input_files(photo)
    page.get_by_role("button", name="Lampirkan").click()
    expect(page.locator("#status")).to_contain_text("Berkas tidak disimpan di komputer ini")
    expect(bar(page)).to_be_hidden()
    assert kept_on(page) == {}
    link_is_back(page)
    page.get_by_role("button", name="Lampirkan").click()
    expect(page.locator("#bukti")).to_contain_text("layanan.jpg")


def test_a_line_of_50_kb_a_second_carries_a_tick_and_a_record_once(page: Page):
    wire = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    wire.send("Network.emulateNetworkConditions", slow)
    page.goto("/")
    row_of(page, "KTP-11").locator(".tick").dblclick()
    expect(row_of(page, "KTP-11").locator(".state")).to_have_text("Selesai")
    page.goto(NEW)
    write_obstacle(page, "Perahu ke Derawan mogok")
    expect(page.locator("#status")).to_contain_text("Kendala sudah dicatat.")
    expect(bar(page)).to_be_hidden()
    assert (ticks_of("KTP-11"), obstacles("Perahu ke Derawan mogok")) == (1, 1)
    assert kept_on(page) == {}


def test_a_servers_front_that_finds_no_server_is_a_link_that_is_down(page: Page):
    page.goto("/")
    page.route("**/selesai", lambda route: route.fulfill(status=502, body="Bad gateway"), times=1)
    row_of(page, "KTP-11").locator(".tick").click()
    expect(bar(page)).to_have_text("1 isian belum terkirim")
    expect(page.locator("#status")).to_contain_text("Server belum dapat menerima.")
    bar(page).click()
    page.get_by_role("button", name="Kirim sekarang").click()
    expect(row_of(page, "KTP-11").locator(".state")).to_have_text("Selesai")
    assert ticks_of("KTP-11") == 1


def test_what_is_older_than_a_day_is_gone(page: Page):
    page.goto(NEW)
    page.context.set_offline(True)
    write_obstacle(page, "Kendala kemarin")
    expect(bar(page)).to_be_visible()
    page.evaluate(
        """() => { for (const [name, text] of Object.entries(localStorage)) {
             const list = JSON.parse(text).map((e) => ({ ...e, at: e.at - 24 * 3600 * 1000 - 1 }));
             localStorage.setItem(name, JSON.stringify(list)); } }"""
    )
    link_is_back(page)
    page.goto("/tahapan")
    expect(bar(page)).to_be_hidden()
    assert kept_on(page) == {}
    assert obstacles("Kendala kemarin") == 0


@pytest.mark.template("kaltim")
def test_a_draft_that_could_not_be_saved_is_counted_and_saved_by_itself(page: Page):
    row = owed(cast.person("operator.berau"))
    db.session.commit()
    page.goto(f"/pelaporan/{row.id}/tulis")
    page.context.set_offline(True)
    page.locator("[name=teks_umum]").fill("Situasi terpantau.")
    expect(bar(page)).to_have_text("1 isian belum terkirim")
    expect(page.locator("#status")).to_contain_text("Ketikan disimpan di komputer ini")
    link_is_back(page)
    expect(page.locator("#draft-saved")).to_contain_text("Tersimpan")
    expect(bar(page)).to_be_hidden()
    db.session.rollback()
    section = reports.kept_draft(row)[0].section("umum")
    assert section is not None
    assert section.text == "Situasi terpantau."
    assert kept_on(page) == {}


@pytest.mark.template("kaltim")
def test_a_draft_left_behind_is_found_from_any_page(page: Page):
    row = owed(cast.person("operator.berau"))
    db.session.commit()
    page.goto(f"/pelaporan/{row.id}/tulis")
    page.context.set_offline(True)
    page.locator("[name=teks_umum]").fill("Situasi terpantau.")
    expect(bar(page)).to_be_visible()
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto("/tahapan")
    bar(again).click()
    again.get_by_role("link", name="Lanjutkan menulis").click()
    expect(again.locator("[name=teks_umum]")).to_have_value("Situasi terpantau.")
