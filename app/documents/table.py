"""The report as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.columns import (
    TOTALS_COLUMNS,
    cells,
    item_columns,
    item_lines,
    totals_lines,
)
from app.documents.commas import Cell, Percent, csv_of
from app.documents.snapshot import ChecklistReport

TABLES = ("butir", "ringkasan")


def render_csv(report: ChecklistReport, table: str = "butir") -> bytes:
    """The items ("butir", a line each) or the totals ("ringkasan", with the sum), as UTF-8 with BOM.

    Text that a spreadsheet would take for a formula gets an apostrophe in front. Unknown is said in words,
    never as zero. Another table is a ValueError.
    """
    if table not in TABLES:
        raise ValueError(f"unknown table {table!r}: expected one of {', '.join(TABLES)}")
    return csv_of(_lines(report, table))


def _lines(report: ChecklistReport, table: str) -> Iterator[list[Cell | Percent]]:
    if table == "ringkasan":
        yield [column.head for column in TOTALS_COLUMNS]
        yield from (cells(TOTALS_COLUMNS, line) for line in totals_lines(report))
        return
    columns = item_columns(report.zone)
    yield [column.head for column in columns]
    yield from (cells(columns, line) for line in item_lines(report))
