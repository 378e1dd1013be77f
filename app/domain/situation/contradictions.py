"""Figures that cannot all be true: told side by side, with where each stands. Nobody is asked to believe either."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.domain import regions
from app.domain.checklists import RollUp
from app.domain.registers import Fact
from app.words import angka

PAIRS = (("logistik.kecamatan_lengkap", "LOG-12", "kecamatan yang logistiknya lengkap"),)
"""(key of a fact, item of the library that counts the same, what is counted)."""
TOLD = ("keamanan.pernyataan_bertentangan",)
"""Facts that count contradictions by themselves."""


class Contradiction(NamedTuple):
    """Two places that say different things; `words` names both."""

    words: str
    area: str


def contradictions_in(region: str, facts: Sequence[Fact], rolled: Sequence[RollUp]) -> list[Contradiction]:
    """What the registers, the checklists and the reference figures of a region tell differently. One statement."""
    told = [fact for fact in facts if fact.key in TOLD and fact.value]
    counted = [Contradiction(f"{fact.label}: {fact.said}", fact.area) for fact in told]
    return [*counted, *_beyond(facts), *_beside_items(facts, rolled), *_sources(region)]


def _beyond(facts: Sequence[Fact]) -> list[Contradiction]:
    """A part that is more than its whole."""
    return [
        Contradiction(
            f"{fact.label}: {angka(fact.value)} lebih besar dari {angka(fact.whole)} {fact.unit}".rstrip(),
            fact.area,
        )
        for fact in facts
        if fact.value is not None and fact.whole is not None and fact.value > fact.whole
    ]


def _beside_items(facts: Sequence[Fact], rolled: Sequence[RollUp]) -> list[Contradiction]:
    """What a register counts and what the checklist says of the very same."""
    by_key = {fact.key: fact for fact in facts}
    latest = {roll.code: roll for roll in sorted(rolled, key=lambda roll: roll.due_on)}
    return [
        Contradiction(
            f"Register menghitung {angka(fact.value)} {words}, daftar periksa {code} {angka(roll.done)} "
            f"dari {angka(roll.total)}",
            fact.area,
        )
        for key, code, words in PAIRS
        if (fact := by_key.get(key)) is not None
        and fact.value is not None
        and (roll := latest.get(code)) is not None
        and roll.total > 1
        and fact.value != roll.done
    ]


def _sources(region: str) -> list[Contradiction]:
    """Sources of a reference figure that disagree, until somebody chooses."""
    found = []
    for (_, kind), said in sorted(regions.said_of([region]).items()):
        if said.is_open:
            values = [
                f"{angka(one.value)} ({one.source})" for one in said.statements if one.value is not None
            ]
            found.append(Contradiction(f"{kind.label}: {', '.join(values[:3])}", "PTH"))
    return found
