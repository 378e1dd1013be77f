"""What a change of the calendar would do, in words and rows."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from app.domain import regions
from app.domain.checklists import AREAS, Counts, ItemMove, Preview
from app.words import angka, tanggal_pendek


class ItemRow(NamedTuple):
    """An item with its days before and after, and how many entries that concerns."""

    code: str
    title: str
    area: str
    before: str
    after: str
    counts: Counts


class Effects(NamedTuple):
    """Everything that the page says before anything is saved."""

    sentences: tuple[str, ...]
    items: tuple[ItemRow, ...]
    regions: tuple[tuple[str, Counts], ...]


def effects_of(preview: Preview) -> Effects:
    """A preview in words. One statement for the names of the regions."""
    names = regions.names_of(preview.regions)
    return Effects(
        tuple(_sentences(preview.total)),
        tuple(_item_row(item) for item in preview.items),
        tuple((names.get(code, code), counts) for code, counts in preview.regions.items()),
    )


def _sentences(total: Counts) -> list[str]:
    said = (
        (total.moved, "isian yang masih terbuka bergeser tanggalnya."),
        (total.added, "isian baru diminta."),
        (total.dropped, "isian yang belum disentuh tidak diminta lagi."),
        (total.freed, "isian tidak lagi lewat waktu."),
        (total.late, "isian menjadi lewat waktu."),
        (total.answered, "isian yang sudah diisi tetap seperti adanya."),
        (total.own_date, "isian tetap pada tenggat yang diberikan penyelianya."),
    )
    return [f"{angka(number)} {words}" for number, words in said if number]


def _item_row(item: ItemMove) -> ItemRow:
    return ItemRow(
        item.code,
        item.title,
        AREAS.get(item.area, item.area),
        days(*item.before),
        days(*item.after),
        item.counts,
    )


def days(first: dt.date, last: dt.date) -> str:
    """Two days in words, one day once."""
    if first == last:
        return tanggal_pendek(first)
    return f"{tanggal_pendek(first)} sampai {tanggal_pendek(last)}"
