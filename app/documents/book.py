"""A workbook of a page of facts and of plain tables, as reports and packs need it; the same content, the same bytes.

Pulls in xlsxwriter; only the worker does. Every text is written as text, whatever it begins with.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from app.documents.sheet import PAPER_CODES, SIMULATION, naive, write_text
from app.words import plain

Cell = str | int | float | Decimal | dt.datetime | dt.date | None
LONGEST_NAME = 31


class Book:
    """One workbook's sheets and formats. `made_at` is local; `foot` stands at the foot of each printed page."""

    def __init__(
        self, title: str, author: str, made_at: dt.datetime, *, paper: str, foot: str, is_simulated: bool
    ) -> None:
        self.title, self.paper, self.foot, self.is_simulated = title, paper, foot, is_simulated
        self.target = io.BytesIO()
        self.book = book = xlsxwriter.Workbook(self.target, {"constant_memory": True})
        book.set_properties({"title": plain(title), "author": plain(author), "created": naive(made_at)})
        self.names: set[str] = set()
        # The quote prefix keeps a text a text even after somebody edits the cell.
        text = {"quote_prefix": True, "text_wrap": True, "valign": "top"}
        self.large = book.add_format({"quote_prefix": True, "bold": True, "font_size": 14})
        self.label = book.add_format({"quote_prefix": True, "font_color": "#4a4f63"})
        self.head = book.add_format({**text, "bold": True, "bottom": 2, "bg_color": "#e6e8f0"})
        self.text = book.add_format(text)
        patterns = {"whole": "#,##0", "part": "#,##0.0#", "day": "dd/mm/yyyy", "time": "dd/mm/yyyy hh:mm"}
        self.formats = {
            name: book.add_format({"num_format": pattern, "valign": "top"})
            for name, pattern in patterns.items()
        }

    def finished(self) -> bytes:
        """The workbook; nothing can be added any more."""
        self.book.close()
        return self.target.getvalue()

    def facts(self, name: str, title: str, facts: Iterable[tuple[str, str]]) -> None:
        """A sheet of labels with their words; what says nothing is left out."""
        sheet = self._sheet(name, (30, 100))
        write_text(sheet, 0, 0, title, self.large)
        row = 1
        for label, value in facts:
            if value:
                write_text(sheet, row, 0, label, self.label)
                write_text(sheet, row, 1, value, self.text)
                row += 1

    def table(
        self,
        name: str,
        heads: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        widths: Sequence[int],
    ) -> None:
        """A sheet of one table: the head stays in sight and is repeated on every printed page."""
        sheet = self._sheet(name, widths)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        for column, head in enumerate(heads):
            write_text(sheet, 0, column, head, self.head)
        number = 0
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                self._cell(sheet, number, column, cell)
        if heads:
            sheet.autofilter(0, 0, number, len(heads) - 1)

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        if cell is None or cell == "":
            sheet.write_blank(row, column, None, self.text)
        elif isinstance(cell, str):
            write_text(sheet, row, column, cell, self.text)
        elif isinstance(cell, dt.datetime):
            sheet.write_datetime(row, column, naive(cell), self.formats["time"])
        elif isinstance(cell, dt.date):
            sheet.write_datetime(row, column, cell, self.formats["day"])
        else:
            sheet.write_number(row, column, cell, self.formats["whole" if cell == int(cell) else "part"])

    def _sheet(self, name: str, widths: Sequence[int]) -> Any:
        sheet = self.book.add_worksheet(self._name(name))
        sheet.set_landscape()
        sheet.set_paper(PAPER_CODES[self.paper])
        sheet.fit_to_pages(1, 0)
        mark = f"&R&B{SIMULATION}" if self.is_simulated else ""
        sheet.set_header(f"&L{plain(self.title).replace('&', '&&')[:150]}{mark}")
        sheet.set_footer(f"&L{self.foot}&RHalaman &P dari &N")
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        return sheet

    def _name(self, name: str) -> str:
        """As Excel allows it: 31 signs, none of its own, and no two alike."""
        bare = re.sub(r"[\[\]:*?/\\']", " ", plain(name)).strip()[:LONGEST_NAME] or "Tabel"
        found, number = bare, 2
        while found.lower() in self.names:
            found = f"{bare[: LONGEST_NAME - 4]} ({number})"
            number += 1
        self.names.add(found.lower())
        return found
