"""The five source texts as a table: what each says, where it lives in the application, where it comes out.

A room's tests/seeds/test_<room>.py lists its `SeedFact`s and hands them to `tell`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain import registers
from app.domain.accounts import Person
from app.domain.registers import Fact, Register


@dataclass(frozen=True)
class SeedFact:
    """One fact of a source text, in our words: what is recorded of it, and the figure that says it again."""

    seed: str
    """000 to 004."""
    said: str
    register: Register
    region: str
    values: dict[str, Any] = field(repr=False)
    key: str
    """Of the `Fact` that it comes out in."""
    expected: Any
    """Its value (or its words)."""


def tell(one: SeedFact, by: Person, parents: Mapping[str, int | None] | None = None) -> int:
    """Record it as its operator would, below what it belongs to; returns the record's id."""
    return registers.record(one.register, one.region, one.values, by=by, parents=parents)


def told_again(one: SeedFact, facts: Callable[[list[str]], list[Fact]]) -> Any:
    """What the room tells reports of the region now, under the fact's key."""
    found = next(fact for fact in facts([one.region]) if fact.key == one.key)
    return found.words or found.value
