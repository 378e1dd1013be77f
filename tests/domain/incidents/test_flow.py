"""The steps of incidents and obstacles: the table, who may take which, and how long each may last."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import incidents, registers
from app.domain.accounts import Person
from app.domain.errors import Invalid, NotAllowed, NotNow
from app.domain.incidents import IncidentState, IncidentVerb, ObstacleState, ObstacleVerb
from app.domain.incidents.rules import INCIDENT_FLOW, OBSTACLE_FLOW
from app.domain.registers import JUDGE, RECORD, StepSaid
from tests import cast
from tests.domain.incidents.cases import incident, obstacle, taken

V, S = IncidentVerb, IncidentState
LETTER = {"letter_number": "300/12/Kesbangpol", "receiver": "Bawaslu"}


@pytest.mark.one_database
@pytest.mark.parametrize(
    "verb, sources, target, permission, four_eyes",
    [
        (V.VERIFY, {S.RECORDED}, S.VERIFIED, JUDGE, True),
        (V.ESCALATE, {S.VERIFIED}, S.ESCALATED, RECORD, False),
        (V.FORWARD, {S.VERIFIED, S.ESCALATED, S.ANSWERED}, S.FORWARDED, RECORD, False),
        (V.ANSWER, {S.FORWARDED}, S.ANSWERED, RECORD, False),
        (V.CLOSE, {S.VERIFIED, S.ESCALATED, S.ANSWERED}, S.CLOSED, JUDGE, True),
        (
            V.DISMISS,
            {S.RECORDED, S.VERIFIED, S.ESCALATED, S.FORWARDED, S.ANSWERED},
            S.NOT_PROVEN,
            JUDGE,
            True,
        ),
        (V.REOPEN, {S.CLOSED, S.NOT_PROVEN}, S.VERIFIED, JUDGE, False),
    ],
)
def test_the_table_says_from_where_to_where(
    verb: Any, sources: set[Any], target: Any, permission: Any, four_eyes: bool
):
    step = INCIDENT_FLOW.table[verb]
    assert (step.sources, step.target, step.permission, step.four_eyes) == (
        sources,
        target,
        permission,
        four_eyes,
    )


@pytest.mark.one_database
def test_every_state_has_words_and_every_open_one_a_limit():
    for flow in (INCIDENT_FLOW, OBSTACLE_FLOW):
        assert set(flow.words) == set(type(flow.start))
        assert set(flow.limits) == set(flow.words) - flow.ended


def test_a_case_goes_all_the_way_and_comes_back(operator: Person, supervisor: Person):
    row = incident(operator)
    row = taken(row, V.VERIFY, supervisor)
    row = taken(row, V.FORWARD, operator, **LETTER)
    row = taken(row, V.ANSWER, operator, letter_number="55/PP.01/K.KI-02/11/2024")
    row = taken(row, V.CLOSE, supervisor)
    assert row.state == S.CLOSED
    assert row.has_ended
    row = taken(row, V.REOPEN, supervisor, note="Ada bukti baru dari warga.")
    assert row.state == S.VERIFIED


def test_who_verified_may_close_but_who_recorded_or_forwarded_may_not(operator: Person, supervisor: Person):
    both = cast.person("rangkap.berau")
    row = taken(incident(operator), V.VERIFY, supervisor)
    row = taken(row, V.FORWARD, both, **LETTER)
    row = taken(row, V.ANSWER, operator, note="Disampaikan lisan.")
    with pytest.raises(NotAllowed):
        registers.step(row, V.CLOSE, StepSaid(), by=both, version=row.version)
    assert taken(row, V.CLOSE, supervisor).state == S.CLOSED


def test_the_recorder_never_verifies_their_own(operator: Person):
    both = cast.person("rangkap.berau")
    row = incident(both)
    with pytest.raises(NotAllowed, match="orang lain"):
        registers.step(row, V.VERIFY, StepSaid(), by=both, version=row.version)


@pytest.mark.parametrize(
    "said, field",
    [
        ({"letter_number": "1/2024"}, "receiver"),
        ({"letter_number": "1/2024", "receiver": "Kejaksaan"}, "receiver"),
        ({"receiver": "Polri"}, "letter_number"),
        ({**LETTER, "done_on": dt.date(2024, 11, 26)}, "done_on"),
    ],
)
def test_it_refuses_to_forward_to_nobody_or_without_a_letter(
    operator: Person, supervisor: Person, said: dict[str, Any], field: str
):
    row = taken(incident(operator), V.VERIFY, supervisor)
    with pytest.raises(Invalid) as told:
        registers.step(row, V.FORWARD, StepSaid(**said), by=operator, version=row.version)
    assert field in told.value.fields


def test_it_refuses_to_skip_a_step(operator: Person):
    row = incident(operator)
    with pytest.raises(NotNow):
        registers.step(row, V.FORWARD, StepSaid(**LETTER), by=operator, version=row.version)


def test_what_is_not_proven_needs_a_reason(operator: Person, supervisor: Person):
    row = incident(operator)
    with pytest.raises(Invalid) as told:
        registers.step(row, V.DISMISS, StepSaid(), by=supervisor, version=row.version)
    assert "note" in told.value.fields


def test_working_days_run_since_the_last_step(operator: Person, supervisor: Person):
    row = taken(incident(operator), V.VERIFY, supervisor)
    held = incidents.Incident
    stored = cast.db.session.get(held, row.id)
    stored.state_since = dt.date(2024, 11, 15)  # Friday; voting day is no working day and lies ahead
    cast.db.session.flush()
    row = registers.find(incidents.INCIDENTS, row.id, operator)
    assert (row.silence.days, row.silence.limit, row.silence.over) == (6, 3, 3)


def test_an_obstacle_is_handled_and_closed_by_somebody_else(operator: Person, supervisor: Person):
    row = taken(obstacle(operator), ObstacleVerb.HANDLE, operator, note="Lewat sungai dengan longboat.")
    row = taken(row, ObstacleVerb.CLOSE, supervisor, note="Logistik sudah sampai.")
    assert row.state == ObstacleState.CLOSED


def test_an_obstacle_closes_with_a_reason_only(operator: Person, supervisor: Person):
    row = obstacle(operator)
    with pytest.raises(Invalid):
        registers.step(row, ObstacleVerb.CLOSE, StepSaid(), by=supervisor, version=row.version)
