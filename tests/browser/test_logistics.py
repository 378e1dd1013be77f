"""Logistics' grid in a real Chromium: one press changes its line and the counters, and nothing else moves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import cast

pytestmark = [pytest.mark.template("demo"), pytest.mark.one_database]
ROW = f"[id='t-{cast.TELUK_BAYUR}']"


@pytest.fixture
def grid(enter: Callable[..., Page]) -> Page:
    page = enter("operator.berau")
    page.goto("/logistik/kisi")
    return page


def test_one_press_changes_the_line_and_the_counters(grid: Page):
    lines = grid.locator("tbody tr")
    expect(lines).to_have_count(16)
    expect(grid.locator("#grid-counts")).to_contain_text("Sudah sampai 11 · dikirim hari ini 5")
    grid.locator(ROW).get_by_role("button", name="Sampai").click()
    expect(grid.locator(ROW)).to_contain_text("Sudah sampai")
    expect(grid.locator("#grid-counts")).to_have_text(
        "Sudah sampai 12 · dikirim hari ini 4 · kotak kembali 0"
    )
    expect(lines).to_have_count(16)
    assert grid.evaluate("document.activeElement.id") == f"sampai-{cast.TELUK_BAYUR}"


def test_a_hasty_second_press_says_the_same_once(grid: Page):
    grid.locator(ROW).get_by_role("button", name="Sampai").dblclick()
    expect(grid.locator("#grid-counts")).to_contain_text("Sudah sampai 12")
    expect(grid.locator(ROW)).to_contain_text("Sudah sampai")
    expect(grid.locator("#status .msg")).to_have_count(0)


def test_who_was_overtaken_sees_the_newer_line_and_why(grid: Page):
    late = grid.context.new_page()
    late.goto("/logistik/kisi")
    grid.locator(ROW).get_by_role("button", name="Sampai").click()
    expect(grid.locator(ROW)).to_contain_text("Sudah sampai")
    late.locator(ROW).get_by_role("button", name="Belum").click()
    expect(late.locator("#status")).to_contain_text("baru saja diubah orang lain")
    expect(late.locator(ROW)).to_contain_text("Sudah sampai")
    late.locator(ROW).get_by_role("button", name="Belum").click()
    expect(late.locator(ROW)).to_contain_text("Belum sampai")
    expect(late.locator("#status .msg")).to_have_count(0)
