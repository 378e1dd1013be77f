"""What all rooms tell: each figure once, and asked again for one statement until somebody does something."""

from __future__ import annotations

from typing import Any

from app.domain import audit, checklists
from app.domain.accounts import Person
from app.domain.all_facts import QUIET, facts_of
from app.domain.checklists import AREAS
from app.extensions import db
from tests import cast
from tests.counting import statements
from tests.domain.registers.letters import written


def value(key: str, code: str = cast.BERAU) -> Any:
    return {fact.key: fact.value for fact in facts_of(code)}[key]


def test_every_key_stands_once_and_in_an_area_of_work(session: Any):
    found = facts_of("64")
    assert len({fact.key for fact in found}) == len(found) > 30
    assert {fact.area for fact in found} <= set(AREAS)


def test_asked_again_it_costs_one_statement(operator: Person):
    written(operator)
    db.session.commit()
    first = facts_of(cast.BERAU)
    with statements() as asked:
        assert facts_of(cast.BERAU) == first
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


def test_what_moves_no_figure_there_is_no_reason_to_ask_again(operator: Person):
    """Ticks anywhere, and whatever is done elsewhere in the country."""
    first = facts_of(cast.BERAU)
    entry = cast.entry_of("LOG-14", cast.BERAU)
    filling = checklists.Filling(no_evidence_reason="belum ada", note="sudah")
    checklists.tick(entry, by=operator, version=entry.version, filling=filling)
    written(cast.person("operator.paser"), cast.PASER)
    db.session.commit()
    with statements() as asked:
        assert facts_of(cast.BERAU) == first
    assert len(asked) == 2
    with statements() as asked:
        facts_of(cast.BERAU)
    assert len(asked) == 1, "the two are asked once"
    above = {fact.key: fact.value for fact in facts_of("64")}
    assert above["netralitas.edaran"] == 1


def test_a_trail_that_begins_anew_is_no_proof(operator: Person):
    link = audit.head()
    written(operator)
    written(operator, letter_number="800/8")
    assert not audit.is_quiet_since(link, QUIET, cast.BERAU)
    assert audit.is_quiet_since(link, QUIET, cast.PASER)
    assert audit.is_quiet_since(audit.head(), QUIET, cast.BERAU)
    assert not audit.is_quiet_since((audit.head()[0], "0" * 64), QUIET, cast.BERAU), "another chain"
