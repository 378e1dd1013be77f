"""Items, wordings, drafts and what they do, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app.domain import checklists, regions, stages
from app.domain.accounts import Permission
from app.domain.checklists import (
    AREAS,
    LABELS,
    Change,
    Condition,
    Edition,
    Effect,
    Proposal,
    Recurrence,
    Spread,
    Standing,
    Wording,
)
from app.domain.checklists.library import CROSS_STAGE
from app.domain.checklists.models import Draft
from app.domain.regions import Level
from app.web import deed_words
from app.web.access import current_user
from app.web.context import election
from app.words import angka, kapital, tanggal_pendek

NOTHING = "kosong"


class Names(NamedTuple):
    """Names of units by number and of stages by code."""

    units: Mapping[int, str]
    stages: Mapping[str, str]

    @classmethod
    def read(cls) -> Names:
        """Of this desk and its election. Two statements."""
        return cls(
            {number: unit.name for number, unit in checklists.every_unit().items()},
            {stage.code: stage.name for stage in stages.stages_of(election())}
            | {CROSS_STAGE: "Lintas tahapan"},
        )


def may_change() -> bool:
    """Whether the signed-in person may change the library; every holder of its right may read it."""
    return stages.may_govern(current_user, Permission.LIBRARY_MANAGE, election())


def day_words(offset: int | None) -> str:
    """H-14, H+3, Hari-H; the first day may be left to the stage."""
    if offset is None:
        return "sejak tahapannya mulai"
    return "Hari-H" if offset == 0 else f"H{offset:+d}"


def levels_words(levels: str) -> str:
    """Provinsi, kabupaten/kota."""
    return kapital(", ".join(Level(level).label.lower() for level in levels.split()))


def value_words(name: str, value: Any, names: Names) -> str:
    """One field of a wording in words."""
    if value is None or value == "":
        return day_words(None) if name == "start_offset" else NOTHING
    match name:
        case "levels":
            return levels_words(value)
        case "unit_id":
            return names.units.get(value, f"nomor {value}")
        case "stage":
            return names.stages.get(value, value)
        case "recurrence":
            return kapital(Recurrence(value).label)
        case "start_offset" | "due_offset":
            return day_words(value)
        case "times":
            return ", ".join(hour.replace(":", ".") for hour in value.split())
        case "evidence":
            return kapital(checklists.evidence_text(value))
        case "condition":
            condition = Condition.read(value)
            return f"Hanya bila {condition.words}" if condition else NOTHING
    return AREAS.get(value, value) if name == "area" else str(value)


LABELS_OF = {
    **deed_words.FIELDS,
    "unit_id": "Perangkat daerah",
    "start_offset": "Mulai",
    "due_offset": "Tenggat",
    "measure_unit": "Yang dihitung",
    "sla": "Batas waktu tanggapan",
}
"""As the form calls them."""
ORDER = (
    "area", "title", "stage", "levels", "unit_id", "roles", "recurrence", "start_offset", "due_offset", "times",
    "evidence", "measure_unit", "measure_total", "legal_basis", "sla", "condition",
)  # fmt: skip


def facts(wording: Wording, names: Names) -> list[tuple[str, str]]:
    """(label, words) of all that a wording says; what is empty is left out."""
    told = [
        (LABELS_OF[name], value_words(name, getattr(wording, name), names))
        for name in ORDER
        if name != "title"
    ]
    return [(label, words) for label, words in told if words != NOTHING]


def difference(changes: Mapping[str, Sequence[Any]], names: Names) -> list[tuple[str, str, str]]:
    """(label, old, new) of each changed field, in the order of the form."""
    return [
        (
            LABELS_OF[name],
            value_words(name, changes[name][0], names),
            value_words(name, changes[name][1], names),
        )
        for name in ORDER
        if name in changes
    ]


def standing_words(edition: Edition) -> str:
    """How many entries of a wording stand where: "312 belum, 4 selesai"."""
    order = {standing.value: place for place, standing in enumerate(Standing)}
    counts = sorted(edition.entries.items(), key=lambda pair: order[pair[0]])
    return ", ".join(f"{angka(count)} {LABELS[Standing(name)].lower()}" for name, count in counts)


# --- What publishing does -----------------------------------------------------------------------------------


class DraftView(NamedTuple):
    """A draft with what it changes and what publishing it does."""

    draft: Draft
    title: str
    kind: str
    changes: list[tuple[str, str, str]]
    said: list[tuple[str, str]]
    """All that a new item says."""
    lines: list[str]
    parts: list[tuple[str, list[tuple[str, int]]]]
    """For each spread of entries its caption and (region, count)."""


def draft_views(drafts: Sequence[Draft], names: Names) -> list[DraftView]:
    """Drafts with their effects, if all of them are published together."""
    found = checklists.proposals(drafts, checklists.known_items())
    effects = checklists.effects_of(election(), found)
    codes = {code for effect in effects for code in (*effect.appears.by_kabkota, *effect.goes.by_kabkota)}
    places = regions.names_of(codes)
    return [
        DraftView(
            draft,
            change.wording.title,
            change.kind.label,
            [] if change.kind is Change.ADD else difference(change.changes, names),
            facts(change.wording, names) if change.kind is Change.ADD else [],
            effect_lines(effect, change),
            _parts(effect, places),
        )
        for draft, change, effect in zip(drafts, found, effects, strict=True)
    ]


def effect_lines(effect: Effect, change: Proposal) -> list[str]:
    """What happens to the entries, a sentence each; at least one."""
    condition = Condition.read(change.wording.condition)
    lines = [
        _spread_words(effect.appears, "isian baru muncul"),
        f"Isian lain dibuat begitu {condition.words}."
        if condition and change.kind is not Change.RETIRE
        else "",
        _spread_words(effect.goes, "isian yang belum disentuh dan belum lewat hilang"),
        _rewritten_words(effect),
        _kept_words(effect, change),
        f"{angka(effect.not_made)} jatuh tempo yang sudah lewat tidak dibuat." if effect.not_made else "",
        f"{angka(effect.missed)} isian yang sudah lewat tanpa dikerjakan tetap tercatat."
        if effect.missed
        else "",
    ]
    return [line for line in lines if line] or ["Tidak ada isian yang berubah."]


def _spread_words(spread: Spread, what: str) -> str:
    if not spread.total or spread.first is None or spread.last is None:
        return ""
    levels = ", ".join(
        f"{Level(level).label.lower()} {angka(count)}" for level, count in spread.by_level.items()
    )
    some = "; ".join(
        f"{one.region_name}, {tanggal_pendek(one.due_on)}"
        + (f" pukul {one.due_time.replace(':', '.')}" if one.due_time else "")
        for one in spread.examples
    )
    return f"{angka(spread.total)} {what} ({levels}), tenggat {_span(spread.first, spread.last)}. Misalnya {some}."


def _span(first: dt.date, last: dt.date) -> str:
    return (
        tanggal_pendek(first) if first == last else f"{tanggal_pendek(first)} sampai {tanggal_pendek(last)}"
    )


def _rewritten_words(effect: Effect) -> str:
    if not effect.rewritten:
        return ""
    line = f"{angka(effect.rewritten)} isian belum disentuh memakai rumusan baru"
    if effect.redated:
        line += f", {angka(effect.redated)} di antaranya dengan tanggal baru"
    if effect.late_at_once:
        line += f"; {angka(effect.late_at_once)} langsung lewat waktu"
    return f"{line}."


def _kept_words(effect: Effect, change: Proposal) -> str:
    if not effect.kept:
        return ""
    parts = [f"{angka(count)} tetap memakai rumusan {number}" for number, count in effect.kept.items()]
    line = f"Isian yang sudah dikerjakan: {', '.join(parts)}"
    if effect.waiting:
        line += f"; {angka(effect.waiting)} menunggu verifikasi dan tetap diverifikasi seperti biasa"
    return f"{line}."


def _parts(effect: Effect, places: Mapping[str, str]) -> list[tuple[str, list[tuple[str, int]]]]:
    spreads = (("Muncul menurut wilayah", effect.appears), ("Hilang menurut wilayah", effect.goes))
    return [
        (caption, [(places.get(code, code), count) for code, count in spread.by_kabkota.items()])
        for caption, spread in spreads
        if spread.total
    ]
