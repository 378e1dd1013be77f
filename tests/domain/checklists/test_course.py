"""What was left on each day: kept once a day and region, told of the days before by the entries, summed upwards."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select

from app.domain import checklists, clock, stages
from app.domain.checklists import Entry, Filling, Standing, course_of, keep_days
from app.domain.checklists.models import DayCount
from app.domain.pace import Point
from app.extensions import db
from tests.cast import BERAU, PASER, entry_of, person
from tests.counting import statements

MONDAY, TUESDAY, VOTING_DAY = (dt.date(2024, 11, day) for day in (25, 26, 27))


def keep() -> None:
    keep_days(stages.current_election())


def points(root: str) -> list[Point]:
    found = course_of(stages.current_election(), root)
    assert found is not None
    return found.points


def left_in_entries(root: str) -> int:
    """The same sum from the entries themselves."""
    election = stages.current_election()
    query = select(func.count()).where(
        Entry.election_id == election.id,
        Entry.region_code.startswith(root),
        Entry.due_on <= election.voting_day,
        Entry.standing.in_([standing.value for standing in checklists.OPEN]),
        (Entry.due_on >= election.in_use_from) | (Entry.standing != Standing.NOT_STARTED.value),
    )
    return int(db.session.scalar(query) or 0)


def tick(code: str, region: str = BERAU) -> None:
    entry = entry_of(code, region)
    said = Filling(no_evidence_reason="menyusul")
    checklists.tick(entry, by=person("operator.berau"), version=entry.version, filling=said)


def tomorrow() -> None:
    clock.set_frozen(dt.datetime.fromisoformat("2024-11-26T08:00:00+08:00"))


def test_nothing_is_told_before_anything_is_kept(session: Any):
    assert course_of(stages.current_election(), BERAU) is None


def test_today_says_what_the_entries_say(session: Any):
    keep()
    for root in (BERAU, "64"):
        assert points(root) == [Point(MONDAY, left_in_entries(root))]
    found = course_of(stages.current_election(), "64")
    assert found is not None
    assert (found.whole, found.counted_at) == (left_in_entries("64"), clock.now())


def test_a_later_hour_takes_the_place_of_an_earlier_one(session: Any):
    keep()
    before = points(BERAU)[0].left
    tick("LOG-14")
    keep()
    assert points(BERAU) == [Point(MONDAY, before - 1)]
    assert course_of(stages.current_election(), BERAU).whole == before  # type: ignore[union-attr]


def test_the_next_day_is_a_point_more_also_of_the_province(session: Any):
    keep()
    before = points("64")[0].left
    tomorrow()
    tick("LOG-14")
    keep()
    assert points("64") == [Point(MONDAY, before), Point(TUESDAY, before - 1)]
    assert [point.left for point in points(PASER)] == [left_in_entries(PASER)] * 2


def test_what_does_not_apply_is_left_no_more_and_what_comes_back_is(session: Any):
    keep()
    before = points(BERAU)[0].left
    entry = entry_of("LOG-14", BERAU)
    by = person("operator.berau")
    checklists.waive(entry, by=by, version=entry.version, filling=Filling(reason="tidak ada"))
    keep()
    assert points(BERAU)[0].left == before - 1
    checklists.undo(checklists.fresh(entry.id), by=by, version=entry.version + 1)
    keep()
    assert points(BERAU)[0].left == before


@pytest.mark.template("demo")
def test_the_days_before_are_told_by_the_entries_once(session: Any):
    """The demo's desks worked on 13, 18 and 25 November."""
    keep()
    told = points(BERAU)
    assert [point.day for point in told] == [told[0].day + dt.timedelta(days=n) for n in range(len(told))]
    assert told[-1] == Point(MONDAY, left_in_entries(BERAU))
    falls = {after.day: before.left - after.left for before, after in pairwise(told)}
    assert {day for day, fall in falls.items() if fall} <= {
        dt.date(2024, 11, 13),
        dt.date(2024, 11, 18),
        dt.date(2024, 11, 24),
        MONDAY,
    }
    assert falls[MONDAY] > 0
    assert all(fall >= 0 for fall in falls.values())
    tomorrow()
    keep()
    assert points(BERAU)[:-1] == told


@pytest.mark.template("demo")
def test_every_region_of_a_province_has_the_same_days(session: Any):
    keep()
    query = select(func.count()).select_from(DayCount).group_by(DayCount.region_code)
    assert len(set(db.session.scalars(query))) == 1


def test_reading_is_one_statement(session: Any):
    keep()
    election = stages.current_election()
    with statements() as asked:
        course_of(election, "64")
    assert len(asked) == 1


@pytest.mark.template("empty")
def test_an_election_without_entries_keeps_nothing(session: Any):
    election = stages.create_election("kosong", "Tanpa isian", VOTING_DAY, in_use_from=MONDAY)
    keep_days(election)
    assert course_of(election, "64") is None
