"""Two people at the same moment, each on a connection of their own: a number each, and one of what may stand once."""

from __future__ import annotations

import threading
from typing import Any

from flask import Flask

from app.domain import registers
from app.domain.circulars import CIRCULARS
from app.domain.errors import Refusal
from app.domain.registers import Filters
from app.extensions import db
from tests.cast import BERAU, person
from tests.domain.registers.letters import SAID

PEOPLE = 4


def at_once(app: Flask, letters: list[str]) -> list[str]:
    """Record these letter numbers at the same moment; returns the refusals."""
    start, refused = threading.Barrier(len(letters)), []

    def deed(letter: str) -> None:
        with app.app_context():
            try:
                by = person("operator.berau")
                db.session.rollback()
                start.wait(20)
                registers.record(CIRCULARS, BERAU, SAID | {"letter_number": letter}, by=by)
                db.session.commit()
            except Refusal as refusal:
                refused.append(refusal.message)
                db.session.rollback()
            finally:
                db.session.remove()

    threads = [threading.Thread(target=deed, args=(letter,)) for letter in letters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return refused


def test_each_gets_a_number_of_its_own(app: Flask, session: Any):
    session.commit()
    assert at_once(app, [f"800/{n}" for n in range(PEOPLE)]) == []
    rows = registers.listed(CIRCULARS, person("operator.berau"), Filters()).rows
    assert sorted(row.number for row in rows) == [f"{n}/2024" for n in range(1, PEOPLE + 1)]


def test_only_one_of_what_may_stand_once_is_recorded(app: Flask, session: Any):
    session.commit()
    refused = at_once(app, ["800/1"] * PEOPLE)
    assert len(refused) == PEOPLE - 1
    assert all("sudah ada edaran 1/2024" in told for told in refused)
    assert registers.listed(CIRCULARS, person("operator.berau"), Filters()).total == 1
