"""SIGKILL at random moments while sixteen people work: what was confirmed is there once, whole, and on the trail."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterator

from tests.stress.crew import Book, Writer
from tests.stress.keeper import Keeper
from tests.stress.plan import POSTGRESQL, SQLITE, Length, Row, Way, at_least, at_most, nothing
from tests.stress.reckoning import jobs_are_over, last_link, reckon
from tests.stress.serving import Desk, desk
from tests.stress.setting_out import writers

NAME = "kills"
DATABASES = (SQLITE, POSTGRESQL)
KILLS = {Length.QUICK: 6, Length.USUAL: 40, Length.LONG: 150}
"""On each database."""
CONFIRMED = {Length.QUICK: 300, Length.USUAL: 2_000, Length.LONG: 10_000}
READY_SECONDS = 5.0
LULL = 2.5
"""The longest pause between two kills, seconds."""
LONGEST = 480.0
JOB_SECONDS = 90.0


def rows(way: Way) -> Iterator[Row]:
    """Let them work, kill, and reckon."""
    chance, book = random.Random(way.seed), Book()
    with desk(way) as killed:
        keeper = Keeper(killed)
        crew = writers(killed, keeper.port, book, way.seed)
        with killed.inside():
            since = last_link()
        keeper.start_web()
        keeper.start_worker()
        keeper.wait_until_ready()
        kills, ready = work_and_kill(way, keeper, crew, chance)
        _wait_for_jobs(killed)
        keeper.end()
        yield at_least(NAME, way, "kills, of all kinds", sum(kills.values()), KILLS[way.length], "kills")
        yield at_least(
            NAME, way, "writes that were confirmed", len(book.confirmed), CONFIRMED[way.length], "writes"
        )
        yield from _reckoned(way, killed, book, crew, since)
        for kind, seconds in ready.items():
            promise = f"ready again after the {kind} was killed ({kills[kind]} times)"
            yield at_most(NAME, way, promise, max(seconds), READY_SECONDS, "s")


def work_and_kill(
    way: Way, keeper: Keeper, crew: list[Writer], chance: random.Random
) -> tuple[dict[str, int], dict[str, list[float]]]:
    """How often each kind was killed, and how long it took each time until the desk was ready."""
    deeds = {
        "web worker": lambda: keeper.kill_web_worker(chance.randrange(8)),
        "background worker": keeper.kill_worker,
        "whole desk": keeper.kill_all,
    }
    if way.database == POSTGRESQL:
        deeds["database"] = keeper.kill_database
    kinds = list(deeds)
    kills: dict[str, int] = defaultdict(int)
    ready: dict[str, list[float]] = defaultdict(list)
    for writer in crew:
        writer.sign_in()
    for writer in crew:
        writer.start()
    deadline = time.monotonic() + LONGEST
    book = crew[0].book
    while time.monotonic() < deadline and not book.unexpected:
        done = sum(kills.values())
        if done >= KILLS[way.length] and len(book.confirmed) >= CONFIRMED[way.length]:
            break
        time.sleep(chance.uniform(0.05, LULL))
        if done < KILLS[way.length]:
            kind = kinds[done] if done < len(kinds) else chance.choices(kinds, (5, 2, 2, 1)[: len(kinds)])[0]
            ready[kind].append(deeds[kind]())
            kills[kind] += 1
    for writer in crew:
        writer.over.set()
    for writer in crew:
        writer.join(60)
    return kills, ready


def _wait_for_jobs(killed: Desk) -> None:
    with killed.inside():
        deadline = time.monotonic() + JOB_SECONDS
        while not jobs_are_over() and time.monotonic() < deadline:
            time.sleep(0.5)


def _reckoned(way: Way, killed: Desk, book: Book, crew: list[Writer], since: int) -> Iterator[Row]:
    of = str(len(book.confirmed))
    with killed.inside():
        found = reckon(book, crew, since)
    again = ", ".join(f"{n} × {why}" for why, n in sorted(book.spared.items()))
    yield nothing(NAME, way, "confirmed writes lost", found.lost, of)
    yield nothing(NAME, way, f"writes doubled (sent again for {again})", found.doubled, of)
    yield nothing(NAME, way, "states half written: rows, trail, files, versions", found.halves)
    yield nothing(NAME, way, "answers that nobody deserved, sessions lost", book.unexpected, of)
    yield nothing(NAME, way, "jobs neither done nor honestly failed", found.jobs)
    for command, promise in (
        (("audit", "verify"), "the chain is whole, one link for each deed"),
        (("progress", "check"), "progress equals a rebuild"),
        (("evidence", "check"), "every file of evidence is whole"),
    ):
        yield _said(way, killed, command, promise)


def _said(way: Way, killed: Desk, command: tuple[str, ...], promise: str) -> Row:
    try:
        said, holds = killed.flask(*command).strip().splitlines()[-1], True
    except RuntimeError as error:
        said, holds = str(error)[-200:], False
    return Row(NAME, way.database, f"{promise} (flask {' '.join(command)})", "yes", said, holds)
