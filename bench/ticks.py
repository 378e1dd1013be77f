"""A tick against the floor: the same clients, one after the other on the same machine, several rounds of each."""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.sqlite import driver
from bench import floor
from bench.figures import HOME, Report
from bench.places import PASSWORD, Place, copy_of
from bench.serving import Server, memory_mib
from bench.visiting import HTMX, TOKEN, Visitor, click

ROUNDS = {1: (7, 128), 8: (9, 192), 32: (8, 256)}
"""Clients -> (rounds, clicks of each). The first of each client wait in one crowd: eight each outweigh them."""
QUICK_ROUNDS = dict.fromkeys(ROUNDS, (3, 160))
PART = "Tick"
TICKABLE = """
SELECT e.id FROM checklist_entry e JOIN checklist_item_version v ON v.id = e.version_id
WHERE e.region_code LIKE ? AND e.standing = 'belum' AND e.version = 1 AND v.evidence IN ('', 'angka') ORDER BY e.id
"""
"""Entries that need no file: what one click can tick."""
DESKS = {"berau": "64.03%", "kukar": "64.02%", "paser": "64.01%", "kutim": "64.08%"}


def percentile(times: list[float], part: float) -> float:
    """The value below which that part of the times lies."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def load(port: int, clients: list[list[dict[str, Any]]]) -> dict[str, Any]:
    """Let the load generator send these requests from a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=json.dumps({"port": port, "clients": clients}),
        stdout=subprocess.PIPE,
        text=True,
        cwd=HOME,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


class Ticks:
    """An endless supply of ticks, each on an entry of its own, of operators of several desks in turn."""

    def __init__(self, port: int, data: Path) -> None:
        self._makers = [self._of(port, name, part, data) for name, part in DESKS.items()]
        self._turn = 0

    def _of(self, port: int, name: str, part: str, data: Path) -> Iterator[dict[str, Any]]:
        visitor = Visitor(port)
        token = visitor.sign_in(f"operator.{name}", PASSWORD)
        base = driver.connect(str(data / "desk.db"))
        ids = [row[0] for row in base.execute(TICKABLE, (part,))]
        base.close()
        random.Random(7205).shuffle(ids)
        for number in ids:
            form = {"csrf_token": token, "versi": 1, "kunci": f"Zx81pQw7Ktb-{number}-1", "kembali": "/"}
            yield click(visitor, f"/daftar-periksa/{number}/selesai", form, HTMX)

    def __next__(self) -> dict[str, Any]:
        self._turn += 1
        return next(self._makers[self._turn % len(self._makers)])


def floor_clicks(port: int) -> Iterator[dict[str, Any]]:
    """The floor's clicks."""
    visitor = Visitor(port)
    visitor.ask("GET", "/masuk")
    found = TOKEN.search(visitor.get("/").text)
    assert found
    for number in range(1, floor.ROWS + 1):
        yield click(visitor, f"/butir/{number}", {"csrf_token": found[1], "versi": 1}, HTMX)


def measure(report: Report, kaltim: Place, quick: bool) -> None:
    """Alternate floor and tick for each number of clients; ratios are of the medians of rounds."""
    with tempfile.TemporaryDirectory(prefix="desk-bench-floor-") as home, copy_of(kaltim) as place:
        floor.prepare(Path(home))
        with (
            Server("wsgi:app", place.environment) as desk,
            Server("bench.floor:app", {"FLOOR_DATA": home}) as lowest,
        ):
            ticks, clicks = Ticks(desk.port, place.data), floor_clicks(lowest.port)
            for server, supply in ((lowest, clicks), (desk, ticks)):
                load(server.port, [[next(supply) for _ in range(20)] for _ in range(8)])  # every thread once
            for clients, (rounds, at_once) in (QUICK_ROUNDS if quick else ROUNDS).items():
                _round_trips(report, clients, rounds, at_once, (lowest, clicks), (desk, ticks))
            rss = [memory_mib(pid) for pid in desk.workers()]
            report.add(
                "Memory", "web worker after the ticks, resident", max(m["rss"] for m in rss), "MiB", 90
            )


def _round_trips(
    report: Report, clients: int, rounds: int, at_once: int, lowest: tuple[Any, Any], desk: tuple[Any, Any]
) -> None:
    seen: dict[str, list[dict[str, Any]]] = {"floor": [], "tick": []}
    spent = {"floor": 0.0, "tick": 0.0}
    each = at_once // clients
    for number in range(rounds):
        both = [("floor", lowest), ("tick", desk)]
        for name, (server, supply) in both if number % 2 else reversed(both):  # a machine's speed drifts
            requests = [[next(supply) for _ in range(each)] for _ in range(clients)]
            before = server.cpu_seconds()
            seen[name].append(load(server.port, requests))
            spent[name] += server.cpu_seconds() - before
    medians = {name: [statistics.median(run["times"]) for run in runs] for name, runs in seen.items()}
    ratio = statistics.median(t / f for t, f in zip(medians["tick"], medians["floor"], strict=True))
    times = {name: [time for run in runs for time in run["times"]] for name, runs in seen.items()}
    said = f"{clients} client{'s' if clients > 1 else ''}"
    median = statistics.median(times["tick"])
    errors = sum(n for run in seen["tick"] for status, n in run["statuses"].items() if status != "200")
    report.add(PART, f"{said}: floor, median round trip", statistics.median(times["floor"]), "ms")
    report.add(PART, f"{said}: tick, median round trip", median, "ms")
    report.add(PART, f"{said}: tick, 95th percentile", percentile(times["tick"], 0.95), "ms")
    p99 = percentile(times["tick"], 0.99)
    report.add(PART, f"{said}: tick, 99th percentile", p99, "ms", 4 * median if clients > 1 else None)
    report.add(PART, f"{said}: tick over floor, round trip", ratio, "×", 2.5)
    report.add(PART, f"{said}: tick over floor, processor time", spent["tick"] / spent["floor"], "×")
    report.add(
        PART, f"{said}: ticks a second", each * clients * rounds / sum(r["seconds"] for r in seen["tick"])
    )
    report.add(PART, f"{said}: errors", errors, "", 0)
