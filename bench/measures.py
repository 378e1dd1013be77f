"""The measures other than the tick's round trip, each by itself; __main__ says in which order."""

from __future__ import annotations

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from typing import Any

from bench.figures import HOME, Report
from bench.places import PASSWORD, Place, copy_of, flask
from bench.serving import Server, answers, children, free_port, memory_mib, peak_mib
from bench.visiting import Visitor

PAGES = (
    ("front page, kabupaten", "operator.berau", "/"),
    ("front page, province", "operator.kaltim", "/"),
    ("front page of a supervisor, kabupaten", "penyelia.berau", "/"),
    ("region page, kabupaten", "operator.berau", "/wilayah/64.03"),
    ("region page, province", "operator.kaltim", "/wilayah/64"),
)
TOLD = (
    ("checklist page, kabupaten", "operator.berau", "/daftar-periksa"),
    ("checklist page, province", "operator.kaltim", "/daftar-periksa"),
    ("grid of one item, kabupaten", "operator.berau", "/daftar-periksa/kisi?butir=LOG-12"),
    ("verification queue, province", "penyelia.kaltim", "/verifikasi"),
)
SITUATION = (
    ("situation room, province", "penyelia.kaltim", "/situasi"),
    ("situation room, kabupaten", "penyelia.berau", "/situasi"),
    ("wall, province", "penyelia.kaltim", "/situasi/layar"),
)
"""Remembered, as a wall or a second look has it; bench/registers.py measures the first look, too."""
MOST_MEMORY, MOST_PRINTING = 90, 200


def inside(place: Place, what: str, **environment: str) -> dict[str, Any]:
    """Run bench.inside on that desk; its answer."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.inside", what],
        cwd=HOME,
        env={**os.environ, **place.environment, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"bench.inside {what}: {done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def tick_inside(report: Report, kaltim: Place) -> None:
    """Statements and size of a tick, and what its counters cost."""
    with copy_of(kaltim) as place:
        seen = inside(place, "tick")
    report.add("Tick", "SQL statements", seen["statements"], "", 12)
    report.add("Tick", "answer, largest of 60, uncompressed", seen["bytes"] / 1024, "KiB", 4)
    report.add("Tick", "answer, largest of 60, as sent", seen["wire"] / 1024, "KiB")
    report.add("Counters", "share of a tick", seen["share"], "%", 10)
    report.add("Memory", "libraries for PDF, sheets, pictures loaded by a tick", len(seen["modules"]), "", 0)


def page_inside(report: Report, kaltim: Place) -> None:
    """The list of 120 entries, and the statements of the front page and a region's page."""
    with copy_of(kaltim) as place:
        seen = inside(place, "page")
    part = "Pages"
    report.add(part, f"list of {seen['rows']} entries: SQL statements", seen["statements"], "", 15)
    report.add(part, "list: processor time an entry above the empty page", seen["microseconds"], "µs", 60)
    report.add(part, "list: processor time of one entry more", seen["step"], "µs")
    report.add(part, "list: whole page as sent", seen["kb"], "KB", 40)
    report.add(part, "front page: SQL statements", seen["front"], "", 15)
    report.add(part, "region page: SQL statements", seen["region"], "", 15)


def counters(report: Report, kaltim: Place, quick: bool) -> None:
    """Random deeds of four people at once, then the counters against the entries; and how long a rebuild takes."""
    deeds = 5_000 if quick else 100_000
    with copy_of(kaltim) as place:
        seen = inside(place, "drift", DEEDS=str(deeds))
        note = f"{seen['refused']:,} more refused; {seen['seconds']:.0f} s"
        report.add("Counters", f"drifts after {seen['deeds']:,} random deeds", seen["drifts"], "", 0, note)
        said = flask(place.environment, "progress", "check")
        assert "cocok" in said
    report.add(
        "Counters",
        "rebuild, Kaltim, with the start of the command",
        kaltim.steps["rebuild the counters"],
        "s",
    )


def timed_pages(
    report: Report, places: list[Place], pages: tuple[tuple[str, str, str], ...], *, targets: bool
) -> None:
    """Round trips of one visitor at each desk, alternating between the desks, so that a busy moment hits all."""
    for title, who, path in pages:
        servers = [Server("wsgi:app", {**place.environment, "DESK_WORKERS": "1"}) for place in places]
        times: list[list[float]] = [[] for _ in places]
        try:
            visitors = []
            for server in servers:
                server.__enter__()
                visitor = Visitor(server.port)
                visitor.sign_in(who, PASSWORD)
                visitors.append(visitor)
            for turn in range(34):
                for visitor, kept in zip(visitors, times, strict=True):
                    milliseconds = visitor.get(path).milliseconds
                    if turn >= 4:
                        kept.append(milliseconds)
        finally:
            for server in servers:
                server.__exit__()
        medians = {
            (place.size, place.database): statistics.median(kept)
            for place, kept in zip(places, times, strict=True)
        }
        for (size, database), median in medians.items():
            report.add("Pages", f"{title}: {size}, {database}", median, "ms", 50 if targets else None)
        for database in sorted({place.database for place in places}):
            small, large = medians.get(("kaltim", database)), medians.get(("nasional", database))
            if small and large:
                most = 1.5 if targets else None
                report.add("Pages", f"{title}: country over Kaltim, {database}", large / small, "×", most)


