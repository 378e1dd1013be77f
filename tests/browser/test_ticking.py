"""A day's ticks in a real Chromium: one answer, nothing jumps, nothing counts twice, nothing is lost or overwritten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from app.domain import audit, checklists
from tests import cast

pytestmark = [pytest.mark.template("demo"), pytest.mark.one_database]
TODAY, YESTERDAY = "2024-11-25", "2024-11-24"


def row_of(page: Page, code: str, period: str = TODAY, region: str = cast.BERAU) -> Locator:
    return page.locator(f"#checklist-entry-{cast.entry_of(code, region, period).id}")


def ticks_of(code: str, period: str = TODAY) -> int:
    links = audit.history_of(checklists.SUBJECT, cast.entry_of(code, cast.BERAU, period).id)
    return sum(link.action == "checklist:entry:tick" for link in links)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


@pytest.fixture
def desk_of_berau(enter: Callable[..., Page], session: Any) -> Page:
    page = enter("operator.berau")
    page.goto("/")
    return page


def test_a_tick_answers_with_the_row_and_the_counters_and_nothing_else(desk_of_berau: Page):
    page = desk_of_berau
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    row = row_of(page, "KTP-11")
    done = page.locator("#progress-64-03 p")
    before = done.inner_text()
    with page.expect_response("**/selesai") as answer:
        row.locator(".tick").click()
    expect(row.locator(".state")).to_have_text("Selesai")
    assert len(answer.value.body()) < 4096
    assert [request.method for request in asked if request.resource_type in ("fetch", "document")] == ["POST"]
    assert before.startswith("16 dari")
    expect(done).to_contain_text("17 dari")
    expect(page.locator("h1")).to_have_text("19 hal menunggu Anda")
    expect(page.locator("#part-today .count")).to_have_text("7")
    expect(page.locator("#status")).to_contain_text("KTP-11 selesai, menunggu verifikasi.")


def test_taking_a_tick_back_puts_the_counts_back(desk_of_berau: Page):
    row = row_of(desk_of_berau, "KTP-11")
    row.locator(".tick").click()
    expect(desk_of_berau.locator("#part-today .count")).to_have_text("7")
    row.locator(".tick").click()
    expect(row.locator(".state")).to_have_text("Proses")
    expect(desk_of_berau.locator("#part-today .count")).to_have_text("8")
    expect(desk_of_berau.locator("h1")).to_have_text("20 hal menunggu Anda")


def test_the_row_keeps_its_height_and_the_focus_stays(desk_of_berau: Page):
    row = row_of(desk_of_berau, "KTP-11")
    row.locator(".tick").focus()
    before = row.bounding_box()
    desk_of_berau.keyboard.press("Enter")
    expect(row.locator(".state")).to_have_text("Selesai")
    assert row.bounding_box() == before
    assert focused(desk_of_berau) == row.locator(".tick").get_attribute("id")


def test_a_double_click_counts_once(desk_of_berau: Page):
    row = row_of(desk_of_berau, "KTP-11")
    row.locator(".tick").dblclick()
    expect(row.locator(".state")).to_have_text("Selesai")
    assert ticks_of("KTP-11") == 1
    assert cast.entry_of("KTP-11", cast.BERAU, TODAY).standing is checklists.Standing.DONE


def test_a_tick_without_its_evidence_opens_the_panel_at_the_field(desk_of_berau: Page):
    page = desk_of_berau
    row = row_of(page, "KTP-10")
    row.locator(".tick").click()
    field = row.get_by_label("Belum ada bukti? Tuliskan mengapa")
    expect(field).to_be_focused()
    expect(row.locator(".summary")).to_contain_text("Belum ada yang disimpan.")
    assert page.locator("#status").inner_text() == ""
    field.fill("Foto menyusul malam ini")
    row.get_by_role("button", name="Tandai selesai", exact=True).click()
    expect(row.locator(".state")).to_have_text("Selesai")
    assert focused(page) == row.locator(".tick").get_attribute("id")


def test_what_yesterday_said_is_confirmed_in_one_click(desk_of_berau: Page):
    page = desk_of_berau
    missed = row_of(page, "KTP-11", YESTERDAY)
    expect(missed).to_contain_text("terlewat kemarin")
    missed.locator(".op").click()
    missed.locator("[name=angka]").fill("1.140")
    missed.get_by_role("button", name="Tandai selesai", exact=True).click()
    expect(missed.locator(".state")).to_have_text("Selesai")
    today = row_of(page, "KTP-11")
    today.locator(".op").click()
    expect(today).to_contain_text("Terakhir tercatat 1.140, kemarin.")
    today.get_by_role("button", name="Masih sama: 1.140").click()
    expect(today.locator(".state")).to_have_text("Selesai")
    assert cast.entry_of("KTP-11", cast.BERAU, TODAY).measure_value == 1140


def test_whoever_is_second_sees_both_versions_and_decides(
    desk_of_berau: Page, enter: Callable[..., Page], session: Any
):
    first, second = enter("operator.berau"), desk_of_berau
    first.goto("/")
    for page in (first, second):
        row_of(page, "KTP-11").locator(".op").click()
    for page, number, note in ((first, "15", "Dari petugas malam"), (second, "14", "Hitungan pagi")):
        row = row_of(page, "KTP-11")
        row.locator("[name=angka]").fill(number)
        row.get_by_label("Catatan").fill(note)
        row.get_by_role("button", name="Masih proses").click()
        expect(row.locator(".panel" if number == "14" else ".state")).to_contain_text(
            "Isian ini sudah berubah" if number == "14" else "Proses"
        )
    row = row_of(second, "KTP-11")
    expect(row.locator(".versus")).to_contain_text("Dari petugas malam")
    expect(row.locator(".versus")).to_contain_text("Hitungan pagi")
    session.expire_all()
    assert cast.entry_of("KTP-11", cast.BERAU, TODAY).measure_value == 15
    expect(row.get_by_label("Catatan")).to_have_value("Hitungan pagi")
    row.get_by_role("button", name="Masih proses").click()
    expect(row.locator(".me")).to_contain_text("14")


def test_what_was_sent_without_a_network_is_sent_again_and_counts_once(
    desk_of_berau: Page, complaints: list[str]
):
    page = desk_of_berau

    def lose_the_answer(route: Any) -> None:
        route.fetch()
        route.abort("internetdisconnected")

    page.route("**/selesai", lose_the_answer, times=1)
    row = row_of(page, "KTP-11")
    row.locator(".tick").click()
    expect(page.locator("#queue")).to_have_text("1 isian belum terkirim")
    expect(page.locator("#status")).to_contain_text("Jaringan terputus")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#queue")).to_be_hidden()
    expect(row.locator(".state")).to_have_text("Selesai")
    assert ticks_of("KTP-11") == 1
    complaints[:] = [
        heard
        for heard in complaints
        if "ERR_INTERNET_DISCONNECTED" not in heard and "Failed to fetch" not in heard
    ]


def test_an_ended_session_leads_to_the_door_and_back(desk_of_berau: Page):
    page = desk_of_berau
    page.goto("/daftar-periksa?bidang=KTP")
    page.context.clear_cookies()
    row_of(page, "KTP-11").locator(".tick").click()
    page.wait_for_url("**/masuk**")
    page.get_by_label("Nama akun").fill("operator.berau")
    page.get_by_label("Kata sandi").fill(cast.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/daftar-periksa?bidang=KTP")


def test_a_whole_days_tick_needs_no_mouse(desk_of_berau: Page):
    page = desk_of_berau
    row = row_of(page, "KTP-10")
    row.locator(".op").focus()
    page.keyboard.press("Enter")
    expect(row.locator(".panel")).to_be_visible()
    expect(row.locator(".op")).to_have_attribute("aria-expanded", "true")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "tanpa_bukti":
            break
    page.keyboard.type("Foto menyusul")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(row.locator(".state")).to_have_text("Selesai")
    assert focused(page) == row.locator(".tick").get_attribute("id")
