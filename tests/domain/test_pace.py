"""The pace and the day on which none is left."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from app.domain.identity_cards import Burn, Point, burn
from app.domain.pace import added

VOTING_DAY = dt.date(2024, 11, 27)
pytestmark = pytest.mark.one_database


def points(*said: tuple[int, int]) -> list[Point]:
    return [Point(dt.date(2024, 11, day), left) for day, left in said]


def burnt(*said: tuple[int, int]) -> Burn:
    found = burn(points(*said), VOTING_DAY)
    assert found is not None
    return found


def test_without_a_figure_there_is_nothing_to_tell():
    assert burn([], VOTING_DAY) is None


def test_one_day_has_no_pace():
    found = burnt((20, 100))
    assert (found.pace, found.finishes_on, found.is_late) == (None, None, True)


def test_the_pace_is_that_since_the_first_figure():
    found = burnt((11, 100), (16, 90), (21, 50))
    assert found.pace == 5
    assert found.finishes_on == dt.date(2024, 12, 1)
    assert found.is_late


def test_part_of_a_day_is_a_day():
    found = burnt((10, 100), (20, 1))
    assert found.pace == Fraction(99, 10)
    assert found.finishes_on == dt.date(2024, 11, 21)
    assert not found.is_late


def test_what_does_not_become_less_never_ends():
    assert burnt((10, 100), (20, 100)).finishes_on is None
    assert burnt((10, 100), (20, 120)).finishes_on is None


def test_a_day_beyond_ten_years_is_not_told():
    assert burnt((1, 2_000_000_000), (20, 1_999_999_999)).finishes_on is None


def test_none_left_ends_where_none_was_left_first():
    found = burnt((10, 9), (12, 0), (13, 4), (15, 0), (20, 0))
    assert (found.is_done, found.finishes_on, found.is_late) == (True, dt.date(2024, 11, 15), False)


def test_what_is_needed_ends_the_day_before_voting():
    assert burnt((10, 100), (20, 61)).needed == 11  # six days from the 21st to the 26th
    assert burnt((10, 100), (26, 61)).needed is None


def test_several_regions_are_added_from_the_day_that_all_have_a_figure():
    first, second = points((10, 100), (14, 80), (20, 60)), points((12, 50), (14, 40))
    assert added([first, second, []]) == points((12, 150), (14, 120), (20, 100))
    assert added([]) == []
