"""docs/asvs.md: every requirement of levels 1 and 2 stands there once, and what it names is there."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (V[\d.]+(?:, V[\d.]+)*) \| ([12]) \| (.+?) \| (.+?) \| (.+) \|$", re.M)
NAMED = re.compile(r"`([\w./-]+/[\w.-]*|[\w-]+\.(?:py|lock|toml|md))(?:::(\w+))?`")
OF_CHAPTER = {
    1: (8, 19),
    2: (4, 7),
    3: (8, 11),
    4: (2, 8),
    5: (4, 5),
    6: (13, 22),
    7: (6, 12),
    8: (4, 3),
    9: (4, 3),
    10: (5, 24),
    11: (3, 11),
    12: (3, 6),
    13: (1, 12),
    14: (2, 7),
    15: (3, 10),
    16: (0, 16),
    17: (0, 7),
}
"""Chapter -> requirements of level 1 and of level 2 in the standard's version 5.0.0."""


class Requirement(NamedTuple):
    """One of the standard's, as the page tells it."""

    id: str
    level: int
    state: str
    how: str


FOUND = [
    Requirement(one, int(level), state, how)
    for ids, level, _, state, how in ROW.findall(PAGE)
    for one in ids.split(", ")
]


def test_every_requirement_stands_there_once():
    assert [one for one, times in Counter(found.id for found in FOUND).items() if times > 1] == []
    counted = Counter((int(found.id[1:].partition(".")[0]), found.level) for found in FOUND)
    assert {chapter: (counted[chapter, 1], counted[chapter, 2]) for chapter in OF_CHAPTER} == OF_CHAPTER


def test_each_says_how_it_stands_and_what_is_met_says_where():
    assert {found.state for found in FOUND} <= {"met", "partly", "not met", "n/a"}
    silent = [
        found.id
        for found in FOUND
        if found.state in ("met", "partly") and not NAMED.search(found.how) and "table above" not in found.how
    ]
    assert silent == []
    assert [found.id for found in FOUND if len(found.how) < 8] == []


def test_every_file_and_test_that_it_names_exists():
    missing = []
    for path, test in NAMED.findall(PAGE):
        file = ROOT / path
        if not file.exists() or (test and f"def {test}(" not in file.read_text(encoding="utf-8")):
            missing.append(f"{path}::{test}" if test else path)
    assert missing == []
