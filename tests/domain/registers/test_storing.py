"""Records written by statements that are translated once: nothing is left out, nobody is overwritten, nothing stale."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain import registers
from app.domain.accounts import Person
from app.domain.circulars import CIRCULARS
from app.domain.errors import NotNow
from app.domain.logistics import ARRIVALS, Stand, arrival_of, mark
from app.extensions import db
from tests import cast
from tests.counting import statements
from tests.domain.registers.letters import SAID, written


def change(row: registers.RecordRow, by: Person, version: int, **said: Any) -> bool:
    return registers.change(row, dict(row.values) | said, by=by, version=version)


def test_a_record_is_kept_as_it_was_said(operator: Person):
    row = written(operator)
    assert {name: row.values[name] for name in SAID} == SAID
    assert (row.version, row.is_withdrawn) == (1, False)
    assert row.recorded_by == operator.id


def test_a_change_is_kept_and_found_by_its_new_words(operator: Person):
    row = written(operator)
    assert change(row, operator, 1, about="Pengangkatan pejabat")
    now = registers.find(CIRCULARS, row.id, operator)
    assert (now.values["about"], now.version) == ("Pengangkatan pejabat", 2)
    found = registers.listed(CIRCULARS, operator, registers.Filters(text="pengangkatan"))
    assert [one.id for one in found.rows] == [row.id]
    old = registers.listed(CIRCULARS, operator, registers.Filters(text="larangan"))
    assert old.rows == []


def test_what_changes_nothing_keeps_its_version(operator: Person):
    row = written(operator)
    assert not change(row, operator, 1)
    assert registers.find(CIRCULARS, row.id, operator).version == 1


def test_a_second_change_of_the_same_version_comes_too_late(operator: Person):
    row = written(operator)
    change(row, operator, 1, letter_number="800/2")
    for version in (1, 2):
        with pytest.raises(NotNow):
            change(row, operator, version, letter_number="800/3")
    assert registers.find(CIRCULARS, row.id, operator).values["letter_number"] == "800/2"


def test_what_the_session_had_loaded_is_not_stale_afterwards(operator: Person):
    row = written(operator)
    loaded = db.session.get_one(CIRCULARS.model, row.id)
    change(row, operator, 1, letter_number="800/2")
    assert (loaded.letter_number, loaded.version) == ("800/2", 2)


def test_a_click_of_the_grid_writes_with_few_statements(operator: Person):
    mark(
        f"{cast.BERAU}.02", "", Stand.TODAY, by=operator, version=0
    )  # the first of its series makes the counter
    here = f"{cast.BERAU}.01"
    with statements() as first:
        mark(here, "", Stand.TODAY, by=operator, version=0)
    with statements() as second:
        mark(here, "", Stand.ARRIVED, by=operator, version=1)
    row = arrival_of(here, "")
    assert row is not None
    assert (row.values["stand"], row.version) == ("sampai", 2)
    assert registers.find(ARRIVALS, row.id, operator).values == row.values
    of_its_own = db.engine.dialect.name == "postgresql"  # which locks the trail by a statement
    assert len(first) <= 8 + of_its_own, "\n".join(first)
    assert len(second) <= 5 + of_its_own, "\n".join(second)
