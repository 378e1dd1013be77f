"""Conditions: an item that is asked only after an answer to another one, in the same region.

What a condition says (`Condition`), whether an answer meets it, in Python and in SQL, and whether conditions run in
a circle. docs/decisions/0019 says why a dependent entry is made and taken away by the deed on the first one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, true
from sqlalchemy.orm import aliased

from app.domain.checklists.models import Entry
from app.domain.checklists.rules import LARGEST, Recurrence, Standing
from app.domain.errors import Invalid
from app.words import angka

GRAMMAR = re.compile(
    r"(?P<code>[A-Z]{3}-\d{2,3})\s+(?:(?P<answer>selesai|tidak[_ ]berlaku)|>\s*(?P<number>\d{1,15}))"
)


class Answer(StrEnum):
    """What must have been answered."""

    DONE = "selesai"
    WAIVED = "tidak_berlaku"
    ABOVE = ">"


MEETING = {
    Answer.DONE: frozenset({Standing.DONE, Standing.VERIFIED}),
    Answer.WAIVED: frozenset({Standing.NOT_APPLICABLE, Standing.WAIVER_VERIFIED}),
}


class Condition(NamedTuple):
    """The item by its code and the answer to it; `number` counts for ABOVE alone."""

    code: str
    answer: Answer
    number: int = 0

    @classmethod
    def read(cls, text: str) -> Condition | None:
        """A condition as it is kept or typed, None for none. Refuses (Invalid) what says no condition."""
        if not text.strip():
            return None
        match = GRAMMAR.fullmatch(text.strip())
        if match is None or int(match["number"] or 0) > LARGEST:
            raise Invalid(
                "Syarat tidak terbaca.",
                condition="Tulis seperti LOG-04 selesai, LOG-04 tidak_berlaku, atau LOG-04 > 10.",
            )
        if match["number"]:
            return cls(match["code"], Answer.ABOVE, int(match["number"]))
        return cls(match["code"], Answer(match["answer"].replace(" ", "_")))

    @property
    def text(self) -> str:
        """As it is kept with a wording."""
        return f"{self.code} {self.kept}"

    @property
    def kept(self) -> str:
        """The answer alone: "selesai", "tidak_berlaku", "> 10"."""
        return f"> {self.number}" if self.answer is Answer.ABOVE else self.answer.value

    @property
    def words(self) -> str:
        """For people: "LOG-04 selesai", "LOG-04 tidak berlaku", "angka LOG-04 lebih dari 10"."""
        if self.answer is Answer.ABOVE:
            return f"angka {self.code} lebih dari {angka(self.number)}"
        return f"{self.code} {self.answer.value.replace('_', ' ')}"

    def is_met(self, standing: Standing, measure: int | None) -> bool:
        """Whether an entry that stands so, with this figure, is the answer that is waited for."""
        if self.answer is Answer.ABOVE:
            return measure is not None and measure > self.number
        return standing in MEETING[self.answer]

    def is_met_by(self, entry: Any) -> ColumnElement[bool]:
        """The same as SQL on an alias of the entries."""
        if self.answer is Answer.ABOVE:
            above: ColumnElement[bool] = entry.measure_value > self.number
            return above
        known: ColumnElement[bool] = entry.standing.in_(
            sorted(standing.value for standing in MEETING[self.answer])
        )
        return known


class Link(NamedTuple):
    """A condition on an item that is known by its number; `by_period` when each period waits for its own."""

    condition: Condition
    item_id: int
    by_period: bool

    def is_met_in(self, election_id: int, region_code: Any, period: Any) -> ColumnElement[bool]:
        """SQL: some entry of the first item in that region (and period) is the answer that is waited for."""
        first = aliased(Entry)
        return exists().where(
            and_(
                first.election_id == election_id,
                first.item_id == self.item_id,
                first.region_code == region_code,
                first.period == period if self.by_period else true(),
                self.condition.is_met_by(first),
            )
        )


def waits_by_period(recurrence: Recurrence, first: Recurrence) -> bool:
    """Whether a dependent item and the first one are asked period by period."""
    return recurrence is first and recurrence is not Recurrence.ONCE


def token(version_id: int, condition: Condition) -> str:
    """How an item's `dependents` name one wording that waits for it."""
    return f"{version_id}:{condition.kept.replace(' ', '')}"


def waiting_wordings(code: str, dependents: str) -> dict[int, Condition]:
    """Version id -> condition, of an item's `dependents`."""
    found = {}
    for part in dependents.split():
        version_id, _, kept = part.partition(":")
        condition = Condition.read(f"{code} {kept}")
        assert condition is not None  # noqa: S101  (token() wrote it)
        found[int(version_id)] = condition
    return found


def circle_in(conditions: Mapping[str, str], start: str) -> list[str]:
    """The codes of a circle that begins and ends at `start`; empty when there is none.

    `conditions` maps an item's code to the code that it waits for.
    """
    path = [start]
    while (following := conditions.get(path[-1])) is not None:
        path.append(following)
        if following == start:
            return path
        if path.count(following) > 1:
            return []
    return []


def dependents_of(code: str, conditions: Mapping[str, str]) -> list[str]:
    """The codes that wait for this one."""
    return sorted(one for one, first in conditions.items() if first == code)


def condition_codes(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Code -> code that it waits for, from (code, condition) of items."""
    found = {}
    for code, text in pairs:
        condition = Condition.read(text)
        if condition is not None:
            found[code] = condition.code
    return found


__all__ = [
    "Answer",
    "Condition",
    "Link",
    "circle_in",
    "condition_codes",
    "dependents_of",
    "token",
    "waiting_wordings",
    "waits_by_period",
]
