"""A tick against the floor: the whole round trip, in turns in one run, with 1, 8 and 32 clients."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from bench import floor
from bench.figures import Report
from bench.places import Place, copy_of
from bench.serving import Server
from bench.visitor import Visitor, at_99, median, send

PLANS = ((1, 300), (8, 100), (32, 30))
"""How many clients, and how many clicks each sends in one turn."""
TURNS = 3


def tickable(place: Place) -> list[int]:
    """Entries of Berau that one click can tick: untouched and in need of no file."""
    from app import create_app
    from app.domain.checklists import Entry, ItemVersion, needs_file
    from app.extensions import db
    from config import Settings

    app = create_app(Settings(mode="demo", data=str(place.data), database_url=place.url))
    with app.app_context():
        query = (
            db.select(Entry.id, ItemVersion.evidence)
            .join(ItemVersion, ItemVersion.id == Entry.version_id)
            .where(Entry.region_code >= "64.03", Entry.region_code < "64.03/", Entry.version == 1)
            .where(Entry.standing == "belum")
            .order_by(Entry.id)
        )
        found = [row.id for row in db.session.execute(query) if not needs_file(row.evidence)]
        db.session.remove()
        db.engine.dispose()
    return found


def clicks(visitor: Visitor, entries: list[int]) -> Iterator[dict[str, Any]]:
    """Ticks and their undoing in turn, so that every click is a deed and none is refused."""
    version = 1
    while True:
        deed = "selesai" if version % 2 else "proses"
        for entry in entries:
            form = {"versi": str(version), "kunci": f"b-{entry}-{version}", "kembali": "/daftar-periksa"}
            yield visitor.post(f"/daftar-periksa/{entry}/{deed}", form)
        version += 1


def floor_clicks(visitor: Visitor) -> Iterator[dict[str, Any]]:
    """The same on the floor."""
    version = 1
    while True:
        for number in range(1, floor.ROWS + 1):
            yield visitor.post(f"/butir/{number}", {"versi": str(version)})
        version += 1


def measure(report: Report, kept: Place) -> None:
    """Write the ratios, the tails and the errors down."""
    with copy_of(kept) as place, tempfile.TemporaryDirectory(prefix="desk-floor-") as home:
        floor.prepare(Path(home))
        entries = tickable(place)
        with (
            Server("wsgi:app", place.environment) as desk,
            Server("bench.floor:app", {"FLOOR_DATA": home}) as ground,
        ):
            ours = clicks(Visitor(desk.port).enter_desk("operator.berau"), entries)
            theirs = floor_clicks(Visitor(ground.port).enter_floor())
            for clients, each in PLANS:
                _one_plan(report, desk, ground, ours, theirs, clients, each)


def _one_plan(
    report: Report, desk: Server, ground: Server, ours: Any, theirs: Any, clients: int, each: int
) -> None:
    desk_times: list[float] = []
    ground_times: list[float] = []
    wrong = largest = 0
    for _ in range(TURNS):
        under = send(ground.port, [list(islice(theirs, each)) for _ in range(clients)])
        over = send(desk.port, [list(islice(ours, each)) for _ in range(clients)])
        ground_times += under["times"]
        desk_times += over["times"]
        wrong += sum(count for status, count in over["statuses"].items() if status != "200")
        wrong += sum(count for status, count in under["statuses"].items() if status != "200")
        largest = max(largest, over["largest"])
    name = f"{clients} client{'s' if clients > 1 else ''}"
    ratio = median(desk_times) / median(ground_times)
    said = f"{median(desk_times):.1f} ms against {median(ground_times):.1f} ms"
    report.add("tick", f"{name}: median, times the floor's", ratio, "", 2.5, said)
    tail = at_99(desk_times) / median(desk_times)
    report.add("tick", f"{name}: 99th percentile, times the median", tail, "", 4 if clients > 1 else None)
    report.add("tick", f"{name}: answers other than 200", wrong, "", 0)
    if clients == 1:
        report.add("tick", "largest answer", largest, "bytes", 4095)
