"""The same question is asked once while a page is put together, and anew for the next."""

from __future__ import annotations

from typing import Any

from app.domain import regions
from app.domain.once import asked_once
from tests.counting import statements


def test_inside_it_is_asked_once_and_outside_every_time(session: Any):
    with statements() as asked:
        with asked_once():
            first = regions.regions_under(["64"], regions.Level.DISTRICT)
            with asked_once():
                assert regions.regions_under(["64"], level=regions.Level.DISTRICT) == first
                assert regions.regions_under(["64"], regions.Level.DISTRICT) is first
        assert regions.regions_under(["64"], regions.Level.DISTRICT) == first
    assert len(asked) == 3, "one said in another way counts as another question"


def test_another_question_has_its_own_answer(session: Any):
    with asked_once():
        assert regions.children_of("64") != regions.children_of("64.03")
