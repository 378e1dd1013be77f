"""In which order tests are dealt out: the long ones begin every part, nothing is lost or doubled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.ordering import slow_first


@pytest.fixture
def tests() -> Callable[[str], list[Any]]:
    """`tests("a b b! c")`: one test of module a, two of b, of which the second is slow, one of c."""

    def made(told: str) -> list[Any]:
        return [
            SimpleNamespace(
                path=Path(word.rstrip("!")),
                get_closest_marker=lambda name, word=word: name == "slow" and word.endswith("!"),
            )
            for word in told.split()
        ]

    return made


def told(items: list[Any]) -> str:
    return " ".join(item.path.name for item in items)


def test_one_process_begins_with_the_modules_that_hold_a_slow_test(tests: Callable[[str], list[Any]]):
    assert told(slow_first(tests("a b b! c d! e"), 1)) == "b b d a c e"


def test_each_process_gets_its_share_of_them(tests: Callable[[str], list[Any]]):
    assert told(slow_first(tests("a b! c d! e f! g h"), 2)) == "b f a c d e g h"


@pytest.mark.parametrize("processes", [1, 2, 3, 4, 9])
@pytest.mark.parametrize("given", ["", "a", "a!", "a b! b b c! d e f", "a! b! c! c c c", "a b c d e"])
def test_every_test_comes_once(tests: Callable[[str], list[Any]], given: str, processes: int):
    items = tests(given)
    assert sorted(map(id, slow_first(items, processes))) == sorted(map(id, items))
