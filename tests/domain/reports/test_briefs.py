"""A brief on readiness as of a chosen moment, made when somebody asks for one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import clock, reports
from app.domain.accounts import Person
from app.domain.errors import Invalid, NotAllowed, NotFound
from app.domain.reports import Kind, State
from tests import cast

KOMISI_II = dt.datetime.fromisoformat("2024-11-20T10:00:00+08:00")
"""The day on which Komisi II DPR RI came to hear how ready the province is (seed 001)."""


def test_it_speaks_of_the_chosen_moment_and_is_due_a_day_from_now(session: Any) -> None:
    row = reports.make_brief("64", "Komisi II DPR RI", KOMISI_II, by=cast.person("operator.kaltim"))
    assert (row.kind, row.day, row.title, row.state) == (
        Kind.BRIEF,
        dt.date(2024, 11, 20),
        "Komisi II DPR RI",
        State.EXPECTED,
    )
    assert row.cut_off_at == KOMISI_II
    assert row.due_at == clock.now() + dt.timedelta(days=1)


def test_briefs_of_one_day_stand_beside_each_other(session: Any, operator: Person) -> None:
    slots = [reports.make_brief(cast.BERAU, name, clock.now(), by=operator).slot for name in ("Satu", "Dua")]
    assert slots == [1, 2]


def test_just_after_midnight_it_belongs_to_the_desks_own_day(session: Any, operator: Person) -> None:
    moment = dt.datetime.fromisoformat("2024-11-25T16:10:00+00:00")
    assert reports.make_brief(cast.BERAU, "Tengah malam", moment, by=operator).day == dt.date(2024, 11, 26)


def test_expecting_leaves_it_alone(session: Any, election: Any, operator: Person) -> None:
    row = reports.make_brief(cast.BERAU, "Bupati", clock.now(), by=operator)
    reports.expect(election)
    assert reports.find(row.id, operator) == row


def test_a_leader_above_may_ask_and_a_stranger_may_not(session: Any, stranger: Person) -> None:
    reports.make_brief(cast.BERAU, "Gubernur", clock.now(), by=cast.person("pimpinan.kaltim"))
    for person in (stranger, cast.person("operator.kaltim"), cast.person("inspektorat.kaltim")):
        with pytest.raises(NotAllowed):
            reports.make_brief(cast.BERAU, "Ingin tahu", clock.now(), by=person)


@pytest.mark.parametrize(
    "title, days, field", [(" ", 0, "title"), ("x" * 161, 0, "title"), ("Sah", 61, "moment")]
)
def test_it_explains_what_cannot_be(
    session: Any, operator: Person, title: str, days: int, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        reports.make_brief(cast.BERAU, title, clock.now() + dt.timedelta(days=days), by=operator)
    assert field in refusal.value.fields


def test_a_village_writes_none(session: Any, operator: Person) -> None:
    with pytest.raises(NotFound):
        reports.make_brief("64.03.03.2001", "Kampung", clock.now(), by=operator)
