"""Writes one list as a workbook: a program of its own, which `list_sheet.py` starts.

It reads what to write as JSON from standard input and writes the workbook to standard output. Texts stay texts,
whatever they begin with.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from typing import Any

PAPER_CODES = {"A4": 9, "F4": 14}
"""Excel's own numbers; it knows F4 as "Folio", 8,5 by 13 inches."""


def written(job: dict[str, Any]) -> bytes:
    """The workbook: one sheet with its head in sight, ready to be filtered and printed."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": job["title"], "author": "Desk Pilkada"})
    shape = {"text_wrap": True, "valign": "top"}
    head = book.add_format(
        {**shape, "bold": True, "bottom": 2, "bg_color": "#e6e8f0", "font_color": "#1f2437"}
    )
    text = book.add_format({**shape, "quote_prefix": True})
    number = book.add_format({**shape, "num_format": "#,##0"})
    day = book.add_format({**shape, "num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet(job["title"][:31])
    for place, (words, width) in enumerate(job["head"]):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, words, head)
    for row, cells in enumerate(job["rows"], start=1):
        for place, cell in enumerate(cells):
            if isinstance(cell, dict):
                sheet.write_datetime(row, place, dt.date.fromisoformat(cell["day"]), day)
            elif isinstance(cell, int):
                sheet.write_number(row, place, cell, number)
            elif cell:
                sheet.write_string(row, place, cell, text)
    sheet.autofilter(0, 0, len(job["rows"]), len(job["head"]) - 1)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(PAPER_CODES[job["paper"]])
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
    sheet.set_footer("&LDesk Pilkada&RHalaman &P dari &N")
    book.close()
    return target.getvalue()


def main() -> None:
    """Read the order from standard input; write the workbook."""
    sys.stdout.buffer.write(written(json.loads(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
