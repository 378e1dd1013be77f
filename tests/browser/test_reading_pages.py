"""Regions, stages, the trail, one's account and the guide in a real browser: accessible, and as narrow as phones."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests import cast

PAGES = (
    "/wilayah/64",
    "/wilayah/64.03",
    "/wilayah/64.03.03",
    "/wilayah/64.03/angka/tps_total",
    "/wilayah?cari=teluk",
    "/wilayah?cari=tidakada",
    "/tahapan",
    "/jejak",
    "/jejak/290",
    "/jejak?dari=besok",
    "/jejak?orang=tidakada",
    "/akun",
    "/bantuan",
)


def enter(page: Page, who: str) -> None:
    page.goto("/masuk")
    page.get_by_label("Nama akun").fill(who)
    page.get_by_label("Kata sandi").fill(cast.PASSWORD)
    page.get_by_role("button", name="Masuk").click()


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.template("demo")
@pytest.mark.parametrize("size", [(1280, 800), (360, 740)], ids=["desktop", "phone"])
def test_every_reading_page_is_accessible_and_fits(
    open_window: Callable[..., Page],
    accessible: Callable[..., None],
    fits: Callable[[Page], None],
    size: tuple[int, int],
):
    page = open_window(size=size)
    enter(page, "inspektorat.kaltim")
    for path in PAGES:
        page.goto(path)
        accessible(page, colours=size[0] > 600)
        fits(page)


@pytest.mark.template("demo")
@pytest.mark.one_database
def test_the_map_leads_from_the_province_to_a_kabupaten(page: Page):
    enter(page, "operator.kaltim")
    page.get_by_role("link", name="Wilayah").first.click()
    page.get_by_role("link", name="Kabupaten Berau: ").click()
    assert page.url.endswith("/wilayah/64.03")
    page.get_by_role("link", name="Sambaliung", exact=True).first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Kecamatan Sambaliung"


@pytest.mark.template("demo")
@pytest.mark.one_database
def test_a_password_is_changed_without_javascript(open_window: Callable[..., Page]):
    page = open_window(javascript=False)
    enter(page, "operator.berau")
    page.goto("/akun")
    page.get_by_label("Kata sandi sekarang").fill("bukan-yang-ini")
    page.get_by_label("Kata sandi baru", exact=True).fill("kuda-lumping-merah-7")
    page.get_by_label("Kata sandi baru, sekali lagi").fill("kuda-lumping-merah-7")
    page.get_by_role("button", name="Ganti kata sandi").click()
    assert "Periksa kembali kata sandi lama Anda" in page.inner_text("main")
    page.get_by_label("Kata sandi sekarang").fill(cast.PASSWORD)
    page.get_by_label("Kata sandi baru", exact=True).fill("kuda-lumping-merah-7")
    page.get_by_label("Kata sandi baru, sekali lagi").fill("kuda-lumping-merah-7")
    page.get_by_role("button", name="Ganti kata sandi").click()
    assert "Kata sandi sudah diganti" in page.inner_text("main")
