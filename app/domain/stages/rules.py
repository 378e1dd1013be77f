"""Dates of an election: offsets from voting day, H-n in words, stage windows and what may move them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Window:
    """A stage in one region: first and last day, both inside, and why it differs there if it does."""

    code: str
    name: str
    starts_on: dt.date
    ends_on: dt.date
    reason: str = ""

    def holds(self, day: dt.date) -> bool:
        """Whether `day` lies inside."""
        return self.starts_on <= day <= self.ends_on


def h_text(voting_day: dt.date, day: dt.date) -> str:
    """The countdown as everybody says it: H-2, Hari-H, H+1."""
    days = (day - voting_day).days
    if days == 0:
        return "Hari-H"
    return f"H{'+' if days > 0 else '-'}{abs(days)}"


def shifted(voting_day: dt.date, offset: int) -> dt.date:
    """The day `offset` days from voting day."""
    return voting_day + dt.timedelta(days=offset)
