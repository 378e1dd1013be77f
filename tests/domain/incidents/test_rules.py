"""What an incident, an obstacle and a statement of the situation may say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import incidents, registers
from app.domain.accounts import Person
from app.domain.errors import Invalid, NotAllowed, NotFound
from app.domain.registers import Filters, Register
from tests import cast
from tests.domain.incidents.cases import INCIDENT, OBSTACLE, SITUATION, incident, situation

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    "register, values, other, field",
    [
        (incidents.INCIDENTS, INCIDENT, {"actor": "warga"}, "pair_number"),
        (incidents.INCIDENTS, INCIDENT, {"pair_number": 0}, "pair_number"),
        (incidents.INCIDENTS, INCIDENT, {"pair_number": 99}, "pair_number"),
        (incidents.INCIDENTS, INCIDENT, {"happened_on": dt.date(2024, 11, 26)}, "happened_on"),
        (incidents.INCIDENTS, INCIDENT, {"happened_at": "25.00"}, "happened_at"),
        (incidents.INCIDENTS, INCIDENT, {"what": "NIK 6403010101010001"}, "what"),
        (incidents.OBSTACLES, OBSTACLE, {"due_on": dt.date(2024, 11, 1)}, "due_on"),
        (incidents.SITUATIONS, SITUATION, {"status": "waspada"}, "reason"),
        (incidents.SITUATIONS, SITUATION, {"incidents": "mungkin"}, "incidents"),
        (incidents.SITUATIONS, SITUATION, {"status": "", "incidents": "", "obstacles": ""}, "status"),
    ],
)
def test_it_refuses_what_cannot_be(
    operator: Person, register: Register, values: dict[str, Any], other: dict[str, Any], field: str
):
    with pytest.raises(Invalid) as told:
        registers.record(register, cast.BERAU, {**values, **other}, by=operator)
    assert field in told.value.fields


def test_a_pair_is_a_number_and_may_be_unknown(operator: Person):
    assert incident(operator, pair_number=None).values["pair_number"] is None
    texts = {column.name for column in incidents.INCIDENTS.columns if column.name.startswith("pair")}
    assert texts == {"pair_number"}


def test_one_statement_a_day_and_region(operator: Person):
    situation(operator)
    with pytest.raises(Invalid, match="sudah ada"):
        situation(operator)
    assert situation(operator, dated_on=dt.date(2024, 11, 24)).id


def test_a_restricted_one_is_hidden_from_colleagues_and_seen_by_judges(operator: Person, supervisor: Person):
    row = incident(operator, is_restricted=True)
    colleague = cast.person("rekan.berau")
    assert registers.find(incidents.INCIDENTS, row.id, supervisor).id == row.id
    assert registers.find(incidents.INCIDENTS, row.id, operator).id == row.id
    with pytest.raises(NotFound):
        registers.find(incidents.INCIDENTS, row.id, colleague)
    assert registers.listed(incidents.INCIDENTS, colleague, Filters()).total == 0


def test_other_regions_neither_read_nor_record(operator: Person, stranger: Person):
    row = incident(operator)
    with pytest.raises(NotFound):
        registers.find(incidents.INCIDENTS, row.id, stranger)
    with pytest.raises(NotAllowed):
        registers.record(incidents.INCIDENTS, cast.BERAU, INCIDENT, by=stranger)
