"""Photographs every main page into docs/shots, 1280 and 390 px wide: `make shots`.

A desk of its own is started with the demo in a temporary directory, so that the pictures show what a stranger
sees after `make run`. Needs Chromium (on PATH, or DESK_CHROMIUM) and scripts/serve.py.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from scripts.have import chromium

HOME = Path(__file__).resolve().parent.parent
SHOTS = HOME / "docs" / "shots"
WIDTHS = {"1280": (1280, 800), "390": (390, 844)}
COLOURS = 96
"""Of a page's few colours this many are enough; a picture then weighs a third."""
PASSWORD = "sandi-untuk-foto"  # noqa: S105  (of a desk that lives as long as this script)


@dataclass(frozen=True)
class Shot:
    """One page as one person sees it.

    `link` names the link to follow when the address holds a number, `open` what to press on the page before the
    picture is taken, until `until` shows.
    """

    name: str
    account: str | None
    path: str
    link: str | None = None
    open: str | None = None
    until: str = ".panel"


ALBUM = (
    Shot("masuk", None, "/masuk"),
    Shot("hari-ini", "operator.berau", "/"),
    Shot("hari-ini-isian", "operator.berau", "/", open=".entry .op"),
    Shot("hari-ini-penyelia", "penyelia.berau", "/"),
    Shot("hari-ini-provinsi", "pimpinan.kaltim", "/"),
    Shot("daftar-periksa", "operator.berau", "/daftar-periksa"),
    Shot("isian", "operator.berau", "/daftar-periksa?butir=LOG-14", ".entries .ti a"),
    Shot("kejadian", "operator.berau", "/daftar-periksa/kejadian"),
    Shot("kisi", "operator.berau", "/daftar-periksa/kisi?butir=LOG-12"),
    Shot("verifikasi", "penyelia.berau", "/verifikasi"),
    Shot("wilayah", "operator.kaltim", "/wilayah/64.03"),
    Shot("wilayah-provinsi", "pimpinan.kaltim", "/wilayah/64"),
    Shot("situasi", "pimpinan.kaltim", "/situasi"),
    Shot("layar", "pimpinan.kaltim", "/situasi/layar"),
    Shot("netralitas", "operator.berau", "/netralitas"),
    Shot("register", "operator.berau", "/register"),
    Shot("register-insiden", "operator.kaltim", "/register/insiden"),
    Shot("catat-edaran", "operator.berau", "/register/edaran-netralitas/baru"),
    Shot("logistik", "operator.kaltim", "/logistik"),
    Shot("kisi-logistik", "operator.berau", "/logistik/kisi"),
    Shot("ktp-el", "operator.kaltim", "/ktp-el"),
    Shot("keamanan", "operator.kaltim", "/keamanan"),
    Shot("rapat-senin", "operator.kaltim", "/rapat/senin"),
    Shot("pelaporan", "operator.berau", "/pelaporan"),
    Shot("pelaporan-papan", "penyelia.kaltim", "/pelaporan/papan?jenis=senin"),
    Shot("pelaporan-senin", "penyelia.kaltim", "/pelaporan/senin/2024-11-25"),
    Shot("pengiriman", "penyelia.kaltim", "/pengiriman"),
    Shot("laporan", "operator.berau", "/laporan"),
    Shot("tahapan", "operator.kaltim", "/tahapan"),
    Shot("jejak", "inspektorat.kaltim", "/jejak"),
    Shot("akun", "operator.berau", "/akun"),
    Shot("bantuan", "operator.berau", "/bantuan"),
    Shot("pengaturan", "admin.kaltim", "/pengaturan"),
    Shot("orang", "admin.kaltim", "/orang"),
    Shot("orang-satu", "admin.kaltim", "/orang?wilayah=64.03", "tbody th a"),
    Shot("impor-orang", "admin.kaltim", "/impor/orang"),
    Shot("pustaka", "admin.kaltim", "/pustaka"),
    Shot("jadwal-khusus", "admin.kaltim", "/tahapan/jadwal-khusus"),
    Shot("angka-acuan", "admin.kaltim", "/wilayah/64.03/angka"),
    Shot("kop-surat", "admin.kaltim", "/kop-surat/64.03"),
)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demo_desk() -> Iterator[str]:
    """The address of a running demo; it ends and its data goes when the block is left."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="desk-shots-") as data:
        usual = {name: value for name, value in os.environ.items() if not name.startswith("DESK_")}
        environment = {**usual, "PORT": str(port), "DESK_DATA": data, "DESK_DEMO_PASSWORD": PASSWORD}
        command = [sys.executable, str(HOME / "scripts" / "serve.py")]
        desk = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert desk.stdout is not None  # noqa: S101  (it was asked for)
            if not any("siap dalam" in line for line in desk.stdout):
                raise SystemExit("the desk did not start; its own words are above")
            yield f"http://127.0.0.1:{port}"
        finally:
            desk.send_signal(signal.SIGTERM)
            desk.communicate()


def sign_in(page: Page, account: str) -> None:
    """Sign in as a demo account and wait for the page after it."""
    page.goto("/masuk")
    page.fill("input[name=akun]", account)
    page.fill("input[name=sandi]", PASSWORD)
    page.click("main form button")
    page.wait_for_url(lambda address: "/masuk" not in address)


def photograph(browser: Browser, address: str, shot: Shot, width: str) -> None:
    """Write docs/shots/<name>-<width>.png."""
    size = {"width": WIDTHS[width][0], "height": WIDTHS[width][1]}
    context = browser.new_context(base_url=address, viewport=size, locale="id-ID", reduced_motion="reduce")
    page = context.new_page()
    if shot.account:
        sign_in(page, shot.account)
    reply = page.goto(shot.path)
    if reply is None or reply.status != 200:
        raise SystemExit(f"{shot.path} as {shot.account}: {reply.status if reply else 'no answer'}")
    if shot.link:
        page.goto(page.locator(shot.link).first.get_attribute("href") or shot.path)
    if shot.open:
        page.locator(shot.open).first.click()
        page.locator(shot.until).wait_for()
    # A long list is photographed as far as a person scrolls once, not to its hundredth row.
    height = min(page.evaluate("document.documentElement.scrollHeight"), 1_200)
    page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
    path = SHOTS / f"{shot.name}-{width}.png"
    page.screenshot(path=path)
    context.close()
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(f"docs/shots/{shot.name}-{width}.png")


def main() -> int:
    path = chromium()
    if path is None:
        print("No Chromium (Debian: apt-get install chromium), or set DESK_CHROMIUM", file=sys.stderr)
        return 1
    SHOTS.mkdir(parents=True, exist_ok=True)
    arguments = [
        "--no-sandbox",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-gpu",
        "--lang=id",
    ]
    with demo_desk() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        for shot in ALBUM:
            for width in WIDTHS:
                photograph(browser, address, shot, width)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
