"""Reference figures in words, so that the templates only draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import url_for

from app.blueprints.regions.view import EXPECTED_FIGURES
from app.domain import figures, regions
from app.domain.checklists import MovedEntry, Moves
from app.domain.figures import Outlook
from app.domain.regions import FigureKind, FigureView, RegionRow, Said
from app.web.sources import Source, source_of
from app.words import UNKNOWN, angka, persen


class RegionLine(NamedTuple):
    """A region in the list of regions: how many of its figures are known, unknown, or told differently."""

    title: str
    href: str
    known: int
    unknown: int
    open: int


class FigureLine(NamedTuple):
    """One figure of a region; `view` None when nobody has recorded any."""

    kind: FigureKind
    view: FigureView | None
    source: Source | None
    others: tuple[str, ...]
    """What other sources say, in words: "476 menurut KPU"."""
    is_open: bool
    href: str


class Option(NamedTuple):
    """A source that may be chosen: its statement, and what choosing it would move."""

    view: FigureView
    source: Source
    is_in_force: bool
    effect: str


def region_lines(rows: Sequence[RegionRow]) -> list[RegionLine]:
    """One line a region. Two statements."""
    said = regions.said_of([row.code for row in rows])
    return [_region_line(row, said) for row in rows]


def _region_line(row: RegionRow, said: dict[tuple[str, FigureKind], Said]) -> RegionLine:
    kinds = kinds_of(row, said)
    known = [
        kind for kind in kinds if (row.code, kind) in said and said[row.code, kind].in_force.value is not None
    ]
    return RegionLine(
        row.title,
        url_for("figures.of_region", code=row.code),
        len(known),
        len(kinds) - len(known),
        sum(said[row.code, kind].is_open for kind in kinds if (row.code, kind) in said),
    )


def kinds_of(row: RegionRow, said: dict[tuple[str, FigureKind], Said]) -> list[FigureKind]:
    """The figures that a region of this level should have, and those it has beside them."""
    return [kind for kind in FigureKind if kind in EXPECTED_FIGURES[row.level] or (row.code, kind) in said]


def figure_lines(row: RegionRow) -> list[FigureLine]:
    """All figures of a region in the order of their kinds. Two statements."""
    said = regions.said_of([row.code])
    return [_figure_line(row.code, kind, said.get((row.code, kind))) for kind in kinds_of(row, said)]


def _figure_line(code: str, kind: FigureKind, said: Said | None) -> FigureLine:
    href = url_for("figures.history", code=code, kind=kind.value)
    if said is None:
        return FigureLine(kind, None, None, (), False, href)
    ours = said.in_force
    others = tuple(
        f"{angka(other.value)} menurut {source_of(other.source).words}"
        for other in said.statements
        if other.id != ours.id and other.value not in (None, ours.value)
    )
    return FigureLine(kind, ours, source_of(ours.source), others, said.is_open, href)


def history_of(code: str, kind: FigureKind) -> dict[str, Any]:
    """What the page of one figure shows: every source's statement, every version, every choice."""
    said = regions.said_of([code]).get((code, kind))
    versions = regions.figure_history(code, kind)
    return {
        "said": said,
        "in_force": None if said is None else said.in_force.id,
        "options": [] if said is None else options_of(said),
        "versions": [(view, source_of(view.source)) for view in versions],
        "choices": [
            (choice, view, source_of(view.source)) for choice, view in regions.choices_of(code, kind)
        ],
        "version": regions.figure_version(code, kind),
    }


def options_of(said: Said) -> list[Option]:
    """The sources to choose from, where there is more than one."""
    if len(said.statements) < 2:
        return []
    ours = said.in_force
    return [
        Option(view, source_of(view.source), view.id == ours.id, _effect(ours, view))
        for view in said.statements
    ]


def _effect(ours: FigureView, view: FigureView) -> str:
    if view.value == ours.value:
        return ""
    moved = figures.moves({(view.region_code, view.kind): (ours.value, view.value)}, examples=0)
    return moved_words(moved)


def moved_words(moves: Moves) -> str:
    """What a change does to the checklists, in one sentence."""
    if not moves.moved and not moves.kept:
        return "Tidak ada isian yang memakai angka ini."
    parts = []
    if moves.moved:
        parts.append(f"jumlah seluruhnya pada {angka(moves.moved)} isian terbuka ikut berubah")
    if moves.kept:
        parts.append(f"{angka(moves.kept)} isian yang jumlahnya sudah tercatat tetap memakai yang tercatat")
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def outlook_words(found: Outlook) -> dict[str, Any]:
    """What will happen, for the page that asks whether to go on."""
    return {
        "found": found,
        "before": UNKNOWN if found.before is None else angka(found.before.value),
        "after": angka(found.after),
        "said": angka(found.value),
        "others": [(angka(other.value), source_of(other.source), other) for other in found.others],
        "chosen": None if found.before is None else source_of(found.before.source),
        "moved": [moved_row(entry) for entry in found.moves.examples],
        "kept": [moved_row(entry) for entry in found.moves.kept_examples],
    }


def moved_row(entry: MovedEntry) -> tuple[MovedEntry, str, str]:
    """An entry with its measure before and after the change: "300 dari 475 (63,2 %)"."""
    return entry, measure(entry.value, entry.before), measure(entry.value, entry.after)


def measure(value: int | None, total: int | None) -> str:
    """n of total with the percentage where both are known; what nobody has filled in is said to be so."""
    said = "belum diisi" if value is None else angka(value)
    if value is None or not total:
        return f"{said} dari {angka(total)}"
    return f"{said} dari {angka(total)} ({persen(100 * value / total)})"
