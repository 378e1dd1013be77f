"""The report as CSV for Indonesian Excel: semicolons, decimal comma, no text that becomes a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence

from app.documents.columns import (
    TOTALS_COLUMNS,
    Cell,
    Percent,
    cells,
    item_columns,
    item_lines,
    totals_lines,
)
from app.documents.snapshot import ChecklistReport
from app.words import plain

TABLES = ("butir", "ringkasan")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"


def render_csv(report: ChecklistReport, table: str = "butir") -> bytes:
    """The items ("butir", a line each) or the totals ("ringkasan", with the sum), as UTF-8 with BOM.

    Text that a spreadsheet would take for a formula gets an apostrophe in front. Unknown is said in words,
    never as zero. Another table is a ValueError.
    """
    if table not in TABLES:
        raise ValueError(f"unknown table {table!r}: expected one of {', '.join(TABLES)}")
    return csv_of(_lines(report, table))


def csv_of(lines: Iterable[Sequence[Cell | Percent]]) -> bytes:
    """Any lines, the head first, as the CSV that an office's spreadsheet opens by itself: UTF-8 with BOM, divided by
    semicolons, formulas disarmed.
    """
    return "".join((BYTE_ORDER_MARK, *csv_lines(lines))).encode("utf-8")


def csv_lines(lines: Iterable[Sequence[Cell | Percent]]) -> Iterator[str]:
    """The same line by line, without the mark that stands before the first, for files that are sent as they grow."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    for line in lines:
        writer.writerow([_said(cell) for cell in line])
        yield target.getvalue()
        target.seek(0)
        target.truncate()


def _lines(report: ChecklistReport, table: str) -> Iterator[list[Cell | Percent]]:
    if table == "ringkasan":
        yield [column.head for column in TOTALS_COLUMNS]
        yield from (cells(TOTALS_COLUMNS, line) for line in totals_lines(report))
        return
    columns = item_columns(report.zone)
    yield [column.head for column in columns]
    yield from (cells(columns, line) for line in item_lines(report))


def _said(cell: Cell | Percent) -> str:
    if isinstance(cell, Percent):
        cell = cell.value
    if cell is None:
        return ""
    if isinstance(cell, str):
        shown = plain(cell)
        is_formula = cell.startswith(DANGEROUS) or shown.lstrip().startswith(DANGEROUS)
        return f"'{shown}" if is_formula else shown
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell).replace(".", ",")
