"""The final report on paper: cover, approval, contents, eight chapters, recapitulations, an annex for each region.

Every chapter and every annex is laid out by itself, so that one that says what it said before is not laid out again
(app/jobs/long_press.py). Light: nothing here loads the printer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.documents.blocks import ROWS_PER_SECTION, Block
from app.documents.markup import Heading, Sheet
from app.documents.report_face import Face
from app.documents.report_markup import cut, sheet_of, table_blocks
from app.documents.report_order import ReportPaper
from app.domain.reports import Table

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
SUMMARY, RECAPS, ANNEX = "Ringkasan Eksekutif", "Rekapitulasi", "Lampiran"
PARTS = (SUMMARY, "BAB ", RECAPS, f"{ANNEX} ")
"""How the headings begin that stand in the table of contents at its first level."""
IN_CONTENTS = 220
"""Lines of the table of contents: more than that nobody reads."""


class Line(NamedTuple):
    """One line of the table of contents; what stands below a chapter is set in."""

    title: str
    page: int
    is_part: bool


def final_sheet(order: ReportPaper) -> Sheet:
    """A final report, section by section."""
    face = Face(order.snapshot, order.marks)
    sections = [
        (Block("final_cover.html"), Block("final_approval.html")),
        *(tuple(part) for part in _sections(face)),
    ]
    return sheet_of(order, "paper/final.html", sections, contents_of)


def contents_of(found: Sequence[Heading]) -> tuple[Block, ...]:
    """The table of contents: parts with their pages, and below them the tables; of the annexes only the parts."""
    lines: list[Line] = []
    in_annex = False
    for one in found:
        is_part = one.title.startswith(PARTS)
        in_annex = one.title.startswith(ANNEX) if is_part else in_annex
        if is_part or not in_annex:
            lines.append(Line(one.title, one.page, is_part))
    return (Block("final_contents.html", len(lines), tuple(lines[:IN_CONTENTS])),)


def _sections(face: Face) -> Iterator[list[Block]]:
    """Blocks that are laid out together: each part begins a section, and a long one is several."""
    summary = [Block("final_summary.html", opens=SUMMARY)]
    summary += [Block(one.template, one.weight, one) for one in face.charts]
    yield [*summary, *([Block("final_abbreviations.html")] if face.abbreviations else [])]
    by_section: dict[str, list[Table]] = {}
    for table in face.snapshot.tables:
        by_section.setdefault(table.section, []).append(table)
    for number, section in enumerate(face.snapshot.sections):
        title = f"BAB {ROMAN[number]} {section.title}"
        head = Block("final_chapter.html", 4, section.text, opens=title)
        yield from _packed(head, by_section.get(section.key, []))
    if "rekap" in by_section:
        yield from _packed(Block("final_chapter.html", opens=RECAPS), by_section["rekap"])
    for number, (place, tables) in enumerate(_annexes(by_section.get("lampiran", [])), start=1):
        title = f"{ANNEX} {number}. {place}"
        yield from _packed(Block("final_chapter.html", opens=title), tables)
    photos = tuple(enumerate(face.snapshot.photos))
    if photos:
        yield list(cut("report_photos.html", f"{ANNEX} foto", photos, 12))
    yield [Block("report_closing.html", opens="Penutup")]


def _annexes(tables: Sequence[Table]) -> list[tuple[str, list[Table]]]:
    """The tables of each region; those that are no region's own (TPS by kecamatan) come last, together."""
    found: dict[str, list[Table]] = {}
    for table in tables:
        found.setdefault(table.region or "Daftar TPS", []).append(table)
    return list(found.items())


def _packed(head: Block, tables: Sequence[Table]) -> Iterator[list[Block]]:
    """The head with its tables, at most ROWS_PER_SECTION rows at a time."""
    current, weight = [head], head.rows
    for table in tables:
        for block in table_blocks(table, ROWS_PER_SECTION):
            if weight + block.rows > ROWS_PER_SECTION and len(current) > 1:
                yield current
                current, weight = [], 0
            current.append(block)
            weight += block.rows
    yield current
