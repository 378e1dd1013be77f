"""Forgers with the database in their hands: every change of the trail is found, and named by its first wrong link.

The forger drops the triggers, and in some attacks holds the key of the chain too. What they cannot reach is the
witness: the file of heads outside the database, or no more of it than its last line, as a paper keeps it. Half of the
tries are made with each.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

from app.domain import audit
from app.extensions import db
from tests.stress.forging import ATTACKS, Attack, Trail
from tests.stress.plan import POSTGRESQL, SQLITE, Row, Way, at_least
from tests.stress.serving import desk

NAME = "audit"
DATABASES = (SQLITE, POSTGRESQL)
ROUNDS = {True: 5, False: 60}
"""How often each attack is tried with each witness, short and long."""


def rows(way: Way) -> Iterator[Row]:
    """One row for each kind of attack, between two that say that the trail itself is whole."""
    chance = random.Random(way.seed)
    with desk(way) as attacked, attacked.inside():
        untouched = audit.verify()
        whole = untouched.first_break is None
        yield Row(
            NAME, way.database, "an untouched trail is whole", "whole", str(untouched.first_break), whole
        )
        yield at_least(NAME, way, "the attacked trail is long enough", untouched.links, 100, "links")
        every_head = attacked.data / "audit-head.log"
        kept = every_head.read_text(encoding="ascii").splitlines()
        for attack in ATTACKS:
            tries: list[Try] = []
            for witness in (kept, kept[-1:]):
                every_head.write_text("\n".join([*witness, ""]), encoding="ascii")
                heads = sorted({int(line.split()[0]) for line in witness})
                tries += [
                    attempt(attack, Trail(chance, untouched.links, heads)) for _ in range(ROUNDS[way.short])
                ]
            yield row(way, attack, tries)
        same = audit.verify() == untouched
        yield Row(NAME, way.database, "with all attacks undone it is as before", "same", str(same), same)


class Try(NamedTuple):
    """One attack: the first wrong link, and which one the check named; None when it found nothing."""

    wrong: int
    named: int | None


def attempt(attack: Attack, trail: Trail) -> Try:
    """Forge, check, and undo."""
    trail.drop_triggers()
    wrong = attack.forge(trail)
    said = audit.verify().first_break
    db.session.rollback()
    return Try(wrong, None if said is None else said.seq)


def row(way: Way, attack: Attack, tries: list[Try]) -> Row:
    """Found is not enough: the first wrong link must be the one that is named."""
    found = sum(one.named is not None for one in tries)
    astray = [one for one in tries if one.named != one.wrong]
    told = (
        f"{found} found, {len(tries) - len(astray)} named of {len(tries)}{f': {astray[0]}' if astray else ''}"
    )
    return Row(NAME, way.database, f"{attack.name} is found and named", "100 %", told, not astray)
