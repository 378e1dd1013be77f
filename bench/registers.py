"""The situation room and the registers: looks, the grid of 1,447 TPS, a sheet of Kaltim's TPS in, a country's out."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from app.sqlite import driver
from bench import floor
from bench.figures import HOME, Report
from bench.measures import below, inside, peak
from bench.places import PASSWORD, Place, copy_of
from bench.serving import Server, peak_mib
from bench.ticks import floor_clicks, load
from bench.visiting import HTMX, Visitor, click

MOST_MS = {"kaltim": 60, "nasional": 100}
PART, GRID, SHEETS = "Situation", "Grid", "Sheets"
KUKAR = "64.02"


def situation(report: Report, places: list[Place]) -> None:
    """Every look at every desk, inside one process: the first time, and again while nobody did anything."""
    for place in places:
        told = inside(place, "situation")
        for title, seen in told.items():
            name, most = f"{title}: {place.size}, {place.database}", MOST_MS[place.size]
            for when, words in (("first", "first time"), ("again", "again")):
                note = f"processor {seen[when]['cpu']:.0f} ms"
                report.add(PART, f"{name}, {words}", seen[when]["ms"], "ms", most, note)
            if place is places[0]:
                report.add(PART, f"{title}: SQL statements, first time", seen["statements"], "", 70)
                report.add(PART, f"{title}: SQL statements, again", seen["statements_again"], "", 20)


def grid(report: Report, kaltim: Place, quick: bool) -> None:
    """The page of 1,447 TPS, and one click on it against the floor: the first mark of a place, and a change."""
    rounds, at_once = (3, 64) if quick else (7, 96)
    with tempfile.TemporaryDirectory(prefix="desk-bench-floor-") as home, copy_of(kaltim) as place:
        villages = inside(place, "stations")["villages"]
        floor.prepare(Path(home))
        with (
            Server("wsgi:app", place.environment) as desk,
            Server("bench.floor:app", {"FLOOR_DATA": home}) as lowest,
        ):
            visitor = Visitor(desk.port)
            token = visitor.sign_in("operator.kukar", PASSWORD)
            page = f"/logistik/kisi?wilayah={KUKAR}&tingkat=tps"
            seen = [visitor.get(page) for _ in range(12)][2:]
            report.add(GRID, "page of 1,447 TPS, as sent", len(seen[0].wire) / 1000, "KB", 150)
            report.add(
                GRID, "page of 1,447 TPS, round trip", statistics.median(a.milliseconds for a in seen), "ms"
            )
            places = [(code, n) for code, many in villages.items() for n in range(1, many + 1)]
            random.Random(7205).shuffle(places)
            clicks = floor_clicks(lowest.port)
            for title, version, stand in (("first mark", 0, "sampai"), ("change", 1, "kembali")):
                marks = _marks(visitor, token, places[: rounds * at_once], version, stand)
                _against_the_floor(report, title, rounds, at_once, (lowest, clicks), (desk, marks))


def _marks(
    visitor: Visitor, token: str, places: list[tuple[str, int]], version: int, stand: str
) -> Iterator[dict[str, Any]]:
    for code, number in places:
        form = {
            "csrf_token": token,
            "wilayah": KUKAR,
            "tingkat": "tps",
            "tandai": f"{code}:{version}:{stand}:{number}",
        }
        yield click(visitor, "/logistik/kisi/tandai", form, HTMX)


def _against_the_floor(
    report: Report, title: str, rounds: int, at_once: int, lowest: tuple[Any, Any], desk: tuple[Any, Any]
) -> None:
    """Rounds of both in turn by one client; the ratio is the median of the rounds' ratios of medians."""
    medians: dict[str, list[float]] = {"floor": [], "desk": []}
    spent = {"floor": 0.0, "desk": 0.0}
    errors = 0
    for _ in range(rounds):
        for name, (server, supply) in (("floor", lowest), ("desk", desk)):
            before = server.cpu_seconds()
            run = load(server.port, [[next(supply) for _ in range(at_once)]])
            spent[name] += server.cpu_seconds() - before
            medians[name].append(statistics.median(run["times"]))
            errors += sum(n for status, n in run["statuses"].items() if status != "200")
    ratio = statistics.median(d / f for d, f in zip(medians["desk"], medians["floor"], strict=True))
    report.add(GRID, f"{title}: median round trip", statistics.median(medians["desk"]), "ms")
    report.add(GRID, f"{title} over floor, round trip", ratio, "×", 2.5)
    report.add(GRID, f"{title} over floor, processor time", spent["desk"] / spent["floor"], "×")
    report.add(GRID, f"{title}: errors", errors, "", 0)


