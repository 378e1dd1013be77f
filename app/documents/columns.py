"""The columns of the report's tables: what sheet and CSV both show, so that they cannot differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.documents.commas import Cell, Percent
from app.documents.snapshot import (
    AreaSection,
    ChecklistReport,
    EvidenceRow,
    FigureRow,
    ItemRow,
    RegisterRow,
)
from app.documents.wording import UNVERIFIED, VERIFIED, WAITING, state_text
from app.domain.checklists.totals import Totals
from app.words import UNKNOWN

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A head, a width in characters for the sheet, and how to get the cell from a row."""

    head: str
    width: float
    cell: Callable[[Row], Cell | Percent]


@dataclass(frozen=True, slots=True)
class TotalsLine:
    """A line of the summary: an area, or all of them."""

    code: str
    name: str
    totals: Totals


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item with the area it stands in."""

    area: AreaSection
    item: ItemRow
    region_name: str


def totals_lines(report: ChecklistReport) -> Iterator[TotalsLine]:
    """One line an area and the sum in the end."""
    for area in report.areas:
        yield TotalsLine(area.code, area.name, area.totals)
    yield TotalsLine("", "Jumlah", report.totals)


def item_lines(report: ChecklistReport) -> Iterator[ItemLine]:
    """Every item in the report's order."""
    for area in report.areas:
        for item in area.items:
            yield ItemLine(area, item, item.region_name or report.region_name)


TOTALS_COLUMNS: tuple[Column[TotalsLine], ...] = (
    Column("Kode bidang", 12, lambda line: line.code),
    Column("Bidang tugas", 30, lambda line: line.name),
    Column("Isian wajib", 12, lambda line: line.totals.expected),
    Column("Belum", 10, lambda line: line.totals.belum),
    Column("Proses", 10, lambda line: line.totals.proses),
    Column("Terkendala", 12, lambda line: line.totals.terkendala),
    Column("Dikembalikan", 13, lambda line: line.totals.dikembalikan + line.totals.dibuka_kembali),
    Column("Selesai", 10, lambda line: line.totals.done),
    Column("Diverifikasi", 12, lambda line: line.totals.verified),
    Column("Selesai (%)", 12, lambda line: Percent(line.totals.percent_done)),
    Column("Diverifikasi (%)", 15, lambda line: Percent(line.totals.percent_verified)),
    Column("Tidak berlaku", 13, lambda line: line.totals.not_applicable),
)


def item_columns(zone: str) -> tuple[Column[ItemLine], ...]:
    """The items' columns; the zone stands in the heads of the times."""
    return (
        Column("Kode bidang", 8, lambda line: line.area.code),
        Column("Bidang tugas", 20, lambda line: line.area.name),
        Column("Kode", 10, lambda line: line.item.code),
        Column("Butir", 60, lambda line: line.item.title),
        Column("Wilayah", 22, lambda line: line.region_name),
        Column("Unit", 22, lambda line: line.item.unit_name),
        Column("Tenggat", 20, lambda line: line.item.due_text),
        Column("Keadaan", 16, lambda line: state_text(line.item)),
        Column("Verifikasi", 18, lambda line: _verification(line.item)),
        Column("Nilai", 14, lambda line: _measure(line.item)),
        Column("Dari", 12, lambda line: line.item.measure_total),
        Column("Satuan", 14, lambda line: line.item.measure_unit),
        Column("Periode selesai", 10, lambda line: _count(line.item.periods_done, line.item.periods_total)),
        Column("Periode seluruhnya", 12, lambda line: line.item.periods_total),
        Column("Wilayah selesai", 10, lambda line: _count(line.item.regions_done, line.item.regions_total)),
        Column("Wilayah seluruhnya", 12, lambda line: line.item.regions_total),
        Column("Dikerjakan oleh", 26, lambda line: line.item.done_by),
        Column(f"Waktu dikerjakan ({zone})", 18, lambda line: line.item.done_at),
        Column("Diverifikasi oleh", 26, lambda line: line.item.verified_by),
        Column(f"Waktu diverifikasi ({zone})", 18, lambda line: line.item.verified_at),
        Column("Jumlah bukti", 9, lambda line: line.item.evidence_count),
        Column("Kendala", 40, lambda line: line.item.obstacle),
        Column("Alasan", 40, lambda line: line.item.reason),
        Column("Catatan", 40, lambda line: line.item.note),
    )


def evidence_columns(zone: str) -> tuple[Column[EvidenceRow], ...]:
    """The evidence list's columns."""
    return (
        Column("Kode", 10, lambda row: row.code),
        Column("Nama berkas", 46, lambda row: row.file_name),
        Column("SHA-256", 68, lambda row: row.sha256),
        Column("Besar (byte)", 14, lambda row: row.size),
        Column("Diunggah oleh", 28, lambda row: row.uploaded_by),
        Column(f"Waktu diunggah ({zone})", 18, lambda row: row.at),
        Column("Keadaan butir", 18, lambda row: _evidence_state(row.verified)),
    )


FIGURE_COLUMNS: tuple[Column[FigureRow], ...] = (
    Column("Angka", 36, lambda row: row.name),
    Column("Nilai", 16, lambda row: UNKNOWN if row.value is None else row.value),
    Column("Sumber", 50, lambda row: row.source or UNKNOWN),
    Column("Tanggal sumber", 16, lambda row: row.date or UNKNOWN),
)


def register_columns(zone: str) -> tuple[Column[RegisterRow], ...]:
    """What the registers tell, a line a figure; `zone` stands in the head of the moment."""
    return (
        Column("Bidang tugas", 24, lambda row: row.area_name),
        Column("Angka", 36, lambda row: row.name),
        Column("Nilai", 44, lambda row: row.said),
        Column("Sumber", 30, lambda row: row.source or UNKNOWN),
        Column(f"Diperbarui ({zone})", 18, lambda row: row.as_of),
    )


def cells(columns: Iterable[Column[Row]], row: Row) -> list[Cell | Percent]:
    """The row's cells in the columns' order."""
    return [column.cell(row) for column in columns]


def _verification(item: ItemRow) -> str:
    if item.standing in WAITING:
        return UNVERIFIED
    return "Terverifikasi" if item.standing in VERIFIED else ""


def _measure(item: ItemRow) -> Cell:
    """What nobody has entered is said to be unknown where an item is measured; else the cell stays empty."""
    if item.measure_value is not None:
        return item.measure_value
    return UNKNOWN if item.measure_unit is not None or item.measure_total is not None else None


def _count(done: int | None, total: int | None) -> Cell:
    return UNKNOWN if done is None and total is not None else done


def _evidence_state(verified: bool | None) -> str:
    if verified is None:
        return ""
    return "Terverifikasi" if verified else UNVERIFIED
