"""The hour before the daily deadline: a crowd that reads, ticks, brings files, writes reports and asks for papers.

STRESS_HOUR=1 lets thirty people work for a whole hour at the end instead of three minutes.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from app.domain.accounts import Role
from app.extensions import db
from bench.places import HOME
from bench.serving import Server, memory_mib
from bench.ticks import percentile
from tests import cast
from tests.stress.plan import POSTGRESQL, SQLITE, Length, Row, Way, at_least, at_most, nothing, told
from tests.stress.serving import PASSWORD, Desk, desk
from tests.stress.setting_out import DESKS, TICKABLE, TODAYS

NAME = "load"
DATABASES = (SQLITE, POSTGRESQL)
PEOPLE = {SQLITE: 150, POSTGRESQL: 300}
FEW = 30
"""In the quick run, and for the hour."""
SECONDS = {Length.QUICK: 15, Length.USUAL: 60, Length.LONG: 300}
MORNING = 8
"""Seconds in which a few work before anything counts: by the last hour each page has been asked for."""
CURVE = (2, 4)
CURVE_SECONDS = 45
HOUR, MINUTES = 3_600, 180
P95 = 500.0
"""Milliseconds."""
LOGINS_WITHIN = 60
"""Seconds for as many as SQLite carries; more have more."""
MOST_WAL = 64.0
MOST_GROWTH = 10.0
"""Percent of memory, after everybody has been everywhere once."""
WRITES = 0.4
"""Of an operator's actions; with those who only read and those who wait for a paper, 30 % of all."""
RUNS = itertools.count(1)
LEAST_WRITES = {Length.QUICK: 15, Length.USUAL: 25, Length.LONG: 25}
"""Percent; of the few actions of a quick run chance may make fewer writes."""
PAPERS = {Length.USUAL: 1, Length.LONG: 10}
"""At least, so that the crowd is known to print: papers take what clicks leave of the machine."""
EVERY_SEVENTH = 7
"""Is a supervisor, and reads."""


def rows(way: Way) -> Iterator[Row]:
    """The crowd, then twice and four times as many, then a few for long."""
    people = FEW if way.length is Length.QUICK else PEOPLE[way.database]
    most = people if way.short else people * max(CURVE)
    with desk(way) as busy:
        crowd = _appointed(busy, most)
        with busy.server() as server:
            worker = busy.start("-m", "flask", "--app", "wsgi", "pekerja")
            _work(way, server, crowd[:FEW], MORNING)
            yield from _crowd(way, server, crowd[:people], SECONDS[way.length])
            if not way.short:
                yield from _curve(way, server, crowd, people)
                yield from _long(way, busy, server, crowd[:FEW])
            worker.terminate()
            worker.wait(180)  # it finishes the paper that it is printing
        yield _said(way, busy, "audit", "verify")
        yield _said(way, busy, "progress", "check")


def _crowd(way: Way, server: Server, crowd: list[dict[str, Any]], seconds: float) -> Iterator[Row]:
    seen = _work(way, server, crowd, seconds)
    times = [one for kind, some in seen["times"].items() for one in some if kind != "signing in"]
    who = f"{len(crowd)} people"
    yield at_least(NAME, way, f"{who}: actions", seen["actions"], len(crowd) * seconds / 4, "")
    yield nothing(NAME, way, f"{who}: errors", seen["errors"], f"{seen['actions']}")
    share = 100 * seen["written"] / max(1, seen["actions"])
    yield at_least(NAME, way, f"{who}: of them writes", round(share), LEAST_WRITES[way.length], "%")
    if way.length in PAPERS:
        fetched = len(seen["times"].get("fetching a PDF", ()))
        yield at_least(
            NAME, way, f"{who}: PDFs that were printed and fetched", fetched, PAPERS[way.length], ""
        )
    yield at_most(NAME, way, f"{who}: 95th percentile", percentile(times, 0.95), P95, "ms")
    slowest = max(seen["times"], key=lambda kind: percentile(seen["times"][kind], 0.95))
    at = percentile(seen["times"][slowest], 0.95)
    middle, late = percentile(times, 0.5), percentile(times, 0.99)
    figures = f"{middle:.0f} ms, {late:.0f} ms, {slowest} {at:.0f} ms"
    yield told(NAME, way, f"{who}: median, 99th, slowest kind", figures)
    within = LOGINS_WITHIN * len(crowd) / PEOPLE[SQLITE]
    yield at_most(NAME, way, f"{who}: all signed in within", seen["logged_in_after"], within, "s")


def _curve(way: Way, server: Server, crowd: list[dict[str, Any]], people: int) -> Iterator[Row]:
    """What happens beyond the promise: times, pace and errors are told, none of them is promised."""
    for times_as_many in CURVE:
        some = crowd[: people * times_as_many]
        seen = _work(way, server, some, CURVE_SECONDS)
        times = [one for kind, some in seen["times"].items() for one in some if kind != "signing in"]
        at = ", ".join(f"p{part} {percentile(times, part / 100):.0f}" for part in (50, 95, 99))
        pace = f"{seen['actions'] / CURVE_SECONDS:.0f} a second, {len(seen['errors'])} errors"
        figures = f"{at} ms, {pace}, signed in after {seen['logged_in_after']:.0f} s"
        yield told(NAME, way, f"curve: {len(some)} people", figures)