def sheet_in(report: Report, kaltim: Place) -> None:
    """The arrivals of 6,274 TPS come in by a sheet: its check that changes nothing, then the deed, by the worker."""
    with copy_of(kaltim) as place:
        environment = {**os.environ, **place.environment, "PYTHONUNBUFFERED": "1"}
        worker = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "pekerja"], cwd=HOME, env=environment
        )
        try:
            time.sleep(6)  # a worker that has been up for a while, as on any day
            total = largest = 0.0
            for what, words in (("sheet_in", "check of 6,274 rows"), ("sheet_applied", "applying them")):
                inside(place, what)
                seconds, memory = _finished(place, worker.pid)
                report.add(SHEETS, f"{words}: from asked to ready", seconds, "s")
                total, largest = total + seconds, max(largest, memory)
        finally:
            worker.terminate()
            worker.wait(30)
        base = driver.connect(str(place.data / "desk.db"))
        rows = base.execute("SELECT count(*) FROM logistics_arrival WHERE station <> ''").fetchone()[0]
        base.close()
        report.add(SHEETS, "import of 6,274 TPS with its check", total, "s", 5, f"{rows:,} TPS are there")
        report.add(SHEETS, "import: largest process of the worker", largest, "MiB", 200)


def _finished(place: Place, pid: int) -> tuple[float, float]:
    """Seconds that the newest job took, and the largest process meanwhile."""
    base = driver.connect(str(place.data / "desk.db"))
    largest, deadline = 0.0, time.monotonic() + 300
    question = (
        "SELECT state, (julianday(ended_at) - julianday(asked_at)) * 86400, error FROM job ORDER BY id DESC"
    )
    while time.monotonic() < deadline:
        state, seconds, error = base.execute(question).fetchone()
        largest = max(largest, *(peak(process) for process in (pid, *below(pid))))
        if state == "gagal":
            raise RuntimeError(f"the import failed: {error}")
        if state == "selesai":
            return float(seconds), largest
        time.sleep(0.1)
    raise RuntimeError("the import was not ready in five minutes")


def sheet_out(report: Report, kaltim: Place) -> None:
    """As many arrivals as the country has TPS leave as CSV: streamed, so that memory does not grow with them."""
    with copy_of(kaltim) as place:
        rows = inside(place, "many")["rows"]
        with Server("wsgi:app", {**place.environment, "DESK_WORKERS": "1"}) as server:
            visitor = Visitor(server.port)
            token = visitor.sign_in("operator.kaltim", PASSWORD)
            form = urlencode({"csrf_token": token, "format": "csv"})
            began = time.monotonic()
            first, size, lines = visitor.stream("/register/kedatangan-logistik/unduh", form)
            seconds = time.monotonic() - began
            peak = max(peak_mib(pid) for pid in server.workers())
        note = f"{size / 1e6:.0f} MB, {lines - 1:,} lines, first piece after {first:.1f} s"
        report.add(SHEETS, f"export of {rows:,} rows as CSV", seconds, "s", None, note)
        report.add(SHEETS, "export: rows missing", rows - (lines - 1 - _kept(kaltim)), "", 0)
        report.add(SHEETS, "export: peak memory of the web worker", peak, "MiB", 300)


def _kept(kaltim: Place) -> int:
    """Arrivals that the demo has by itself."""
    base = driver.connect(str(kaltim.data / "desk.db"))
    question = "SELECT count(*) FROM logistics_arrival WHERE withdrawn_at IS NULL"
    number: int = base.execute(question).fetchone()[0]
    base.close()
    return number
