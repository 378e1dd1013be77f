"""What all rooms tell: each figure once, and asked again for one statement until somebody does something."""

from __future__ import annotations

from typing import Any

from app.domain.accounts import Person
from app.domain.all_facts import facts_of
from app.domain.checklists import AREAS
from app.extensions import db
from tests import cast
from tests.counting import statements
from tests.domain.registers.letters import written


def value(key: str, code: str = cast.BERAU) -> Any:
    return {fact.key: fact.value for fact in facts_of([code])}[key]


def test_every_key_stands_once_and_in_an_area_of_work(session: Any):
    found = facts_of(["64"])
    assert len({fact.key for fact in found}) == len(found) > 30
    assert {fact.area for fact in found} <= set(AREAS)


def test_asked_again_it_costs_one_statement(operator: Person):
    written(operator)
    db.session.commit()
    first = facts_of([cast.BERAU])
    with statements() as asked:
        assert facts_of([cast.BERAU]) == first
    assert len(asked) == 1


def test_a_deed_is_seen_at_once_and_one_taken_back_is_not(operator: Person):
    assert value("netralitas.edaran") == 0
    written(operator)
    assert value("netralitas.edaran") == 1
    db.session.rollback()
    assert value("netralitas.edaran") == 0
    written(operator, letter_number="800/7")
    db.session.commit()
    assert value("netralitas.edaran") == 1
    assert value("netralitas.edaran", cast.PASER) == 0
