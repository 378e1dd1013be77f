"""When a kind is owed: a proposal, what a desk sets for itself, and what those below it inherit."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from app.domain import reports
from app.domain.accounts import Person
from app.domain.audit import AuditEntry
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from app.domain.reports import Kind, Rhythm, hours_text, read_hours
from tests import cast

DAILY = reports.PROPOSED[Kind.DAILY]


def test_the_proposal_holds_until_a_desk_sets_its_own(session: Any) -> None:
    row = reports.rhythm_of(cast.BERAU, Kind.DAILY)
    assert (row.set_in, row.version, row.said.due) == ("", 0, dt.time(16))
    assert reports.rhythm_of(cast.BERAU, Kind.FINAL).said.due_days == 10


def test_those_below_follow_an_hour_earlier_and_lock_together(session: Any, admin: Person) -> None:
    reports.set_rhythm("64", Kind.DAILY, DAILY._replace(due=dt.time(20)), by=admin, version=0)
    above, below = reports.rhythm_of("64", Kind.DAILY), reports.rhythm_of(cast.BERAU, Kind.DAILY)
    assert (above.said.due, below.said.due) == (dt.time(20), dt.time(19))
    assert below.said.grace_minutes - above.said.grace_minutes == 60
    assert (below.set_in, below.version) == ("64", 0)


def test_a_desks_own_rhythm_wins_over_the_one_above(session: Any, admin: Person) -> None:
    reports.set_rhythm("64", Kind.DAILY, DAILY, by=admin, version=0)
    reports.set_rhythm(cast.BERAU, Kind.DAILY, DAILY._replace(due=dt.time(18)), by=admin, version=0)
    assert reports.rhythm_of(cast.BERAU, Kind.DAILY).said.due == dt.time(18)
    assert reports.own_rhythms(cast.BERAU)[Kind.DAILY].version == 1
    reports.drop_rhythm(cast.BERAU, Kind.DAILY, by=admin, version=1)
    assert reports.rhythm_of(cast.BERAU, Kind.DAILY).said.due == dt.time(16)


def test_a_change_is_on_the_trail_with_old_and_new(session: Any, admin: Person) -> None:
    reports.set_rhythm("64", Kind.DAILY, DAILY._replace(tight_cut_offs=(dt.time(8),)), by=admin, version=0)
    link = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert link.action == "report:rhythm:set"
    assert link.changes == '{"tight_cut_offs":["","08.00"]}'


def test_two_who_change_it_at_once_do_not_overwrite_each_other(session: Any, admin: Person) -> None:
    reports.set_rhythm("64", Kind.DAILY, DAILY, by=admin, version=0)
    for late in (0, 2):
        with pytest.raises(NotNow):
            reports.set_rhythm("64", Kind.DAILY, DAILY._replace(owed=False), by=admin, version=late)
    with pytest.raises(NotNow):
        reports.drop_rhythm("64", Kind.DAILY, by=admin, version=2)
    assert reports.rhythm_of("64", Kind.DAILY).said.owed


def test_it_refuses_who_does_not_arrange_there(session: Any, operator: Person) -> None:
    with pytest.raises(NotAllowed):
        reports.set_rhythm(cast.BERAU, Kind.DAILY, DAILY, by=operator, version=0)
    with pytest.raises(NotAllowed):
        reports.set_rhythm("64", Kind.DAILY, DAILY, by=cast.person("admin.berau"), version=0)


def test_a_brief_and_a_village_have_no_rhythm(session: Any, admin: Person) -> None:
    with pytest.raises(NotFound):
        reports.rhythm_of("64", Kind.BRIEF)
    with pytest.raises(NotFound):
        reports.check_rhythm("64.03.03.2001", Kind.DAILY, DAILY)


@pytest.mark.parametrize(
    "field, value",
    [
        ("first_offset", -731),
        ("last_offset", -64),
        ("due_days", -1),
        ("due_days", 61),
        ("grace_minutes", -1),
        ("escalate_minutes", 14),
        ("escalate_minutes", 7 * 24 * 60 + 1),
        ("due", dt.time(16, 44)),
        ("tight_cut_offs", (dt.time(15),)),
        ("tight_cut_offs", tuple(dt.time(hour) for hour in range(6))),
    ],
)
def test_it_explains_what_cannot_be(field: str, value: Any) -> None:
    said: Rhythm = DAILY._replace(**{field: value})
    with pytest.raises(Invalid) as refusal:
        reports.check_rhythm("64", Kind.DAILY, said)
    assert field in refusal.value.fields


def test_the_lowest_desk_always_has_a_quarter_of_an_hour() -> None:
    reports.check_rhythm("64", Kind.DAILY, DAILY._replace(due=dt.time(16, 45)))
    reports.check_rhythm("64.03", Kind.DAILY, DAILY._replace(due=dt.time(15, 45)))
    with pytest.raises(Invalid):
        reports.check_rhythm("64.03", Kind.DAILY, DAILY._replace(due=dt.time(15, 44)))


@pytest.mark.parametrize(
    "text, kept", [("", ""), ("8.00 12.00", "08.00 12.00"), ("12:30, 8:00;8", "08.00 12.30")]
)
def test_hours_are_read_as_people_write_them(text: str, kept: str) -> None:
    assert hours_text(read_hours(text)) == kept


@pytest.mark.parametrize("text", ["25.00", "8.60", "pagi", "8.0", "-1"])
def test_what_is_no_hour_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_hours(text)
