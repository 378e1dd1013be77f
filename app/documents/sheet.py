"""The report as an Excel workbook: the same rows and totals as on paper, ready to filter and to print.

Pulls in xlsxwriter; only the worker does. Rows are written one after the other, so memory stays small.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from app.documents.columns import (
    FIGURE_COLUMNS,
    TOTALS_COLUMNS,
    Column,
    Row,
    cells,
    evidence_columns,
    item_columns,
    item_lines,
    register_columns,
    totals_lines,
)
from app.documents.commas import Cell, Percent
from app.documents.snapshot import ChecklistReport
from app.documents.wording import rest_sentence, summary_sentence
from app.words import NONE, plain, waktu_panjang

# Excel's own number for a paper size; it knows F4 as "Folio", 8,5 by 13 inches.
PAPER_CODES = {"F4": 14, "A4": 9}
LONGEST_CELL = 32_767
CUT = " … (dipotong)"
SIMULATION = "SIMULASI, bukan dokumen resmi"


def render_xlsx(report: ChecklistReport) -> bytes:
    """A workbook of Ringkasan, Butir, Bukti, Angka acuan and Register; the same report gives the same bytes.

    Every text is written as text, whatever it begins with; a cell longer than Excel takes is cut and says so.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    book.set_properties(
        {
            "title": plain(f"{report.title}, {report.region_name}"),
            "author": plain(report.desk_name),
            "created": naive(report.made_at),
        }
    )
    writer = _Writer(book, report)
    writer.summary()
    writer.table("Butir", item_columns(report.zone), item_lines(report), frozen_columns=4)
    writer.table("Bukti", evidence_columns(report.zone), report.evidence)
    writer.table("Angka acuan", FIGURE_COLUMNS, report.figures)
    if report.registers:
        writer.table("Register", register_columns(report.zone), report.registers, frozen_columns=2)
    book.close()
    return target.getvalue()


class _Writer:
    """One workbook's sheets and formats."""

    def __init__(self, book: Any, report: ChecklistReport) -> None:
        self.book = book
        self.report = report
        # The quote prefix keeps a text a text even after somebody edits the cell.
        text = {"quote_prefix": True, "text_wrap": True, "valign": "top"}
        self.title = book.add_format({"quote_prefix": True, "bold": True, "font_size": 14})
        self.label = book.add_format({"quote_prefix": True, "font_color": "#4a4f63"})
        self.line = book.add_format({"quote_prefix": True})
        self.head = book.add_format({**text, "bold": True, "bottom": 2, "bg_color": "#e6e8f0"})
        self.body = self._formats({}, text)
        self.sum = self._formats({"bold": True, "top": 1}, text)

    def _formats(self, extra: dict[str, Any], text: dict[str, Any]) -> dict[str, Any]:
        patterns = {
            "whole": "#,##0",
            "part": "#,##0.00",
            "percent": "0.0%",
            "day": "dd/mm/yyyy",
            "time": "dd/mm/yyyy hh:mm",
        }
        made = {
            name: self.book.add_format({"num_format": pattern, "valign": "top", **extra})
            for name, pattern in patterns.items()
        }
        return {"text": self.book.add_format({**text, **extra}), **made}

    def summary(self) -> None:
        """The scope, the report's sentences and the totals by area with their sum."""
        report = self.report
        sheet = self._sheet("Ringkasan", TOTALS_COLUMNS)
        facts = (
            ("Wilayah", f"{report.region_name} ({report.region_code})"),
            ("Pemilihan", report.election_name),
            ("Tahapan", report.stage_name or "seluruh tahapan"),
            ("Bidang tugas", report.area_name or "seluruh bidang"),
            ("Periode", report.period_text),
            ("Keadaan data", waktu_panjang(report.as_of, report.zone)),
            ("Nomor", report.number or NONE),
            ("Jejak audit", f"no. {report.audit_head.seq}, SHA-256 {report.audit_head.hash}"),
            ("Capaian", summary_sentence(report.totals)),
            ("", rest_sentence(report.totals)),
            ("", SIMULATION if report.simulated else ""),
        )
        write_text(sheet, 0, 0, report.title, self.title)
        row = 1
        for label, value in facts:
            if value:
                write_text(sheet, row, 0, label, self.label)
                write_text(sheet, row, 1, value, self.line)
                row += 1
        row = self._head(sheet, row + 1, TOTALS_COLUMNS)
        *areas, everything = totals_lines(report)
        for line in areas:
            self._row(sheet, row, cells(TOTALS_COLUMNS, line), self.body)
            row += 1
        self._row(sheet, row, cells(TOTALS_COLUMNS, everything), self.sum)

    def table(
        self, name: str, columns: Sequence[Column[Row]], rows: Iterable[Row], frozen_columns: int = 1
    ) -> None:
        """A sheet of one table: the head stays in sight and is repeated on every printed page."""
        sheet = self._sheet(name, columns)
        sheet.freeze_panes(1, frozen_columns)
        sheet.repeat_rows(0)
        self._head(sheet, 0, columns)
        number = 0
        for number, row in enumerate(rows, start=1):
            self._row(sheet, number, cells(columns, row), self.body)
        sheet.autofilter(0, 0, number, len(columns) - 1)

    def _sheet(self, name: str, columns: Sequence[Column[Row]]) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(PAPER_CODES[self.report.paper])
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
        head = f"{self.report.title}, {self.report.region_name}"
        mark = f"&R&B{SIMULATION}" if self.report.simulated else ""
        sheet.set_header(f"&L{_escape(head)}{mark}")
        sheet.set_footer(f"&LJejak audit no. {self.report.audit_head.seq}&RHalaman &P dari &N")
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
        return sheet

    def _head(self, sheet: Any, row: int, columns: Sequence[Column[Row]]) -> int:
        for number, column in enumerate(columns):
            write_text(sheet, row, number, column.head, self.head)
        return row + 1

    def _row(self, sheet: Any, row: int, line: Sequence[Cell | Percent], formats: dict[str, Any]) -> None:
        for number, cell in enumerate(line):
            if isinstance(cell, Percent):
                cell = NONE if cell.value is None else cell
            if isinstance(cell, Percent):
                sheet.write_number(row, number, round((cell.value or 0) / 100, 3), formats["percent"])
            elif cell is None:
                sheet.write_blank(row, number, None, formats["text"])
            elif isinstance(cell, str):
                write_text(sheet, row, number, cell, formats["text"])
            elif isinstance(cell, dt.datetime):
                sheet.write_datetime(row, number, naive(cell), formats["time"])
            elif isinstance(cell, dt.date):
                sheet.write_datetime(row, number, cell, formats["day"])
            else:
                sheet.write_number(row, number, cell, formats["whole" if cell == int(cell) else "part"])


def write_text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    """A cell of text, whatever it begins with; longer than Excel takes, it is cut and says so."""
    shown = plain(text)
    if len(shown) > LONGEST_CELL:
        shown = shown[: LONGEST_CELL - len(CUT)] + CUT
    sheet.write_string(row, column, shown, style)


def _escape(text: str) -> str:
    """A header's own text: an ampersand would begin one of Excel's codes, and 255 characters are all."""
    return plain(text).replace("&", "&&")[:150]


def naive(moment: dt.datetime) -> dt.datetime:
    """Excel knows no zones: the local time, as the heads say."""
    return moment.replace(tzinfo=None)
