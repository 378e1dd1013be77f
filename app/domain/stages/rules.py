"""Dates of an election: offsets from voting day, H-n in words, stage windows and what may move them."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from app.domain.regions import Level, level_of


class Window(NamedTuple):
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


def is_elected(region_code: str) -> bool:
    """Whether the head of this region is elected by its people.

    Not in the administrative cities of Jakarta (UU 29/2007), whose heads are appointed, nor the governor of
    Yogyakarta (UU 13/2012), nor below the kabupaten/kota.
    """
    if level_of(region_code) not in (Level.PROVINCE, Level.REGENCY):
        return False
    return not region_code.startswith("31.") and region_code != "34"


def race_kind(region_code: str, kind_of_region: str) -> str:
    """Which office is elected in a province (gub), kabupaten (bup) or kota (wali)."""
    if level_of(region_code) is Level.PROVINCE:
        return "gub"
    return "wali" if kind_of_region == "kota" else "bup"


def starts_after(starts_on: dt.date, end_offset: int, voting_day: dt.date) -> bool:
    """Whether a stage moved to `starts_on` begins only when it is over elsewhere: run again there, or postponed."""
    return starts_on > shifted(voting_day, end_offset)
