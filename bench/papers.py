"""A paper of hundreds of pages: beside one naive layout of the same rows, made anew with little changed, and what a
click feels of it meanwhile.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from bench.figures import HOME, Report
from bench.measures import inside, watched
from bench.places import Place, copy_of
from bench.serving import Server
from bench.ticks import Ticks, load, percentile

PART = "Annex"
MOST_PRINTING = 200
AT_ONCE = 20
"""Clicks of one operator one after the other, before a breath."""
BREATH_SECONDS = 0.3


def annex(report: Report, kaltim: Place) -> None:
    """The list of all TPS of Kaltim as PDF by the worker, cold, with a tenth changed, and while somebody ticks."""
    with copy_of(kaltim) as place:
        rows = inside(place, "annex_filled")["rows"]
        naive = inside(place, "annex_naive")
        what = f"{naive['rows']:,} rows, {naive['pages']} pages"
        report.add(PART, f"{what}: one naive layout", naive["seconds"], "s", None, f"{naive['mib']:.0f} MiB")
        with _worker(place) as worker:
            cold, memory = _printed(place, worker)
            inside(place, "annex_changed")
            again, more = _printed(place, worker)
        report.add(PART, f"{rows:,} TPS: from asked to ready, cold", cold, "s")
        report.add(PART, "cold, of the naive layout's time", cold / naive["seconds"], "×", 0.5)
        report.add(PART, "a tenth of its sections changed", again, "s")
        report.add(PART, "a tenth changed, of the naive layout's time", again / naive["seconds"], "×", 0.1)
        report.add(PART, "largest process of the worker", max(memory, more), "MiB", MOST_PRINTING)
        _meanwhile(report, place)


def _printed(place: Place, worker: int) -> tuple[float, float]:
    seconds, memory, _ = watched(place, inside(place, "annex_asked")["job"], worker)
    return seconds, memory


@contextmanager
def _worker(place: Place) -> Iterator[int]:
    """A worker that has been up for a while, as on any day; its process."""
    environment = {**os.environ, **place.environment, "PYTHONUNBUFFERED": "1"}
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "pekerja"], cwd=HOME, env=environment
    )
    try:
        time.sleep(6)
        yield worker.pid
    finally:
        worker.terminate()
        worker.wait(30)


def _meanwhile(report: Report, place: Place) -> None:
    """One operator's clicks while nothing is printed, and while the whole paper is, with nothing kept of it."""
    for piece in (place.data / "pieces").glob("*"):
        piece.unlink()
    with Server("wsgi:app", place.environment) as desk, _worker(place) as worker:
        ticks = Ticks(desk.port, place.data)

        def clicked() -> list[float]:
            time.sleep(BREATH_SECONDS)
            times: list[float] = load(desk.port, [[next(ticks) for _ in range(AT_ONCE)]])["times"]
            return times

        clicked()
        idle = [one for _ in range(15) for one in clicked()]
        busy: list[float] = []
        with ThreadPoolExecutor(1) as hand:
            printing = hand.submit(_printed, place, worker)
            while not printing.done():
                busy += clicked()
            printing.result()
    report.add(PART, "tick, 95th percentile, nothing printed", percentile(idle, 0.95), "ms")
    report.add(
        PART, f"tick, 95th percentile of {len(busy)} while it is printed", percentile(busy, 0.95), "ms"
    )
    ratio = percentile(busy, 0.95) / percentile(idle, 0.95)
    report.add(PART, "tick, 95th percentile, printing over not", ratio, "×", 1.5)
