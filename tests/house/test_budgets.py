"""What a page may weigh on a weak line: packed as it travels, without what the browser has kept of an earlier one."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest

from app.domain import reports
from app.extensions import db
from tests import cast
from tests.domain.reports.written import owed

pytestmark = [pytest.mark.template("demo"), pytest.mark.one_database]
MOST = 50 * 1024
ALL_ASSETS = 65 * 1024
LEVEL = 4
"""As the server packs a page (`app/web/headers.py`)."""
PACKED = {"Accept-Encoding": "gzip"}
CORE = (
    "/",
    "/daftar-periksa",
    "/daftar-periksa/kisi",
    "/verifikasi",
    "/wilayah/64.03",
    "/situasi",
    "/situasi/layar",
    "/tahapan",
    "/netralitas",
    "/register",
    "/register/kendala",
    "/register/kendala/baru",
    "/register/insiden/baru",
    "/logistik",
    "/logistik/kisi",
    "/insiden",
    "/keamanan",
    "/ktp-el",
    "/pemungutan",
    "/sosialisasi",
    "/dukungan",
    "/kunjungan",
    "/pelaporan",
    "/pelaporan/papan",
    "/laporan",
    "/jejak",
    "/akun",
    "/bantuan",
)
"""Pages of a day's work."""
PEOPLE = ("operator.berau", "penyelia.berau", "admin.kaltim", "pimpinan.kaltim")
ASSET = re.compile(r"<(?:script|link)\b[^>]*?(?:src|href)=\"(/static/[^\"]+)\"")


def weight(client: Any, path: str) -> int:
    """Bytes of a page as it travels; 0 where this person may not have the page."""
    answer = client.get(path)
    assert answer.status_code in (200, 403), (path, answer.status_code)
    return len(gzip.compress(answer.data, LEVEL)) if answer.status_code == 200 else 0


@pytest.mark.parametrize("username", PEOPLE)
def test_each_core_page_is_under_50_kb(client: Any, session: Any, username: str):
    cast.signed_in(client, username)
    weights = {path: weight(client, path) for path in CORE}
    assert sum(map(bool, weights.values())) > 8, "the refused ones weigh nothing"
    assert {path: size for path, size in weights.items() if size >= MOST} == {}


def test_an_entry_and_a_report_being_written_are_under_50_kb(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    entry = cast.entry_of("KTP-10", cast.BERAU, "2024-11-25")
    row = reports.find(_todays_report(), cast.person("operator.berau"))
    for path in (f"/daftar-periksa/{entry.id}", f"/pelaporan/{row.id}/tulis", f"/pelaporan/{row.id}/nihil"):
        assert 0 < weight(client, path) < MOST, path


def _todays_report() -> int:
    found = db.session.scalar(
        db.select(reports.Report.id).where(
            reports.Report.region_code == cast.BERAU, reports.Report.day == cast.dt.date(2024, 11, 25)
        )
    )
    return found or owed(cast.person("operator.berau")).id


def test_the_door_with_all_it_loads_is_under_65_kb(client: Any):
    page = client.get("/masuk").text
    loaded = sum(len(client.get(name, headers=PACKED).data) for name in set(ASSET.findall(page)))
    assert weight(client, "/masuk") + loaded < ALL_ASSETS


@pytest.mark.parametrize("path", ["/", "/daftar-periksa", "/register/kendala/baru", "/situasi"])
def test_all_that_a_page_loads_is_under_65_kb_together(client: Any, session: Any, path: str):
    cast.signed_in(client, "operator.berau")
    found = set(ASSET.findall(client.get(path).text))
    assert any(name.startswith("/static/desk.css") for name in found)
    assert sum(len(client.get(name, headers=PACKED).data) for name in found) < ALL_ASSETS


def test_what_a_page_loads_is_kept_for_a_year(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    for name in ASSET.findall(client.get("/").text):
        assert "immutable" in client.get(name).headers["Cache-Control"], name
