"""Clearing the verification queue in a real Chromium, from the keyboard and with the mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.template("demo"), pytest.mark.one_database]


@pytest.fixture
def queue(enter: Callable[..., Page]) -> Page:
    page = enter("penyelia.berau")
    page.goto("/verifikasi")
    return page


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def cards(page: Page) -> list[str]:
    return [str(card.get_attribute("id")) for card in page.locator(".card-entry").all()]


def test_it_is_cleared_from_the_keyboard(queue: Page):
    before = cards(queue)
    assert len(before) > 3
    queue.keyboard.press("j")
    assert focused(queue) == before[0]
    queue.keyboard.press("j")
    assert focused(queue) == before[1]
    queue.keyboard.press("k")
    left = len(before)
    for card in before:
        assert focused(queue) == card
        queue.keyboard.press("v")
        left -= 1
        expect(queue.locator("#" + card)).to_have_count(0)
        expect(queue.locator("#queue-count")).to_have_text(str(left))
    expect(queue.locator("#status")).to_contain_text("Antrean kosong.")
    expect(queue.locator(".queue-done")).to_be_visible()
    expect(queue.locator(".several")).to_be_hidden()


def test_an_entry_is_returned_from_the_keyboard_and_the_next_one_has_the_focus(queue: Page):
    first, second = cards(queue)[:2]
    queue.keyboard.press("j")
    queue.keyboard.press("r")
    reason = queue.locator(f"#{first} textarea")
    expect(reason).to_be_focused()
    queue.keyboard.type("Berita acara belum ada v j k")
    assert cards(queue)[0] == first, "keys must do nothing while one is typing"
    queue.keyboard.press("Tab")
    queue.keyboard.press("Enter")
    expect(queue.locator("#" + first)).to_have_count(0)
    expect(queue.locator("#status")).to_contain_text("dikembalikan kepada pengisinya")
    assert focused(queue) == second


def test_returning_without_a_reason_stays_at_the_card_and_says_so(queue: Page):
    first = cards(queue)[0]
    card = queue.locator("#" + first)
    card.get_by_text("Kembalikan", exact=True).first.click()
    card.get_by_role("button", name="Kembalikan").click()
    expect(card.get_by_text("Tuliskan alasannya.")).to_be_visible()
    expect(card.locator("details.more")).to_have_attribute("open", "")


def test_several_are_verified_after_a_look(queue: Page):
    first, second, third = cards(queue)[:3]
    for card in (first, second):
        queue.locator(f"#{card} input[name=pilih]").check()
    queue.get_by_role("button", name="Verifikasi yang dipilih").click()
    expect(queue.locator("#status")).to_contain_text("2 isian diverifikasi.")
    assert cards(queue)[0] == third


def test_one_that_changed_meanwhile_is_shown_anew_and_not_verified(queue: Page, enter: Callable[..., Page]):
    card = cards(queue)[0]
    other = enter("operator.berau")
    other.goto(f"/daftar-periksa/{card.removeprefix('card-')}")
    other.get_by_label("Catatan").fill("Ditambah sesudah antrean dibuka")
    other.get_by_role("button", name="Simpan isian").click()
    queue.locator(f"#{card} [data-key=v]").click()
    expect(queue.locator("#" + card)).to_contain_text("Ini versi terbarunya.")
    expect(queue.locator("#" + card)).to_contain_text("Ditambah sesudah antrean dibuka")
    queue.locator(f"#{card} [data-key=v]").click()
    expect(queue.locator("#" + card)).to_have_count(0)


def test_the_keys_are_explained_and_can_be_turned_off(queue: Page):
    queue.keyboard.press("?")
    expect(queue.get_by_role("dialog")).to_contain_text("Pintasan papan ketik")
    queue.get_by_role("button", name="Matikan pintasan").click()
    queue.keyboard.press("Escape")
    before = cards(queue)
    queue.locator("#" + before[0]).focus()
    queue.keyboard.press("v")
    assert cards(queue) == before
