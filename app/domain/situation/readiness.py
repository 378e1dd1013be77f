"""How ready each area of work is, with its whole arithmetic: what is done of what is asked, against two thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from app.domain.checklists import AREAS, Overview, Totals
from app.domain.situation.thresholds import Limit
from app.words import angka, persen


class Grade(StrEnum):
    """What an area is called, each with a shape of its own for eyes that see no colour."""

    READY = "siap"
    WATCH = "hampir siap"
    BEHIND = "belum siap"
    UNKNOWN = "belum ada isian"

    @property
    def shape(self) -> str:
        """A sign that says the same without colour."""
        return {"siap": "●", "hampir siap": "◐", "belum siap": "○", "belum ada isian": "–"}[self.value]


def grade_of(percent: float | None, limit: Limit) -> Grade:
    """What so many percent are called."""
    if percent is None:
        return Grade.UNKNOWN
    if percent >= limit.ready:
        return Grade.READY
    return Grade.WATCH if percent >= limit.watch else Grade.BEHIND


class Readiness(NamedTuple):
    """One area of work in one region."""

    area: str
    label: str
    totals: Totals
    limit: Limit

    @property
    def percent(self) -> float | None:
        """Done of what is asked; None where nothing is."""
        return self.totals.percent_done

    @property
    def grade(self) -> Grade:
        """Against the thresholds. What is blocked keeps an area from being called ready."""
        found = grade_of(self.percent, self.limit)
        return Grade.WATCH if found is Grade.READY and self.totals.terkendala else found

    @property
    def arithmetic(self) -> str:
        """The sum that leads to the percent, in words."""
        if self.percent is None:
            return "belum ada isian yang dibuka"
        told = f"{angka(self.totals.done)} selesai dari {angka(self.totals.expected)} isian = {persen(self.percent)}"
        parts = [f"{angka(self.totals.verified)} terverifikasi"]
        if self.totals.terkendala:
            parts.append(f"{angka(self.totals.terkendala)} terkendala")
        return f"{told}; {', '.join(parts)}"


def readiness_of(seen: Overview, limits: Mapping[str, Limit]) -> list[Readiness]:
    """Every area of work, in the order of the library."""
    return [
        Readiness(area, label, seen.areas.get(area, Totals()), limits[area]) for area, label in AREAS.items()
    ]