@dataclass
class Sample:
    """What a desk holds at one moment."""

    memory: list[float] = field(default_factory=list)
    """MiB of all web workers, shared pages divided."""
    files: list[int] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)
    wal: list[float] = field(default_factory=list)


def _long(way: Way, busy: Desk, server: Server, crowd: list[dict[str, Any]]) -> Iterator[Row]:
    """Thirty people for an hour, or three minutes: nothing grows."""
    seconds = HOUR if os.environ.get("STRESS_HOUR") == "1" else MINUTES
    _work(way, server, crowd, 30)  # everybody has been everywhere once
    with sampled(busy, server, seconds / 60) as sample:
        seen = _work(way, server, crowd, seconds)
    who = f"{len(crowd)} people, {seconds // 60} minutes"
    yield nothing(NAME, way, f"{who}: errors", seen["errors"], f"{seen['actions']}")
    tenth = max(1, len(sample.memory) // 10)
    before, after = (sum(part) / tenth for part in (sample.memory[:tenth], sample.memory[-tenth:]))
    grown = 100 * (after - before) / before
    yield at_most(NAME, way, f"{who}: memory grows by (from {before:.0f} MiB)", grown, MOST_GROWTH, "%")
    for what, found in (("open files", sample.files), ("threads", sample.threads)):
        early, late = max(found[: len(found) // 2]), max(found[len(found) // 2 :])
        yield at_most(NAME, way, f"{who}: {what}, most late, early {early}", late, early * 1.1 + 4, "")
    if way.database == SQLITE:
        yield at_most(NAME, way, f"{who}: write-ahead log, at most", max(sample.wal), MOST_WAL, "MiB")


@contextmanager
def sampled(busy: Desk, server: Server, every: float) -> Iterator[Sample]:
    """Look at the web workers and the log of writes now and then until the block ends."""
    sample, over = Sample(), threading.Event()

    def look() -> None:
        while True:
            pids = server.workers()
            sample.memory.append(sum(memory_mib(pid)["pss"] for pid in pids))
            sample.files.append(sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in pids))
            sample.threads.append(sum(len(list(Path(f"/proc/{pid}/task").iterdir())) for pid in pids))
            log = busy.data / "desk.db-wal"
            sample.wal.append(log.stat().st_size / 2**20 if log.exists() else 0.0)
            if over.wait(every):
                return

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield sample
    finally:
        over.set()
        watcher.join(10)


def _work(way: Way, server: Server, crowd: list[dict[str, Any]], seconds: float) -> dict[str, Any]:
    """Let them work; what they saw. Versions of entries go on from one work to the next."""
    run = next(RUNS)  # no sending of one run may look like one of another: that would count once
    plan = {"port": server.port, "password": PASSWORD, "seed": way.seed + run, "run": run}
    plan |= {"seconds": seconds, "people": crowd}
    done = subprocess.run(
        [sys.executable, "-m", "tests.stress.crowd"],
        input=json.dumps(plan),
        stdout=subprocess.PIPE,
        text=True,
        cwd=HOME,
        check=True,
        timeout=seconds + 300,
    )
    seen: dict[str, Any] = json.loads(done.stdout)
    left = {one["username"]: one for one in seen["people"]}
    for one in crowd:
        one.update(left[one["username"]])
    return seen


def _appointed(busy: Desk, many: int) -> list[dict[str, Any]]:
    """So many people of ten desks, each with entries of their own; the first of a desk writes its report."""
    names = list(DESKS)
    made = []
    with busy.inside():
        shares = {name: db.session.execute(TICKABLE, {"part": f"{DESKS[name]}%"}).all() for name in names}
        for number in range(many):
            name = names[number % len(names)]
            writes = number % EVERY_SEVENTH != EVERY_SEVENTH - 1
            role = Role.OPERATOR if writes else Role.SUPERVISOR
            username = f"orang{number}.{name}"
            cast.add_person(username, (role, DESKS[name], {"starts_on": dt.date(2024, 11, 1)}))
            nth, of = number // len(names), -(-many // len(names))
            report = db.session.scalar(TODAYS, {"code": DESKS[name]}) if nth == 0 and writes else 0
            made.append(
                {
                    "username": username,
                    "region": DESKS[name],
                    "entries": [[row[0], row[1]] for row in shares[name][nth::of]][:20] if writes else [],
                    "report": _open(report),
                    "writes": WRITES if writes else 0.0,
                }
            )
        db.session.commit()
    return made


def _open(report: int | None) -> int:
    """The report where it takes writing still, else 0."""
    query = text("SELECT id FROM report WHERE id = :id AND state IN ('belum', 'draf')")
    return db.session.scalar(query, {"id": report or 0}) or 0


def _said(way: Way, busy: Desk, *command: str) -> Row:
    try:
        said, holds = busy.flask(*command).strip().splitlines()[-1], True
    except RuntimeError as error:
        said, holds = str(error)[-200:], False
    return Row(NAME, way.database, f"afterwards flask {' '.join(command)} is content", "yes", said, holds)
