"""What a condition says: read, kept, told, met; and circles, whatever waits for whatever."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.checklists import Answer, Condition, Standing
from app.domain.checklists.conditions import circle_in, token, waiting_wordings
from app.domain.errors import Invalid

patient = settings(deadline=None)
"""The computer may be busy; what is said stays the same."""


@pytest.mark.parametrize(
    "text, kept, words",
    [
        ("LOG-04 selesai", "LOG-04 selesai", "LOG-04 selesai"),
        ("  LOG-04   tidak berlaku ", "LOG-04 tidak_berlaku", "LOG-04 tidak berlaku"),
        ("LOG-04 >10", "LOG-04 > 10", "angka LOG-04 lebih dari 10"),
        ("LOG-004 > 1500", "LOG-004 > 1500", "angka LOG-004 lebih dari 1.500"),
    ],
)
def test_it_is_read_kept_and_told(text: str, kept: str, words: str):
    condition = Condition.read(text)
    assert condition is not None
    assert (condition.text, condition.words) == (kept, words)


@pytest.mark.parametrize(
    "text", ["LOG-04", "selesai", "LOG-04 > -1", "LOG-04 < 3", "log-04 selesai", "LOG-04 > x"]
)
def test_what_says_no_condition_is_refused(text: str):
    with pytest.raises(Invalid) as refusal:
        Condition.read(text)
    assert "LOG-04 > 10" in refusal.value.fields["condition"]


@patient
@given(st.sampled_from(list(Answer)), st.integers(0, 10**15 - 1), st.integers(1, 10**6))
def test_what_is_kept_with_the_first_item_is_read_again(answer: Answer, number: int, version_id: int):
    condition = Condition("LOG-04", answer, number if answer is Answer.ABOVE else 0)
    assert waiting_wordings("LOG-04", token(version_id, condition)) == {version_id: condition}
    assert Condition.read(condition.text) == condition


@patient
@given(st.dictionaries(st.sampled_from("ABCDEFG"), st.sampled_from("ABCDEFG"), min_size=1))
def test_a_circle_is_found_exactly_where_one_leads_back(waiting: dict[str, str]):
    for start in waiting:
        at, seen = waiting[start], set()
        while at not in seen and at in waiting and at != start:
            seen.add(at)
            at = waiting[at]
        circle = circle_in(waiting, start)
        assert bool(circle) == (at == start)
        if circle:
            assert circle[0] == circle[-1] == start
            assert all(waiting[a] == b for a, b in itertools.pairwise(circle))


@patient
@given(st.sampled_from(list(Standing)), st.none() | st.integers(0, 20), st.sampled_from(list(Answer)))
def test_an_answer_meets_what_it_says(standing: Standing, measure: int | None, answer: Answer):
    met = Condition("LOG-04", answer, 10).is_met(standing, measure)
    expected = {
        Answer.DONE: standing.value.startswith("selesai"),
        Answer.WAIVED: standing.value.startswith("tidak_berlaku"),
        Answer.ABOVE: measure is not None and measure > 10,
    }
    assert met == expected[answer]
