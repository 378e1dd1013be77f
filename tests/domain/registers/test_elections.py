"""The next election begins with empty registers; what was recorded for the last one can still be read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.domain import neutrality, registers, stages
from app.domain.accounts import Person
from app.domain.circulars import CIRCULARS, facts
from app.domain.neutrality import CaseFilters
from app.domain.registers import Filters
from app.extensions import db
from tests import cast
from tests.domain.neutrality.cases import recorded
from tests.domain.registers.letters import written


def next_election() -> None:
    for election in db.session.scalars(db.select(stages.Election)):
        election.is_current = False
    db.session.flush()
    row = stages.Election(
        code="2029", name="Pemilihan 2029", voting_day=dt.date(2029, 11, 28), is_current=True
    )
    row.in_use_from = dt.date(2024, 11, 1)
    db.session.add(row)
    db.session.commit()


def test_nothing_of_the_last_election_counts_or_stands_in_the_way(operator: Person, session: Any):
    old = written(operator)
    next_election()
    assert registers.listed(CIRCULARS, operator, Filters()).total == 0
    assert registers.search([CIRCULARS], operator, "larangan") == []
    assert {fact.value for fact in facts([cast.BERAU])} == {0}
    new = written(operator)
    assert new.number == "2/2024", "numbers of a year go on"
    assert registers.find(CIRCULARS, old.id, operator).values == old.values


def test_cases_of_neutrality_begin_anew_too(operator: Person, session: Any):
    case = recorded()
    assert neutrality.listed(operator, CaseFilters(), page=1).total == 1
    next_election()
    assert neutrality.listed(operator, CaseFilters(), page=1).total == 0
    assert {fact.value for fact in neutrality.facts([cast.BERAU])} == {0}
    assert neutrality.find(case.id, operator).pseudonym == case.pseudonym
