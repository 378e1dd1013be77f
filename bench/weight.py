"""Weight: memory of a worker, how soon it answers, what a first visit loads, what a worker never imports."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import time

from bench.figures import Report
from bench.places import HOME, Place, copy_of, flask
from bench.serving import Server, answers, free_port, memory_mib
from bench.visitor import Visitor, send

HEAVY = ("weasyprint", "xlsxwriter", "PIL", "pikepdf")
PATIENCE_SECONDS = 60


def web(report: Report, kaltim: Place) -> None:
    """A web worker after some traffic."""
    with Server("wsgi:app", kaltim.environment) as desk:
        visitor = Visitor(desk.port).enter_desk("operator.berau")
        paths = ("/", "/daftar-periksa?baris=120", "/wilayah/64.03", "/tahapan", "/akun", "/laporan")
        send(desk.port, [[visitor.get(path) for path in paths * 5]] * 4)
        heaviest = max((memory_mib(pid) for pid in desk.workers()), key=lambda found: found["rss"])
        report.add(
            "weight", "web worker, resident", heaviest["rss"], "MiB", 90, f"own share {heaviest['pss']} MiB"
        )
        report.add("weight", "web server ready after", desk.ready_seconds, "s", 1)
    code = (
        "import sys; from wsgi import app; c = app.test_client(); c.get('/masuk'); c.get('/sehat'); "
        f"print(sum(name in sys.modules for name in {HEAVY!r}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=HOME,
        env={**os.environ, **kaltim.environment},
        capture_output=True,
        text=True,
        check=True,
    )
    report.add("weight", "heavy libraries in the web process", int(done.stdout), "", 0, ", ".join(HEAVY))


def first_visit(report: Report) -> None:
    """All CSS and JS that the layout names, compressed."""
    static = HOME / "app" / "static"
    files = [
        *static.glob("*.css"),
        *static.glob("vendor/*.css"),
        *static.glob("vendor/*.js"),
        *static.glob("js/*.js"),
    ]
    size = sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)
    report.add("weight", "first visit, all CSS and JS compressed", size / 1000, "KB", 65)


def second_start(report: Report, kaltim: Place) -> None:
    """`make run` again on a desk that is there: migrate, demo, server, worker."""
    port = free_port()
    with copy_of(kaltim) as place:
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, str(HOME / "scripts" / "serve.py")],
            cwd=HOME,
            env={**os.environ, **place.environment, "PORT": str(port)},
            stdout=subprocess.DEVNULL,
        )
        try:
            while not answers(port) and time.monotonic() - began < PATIENCE_SECONDS:
                time.sleep(0.02)
            report.add("weight", "second start of make run, ready after", time.monotonic() - began, "s", 3)
        finally:
            process.terminate()
            process.wait(30)


def paper(report: Report, kaltim: Place) -> None:
    """The PDF of one kabupaten's whole checklist by a running worker, from asking to done, and its memory."""
    with copy_of(kaltim) as place:
        worker = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "pekerja"],
            cwd=HOME,
            env={**os.environ, **place.environment},
            stdout=subprocess.DEVNULL,
        )
        try:
            _print(report, place, worker.pid)
        finally:
            worker.terminate()
            worker.wait(30)


def _print(report: Report, place: Place, worker: int) -> None:
    with Server("wsgi:app", place.environment) as desk:
        visitor = Visitor(desk.port).enter_desk("penyelia.berau")
        form = {"wilayah": "64.03", "bentuk": "ringkas", "format": "pdf", "kertas": "F4", "kunci": ""}
        for turn in ("first", "second"):
            began = time.monotonic()
            visitor._ask("POST", "/laporan", {"csrf_token": visitor.token, **form})
            most = 0.0
            while time.monotonic() - began < PATIENCE_SECONDS and _open_jobs(place):
                most = max(most, _family(worker))
                time.sleep(0.03)
            seconds = time.monotonic() - began
            report.add("paper", f"PDF of Berau's checklist, {turn} of a worker", seconds, "s", 4)
        report.add("paper", "worker and its child, resident together at most", most, "MiB", 200)


def _open_jobs(place: Place) -> int:
    import sqlite3

    with sqlite3.connect(f"file:{place.data / 'desk.db'}?mode=ro", uri=True) as base:
        row = base.execute("SELECT count(*) FROM job WHERE state IN ('antre', 'jalan')").fetchone()
    return int(row[0])


def _family(pid: int) -> float:
    """Shared-out memory (PSS) of a process and its descendants."""
    from bench.serving import children

    found = 0.0
    for member in [pid, *children(pid), *(kid for child in children(pid) for kid in children(child))]:
        try:
            found += memory_mib(member)["pss"]
        except (OSError, KeyError):
            continue
    return found


def counters(report: Report, kaltim: Place, deeds: int) -> None:
    """Random deeds from several threads, then the counters against the entries: no drift."""
    with copy_of(kaltim) as place:
        began = time.monotonic()
        subprocess.run(
            [sys.executable, "-m", "bench.deeds", str(deeds)],
            cwd=HOME,
            env={**os.environ, **place.environment},
            check=True,
        )
        seconds = time.monotonic() - began
        said = flask(place.environment, "progress", "check")
        report.add(
            "counters", f"drift after {deeds:,} random deeds", 0, "", 0, f"{seconds:.0f} s; {said.strip()}"
        )
        began = time.monotonic()
        flask(place.environment, "progress", "rebuild")
        report.add("counters", "counting Kaltim afresh", time.monotonic() - began, "s", None)
