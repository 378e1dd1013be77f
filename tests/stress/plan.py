"""What every part is given, and what it answers with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol

SQLITE, POSTGRESQL = "sqlite", "postgresql"


class Length(StrEnum):
    """How long a part may take; each is the same attack, of fewer or more rounds."""

    QUICK = "quick"
    """On every change: seconds for a part."""
    USUAL = "usual"
    """All parts on both databases in about a quarter of an hour."""
    LONG = "long"
    """Before a release: up to an hour for a part."""


class Way(NamedTuple):
    """How a part shall run."""

    length: Length
    database: str
    """SQLITE or POSTGRESQL."""
    home: Path
    """An empty directory of the part's own, gone afterwards."""
    seed: int
    """What chance is drawn from: the same number, the same run, as far as a machine allows."""

    @property
    def short(self) -> bool:
        """Whether fewer rounds will do; most parts know two sizes."""
        return self.length is not Length.LONG


class Kind(StrEnum):
    """What a row of the table is."""

    PROMISE = "promise"
    TOLD = "told"
    """A figure that nobody promised: neither held nor missed."""
    NOT_RUN = "not run"
    """A promise that could not be tried here: neither held nor missed."""


class Row(NamedTuple):
    """One promise and what was found; `holds` counts where the row is a promise."""

    part: str
    database: str
    promise: str
    bound: str
    found: str
    holds: bool
    kind: Kind = Kind.PROMISE

    @property
    def verdict(self) -> str:
        """The word in front of it: ok, MISSED, told, NOT RUN."""
        if self.kind is Kind.PROMISE:
            return "ok" if self.holds else "MISSED"
        return "NOT RUN" if self.kind is Kind.NOT_RUN else "told"


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


def told(part: str, way: Way, what: str, found: str) -> Row:
    """A figure for whoever reads the table; nothing is promised of it."""
    return Row(part, way.database, what, "", found, False, Kind.TOLD)


def not_run(part: str, database: str, promise: str, why: str) -> Row:
    """A promise that was chosen and could not be tried on this machine, and why."""
    return Row(part, database, promise, "", why, False, Kind.NOT_RUN)


def summed_up(rows: list[Row]) -> str:
    """The last line: how many promises were judged, how many of them missed, how many could not be tried."""
    count = Counter(row.verdict for row in rows)
    line = f"{count['ok'] + count['MISSED']} promises, {count['MISSED']} missed"
    return f"{line}, {count['NOT RUN']} NOT RUN" if count["NOT RUN"] else line


def exit_status(rows: list[Row], *, must_run: bool) -> int:
    """0 when every promise was held; 1 when one was missed, none was judged, or, where all `must_run`, one was not."""
    found = {row.verdict for row in rows}
    if "MISSED" in found or "ok" not in found:
        return 1
    return int(must_run and "NOT RUN" in found)
