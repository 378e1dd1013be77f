"""The list of people: what it is narrowed to, and its rows in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.blueprints.account.words import term
from app.blueprints.people import choices
from app.blueprints.people.words import FILTERS, STATES
from app.domain import accounts, clock
from app.domain.accounts import Held, PeopleFilters, PersonRow, Role, State
from app.domain.checklists import AREAS
from app.web import reach
from app.web.access import me
from app.web.filters import waktu
from app.words import plain, tanggal_pendek


class Asked(NamedTuple):
    """The address as it was typed, and what it means."""

    typed: dict[str, str]
    filters: PeopleFilters


@dataclass(frozen=True)
class Line:
    """One person of the list in words."""

    id: int
    name: str
    username: str
    is_demo: bool
    offices: list[tuple[str, str]]
    """(appointment, quiet words about its limits and days)."""
    last_seen: str
    state: tuple[str, str, str]


def asked(args: Mapping[str, str]) -> Asked:
    """Read the filters; an unknown word is no filter, a region out of reach is NotFound."""
    names = ("cari", "peran", "wilayah", "perangkat", "keadaan")
    typed = {name: plain(args.get(name, "")).strip()[:80] for name in names}
    roots = accounts.own_regions(me())
    if typed["wilayah"]:
        reach.within_roots(roots, typed["wilayah"])
    for name, known in (("peran", set(Role)), ("keadaan", set(State))):
        if typed[name] not in known:
            typed[name] = ""
    return Asked(
        typed,
        PeopleFilters(
            text=typed["cari"],
            role=Role(typed["peran"]) if typed["peran"] else None,
            region=typed["wilayah"],
            unit_code=typed["perangkat"],
            state=State(typed["keadaan"]) if typed["keadaan"] else None,
        ),
    )


def selects(typed: Mapping[str, str]) -> list[dict[str, object]]:
    """The filters of the list as its form draws them."""
    units = [(code, name) for code, name in choices.units_of(me()) if code]
    offered = (
        ("keadaan", "Keadaan", [(state.value, words) for state, words in FILTERS.items()]),
        ("wilayah", "Wilayah", choices.regions_of(me())),
        ("peran", "Peran", [(role.value, role.label) for role in Role]),
        ("perangkat", "Perangkat daerah", units),
    )
    return [
        {"name": name, "label": label, "value": typed[name], "choices": words}
        for name, label, words in offered
    ]


def lines(rows: list[PersonRow], zone: str) -> list[Line]:
    """The rows in words, times in that zone."""
    today = clock.today(zone)
    return [
        Line(
            row.id,
            row.name,
            row.username,
            row.is_demo,
            offices(row.held),
            waktu(row.last_signed_in_at, zone) if row.last_signed_in_at else "belum pernah",
            state_words(row, today),
        )
        for row in rows
    ]


def state_words(row: PersonRow, today: dt.date) -> tuple[str, str, str]:
    """The badge of a person: words, tint, icon."""
    return STATES[row.state(today)]


def offices(held: tuple[Held, ...]) -> list[tuple[str, str]]:
    """What is in force, else what is coming, else the last one, each with its limits and days."""
    shown = (
        [each for each in held if each.is_in_force] or [each for each in held if each.is_coming] or held[-1:]
    )
    return [(each.mandate.text, _about(each)) for each in shown]


def _about(held: Held) -> str:
    mandate = held.mandate
    parts = [", ".join(AREAS.get(code, code) for code in sorted(mandate.areas))]
    if held.is_over and mandate.ends_on:
        parts.append(f"berakhir {tanggal_pendek(mandate.ends_on)}")
    elif held.is_coming or mandate.ends_on:
        parts.append(term(mandate.starts_on, mandate.ends_on))
    return " · ".join(filter(None, parts))
