"""Whose paper it is: letterhead, place and signature of a region's desk, from its name and its appointments."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

from app import data
from app.documents.snapshot import Letterhead, Signature
from app.domain import accounts
from app.domain.regions import Level, RegionRow

DESK = "DESK PILKADA"


def letterhead(path: Sequence[RegionRow]) -> Letterhead:
    """The default letterhead, text only: the government of the kabupaten/kota or province, then down to the desk.

    `path` goes from the province to the region itself. An emblem and an address are for the desk to add.
    """
    by_level = {row.level: row for row in path}
    head = by_level.get(Level.REGENCY) or by_level[Level.PROVINCE]
    lines = [f"PEMERINTAH {head.title.upper()}"]
    lines += [by_level[level].title.upper() for level in (Level.DISTRICT, Level.VILLAGE) if level in by_level]
    return Letterhead((*lines, DESK))


def desk_name(region: RegionRow) -> str:
    """Desk Pilkada Kabupaten Berau."""
    return f"Desk Pilkada {region.title}"


def usual_place(region: RegionRow) -> str:
    """Where papers are signed: the region's seat where we know it, else its bare name."""
    return _seats().get(region.code) or re.sub(r"^(Kabupaten|Kota) ", "", region.name)


def signature_of(region_code: str, on: dt.date) -> Signature | None:
    """Who signs by the appointment in force on that day; None where nobody is appointed to sign."""
    holder = accounts.signatory(region_code, on)
    if holder is None:
        return None
    return Signature(
        mode=holder.standing.value,
        position=holder.position or holder.role.label,
        name=holder.name,
        rank=holder.rank or None,
        nip=grouped_number(holder.employee_number) or None,
    )


def grouped_number(number: str) -> str:
    """A NIP of 18 digits as it is written: birth date, first appointment, sex, serial number."""
    digits = number.replace(" ", "")
    if not re.fullmatch(r"\d{18}", digits):
        return number
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


@lru_cache(maxsize=1)
def _seats() -> dict[str, str]:
    return {row["code"]: row["ibu_kota"] for row in data.rows("ibu_kota.csv")}
