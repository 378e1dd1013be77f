"""The kinds of logistics and their rules of need, as app/data/logistik_jenis.csv states them (PKPU 12/2024)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from app import data

BALLOTS = frozenset({"SURAT_SUARA_GUB", "SURAT_SUARA_BUP"})
PROVINCE_BALLOT = "SURAT_SUARA_GUB"
RESERVE_PER_MILLE = 25
"""UU 10/2016 Pasal 80: the voters and 2.5 % of them, rounded up at each TPS."""

_PER_TPS = re.compile(r"TPS\*(\d+)")
_PER_TPS_SUM = re.compile(r"TPS\*\((\d+)\+(\d+)\)\+saksi")
_PER_ORGANISER = re.compile(r"(\d+) per jenis pemilihan per penyelenggara")
_BALLOTS = "sum per TPS: DPT + ceil(2,5% x DPT)"
_BY_HAND = "diisi manual"


@dataclass(frozen=True)
class Rule:
    """What a region needs of a kind: so many for each TPS, for each election at a TPS, and so on."""

    per_station: int = 0
    per_station_and_race: int = 0
    per_district_and_race: int = 0
    per_own_race: int = 0
    is_ballots: bool = False
    is_by_hand: bool = False
    is_floor: bool = False
    """Whether more is needed that nobody can count beforehand."""


class Goods(NamedTuple):
    """One kind of logistics."""

    code: str
    label: str
    unit: str
    rule: Rule
    formula: str
    note: str
    source: str


def rule_of(formula: str) -> Rule:
    """The rule that a formula of the file states. Raises ValueError for one that it does not know."""
    text = formula.split(" (")[0].strip()
    if text == _BY_HAND:
        return Rule(is_by_hand=True)
    if text == _BALLOTS:
        return Rule(is_ballots=True)
    organiser = _PER_ORGANISER.fullmatch(text)
    if organiser:
        return Rule(per_own_race=int(organiser[1]))
    open_sum = _PER_TPS_SUM.fullmatch(text)
    if open_sum:
        return Rule(per_station=int(open_sum[1]) + int(open_sum[2]), is_floor=True)
    stations = races = districts = 0
    for term in text.split(" + "):
        fixed = _PER_TPS.fullmatch(term)
        if fixed:
            stations += int(fixed[1])
        elif term == "TPS*n_jenis":
            races += 1
        elif term == "kecamatan*n_jenis":
            districts += 1
        else:
            raise ValueError(f"rumus kebutuhan tidak dikenal: {formula}")
    return Rule(stations, races, districts)


@cache
def goods() -> Mapping[str, Goods]:
    """Every kind by its code, in the order of the file."""
    return {
        row["code"]: Goods(
            row["code"],
            row["name_id"],
            row["unit"],
            rule_of(row["formula"]),
            row["formula"],
            row["note"],
            row["source"],
        )
        for row in data.rows("logistik_jenis.csv")
    }


def ballots_for(voters: int) -> int:
    """Ballots of one election for the voters of one TPS: their number and 2.5 % more, rounded up."""
    return voters + -(-voters * RESERVE_PER_MILLE // 1000)
