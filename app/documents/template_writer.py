"""Writes the template of an import, empty or filled: a program of its own, which `sheet_template.py` starts.

The web process answers a download with it and never loads the library. It reads what to write as JSON from standard
input and writes the workbook to standard output.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

PAPER_CODES = {"A4": 9, "F4": 14}
"""Excel's own numbers; it knows F4 as "Folio", 8,5 by 13 inches."""
INK, GROUND, REQUIRED = "#1f2437", "#e6e8f0", "#cdd2e6"
PATTERNS = {"text": "@", "number": "General", "day": "dd/mm/yyyy"}


def written(job: dict[str, Any]) -> bytes:
    """The workbook: the sheet to fill, how to fill it, and the hidden marks with the lists to pick from."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": f"Templat impor {job['title']}", "author": "Desk Pilkada"})
    book.set_custom_property("templat", f"{job['kind']} {job['version']}")
    sheet = book.add_worksheet(job["rows_sheet"])
    _guide(book, job)
    hidden = book.add_worksheet(job["marks_sheet"])
    for row, mark in enumerate((job["mark"], job["kind"], job["version"])):
        hidden.write_string(row, 0, mark)
    _rows_sheet(book, sheet, hidden, job)
    hidden.hide()
    sheet.activate()
    book.close()
    return target.getvalue()


def _rows_sheet(book: Any, sheet: Any, hidden: Any, job: dict[str, Any]) -> None:
    last = job["most_rows"]
    for place, column in enumerate(job["columns"]):
        ground = REQUIRED if column["required"] else GROUND
        head = book.add_format(
            {
                "bold": True,
                "bottom": 2,
                "bg_color": ground,
                "font_color": INK,
                "text_wrap": True,
                "valign": "top",
            }
        )
        sheet.set_column(
            place, place, column["width"], book.add_format({"num_format": PATTERNS[column["form"]]})
        )
        sheet.write_string(0, place, column["title"], head)
        sheet.write_comment(0, place, _note(column), {"x_scale": 1.6})
        if column["choices"]:
            source = _list(hidden, place + 1, column["choices"], job["marks_sheet"])
            sheet.data_validation(
                1,
                place,
                last,
                place,
                {
                    "validate": "list",
                    "source": source,
                    "error_type": "warning",
                    "error_title": "Tidak ada dalam daftar",
                    "error_message": "Pilih salah satu dari daftar.",
                },
            )
    for number, row in enumerate(job["rows"], start=1):
        for place, words in enumerate(row):
            if words:
                sheet.write_string(number, place, words)
    sheet.freeze_panes(1, 1)
    _print_setup(sheet, job)
    sheet.set_landscape()
    sheet.repeat_rows(0)


def _list(hidden: Any, place: int, choices: list[str], name: str) -> str:
    """Put the choices into the hidden sheet: a list inside the rule itself ends at 255 characters."""
    for row, choice in enumerate(choices):
        hidden.write_string(row, place, choice)
    from xlsxwriter.utility import xl_range_abs

    return f"='{name}'!{xl_range_abs(0, place, len(choices) - 1, place)}"


def _guide(book: Any, job: dict[str, Any]) -> None:
    """The sheet that says how to fill the other one."""
    sheet = book.add_worksheet("Petunjuk")
    title = book.add_format({"bold": True, "font_size": 14, "font_color": INK})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "bottom": 2, "bg_color": GROUND, "font_color": INK})
    for place, width in enumerate((22, 10, 58, 30)):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, f"Templat impor {job['title']}", title)
    row = 1
    for line in job["lines"]:
        row += 1
        sheet.merge_range(row, 0, row, 3, line, text)
    row += 2
    for place, words in enumerate(("Kolom", "Wajib", "Isi", "Contoh")):
        sheet.write_string(row, place, words, head)
    for column in job["columns"]:
        row += 1
        meaning = column["meaning"]
        if 0 < len(column["choices"]) <= 12:
            meaning += " Pilihan: " + ", ".join(column["choices"]) + "."
        cells = (column["title"], "ya" if column["required"] else "", meaning, column["example"])
        for place, words in enumerate(cells):
            sheet.write_string(row, place, words, text)
    _print_setup(sheet, job)


def _note(column: dict[str, Any]) -> str:
    said = column["meaning"] + ("" if column["required"] else " Boleh kosong.")
    return f"{said} Contoh: {column['example']}" if column["example"] else said


def _print_setup(sheet: Any, job: dict[str, Any]) -> None:
    sheet.set_paper(PAPER_CODES[job["paper"]])
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
    sheet.set_footer("&LDesk Pilkada&RHalaman &P dari &N")


def main() -> None:
    """Read the order from standard input; write the workbook."""
    sys.stdout.buffer.write(written(json.loads(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
