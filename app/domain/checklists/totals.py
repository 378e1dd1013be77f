"""How far a checklist is: the counts by standing and the only place where they become percents.

Screen, PDF, sheet and text all ask this class, so they cannot disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import add
from typing import Self


@dataclass(frozen=True, slots=True)
class Totals:
    """Entries counted by standing: what the desk says of each, and what the supervisor said of that."""

    belum: int = 0
    proses: int = 0
    selesai: int = 0
    terkendala: int = 0
    tidak_berlaku: int = 0
    dikembalikan: int = 0
    dibuka_kembali: int = 0
    selesai_diverifikasi: int = 0
    tidak_berlaku_diverifikasi: int = 0

    def __post_init__(self) -> None:
        """Refuse a negative count with ValueError: a counter below zero has drifted and must be rebuilt."""
        if min(self.counts) < 0:
            names = [field.name for field in fields(self) if getattr(self, field.name) < 0]
            raise ValueError(f"negative count of {', '.join(names)}: {self.counts}")

    @classmethod
    def of(cls, standings: Iterable[str]) -> Self:
        """Count standings given one an entry; an unknown standing is a ValueError, never left out."""
        counts = Counter(str(standing) for standing in standings)
        unknown = counts.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"unknown standing: {', '.join(sorted(unknown))}")
        return cls(**counts)

    @property
    def counts(self) -> tuple[int, ...]:
        """The counts in the order of the fields."""
        return (
            self.belum,
            self.proses,
            self.selesai,
            self.terkendala,
            self.tidak_berlaku,
            self.dikembalikan,
            self.dibuka_kembali,
            self.selesai_diverifikasi,
            self.tidak_berlaku_diverifikasi,
        )

    @property
    def all(self) -> int:
        """Every entry there is, those that do not apply included."""
        return self.expected + self.not_applicable

    @property
    def not_applicable(self) -> int:
        """Entries said not to apply, whether or not somebody verified that."""
        return self.tidak_berlaku + self.tidak_berlaku_diverifikasi

    @property
    def expected(self) -> int:
        """Entries that must be done: all but those that do not apply. The denominator of both percents."""
        return self.open + self.done

    @property
    def open(self) -> int:
        """Entries on which the desk still has to act."""
        return self.belum + self.proses + self.terkendala + self.dikembalikan + self.dibuka_kembali

    @property
    def done(self) -> int:
        """Entries the desk says are done, verified or not."""
        return self.selesai + self.selesai_diverifikasi

    @property
    def verified(self) -> int:
        """Done entries that a second person has verified."""
        return self.selesai_diverifikasi

    @property
    def waiting(self) -> int:
        """Entries that wait for the supervisor's look: done, or said not to apply."""
        return self.selesai + self.tidak_berlaku

    @property
    def percent_done(self) -> float | None:
        """Done of expected in percent with one decimal; None when nothing is expected."""
        return _percent(self.done, self.expected)

    @property
    def percent_verified(self) -> float | None:
        """Verified of expected in percent with one decimal; None when nothing is expected."""
        return _percent(self.verified, self.expected)

    @classmethod
    def together(cls, parts: Iterable[Totals]) -> Self:
        """The counts of all parts; none of them is nothing counted."""
        return cls(*map(sum, zip(*(part.counts for part in parts), strict=True)))

    def __add__(self, other: Totals) -> Totals:
        """The counts of both; percents follow from the sum, they are never averaged."""
        return Totals(*map(add, self.counts, other.counts))


def _percent(part: int, whole: int) -> float | None:
    """Round half up to one decimal; 100 only when all is done and 0 only when nothing is."""
    if whole == 0:
        return None
    tenths = (part * 2000 + whole) // (2 * whole)
    if 0 < part < whole:
        tenths = min(max(tenths, 1), 999)
    return tenths / 10
