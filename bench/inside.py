"""What is measured inside one process, without a server: statements, processor time, sizes, modules, and the drift.

`python -m bench.inside WHAT` on DESK_DATA / DESK_DATABASE_URL, answers with JSON. Started by bench/measures.py.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import statistics
import sys
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text

from app import create_app
from app.domain.checklists import progress
from app.extensions import db
from bench.ticks import DESKS, TICKABLE
from bench.visiting import HTMX, TOKEN

HEAVY = ("weasyprint", "pikepdf", "xlsxwriter", "PIL", "segno", "openpyxl")


def signed_in(app: Flask, username: str) -> tuple[FlaskClient, str]:
    """A client of that account and the token for its forms."""
    client = app.test_client()
    found = TOKEN.search(client.get("/masuk").get_data(as_text=True))
    assert found
    form = {"csrf_token": found[1], "akun": username, "sandi": os.environ["DESK_DEMO_PASSWORD"]}
    assert client.post("/masuk", data=form).status_code == 303
    token = TOKEN.search(client.get("/daftar-periksa").get_data(as_text=True))
    assert token
    return client, token[1]


def tickable(app: Flask, part: str = DESKS["berau"]) -> list[int]:
    """Entries that one click can tick, in a random order that is always the same."""
    with app.app_context():
        ids = list(db.session.scalars(text(TICKABLE.replace("?", ":part")), {"part": part}))
    random.Random(1).shuffle(ids)
    return ids


def counted(app: Flask, act: Callable[[], Any]) -> list[str]:
    """The statements that a request sends."""
    asked: list[str] = []
    with app.app_context():
        engine = db.engine

    def note_down(*seen: Any) -> None:
        asked.append(re.sub(r"\s+", " ", seen[2]))

    event.listen(engine, "before_cursor_execute", note_down)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", note_down)
    return asked


def processor(act: Callable[[], Any], times: int) -> float:
    """Milliseconds of processor time of one call, the median of five batches."""
    batches = []
    for _ in range(5):
        began = time.process_time()
        for _ in range(times):
            act()
        batches.append((time.process_time() - began) / times * 1000)
    return statistics.median(batches)


def tick(app: Flask) -> dict[str, Any]:
    """A tick: its statements, its answer, and the share of the counters."""
    client, token = signed_in(app, "operator.berau")
    ids = iter(tickable(app))

    def once() -> Any:
        number = next(ids)
        form = {
            "csrf_token": token,
            "versi": 1,
            "kunci": f"Zx81pQw7Ktb-{number}-1",
            "kembali": "/daftar-periksa",
        }
        answer = client.post(
            f"/daftar-periksa/{number}/selesai",
            data=urlencode(form),
            content_type="application/x-www-form-urlencoded",
            headers=HTMX,
        )
        assert answer.status_code == 200, answer.status_code
        return answer

    for _ in range(30):
        once()
    sizes = [once() for _ in range(60)]
    asked = counted(app, once)
    shares = _share_of_the_counters(once)
    return {
        "statements": len(asked),
        "asked": asked,
        "bytes": max(len(gzip.decompress(answer.data)) for answer in sizes),
        "wire": max(len(answer.data) for answer in sizes),
        "share": shares,
        "modules": sorted(name for name in HEAVY if name in sys.modules),
    }


def _share_of_the_counters(once: Callable[[], Any]) -> float:
    """Percent of a tick that `progress.move` takes."""
    inside: list[float] = []
    real = progress.move

    def timed(*given: Any, **named: Any) -> None:
        began = time.perf_counter()
        real(*given, **named)
        inside.append(time.perf_counter() - began)

    progress.move = timed
    whole = []
    try:
        for _ in range(200):
            began = time.perf_counter()
            once()
            whole.append(time.perf_counter() - began)
    finally:
        progress.move = real
    return 100 * statistics.median(inside) / statistics.median(whole)


def page(app: Flask) -> dict[str, Any]:
    """The list of 120 entries: statements, processor time an entry above the empty page, size."""
    client, _ = signed_in(app, "operator.berau")
    full, empty = "/daftar-periksa?baris=120", "/daftar-periksa?baris=120&tahapan=TIDAK_ADA"
    headers = {"Accept-Encoding": "gzip"}
    for path in (full, empty):
        assert client.get(path).status_code == 200
    wire = client.get(full, headers=headers).data
    rows = gzip.decompress(wire).decode().count('id="checklist-entry-')
    half = full.replace("120", "60")  # any other number is the usual sixty
    differences, steps = [], []
    for _ in range(7):
        many = processor(lambda: client.get(full), 4)
        differences.append((many - processor(lambda: client.get(empty), 4)) * 1000 / rows)
        steps.append((many - processor(lambda: client.get(half), 4)) * 1000 / (rows - 60))
    asked = {
        path: len(counted(app, lambda path=path: client.get(path))) for path in (full, "/", "/wilayah/64.03")
    }
    return {
        "rows": rows,
        "statements": asked[full],
        "front": asked["/"],
        "region": asked["/wilayah/64.03"],
        "microseconds": statistics.median(differences),
        "step": statistics.median(steps),
        "kb": len(wire) / 1000,
        "modules": sorted(name for name in HEAVY if name in sys.modules),
    }


def asked(app: Flask) -> dict[str, Any]:
    """Statements of the second look at LOOK, which is [account, path]."""
    who, path = json.loads(os.environ["LOOK"])
    client, _ = signed_in(app, who)
    assert client.get(path).status_code == 200, path
    return {"statements": len(counted(app, lambda: client.get(path)))}


def landmarks(app: Flask) -> dict[str, Any]:
    """Numbers that this desk gave: the province's report of the demo's first Monday."""
    with app.app_context():
        question = "SELECT id FROM report WHERE region_code = '64' AND kind = 'senin' AND day = '2024-11-18'"
        return {"compilation": db.session.scalar(text(question))}


def drift(app: Flask) -> dict[str, Any]:
    """DEEDS random deeds of several people at once, each in a transaction of its own; then compare the counters."""
    wanted, threads = int(os.environ.get("DEEDS", "100000")), 4
    done, refused = [0] * threads, [0] * threads
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(
                db.engine, "connect", lambda c, _: c.execute("PRAGMA synchronous=OFF")
            )  # not durability
            db.engine.dispose()
        ids = list(
            db.session.scalars(
                text("SELECT id FROM checklist_entry WHERE region_code LIKE '64%' ORDER BY id")
            )
        )

    def work(number: int) -> None:
        from bench.deeds import Chance

        chance = Chance(app, random.Random(number), ids)
        while done[number] < wanted // threads:
            if chance.one():
                done[number] += 1
            else:
                refused[number] += 1

    began = time.monotonic()
    crew = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    seconds = time.monotonic() - began
    with app.app_context():
        drifts = progress.check(checklists_election())
    return {
        "deeds": sum(done),
        "refused": sum(refused),
        "seconds": seconds,
        "drifts": len(drifts),
        "first": drifts[:3],
    }


def checklists_election() -> Any:
    """The current election."""
    from app.domain import stages

    return stages.current_election()


def main() -> None:
    """Measure what is named and print it."""
    from bench.papers_inside import annex_asked, annex_changed, annex_filled, annex_naive
    from bench.registers_inside import many, sheet_applied, sheet_in, situation, stations

    of_annex = (annex_filled, annex_asked, annex_changed, annex_naive)
    own = (tick, page, asked, landmarks, drift, situation, stations, sheet_in, sheet_applied, many, *of_annex)
    measures: dict[str, Callable[[Flask], dict[str, Any]]] = {one.__name__: one for one in own}
    json.dump(measures[sys.argv[1]](create_app()), sys.stdout)


if __name__ == "__main__":
    main()
