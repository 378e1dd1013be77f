"""Two hundred people on slow lines, and one on a good line who must not notice: the shipped server, as it stands."""

from __future__ import annotations

import time
from collections.abc import Iterator

from bench.serving import Server
from bench.ticks import percentile
from bench.visiting import Visitor
from tests.stress.dawdling import HABITS, Dawdlers, Habit
from tests.stress.plan import SQLITE, Row, Way, at_least, at_most
from tests.stress.serving import PASSWORD, desk

NAME = "slow"
DATABASES = (SQLITE,)
"""The lines end before any database."""
PEOPLE = 200
LEAST = 180
"""Of their lines that must be open: who is hung up on comes again within a second."""
BOUND = 1.0
"""Seconds within which 95 of 100 answers must be there."""
SECONDS = {True: 5, False: 40}
"""For each habit; longer than a line may be silent in the long run, so that people are hung up on and come again."""
PAGES = ("/", "/daftar-periksa", "/register")


def rows(way: Way) -> Iterator[Row]:
    """Each habit by itself, then all of them together."""
    with desk(way) as attacked, attacked.server() as server:
        visitor = Visitor(server.port, patience=30)
        visitor.sign_in("operator.berau", PASSWORD)
        for page in PAGES * 8:  # each worker loads a room when it is first asked for
            _asked(server, visitor, page)
        for habit in HABITS:
            yield from _under(way, server, visitor, habit.name, [habit] * PEOPLE)
        mixed = [HABITS[number % len(HABITS)] for number in range(PEOPLE)]
        yield from _under(way, server, visitor, "do all of this", mixed)


def _under(way: Way, server: Server, visitor: Visitor, name: str, habits: list[Habit]) -> Iterator[Row]:
    """How long a good line waits while these people are there."""
    times: list[float] = []
    with Dawdlers(server.port, habits) as crowd:
        until = time.monotonic() + SECONDS[way.short]
        while time.monotonic() < until:
            times += [_asked(server, visitor, page) for page in PAGES]
        there = crowd.there()
    promise = f"95th percentile of a good line while {PEOPLE} people {name}"
    yield at_most(NAME, way, promise, percentile(times, 0.95), BOUND, "s")
    yield at_least(NAME, way, f"lines open at the end while {PEOPLE} people {name}", there, LEAST, "lines")
    yield at_least(NAME, way, f"answers to it while {PEOPLE} people {name}", len(times), 5, "answers")


def _asked(server: Server, visitor: Visitor, page: str) -> float:
    """Seconds until that page is there, on a new line: a kept one would have been let in before the crowd came."""
    fresh = Visitor(server.port, cookies=visitor.cookies, patience=30)
    began = time.monotonic()
    try:
        fresh.get(page)
    except OSError:
        return 30.0
    return time.monotonic() - began
