"""What somebody may do here and why, right by right, and what they may not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.blueprints.account.words import ALL_OF_IT, GOVERNED, RIGHTS, governed, in_a_row, right_words, term
from app.domain.accounts import PERMISSIONS, Mandate, Permission
from app.domain.checklists import AREAS
from app.words import kapital


class Ground(NamedTuple):
    """One reason for a right: where it holds, and through which appointment."""

    where: str
    limits: str
    through: str


class Right(NamedTuple):
    """Something that a person may do."""

    words: str
    grounds: list[Ground]


def rights_of(mandates: Iterable[Mandate]) -> list[Right]:
    """Each right that these appointments give, with where and why, in the order in which rights are said."""
    held = list(mandates)
    whole = governed(held)
    found = [
        Right(
            kapital(right_words(permission, whole)),
            [_ground(mandate) for mandate in held if permission in PERMISSIONS[mandate.role]],
        )
        for permission in RIGHTS
    ]
    return [right for right in found if right.grounds]


def _ground(mandate: Mandate) -> Ground:
    return Ground(
        f"{mandate.region_name} dan semua wilayah di bawahnya",
        " · ".join(filter(None, [area_words(mandate), mandate.unit_name])),
        f"{office(mandate)}, {term(mandate.starts_on, mandate.ends_on)}",
    )


def area_words(mandate: Mandate) -> str:
    """The areas of work to which the appointment is limited; "" for all."""
    named = ", ".join(AREAS.get(code, code) for code in sorted(mandate.areas))
    return f"hanya bidang {named}" if named else ""


def office(mandate: Mandate) -> str:
    """What the person is, without where: "Plt. Penyelia"."""
    return mandate.text.partition(",")[0]


def never(mandates: Iterable[Mandate]) -> list[str]:
    """What these appointments do not give, and what no appointment ever gives."""
    held = list(mandates)
    whole = governed(held)
    given = frozenset[Permission]().union(*(PERMISSIONS[mandate.role] for mandate in held))
    words = [words for permission, words in RIGHTS.items() if permission not in given]
    shared = [
        thing
        for permission, (_, things) in GOVERNED.items()
        if permission in given and permission not in whole
        for thing in things
    ]
    if shared:
        words.append(f"mengubah {in_a_row(shared)}: itu {ALL_OF_IT}")
    if Permission.CHECKLIST_VERIFY in given:
        words.append("memverifikasi isian yang ia kerjakan sendiri, lewat penugasan mana pun")
    if Permission.PEOPLE_MANAGE in given:
        words.append("memberi atau memperpanjang penugasannya sendiri")
    return words
