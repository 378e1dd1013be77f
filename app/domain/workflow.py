"""The one idea of a workflow: a table of verbs, each with where it
may start, where it ends, and who may do it.

A room keeps its own table of `Step`s. The same table draws the buttons (`open_verbs`), guards the deed
(`advance`), parametrizes the tests and prints docs/permissions.md. There are no callbacks: a command does the
work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from app.domain.errors import Invalid, NotAllowed, NotNow

V = TypeVar("V", bound=StrEnum)
S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True)
class Step(Generic[S]):
    """One row: from any of `sources` to `target` (None: stays), by holders of `permission`."""

    label: str
    sources: frozenset[S]
    target: S | None
    permission: StrEnum
    four_eyes: bool = False
    """Refused to anyone who had a hand in what is being judged."""
    needs_reason: bool = False


def open_verbs(
    table: Mapping[V, Step[S]], state: S, *, permissions: Iterable[StrEnum], had_a_hand: bool = False
) -> frozenset[V]:
    """The verbs that a person with these permissions may use on a thing in `state`."""
    held = frozenset(permissions)
    return frozenset(
        verb
        for verb, step in table.items()
        if state in step.sources and step.permission in held and not (step.four_eyes and had_a_hand)
    )


def advance(
    table: Mapping[V, Step[S]],
    verb: V,
    state: S,
    *,
    permissions: Iterable[StrEnum],
    had_a_hand: bool = False,
    reason: str = "",
) -> S:
    """The state after `verb`.

    Raises NotAllowed (right or four eyes), NotNow (wrong state), Invalid (no reason).
    """
    step = table[verb]
    if step.permission not in frozenset(permissions):
        raise NotAllowed(f"Penugasan Anda tidak mencakup tindakan «{step.label}» di sini.")
    if step.four_eyes and had_a_hand:
        raise NotAllowed(
            "Anda ikut mengisi hal ini, jadi orang lain yang harus memeriksanya. Tidak ada yang diubah."
        )
    if state not in step.sources:
        raise NotNow(
            f"«{step.label}» tidak dapat dilakukan pada keadaan sekarang. "
            "Muat ulang untuk melihat yang terbaru."
        )
    if step.needs_reason and not reason.strip():
        raise Invalid("Tuliskan alasannya.", reason="Alasan wajib diisi.")
    return state if step.target is None else step.target
