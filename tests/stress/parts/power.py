"""The power fails while people work: what was confirmed had reached the disk, and what is found there is whole."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import text

from app.domain import audit, checklists, evidence, stages
from app.extensions import db
from bench.places import HOME
from tests.stress.crew import Book, Confirmed
from tests.stress.disks import may_mount
from tests.stress.keeper import Keeper
from tests.stress.plan import SQLITE, Row, Way, at_least, not_run, nothing
from tests.stress.reckoning import OURS, TRAIL, last_link
from tests.stress.serving import Desk, kept_desk
from tests.stress.setting_out import writers

NAME = "power"
DATABASES = (SQLITE,)
CUTS = {True: 2, False: 12}
SECONDS = (2.0, 6.0)
"""How long people work before the power fails."""
LEAST = 20
"""Confirmed writes for each cut."""
CARELESS = (
    "import sys; from app import sqlite; "
    "sqlite.PRAGMAS = tuple(p.replace('=FULL', '=NORMAL') for p in sqlite.PRAGMAS); "
    "from gunicorn.app.wsgiapp import run; sys.argv = ['gunicorn', 'wsgi:app']; run()"
)
"""The same server with `synchronous=NORMAL`: the test must see what it loses."""


class Loss(NamedTuple):
    """One cut: how much was confirmed before it, and what is wrong with the desk that was found afterwards."""

    confirmed: int
    lost: list[str]
    wrong: list[str]


def rows(way: Way) -> Iterator[Row]:
    """Cut the power some times, then once with a server that does not sync each commit."""
    if not may_mount() or not Path("/dev/fuse").exists():
        yield not_run(NAME, SQLITE, "what was confirmed survives a power cut", "no FUSE here")
        return
    chance = random.Random(way.seed)
    losses = [cut(way, number, chance) for number in range(CUTS[way.short])]
    confirmed = sum(one.confirmed for one in losses)
    yield at_least(NAME, way, "power cuts", len(losses), CUTS[way.short], "cuts")
    yield at_least(NAME, way, "confirmed writes before them", confirmed, LEAST * len(losses), "writes")
    lost = [line for one in losses for line in one.lost]
    yield nothing(NAME, way, "confirmed writes lost", lost, str(confirmed))
    wrong = [line for one in losses for line in one.wrong]
    yield nothing(NAME, way, "files, trail, counters or database not whole", wrong)
    careless = cut(way, len(losses), chance, careless=True)
    told = f"{len(careless.lost)} kinds of deeds lost of {careless.confirmed} writes"
    yield Row(
        NAME,
        SQLITE,
        "the same with synchronous=NORMAL loses writes: the test sees it",
        "> 0",
        told,
        bool(careless.lost),
    )


def cut(way: Way, number: int, chance: random.Random, *, careless: bool = False) -> Loss:
    """Let them work for some seconds on a desk whose disk forgets, and look at what the disk kept."""
    home = way.home / str(number)
    place, found = home / "data", home / "found"
    for path in (place, found):
        path.mkdir(parents=True, mode=0o700)
    book = Book()
    with losing_disk(kept_desk(SQLITE) / "data", place) as disk:
        attacked = Desk(place, None)
        keeper = Keeper(attacked)
        try:
            crew = writers(attacked, keeper.port, book, way.seed + 100 * number)
            with attacked.inside():
                since = last_link()
            if careless:
                port = {"PORT": str(keeper.port), "DESK_BIND": "127.0.0.1"}
                keeper.web = attacked.start("-c", CARELESS, **port)
            else:
                keeper.start_web()
            keeper.wait_until_ready()
            for writer in crew:
                writer.sign_in()
            for writer in crew:
                writer.start()
            time.sleep(chance.uniform(*SECONDS))
            confirmed = list(book.confirmed)
            disk.say("cut")
            book.dark.set()
        finally:
            keeper.end()
        for writer in crew:
            writer.join(60)
        disk.say(f"keep {found}")
    return _looked_at(Desk(found, None), confirmed, since)


def _looked_at(after: Desk, confirmed: list[Confirmed], since: int) -> Loss:
    with after.inside():
        told = Counter(
            tuple(row) for row in db.session.execute(TRAIL, {"since": since}) if row[0].startswith(OURS)
        )
        wanted = Counter((one.action, one.kind, str(one.number)) for one in confirmed)
        return Loss(len(confirmed), [f"{n} × {deed}" for deed, n in (wanted - told).items()], list(_wrong()))


def _wrong() -> Iterator[str]:
    said = db.session.scalar(text("PRAGMA integrity_check"))
    if said != "ok":
        yield f"SQLite: {said}"
    broken = audit.verify().first_break
    if broken is not None:
        yield f"trail: {broken}"
    yield from (f"counters: {drift}" for drift in checklists.progress.check(stages.current_election()))
    if not evidence.check().is_whole:
        yield "evidence that a row names is missing or altered"


class Disk:
    """The process that is the disk."""

    def __init__(self, source: Path, place: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.stress.losing", str(source), str(place)],
            cwd=HOME,
            env=dict(os.environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._done()

    def say(self, order: str) -> None:
        """Give an order and wait until it is carried out."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{order}\n")
        self._process.stdin.flush()
        self._done()

    def end(self) -> None:
        """Unmount and stop."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)

    def _done(self) -> None:
        assert self._process.stdout is not None
        if self._process.stdout.readline().strip() != "done":
            raise RuntimeError("the disk did not answer")


@contextmanager
def losing_disk(source: Path, place: Path) -> Iterator[Disk]:
    """A disk that keeps only what was synced, at a directory, holding what lies in another one."""
    disk = Disk(source, place)
    try:
        yield disk
    finally:
        disk.end()
