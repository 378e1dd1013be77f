"""An office installs its own desk by the guide alone: from an empty directory to Bulungan's first verified tick.

The commands are the guide's, block by block (docs/panduan/10-memasang.md); only its directories are the test's own.
What needs root stands in blocks that are not run here; the files that those install are tested in tests/deploy.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from tests.documents import sheets
from tests.office import HOST, Browser, Processes, blocks, here, run_blocks, settings_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
FIRST_TICK = "Centang pertama"
OWN = "jembatan-kayan-2029"
BEHIND_TLS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.20.30.40", "X-Forwarded-Host": HOST}


def test_from_an_empty_directory_to_the_first_verified_tick(tmp_path: Path):
    for name in ("data", "etc", "backups"):
        (tmp_path / name).mkdir(mode=0o700)
    told = blocks("diuji")
    headings = [heading for heading, _ in told]
    before = headings.index(FIRST_TICK)
    said = run_blocks([commands for _, commands in told[:before]], tmp_path)
    given = dict(re.findall(r"Akun (\S+) dibuat\.\nKata sandi sementara: (\S+)", said))
    admins = dict(re.findall(r"Kata sandi sementara (\S+): (\S+)", said))
    assert set(given) == {"operator.bulungan", "penyelia.bulungan"}
    assert stat.S_IMODE((tmp_path / "data" / "data" / "desk.db").stat().st_mode) == 0o600

    with Processes() as office:
        port = office.start_desk(settings_of(tmp_path / "etc" / "desk.env"), worker=True)
        admin = Browser(port, headers=BEHIND_TLS)
        admin.sign_in("admin.kaltara", admins["admin.kaltara"])
        admin.change_password(admins["admin.kaltara"], OWN)
        assert "Kalimantan Utara" in admin.get("/")

        slips = brought_in(admin, colleagues(50))
        assert len(slips) == 50
        colleague = newcomer(port, "petugas01.bulungan", slips)
        assert "Kabupaten Bulungan" in colleague.get("/")

        operator = newcomer(port, "operator.bulungan", given)
        entry = ticked(operator)

        supervisor = newcomer(port, "penyelia.bulungan", given)
        assert f"/daftar-periksa/{entry}" in supervisor.get("/verifikasi")
        page = f"/daftar-periksa/{entry}"
        assert supervisor.send(page, f"{page}/verifikasi").status == 303
        verified = operator.get(page)
        assert "Terverifikasi" in verified
        assert "Maria Lawing" in verified
        run_blocks(['flask() { /opt/desk-pilkada/deploy/flask "$@"; }', *after(told, before)], tmp_path)


def colleagues(count: int) -> bytes:
    """The people template filled in for Bulungan, its columns as the application names them."""
    titles = ("Nama", "Nama akun", "Peran", "Kode wilayah", "Mulai", "Nomor SK")
    rows = [
        (f"Petugas {n:02d}", f"petugas{n:02d}.bulungan", "Operator", "65.01", "", "SK 100.3/12/2029")
        for n in range(1, count + 1)
    ]
    return sheets.workbook(titles, rows, kind="orang")


def brought_in(admin: Browser, sheet: bytes) -> dict[str, str]:
    """Upload the sheet, let the worker check and apply it, and take the slips: account name -> password."""
    reply = admin.send_file("/impor/orang", "/impor/orang", "berkas", "petugas.xlsx", sheet)
    assert reply.status == 303, reply.text
    page = str(reply.header("Location"))
    admin.until(page, "Terapkan</button>")
    assert admin.send(page, f"{page}/terapkan").status == 303
    admin.until(page, "Tampilkan kata sandi")
    told = admin.send(page, f"{page}/kata-sandi").text
    return dict(
        re.findall(r"Nama akun</dt><dd><strong>([^<]+)</strong>.*?<code[^>]*>([^<]+)</code>", told, re.DOTALL)
    )


def after(told: list[tuple[str, str]], first: int) -> list[str]:
    """What the guide does once people work: the desk is running meanwhile."""
    return [commands for _, commands in told[first:]]


def newcomer(port: int, username: str, given: dict[str, str]) -> Browser:
    """Signed in for the first time, with a password of their own."""
    browser = Browser(port, headers=BEHIND_TLS)
    browser.sign_in(username, given[username])
    browser.change_password(given[username], OWN)
    return browser


def ticked(operator: Browser) -> str:
    """Tick the first entry of Bulungan's list and return its number, in whatever year this runs."""
    for due in ("", "later", "before"):
        listed = operator.get(f"/daftar-periksa?wilayah=65.01&tenggat={due}")
        assert "Kabupaten Bulungan" in listed
        for entry in dict.fromkeys(re.findall(r'action="/daftar-periksa/(\d+)/selesai"', listed)):
            page = f"/daftar-periksa/{entry}"
            reply = operator.send(page, f"{page}/selesai", tanpa_bukti="Naskah asli di ruang arsip.")
            if reply.status == 303:
                return str(entry)
    raise AssertionError("nothing could be ticked")


def test_every_block_of_the_guide_is_run_or_says_that_it_needs_root():
    from tests.office import GUIDE

    text = GUIDE.read_text(encoding="utf-8")
    kinds = re.findall(r"^```(.+)$", text, re.MULTILINE)
    assert {kind for kind in kinds if kind.startswith("sh")} <= {"sh diuji", "sh root"}
    assert len(blocks("diuji", text)) > 5
    assert "/opt/desk-pilkada" not in here("/opt/desk-pilkada/deploy/flask", Path("/x"))