def building(report: Report, places: list[Place]) -> None:
    """How long the desk's own commands took when these desks were built."""
    for place in places:
        for name, seconds in place.steps.items():
            most = 10 if name.startswith("load 91") and place.database == "sqlite" else None
            report.add("Building", f"{name}: {place.size}, {place.database}", seconds, "s", most)


def first_visit(report: Report, kaltim: Place) -> None:
    """Everything of CSS and JavaScript that a first visit fetches, and how soon a server answers."""
    with copy_of(kaltim) as place:
        ready = []
        for _ in range(5):
            with Server("wsgi:app", place.environment) as server:
                ready.append(server.ready_seconds)
        report.add(
            "Start", "server, from exec to the first answer, median of 5", statistics.median(ready), "s", 1
        )
        with Server("wsgi:app", place.environment) as server:
            visitor = Visitor(server.port)
            visitor.sign_in("operator.berau", PASSWORD)
            for path in ("/", "/daftar-periksa", "/wilayah/64.03", "/tahapan", "/verifikasi", "/jejak"):
                for _ in range(8):
                    visitor.ask("GET", path)
            found = set()
            for path in ("/", "/daftar-periksa", "/laporan"):
                found |= set(
                    re.findall(r'(?:href|src)="(/static/[^"#]+\.(?:css|js)[^"]*)"', visitor.get(path).text)
                )
            sizes = {path: len(visitor.get(path).wire) for path in sorted(found)}
            rss = max(memory_mib(pid)["rss"] for pid in server.workers())
            report.add(
                "Start",
                f"CSS and JavaScript as sent, {len(sizes)} files",
                sum(sizes.values()) / 1000,
                "KB",
                65,
            )
            report.add("Memory", "web worker after some pages, resident", rss, "MiB", MOST_MEMORY)


def second_start(report: Report, kaltim: Place) -> None:
    """`make run` on a desk that exists already: until the address answers."""
    with copy_of(kaltim) as place:
        port = free_port()
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "scripts/serve.py"],
            cwd=HOME,
            env={**os.environ, **place.environment, "PORT": str(port)},
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            while not answers(port) and process.poll() is None and time.monotonic() - began < 60:
                time.sleep(0.01)
            report.add(
                "Start", "`make run` on an existing desk, until it answers", time.monotonic() - began, "s", 3
            )
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


WARMED = 12
"""Seconds after which a worker has its printing child ready (app/jobs/worker.py: five after its own start)."""
ASK = """
import json, sys
from app import create_app
from app.documents.asking import Ask
from app.domain import accounts, jobs
from app.extensions import db
with create_app().app_context():
    person = accounts.person_of("operator.berau")
    wanted = Ask(region="64.03", **json.loads(sys.argv[1]))
    job = jobs.ask("paper", "Pengukuran", wanted.to_params(), region="64.03", by=person)
    db.session.commit()
    print(job.id)
"""


def paper(report: Report, kaltim: Place, about: dict[str, str], title: str, most: float | None) -> None:
    """A report of Berau as PDF by the background worker: how long, and how much memory its processes take."""
    with copy_of(kaltim) as place:
        environment = {**os.environ, **place.environment, "PYTHONUNBUFFERED": "1"}
        worker = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "pekerja"], cwd=HOME, env=environment
        )
        try:
            time.sleep(WARMED)  # a worker that has been up for a while, as on any day
            asked = subprocess.run(
                [sys.executable, "-c", ASK, json.dumps(about)],
                cwd=HOME,
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            )
            seconds, memory, size = watched(place, int(asked.stdout), worker.pid)
        finally:
            worker.terminate()
            worker.wait(30)
    report.add("Papers", f"{title}: from asked to ready", seconds, "s", most, f"{size / 1000:.0f} KB")
    report.add("Papers", f"{title}: largest process of the worker", memory, "MiB", MOST_PRINTING)


def watched(place: Place, number: int, pid: int) -> tuple[float, float, int]:
    """Seconds until the job of that number was done, the largest process meanwhile in MiB, and the file's bytes."""
    from app.sqlite import driver

    base = driver.connect(str(place.data / "desk.db"))
    largest, deadline = 0.0, time.monotonic() + 300
    question = "SELECT state, asked_at, ended_at, result_size, error FROM job WHERE id = ?"
    while time.monotonic() < deadline:
        row = base.execute(question, (number,)).fetchone()
        largest = max(largest, *(peak(process) for process in (pid, *below(pid))))
        if row[0] in ("selesai", "gagal"):
            if row[0] == "gagal":
                raise RuntimeError(f"the paper failed: {row[4]}")
            took = base.execute("SELECT (julianday(?) - julianday(?)) * 86400", (row[2], row[1])).fetchone()[
                0
            ]
            return float(took), largest, int(row[3])
        time.sleep(0.1)
    raise RuntimeError("the paper was not ready in five minutes")


def peak(pid: int) -> float:
    """The most that a process ever had in memory, MiB; 0 for one that has ended. Asking costs it nothing."""
    try:
        return peak_mib(pid)
    except OSError:  # it ended between two looks
        return 0.0


def below(pid: int) -> list[int]:
    """All processes below one."""
    found = children(pid)
    return found + [each for child in found for each in below(child)]
