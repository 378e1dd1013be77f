"""What the registers of security may say: scales, sums, references, and the steps of a risk."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from app.domain import incidents, registers, security
from app.domain.accounts import Person
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from app.domain.registers import JUDGE, RECORD, Register, StepSaid
from app.domain.security import RiskState, RiskVerb
from app.domain.security.rules import RISK_FLOW
from tests import cast
from tests.domain.incidents.cases import incident, recorded, taken
from tests.domain.security.cases import CLASSES, PEOPLE, PUBLISHED, RISK, STATIONS, risk

V, S = RiskVerb, RiskState


@pytest.mark.one_database
@pytest.mark.parametrize(
    "register, values, other, field",
    [
        (security.PERSONNEL, PEOPLE, {"people": None}, "people"),
        (security.PERSONNEL, PEOPLE, {"institution": "banser"}, "institution"),
        (security.STATION_CLASSES, CLASSES, {"safe": 401}, "total"),
        (security.STATION_CLASSES, CLASSES, {"total": 476, "safe": 401}, "total"),
        (
            security.STATION_CLASSES,
            CLASSES,
            {"total": None, "safe": None, "vulnerable": None, "very_vulnerable": None},
            "total",
        ),
        (security.VULNERABILITIES, PUBLISHED, {"score": Decimal("100.01")}, "score"),
        (security.VULNERABILITIES, PUBLISHED, {"dataset": "pemetaan_2024", "score": Decimal(28)}, "score"),
        (
            security.VULNERABILITIES,
            PUBLISHED,
            {"dataset": "pemetaan_2024", "score": Decimal("17.5")},
            "score",
        ),
        (security.VULNERABILITIES, PUBLISHED, {"score": None, "level": ""}, "score"),
        (security.VULNERABILITIES, PUBLISHED, {"source": ""}, "source"),
        (security.VULNERABLE_STATIONS, STATIONS, {"indicator": "R99"}, "indicator"),
        (security.VULNERABLE_STATIONS, STATIONS, {"stations": 476}, "stations"),
        (security.RISKS, RISK, {"owner": ""}, "owner"),
        (security.RISKS, RISK, {"likelihood": "pasti"}, "likelihood"),
    ],
)
def test_it_refuses_what_cannot_be(
    operator: Person, register: Register, values: dict[str, Any], other: dict[str, Any], field: str
):
    with pytest.raises(Invalid) as told:
        registers.record(register, cast.BERAU, {**values, **other}, by=operator)
    assert field in told.value.fields


@pytest.mark.one_database
def test_each_measurement_keeps_its_scale(operator: Person):
    row = recorded(security.VULNERABILITIES, PUBLISHED, operator, score=Decimal("44.5"))
    assert row.values["score"] == Decimal("44.5")
    other = recorded(
        security.VULNERABILITIES, PUBLISHED, operator, dataset="pemetaan_2024", score=Decimal(18)
    )
    assert other.values["score"] == 18


@pytest.mark.one_database
@pytest.mark.parametrize(
    "likelihood, impact, level",
    [
        ("kecil", "kecil", "rendah"),
        ("sedang", "kecil", "rendah"),
        ("kecil", "besar", "sedang"),
        ("sedang", "sedang", "sedang"),
        ("sedang", "besar", "tinggi"),
        ("besar", "besar", "tinggi"),
    ],
)
def test_a_risks_level_follows_from_both(likelihood: str, impact: str, level: str):
    assert security.level_of(likelihood, impact) == level


@pytest.mark.one_database
@pytest.mark.parametrize(
    "verb, sources, target, permission, four_eyes",
    [
        (V.MITIGATE, {S.OPEN}, S.MITIGATED, RECORD, False),
        (V.COME_TRUE, {S.OPEN, S.MITIGATED}, S.CAME_TRUE, RECORD, False),
        (V.CLOSE, {S.OPEN, S.MITIGATED, S.CAME_TRUE}, S.CLOSED, JUDGE, True),
        (V.REOPEN, {S.CLOSED}, S.OPEN, JUDGE, False),
    ],
)
def test_the_table_says_from_where_to_where(
    verb: Any, sources: set[Any], target: Any, permission: Any, four_eyes: bool
):
    step = RISK_FLOW.table[verb]
    assert (step.sources, step.target, step.permission, step.four_eyes) == (
        sources,
        target,
        permission,
        four_eyes,
    )


def test_what_came_true_is_tied_to_its_incident(operator: Person, supervisor: Person):
    row, happened = risk(operator), incident(operator, cast.SAMBALIUNG)
    assert [one.id for one in security.incidents_to_choose(row, operator)] == [happened.id]
    stands = security.came_true(row, happened.id, StepSaid(), by=operator, version=row.version)
    row = registers.find(security.RISKS, row.id, operator)
    assert (stands, row.state) == (S.CAME_TRUE, S.CAME_TRUE)
    assert row.parents == {"incident_id": happened.id}
    row = taken(row, V.CLOSE, supervisor, note="Sudah ditangani sebagai kejadian.")
    assert row.has_ended


def test_it_refuses_an_incident_that_cannot_be_the_one(operator: Person, stranger: Person):
    row, elsewhere, gone = risk(operator), incident(stranger, cast.PASER), incident(operator)
    registers.withdraw(gone, by=operator, reason="Salah catat.", version=gone.version)
    province = cast.person("operator.kaltim")
    with pytest.raises(NotFound):
        security.came_true(row, elsewhere.id, StepSaid(), by=operator, version=row.version)
    for other, sentence in ((elsewhere, "di luar wilayah"), (gone, "sudah dibatalkan")):
        with pytest.raises(Invalid) as told:
            security.came_true(row, other.id, StepSaid(), by=province, version=row.version)
        assert sentence in told.value.fields["incident"]
    assert registers.find(security.RISKS, row.id, operator).state == S.OPEN


def test_it_refuses_who_may_not_and_who_is_late(operator: Person, supervisor: Person):
    row, happened = risk(operator), incident(operator)
    with pytest.raises(NotAllowed):
        security.came_true(row, happened.id, StepSaid(), by=supervisor, version=row.version)
    security.came_true(row, happened.id, StepSaid(), by=operator, version=row.version)
    with pytest.raises(NotNow):
        security.came_true(row, happened.id, StepSaid(), by=operator, version=row.version)


@pytest.mark.one_database
def test_an_incident_page_knows_the_risk_it_was(operator: Person):
    row, happened = risk(operator), incident(operator)
    security.came_true(row, happened.id, StepSaid(), by=operator, version=row.version)
    found = registers.listed(
        security.RISKS, operator, registers.Filters(parents={"incident_id": happened.id})
    )
    assert [one.id for one in found.rows] == [row.id]
    assert incidents.INCIDENTS in security.RISKS.parents.values()


@pytest.mark.one_database
def test_a_review_may_lie_ahead(operator: Person):
    assert risk(operator, review_on=dt.date(2024, 12, 1)).values["review_on"] == dt.date(2024, 12, 1)
