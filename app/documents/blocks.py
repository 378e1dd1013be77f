"""Cuts a report into blocks that can be laid out apart, and packs them into sections of bearable size.

Laying out a table costs memory for each row until the document is written, so a long report is rendered
section by section. The short one is the same blocks in a single section: there is one set of templates for
both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from app.documents.list_snapshot import RegisterList
from app.documents.snapshot import AreaSection, BlankArea, BlankChecklist, ChecklistReport

ROWS_IN_ONE_PASS = 250

# Smaller than the one pass: when sections are joined the worker also holds the whole file.
ROWS_PER_SECTION = 100

# A photo weighs on memory as about eight table rows do.
ROWS_PER_PHOTO = 8


# A line of a list whose texts hold more weighs as several lines do.
SIGNS_IN_A_ROW = 400


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the document: `template` under paper/, what it shows, its weight in rows.

    `opens` is the chapter that begins here; `continued` says that an earlier block began this table.
    """

    template: str
    rows: int = 1
    content: Any = None
    opens: str = ""
    continued: bool = False


def report_blocks(report: ChecklistReport, limit: int) -> Iterator[Block]:
    """The report's blocks in reading order, none heavier than `limit` rows; a specimen has only its two ends."""
    yield Block("_title.html")
    yield Block("_scope.html", opens="A. Ruang Lingkup")
    if report.specimen:
        yield Block("_closing.html", opens="B. Penutup")
        return
    yield Block("_summary.html", rows=len(report.areas) * 2, opens="B. Ringkasan Capaian")
    opens = "C. Pelaksanaan per Bidang"
    for area in report.areas:
        for block in _area_blocks(area, limit):
            yield replace(block, opens=opens)
            opens = ""
    if not report.areas:
        yield Block("_no_areas.html", opens=opens)
    yield from _cut("_obstacles.html", "D. Kendala dan Dukungan yang Diharapkan", report.obstacles, limit)
    yield from _cut("_figures.html", "E. Angka Acuan", report.figures, limit)
    if report.registers:
        yield from _cut("_registers.html", "F. Angka dari Register", report.registers, limit)
    yield Block("_closing.html", opens="G. Penutup" if report.registers else "F. Penutup")
    if report.evidence:
        yield from _cut("_evidence.html", "Lampiran I. Daftar Bukti", report.evidence, limit)
    if report.photos:
        photos_a_block = max(2, limit // ROWS_PER_PHOTO // 2 * 2)
        for block in _cut("_photos.html", "Lampiran II. Dokumentasi Foto", report.photos, photos_a_block):
            yield replace(block, rows=block.rows * ROWS_PER_PHOTO)


def blank_blocks(blank: BlankChecklist, limit: int) -> Iterator[Block]:
    """The paper twin's blocks in reading order."""
    yield Block("_blank_head.html")
    for area in blank.areas:
        for start in range(0, max(len(area.items), 1), limit):
            items = area.items[start : start + limit]
            yield Block(
                "_blank_area.html", len(items), BlankArea(area.code, area.name, items), continued=start > 0
            )
    yield Block("_blank_foot.html")


def list_blocks(listed: RegisterList, limit: int) -> Iterator[Block]:
    """A register's list in its order; a line with long texts weighs as much as the short ones it displaces."""
    head = Block("_list_head.html")
    yield head
    part: list[tuple[str, ...]] = []
    # The first rows stand below the head, on its page.
    weight, room, continued = 0, limit - head.rows, False
    for row in listed.rows:
        weighs = _weight(row)
        if part and weight + weighs > room:
            yield Block("_list_rows.html", weight, tuple(part), continued=continued)
            part, weight, room, continued = [], 0, limit, True
        part.append(row)
        weight += weighs
    yield Block("_list_rows.html", max(weight, 1), tuple(part), continued=continued)
    yield Block("_list_foot.html")


def _weight(cells: tuple[str, ...]) -> int:
    return max(1, -(-sum(map(len, cells)) // SIGNS_IN_A_ROW))


def in_sections(cut: Callable[[int], Iterable[Block]]) -> list[tuple[Block, ...]]:
    """What `cut` makes, told the most rows a block may have: one section if it is short, else several."""
    everything = tuple(cut(ROWS_IN_ONE_PASS))
    if sum(block.rows for block in everything) <= ROWS_IN_ONE_PASS:
        return [everything]
    return list(_pack(cut(ROWS_PER_SECTION), ROWS_PER_SECTION))


def _pack(blocks: Iterable[Block], limit: int) -> Iterator[tuple[Block, ...]]:
    """Fill sections in order up to `limit` rows."""
    current: list[Block] = []
    for block in blocks:
        if current and sum(each.rows for each in current) + block.rows > limit:
            yield tuple(current)
            current = []
        current.append(block)
    yield tuple(current)


def _area_blocks(area: AreaSection, limit: int) -> Iterator[Block]:
    for start in range(0, max(len(area.items), 1), limit):
        items = area.items[start : start + limit]
        yield Block("_area.html", len(items), replace(area, items=items), continued=start > 0)


def _cut(template: str, opens: str, rows: tuple[Any, ...], limit: int) -> Iterator[Block]:
    for start in range(0, max(len(rows), 1), limit):
        part = rows[start : start + limit]
        yield Block(template, len(part), part, opens="" if start else opens, continued=start > 0)
