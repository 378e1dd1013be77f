"""Every page where work is done: axe finds nothing, nothing is wider than the window, no complaint is heard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.domain import accounts
from tests import cast
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.template("demo"), pytest.mark.one_database, pytest.mark.slow]
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
OLD_SCREEN = (1366, 768)

WALKS = {
    "operator.berau": (
        "/",
        "/daftar-periksa?cari=LOG-12&bidang=LOG",
        "/daftar-periksa?cari=tidakada",
        "/daftar-periksa/kisi",
        "/daftar-periksa/kisi?butir=LOG-12",
        "/daftar-periksa/kejadian",
        "/bukan-halaman",
    ),
    "penyelia.berau": ("/", "/verifikasi", "/verifikasi?wilayah=64.03.11"),
    "pimpinan.kaltim": ("/",),
    "penyelia.sambaliung": ("/", "/verifikasi"),
    "pengamat.kpu-berau": ("/",),
}


@SIZES
@pytest.mark.parametrize("who", WALKS)
def test_every_working_page_is_accessible_and_fits(
    enter: Callable[..., Page],
    accessible: Callable[..., None],
    fits: Callable[[Page], None],
    who: str,
    size: tuple[int, int],
):
    page = enter(who, size=size)
    for path in WALKS[who]:
        page.goto(path)
        accessible(page, colours=size == DESKTOP or path == "/")
        fits(page)


@SIZES
def test_an_open_panel_and_its_errors_are_accessible(
    enter: Callable[..., Page],
    accessible: Callable[..., None],
    fits: Callable[[Page], None],
    session: object,
    size: tuple[int, int],
):
    page = enter("operator.berau", size=size)
    page.goto("/daftar-periksa?bidang=KTP")
    row = page.locator(f"#checklist-entry-{cast.entry_of('KTP-10', cast.BERAU, '2024-11-25').id}")
    row.locator(".tick").click()
    expect(row.locator(".panel")).to_be_visible()
    for fold in row.locator("details").all():
        fold.evaluate("fold => { fold.open = true; }")
    accessible(page)
    fits(page)


@SIZES
def test_an_entrys_own_page_is_accessible_open_and_verified(
    enter: Callable[..., Page],
    accessible: Callable[..., None],
    fits: Callable[[Page], None],
    session: object,
    size: tuple[int, int],
):
    kelay = cast.entry_of("LOG-12", "64.03.01").id
    returned = cast.entry_of("LOG-14", cast.BERAU).id
    for who, entry_id in (("operator.berau", returned), ("penyelia.berau", kelay)):
        page = enter(who, size=size)
        page.goto(f"/daftar-periksa/{entry_id}")
        for fold in page.locator("main details").all():
            fold.evaluate("fold => { fold.open = true; }")
        accessible(page)
        fits(page)


@SIZES
def test_the_door_and_the_refusals_are_accessible(
    enter: Callable[..., Page],
    open_window: Callable[..., Page],
    accessible: Callable[..., None],
    fits: Callable[[Page], None],
    size: tuple[int, int],
):
    door = open_window(size=size)
    door.goto("/masuk")
    door.get_by_role("button", name="Masuk").click()
    expect(door.locator(".summary")).to_be_focused()
    accessible(door)
    fits(door)
    inside = enter("operator.berau", size=size)
    for path in ("/verifikasi", "/daftar-periksa/999999999"):
        inside.goto(path)
        accessible(inside)
        fits(inside)


@SIZES
def test_whoever_holds_no_office_today_is_told_what_to_do(
    enter: Callable[..., Page],
    accessible: Callable[..., None],
    fits: Callable[[Page], None],
    session: object,
    size: tuple[int, int],
):
    accounts.create_account("tanpa.tugas", "Tanpa Tugas", cast.PASSWORD, must_change=False)
    cast.db.session.commit()
    page = enter("tanpa.tugas", size=size)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Belum ada penugasan")
    accessible(page)
    fits(page)


def test_the_front_page_shows_its_work_on_an_old_screen(
    enter: Callable[..., Page], fits: Callable[[Page], None]
):
    page = enter("operator.berau", size=OLD_SCREEN)
    page.goto("/")
    fits(page)
    visible = [row for row in page.locator(".entry").all() if (row.bounding_box() or {"y": 9999})["y"] < 700]
    assert len(visible) >= 5
