"""Figures, units and letterheads in a real browser: accessible, narrow as phones; a figure recorded and chosen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.template("demo"), pytest.mark.one_database, pytest.mark.slow]
PAGES = (
    "/angka-acuan",
    "/wilayah/64.03/angka",
    "/wilayah/64.03/angka/tps_total",
    "/wilayah/64.03/angka/tps_total/baru",
    "/wilayah/64.03.03/angka/dpt_total",
    "/perangkat-daerah",
    "/perangkat-daerah/3",
    "/kop-surat",
    "/kop-surat/64.03",
)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_page_is_accessible_and_fits(
    enter: Callable[..., Page],
    accessible: Callable[..., None],
    fits: Callable[[Page], None],
    size: tuple[int, int],
):
    page = enter("admin.kaltim", size=size)
    for path in PAGES:
        page.goto(path)
        accessible(page, colours=size == DESKTOP)
        fits(page)
    page.goto("/kop-surat/64.03")
    page.get_by_label("Pola nomor").fill("{nomer}")
    page.get_by_role("button", name="Simpan draf dan lihat pratinjau").click()
    expect(page.get_by_role("alert")).to_contain_text("{nomer} tidak dikenal")
    accessible(page, colours=False)
    fits(page)


def test_a_figure_is_looked_at_before_it_is_saved(enter: Callable[..., Page]):
    page = enter("admin.kaltim")
    page.goto(f"/wilayah/{cast.BERAU}/angka")
    page.get_by_role("link", name="Catat TPS", exact=True).click()
    page.get_by_label("Diketahui", exact=True).check()
    page.locator("[name=nilai]").fill("476")
    page.locator("[name=sumber]").fill("SK KPU Berau")
    page.get_by_role("button", name="Lihat akibatnya").click()
    expect(page.get_by_role("heading", name="Isian yang ikut berubah")).to_be_visible()
    page.get_by_role("button", name="Ubah dahulu").click()
    expect(page.locator("[name=nilai]")).to_have_value("476")
    page.get_by_role("button", name="Lihat akibatnya").click()
    page.get_by_role("button", name="Simpan angka").click()
    page.get_by_text("Pilih sumber yang dipakai").click()
    page.get_by_role("radio", name="475, Paparan Sekda").check()
    page.get_by_label("Alasan").fill("Angka pleno")
    page.get_by_role("button", name="Pakai sumber ini").click()
    expect(page.get_by_role("heading", name="Pilihan yang pernah dibuat")).to_be_visible()
