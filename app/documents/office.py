"""Whose paper it is: letterhead, place and signature of a region's desk, from its name and its appointments."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app import data
from app.documents.snapshot import HeadLine, Letterhead, Reference, Signature
from app.domain import accounts, letterheads
from app.domain.accounts import Standing
from app.domain.regions import Level, RegionRow

DESK = "DESK PILKADA"


@dataclass(frozen=True)
class Stationery:
    """What a desk's papers carry beside their content: its head, what they say of themselves, copies, the sheets."""

    letterhead: Letterhead
    reference: Reference | None = None
    copies: tuple[str, ...] = ()
    paper: str = "F4"


def stationery_of(path: Sequence[RegionRow]) -> Stationery:
    """The letterhead in force for a region, its own or that of the nearest desk above; else the built-in one.

    `path` goes from the province to the region itself. Two statements.
    """
    head = letterheads.in_force(path[-1].code)
    return Stationery(built_in(path)) if head is None else stationery(head.content, head.logo_sha256)


def stationery(content: letterheads.Content, logo_sha256: str | None) -> Stationery:
    """What a letterhead says, ready for paper; the logo travels as its bytes."""
    lines = tuple(HeadLine(line.text, line.size, line.bold) for line in content.lines)
    said = Reference(content.classification, content.attachment, content.subject)
    return Stationery(
        Letterhead(lines, content.address, letterheads.logo(logo_sha256), logo_sha256 or ""),
        said if said != Reference() else None,
        content.copies,
        content.paper,
    )


def built_in(path: Sequence[RegionRow]) -> Letterhead:
    """The default letterhead, text only: the government of the kabupaten/kota or province, then down to the desk.

    An emblem and an address are for the desk to add.
    """
    by_level = {row.level: row for row in path}
    head = by_level.get(Level.REGENCY) or by_level[Level.PROVINCE]
    lines = [HeadLine(f"PEMERINTAH {head.title.upper()}")]
    lines += [
        HeadLine(by_level[level].title.upper())
        for level in (Level.DISTRICT, Level.VILLAGE)
        if level in by_level
    ]
    return Letterhead((*lines, HeadLine(DESK, "besar", bold=True)))


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
    position = holder.position or holder.role.label
    is_acting = holder.standing is not Standing.DEFINITIVE
    return Signature(
        mode=holder.manner,
        position=f"{holder.standing} {position}" if holder.on_behalf_of and is_acting else position,
        superior_position="\n".join(filter(None, [holder.on_behalf_of, holder.through])) or None,
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
