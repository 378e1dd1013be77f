"""Figures of several reports added up: what can be added, what is only listed, and what each sum was made of.

Pure functions of `Part`s, so the sums on the screen, on paper and those that are computed again years later are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.domain.checklists import Totals
from app.domain.registers import Fact
from app.domain.reports.snapshot import AreaProgress, Part, Value

SHARES = frozenset({"%", "persen"})
"""Units of figures that say nothing when they are added."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Behind(NamedTuple):
    """What one report below said of a figure; `fact` None where it did not say."""

    part: Part
    fact: Fact | None

    @property
    def is_known(self) -> bool:
        """Whether it brought a number."""
        return self.fact is not None and self.fact.value is not None


class Summed(NamedTuple):
    """One figure of a compilation: its code, the figure as it stands, and the rows behind it."""

    code: str
    fact: Fact
    behind: tuple[Behind, ...]

    @property
    def known(self) -> int:
        """How many of the reports brought a number; without one they stay unknown and are never zero."""
        return sum(one.is_known for one in self.behind)

    @property
    def is_partial(self) -> bool:
        """Whether some, but not all of the reports brought a number."""
        return 0 < self.known < len(self.behind)


def included(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts whose figures count."""
    return tuple(part for part in parts if part.is_included)


def summed(parts: Sequence[Part]) -> tuple[Summed, ...]:
    """Every figure that the parts brought, in the order in which they first name it.

    Codes are given to figures that say something first, so that they are the short ones. They are the same for the same
    parts.
    """
    chosen = included(parts)
    told = [{fact.key: fact for fact in part.figures} for part in chosen]
    keys = dict.fromkeys(key for one in told for key in one)
    source = source_of(parts)
    found = []
    for key in keys:
        rows = tuple(Behind(part, facts.get(key)) for part, facts in zip(chosen, told, strict=True))
        found.append((_fact(rows, source), rows))
    loud = [one for one in found if not one[0].is_silent]
    quiet = [one for one in found if one[0].is_silent]
    codes = {fact.key: code(number) for number, (fact, _) in enumerate([*loud, *quiet])}
    return tuple(Summed(codes[fact.key], fact, rows) for fact, rows in found)


def added(parts: Sequence[Part]) -> tuple[Fact, ...]:
    """The figures of a compilation alone."""
    return tuple(one.fact for one in summed(parts))


def behind(parts: Sequence[Part], key: str) -> tuple[Behind, ...]:
    """The rows behind the figure of that key: region, version, hash and value; empty for a figure that is no sum."""
    return next((one.behind for one in summed(parts) if one.fact.key == key), ())


def code(number: int) -> str:
    """The number-th code from 0: a, b, ... z, aa, ab."""
    text = LETTERS[number % 26]
    while number >= 26:
        number = number // 26 - 1
        text = LETTERS[number % 26] + text
    return text


def source_of(parts: Sequence[Part]) -> str:
    """Where the sums come from, in words; reports that nobody has verified are named."""
    chosen = included(parts)
    unverified = [part.region_name for part in chosen if not part.is_verified]
    text = f"kompilasi laporan {len(chosen)} dari {len(parts)} wilayah"
    return f"{text}, belum diverifikasi: {', '.join(unverified)}" if unverified else text


def progress_of(readings: Iterable[Sequence[AreaProgress]]) -> tuple[AreaProgress, ...]:
    """The checklists of several regions by area of work, counted together; percents follow from the counts."""
    labels: dict[str, str] = {}
    counts: dict[str, Totals] = {}
    for reading in readings:
        for one in reading:
            labels.setdefault(one.area, one.label)
            counts[one.area] = counts.get(one.area, Totals()) + one.totals
    return tuple(AreaProgress(area, label, counts[area].counts) for area, label in labels.items())


def _fact(rows: tuple[Behind, ...], source: str) -> Fact:
    facts = [row.fact for row in rows if row.fact is not None]
    first = facts[0]
    latest = max((fact.as_of for fact in facts if fact.as_of is not None), default=None)
    kept = first._replace(value=None, whole=None, words="", as_of=latest, source=source)
    known = [fact for fact in facts if fact.value is not None]
    units = {fact.unit for fact in known}
    if not known or len(units) > 1 or units & SHARES:
        return kept._replace(unit="", words=_listed(rows))
    missing = len(rows) - len(known)
    return kept._replace(
        value=_total(fact.value for fact in known),
        whole=_total(fact.whole for fact in known),
        unit=known[0].unit,
        words=f"{len(known)} dari {len(rows)} wilayah" if missing else "",
    )


def _total(values: Iterable[Value]) -> Value:
    """The sum; None as soon as one of them is not known."""
    total: Value = 0
    for value in values:
        if value is None or total is None:
            return None
        total += value
    return total


def _listed(rows: tuple[Behind, ...]) -> str:
    """What cannot be added, region by region."""
    said = [(row.part.region_name, row.fact.said) for row in rows if row.fact and not row.fact.is_silent]
    return "; ".join(f"{name}: {words}" for name, words in said)
