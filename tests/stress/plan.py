"""What every part is given, and what it answers with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

SQLITE, POSTGRESQL = "sqlite", "postgresql"


class Way(NamedTuple):
    """How a part shall run."""

    quick: bool
    """The three minutes for all parts together instead of the fifteen."""
    database: str
    """SQLITE or POSTGRESQL."""
    home: Path
    """An empty directory of the part's own, gone afterwards."""
    seed: int
    """What chance is drawn from: the same number, the same run, as far as a machine allows."""


class Row(NamedTuple):
    """One promise and what was found."""

    part: str
    database: str
    promise: str
    bound: str
    found: str
    holds: bool


class Part(Protocol):
    """A module of tests/stress/parts."""

    NAME: str
    DATABASES: tuple[str, ...]

    def rows(self, way: Way) -> Iterator[Row]:
        """Put the desk to the test and say what was found, promise by promise."""


def nothing(part: str, way: Way, promise: str, found: list[str], of: str = "") -> Row:
    """A promise that something never happens: `found` names each time it did, `of` says among how many."""
    first = f": {found[0]}" if found else ""
    return Row(part, way.database, promise, "0", f"{len(found)}{f' of {of}' if of else ''}{first}", not found)


def at_most(part: str, way: Way, promise: str, value: float, most: float, unit: str) -> Row:
    """A promise that a measured value stays within a bound."""
    return Row(part, way.database, promise, f"≤ {most:g} {unit}", f"{value:.3g} {unit}", value <= most)


def at_least(part: str, way: Way, promise: str, value: float, least: float, unit: str) -> Row:
    """A promise that there is enough of something, mostly of the test itself."""
    return Row(part, way.database, promise, f"≥ {least:g} {unit}", f"{value:g} {unit}", value >= least)
