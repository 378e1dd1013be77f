"""The same pages on the same desk, alone and in the middle of a nation: what they cost, and how that grows with TPS.

One visitor at one worker, the desks in turn, so that a busy moment hits all of them; beside each the floor's own page.
"""

from __future__ import annotations

import json
import math
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bench import floor
from bench.figures import Report
from bench.measures import inside
from bench.places import PASSWORD, Place
from bench.registers_inside import TPS_OF_KALTIM, TPS_OF_THE_COUNTRY
from bench.serving import Server, memory_mib
from bench.ticks import percentile
from bench.visiting import Visitor

PART = "Scale"
MOST_EXPONENT = 0.2
WARM, TIMES = 5, 40
LOOKS = (
    ("front page, province", "operator.kaltim", "/"),
    ("checklist page of 120, kabupaten", "operator.berau", "/daftar-periksa?baris=120"),
    ("checklist page, province", "operator.kaltim", "/daftar-periksa"),
    ("verification queue, province", "penyelia.kaltim", "/verifikasi"),
    ("region page, province", "operator.kaltim", "/wilayah/64"),
    ("situation room, province", "penyelia.kaltim", "/situasi"),
    ("board of reports, province", "penyelia.kaltim", "/pelaporan/papan"),
    ("compilation, province", "operator.kaltim", "/pelaporan/{compilation}/kompilasi"),
    ("search in a register, province", "operator.kaltim", "/register/insiden?cari=jembatan"),
    ("grid of TPS, kabupaten", "operator.berau", "/logistik/kisi?wilayah=64.03&tingkat=tps"),
)


class Seen(NamedTuple):
    """One page of one desk: its times in milliseconds, and what one look takes."""

    times: list[float]
    processor: float
    wire: int
    statements: int

    @property
    def median(self) -> float:
        """Half of the looks were quicker."""
        return statistics.median(self.times)


def measure(report: Report, places: list[Place]) -> None:
    """Every page of LOOKS at every desk; the exponent where a database has both sizes."""
    with _floor() as lowest:
        for title, who, path in LOOKS:
            seen, least = _looked_at(places, who, path, lowest)
            for place, one in zip(places, seen, strict=True):
                _tell(report, f"{title}: {place.size}, {place.database}", one, least)
            _growth(report, title, {(p.size, p.database): one for p, one in zip(places, seen, strict=True)})
    for place in places:
        with _served(place) as (server, _):
            for _, who, path in LOOKS:
                visitor = Visitor(server.port)
                visitor.sign_in(who, PASSWORD)
                visitor.get(_address(place, path))
            rss = max(memory_mib(pid)["rss"] for pid in server.workers())
            report.add(PART, f"web worker after all pages: {place.size}, {place.database}", rss, "MiB")


def _tell(report: Report, name: str, seen: Seen, least: float) -> None:
    p95, p99 = percentile(seen.times, 0.95), percentile(seen.times, 0.99)
    note = f"95th {p95:.1f}, 99th {p99:.1f} ms; processor {seen.processor:.1f} ms; {seen.wire / 1000:.1f} KB"
    report.add(PART, name, seen.median, "ms", None, f"{note}; {seen.statements} statements")
    report.add(PART, f"{name}, over the floor's page", seen.median / least, "×")


def _growth(report: Report, title: str, seen: dict[tuple[str, str], Seen]) -> None:
    for database in sorted({database for _, database in seen}):
        small, large = seen.get(("kaltim", database)), seen.get(("nasional", database))
        if small and large:
            growth = math.log(large.median / small.median) / math.log(TPS_OF_THE_COUNTRY / TPS_OF_KALTIM)
            name = f"{title}: exponent in the number of TPS, {database}"
            report.add(PART, name, growth, "", MOST_EXPONENT)


def _looked_at(
    places: list[Place], who: str, path: str, lowest: tuple[Server, Visitor]
) -> tuple[list[Seen], float]:
    """What the page costs at every desk, and the median of the floor's page between its looks."""
    addresses = [_address(place, path) for place in places]
    asked = [
        inside(place, "asked", LOOK=json.dumps([who, address]))
        for place, address in zip(places, addresses, strict=True)
    ]
    times: list[list[float]] = [[] for _ in places]
    spent, sizes, least = [0.0 for _ in places], [0 for _ in places], []
    with ExitStack() as stack:
        served = [stack.enter_context(_served(place)) for place in places]
        for _, visitor in served:
            visitor.sign_in(who, PASSWORD)
        for turn in range(WARM + TIMES):
            least.append(lowest[1].get("/").milliseconds)
            for number, (server, visitor) in enumerate(served):
                before = server.cpu_seconds()
                answer = visitor.get(addresses[number])
                if turn >= WARM:
                    times[number].append(answer.milliseconds)
                    spent[number] += (server.cpu_seconds() - before) * 1000 / TIMES
                    sizes[number] = len(answer.wire)
    seen = [
        Seen(times[number], spent[number], sizes[number], asked[number]["statements"])
        for number in range(len(places))
    ]
    return seen, statistics.median(least[WARM:])


_landmarks: dict[Path, dict[str, Any]] = {}


def _address(place: Place, path: str) -> str:
    """The path with the numbers that this desk gave to what it names."""
    if "{" not in path:
        return path
    if place.data not in _landmarks:
        _landmarks[place.data] = inside(place, "landmarks")
    return path.format(**_landmarks[place.data])


@contextmanager
def _served(place: Place) -> Iterator[tuple[Server, Visitor]]:
    with Server("wsgi:app", {**place.environment, "DESK_WORKERS": "1"}) as server:
        yield server, Visitor(server.port)


@contextmanager
def _floor() -> Iterator[tuple[Server, Visitor]]:
    """The floor application with somebody signed in."""
    with tempfile.TemporaryDirectory(prefix="desk-bench-floor-") as home:
        floor.prepare(Path(home))
        with Server("bench.floor:app", {"FLOOR_DATA": home, "DESK_WORKERS": "1"}) as server:
            visitor = Visitor(server.port)
            visitor.ask("GET", "/masuk")
            yield server, visitor
