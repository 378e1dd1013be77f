"""The people pages in a real browser: accessible with all forms open, narrow as phones, usable without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_page_of_people_is_accessible_and_fits(
    enter: Callable[..., Page],
    accessible: Callable[..., None],
    fits: Callable[[Page], None],
    size: tuple[int, int],
):
    page = enter("admin.berau", size=size)

    def look() -> None:
        accessible(page, colours=size == DESKTOP)
        fits(page)

    for path in ("/orang", "/orang?cari=tidakada", "/orang/baru"):
        page.goto(path)
        look()
    page.get_by_role("button", name="Buat akun").click()
    look()
    for who in ("Penyelia Berau (demo)", "Rangkap Berau", "Admin Berau (demo)", "Calon Berau"):
        page.goto(f"/orang?cari={who.split()[0]}")
        page.get_by_role("link", name=who).click()
        for summary in page.locator("main details > summary").all():
            if summary.is_visible():
                summary.click()
        look()


@pytest.mark.one_database
def test_somebody_is_made_and_shut_out_without_javascript(enter: Callable[..., Page]):
    page = enter("admin.berau", javascript=False)
    page.goto("/orang/baru")
    page.get_by_label("Nama lengkap").fill("Dr. Siti Aminah, M.Si.")
    page.get_by_label("Operator").check()
    page.get_by_role("button", name="Buat akun").click()
    assert "siti.aminah" in page.inner_text("main")
    page.get_by_role("link", name="Buka halaman Dr. Siti Aminah").click()
    page.get_by_text("Tutup akun", exact=True).first.click()
    page.get_by_role("button", name="Tutup akun").click()
    assert "Tuliskan mengapa akun ini ditutup." in page.inner_text("main")
    page.get_by_label("Alasan").fill("salah orang")
    page.get_by_role("button", name="Tutup akun").click()
    assert "salah orang" in page.inner_text("main")
    page.get_by_text("Buka kembali akun", exact=True).first.click()
    page.get_by_role("button", name="Buka kembali akun").click()
    assert "Akun sudah dibuka kembali" in page.inner_text("main")
