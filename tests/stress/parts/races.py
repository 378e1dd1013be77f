"""Two people at the same moment, forced by a barrier: one wins, the other is told, and nothing is lost or doubled."""

from __future__ import annotations

import random
from collections.abc import Iterator

from app.domain import audit, registers
from app.domain.circulars import CIRCULARS
from app.domain.registers import Filters
from tests import cast
from tests.stress.contests import Contests, numbers_of
from tests.stress.plan import POSTGRESQL, SQLITE, Length, Row, Way, at_least, nothing
from tests.stress.racing import Score
from tests.stress.serving import Desk, desk

NAME = "races"
DATABASES = (SQLITE, POSTGRESQL)
ROUNDS = {Length.QUICK: 42, Length.USUAL: 200, Length.LONG: 1_000}


def rows(way: Way) -> Iterator[Row]:
    """Run the contests one after the other until there were enough rounds."""
    score, chance = Score(), random.Random(way.seed)
    with desk(way) as attacked:
        with attacked.inside() as app:
            contests = Contests(app, score, chance)
            before = audit.verify()
            numbers = set(_letters())
            while score.rounds < ROUNDS[way.length]:
                for contest in contests.all():
                    contest()
            yield from _scored(way, score)
            after = audit.verify()
            whole = before.first_break is None and after.first_break is None and after.links > before.links
            told = str(after.first_break or f"{after.links - before.links} links more")
            yield Row(NAME, way.database, "no gap or fork in the trail", "whole", told, whole)
            yield _in_a_row(way, "numbers of papers", numbers_of(iter(contests.numbers)))
            yield _in_a_row(way, "numbers of a register", numbers_of(iter(set(_letters()) - numbers)))
        yield _progress(way, attacked)


def _scored(way: Way, score: Score) -> Iterator[Row]:
    yield at_least(NAME, way, "races of two people at one moment", score.rounds, ROUNDS[way.length], "rounds")
    yield nothing(NAME, way, "a contest that both win, or neither", score.unfair, f"{score.contested}")
    yield nothing(NAME, way, "somebody too late who is not told so", score.untold, f"{score.rounds}")
    yield nothing(NAME, way, "an update lost, a deed counted twice", score.lost, f"{score.rounds}")
    yield nothing(NAME, way, "a deed neither done nor refused", score.failed, f"{score.rounds}")


def _letters() -> list[str]:
    found: list[str] = []
    page = 1
    while True:
        listed = registers.listed(CIRCULARS, cast.person("operator.berau"), Filters(), page=page)
        found += [row.number for row in listed.rows]
        if not listed.rows or len(found) >= listed.total:
            return found
        page += 1


def _in_a_row(way: Way, what: str, found: list[int]) -> Row:
    """Numbers that were given one after the other: none twice, none left out."""
    right = bool(found) and found == list(range(found[0], found[0] + len(found)))
    return Row(NAME, way.database, f"{what} have no double and no gap", "in a row", f"{len(found)}", right)


def _progress(way: Way, attacked: Desk) -> Row:
    said = attacked.flask("progress", "check").strip().splitlines()[-1]
    return Row(NAME, way.database, "counters equal a rebuild", "equal", said[:60], True)
