"""Pages: how long they take at Kaltim's and at the country's size, and what a row of the list costs."""

from __future__ import annotations

import gzip
import time
from typing import Any

from bench.figures import Report
from bench.places import Place
from bench.serving import Server
from bench.visitor import Visitor, median, send

PAGES = (
    ("front page, kabupaten", "operator.berau", "/"),
    ("front page, province of 105 kecamatan", "penyelia.kaltim", "/"),
    ("region page, kabupaten", "penyelia.kaltim", "/wilayah/64.03"),
    ("region page, province", "penyelia.kaltim", "/wilayah/64"),
)
ASKED = 60


def times_of(place: Place) -> dict[str, float]:
    """The median round trip of each page in ms, one client."""
    found = {}
    with Server("wsgi:app", place.environment) as desk:
        for name, who, path in PAGES:
            visitor = Visitor(desk.port).enter_desk(who)
            send(desk.port, [[visitor.get(path)] * 10])
            seen = send(desk.port, [[visitor.get(path)] * ASKED])
            if set(seen["statuses"]) != {"200"}:
                raise RuntimeError(f"{path}: {seen['statuses']}")
            found[name] = median(seen["times"])
    return found


def measure(report: Report, kaltim: Place, country: Place | None) -> None:
    """Write each page's median down and, where the country was built, how much slower it is there."""
    small = times_of(kaltim)
    large = times_of(country) if country is not None else {}
    for name, value in small.items():
        report.add("pages", f"{name}, Kaltim, {kaltim.database}", value, "ms", 50)
    for name, value in large.items():
        report.add("pages", f"{name}, the country, {kaltim.database}", value, "ms", 50)
        ratio = value / small[name]
        report.add("pages", f"{name}, the country against Kaltim, {kaltim.database}", ratio, "", 1.5)


def list_page(report: Report, kaltim: Place) -> None:
    """The list of 120 entries: statements, CPU an entry above the empty page, and its size compressed."""
    from app import create_app
    from config import Settings
    from tests.counting import statements

    settings = Settings(mode="demo", data=str(kaltim.data), database_url=kaltim.url, secret_key="bench")  # noqa: S106
    app = create_app(settings)
    browser = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False
    from bench.places import PASSWORD

    browser.post("/masuk", data={"akun": "operator.berau", "sandi": PASSWORD})
    full, empty = "/daftar-periksa?baris=120", "/daftar-periksa?baris=120&cari=tidakadayangbegini"
    page = browser.get(full).get_data()
    rows = page.count(b'id="checklist-entry-')
    with app.app_context(), statements() as asked:
        browser.get(full)
    above = _cpu(browser, full) - _cpu(browser, empty)
    report.add("list", "entries on the page", rows, "", None)
    report.add("list", "SQL statements", len(asked), "", 15)
    report.add("list", "CPU an entry above the empty page", above / max(rows, 1) * 1e6, "µs", 60)
    report.add("list", "page, compressed", len(gzip.compress(page, 4)) / 1000, "KB", 40)


def _cpu(browser: Any, path: str, times: int = 40) -> float:
    """Processor seconds of one answer, the middle of many."""
    spent = []
    for _ in range(times):
        began = time.process_time()
        browser.get(path)
        spent.append(time.process_time() - began)
    return sorted(spent)[times // 2]
