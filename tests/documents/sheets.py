"""Workbooks as people bring them, and as nobody should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from app.documents.reading import MARK, MARKS_SHEET, ROWS_SHEET, VERSION
from app.documents.tables import SheetColumn

COLUMNS = (
    SheetColumn("code", "Kode", "Kode wilayah.", required=True, example="64.03"),
    SheetColumn("name", "Nama", "Nama tempat.", required=True),
    SheetColumn("kind", "Jenis", "Jenisnya.", choices=("desa", "kelurahan")),
    SheetColumn("day", "Tanggal", "Sejak kapan.", form="day"),
)
CONTENT_TYPES = "[Content_Types].xml"


def workbook(
    head: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    kind: str = "tempat",
    version: str = VERSION,
    mark: str = MARK,
    sheet: str = ROWS_SHEET,
    marked: bool = True,
) -> bytes:
    """A filled template: texts as text, numbers as numbers, days as days."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "default_date_format": "dd/mm/yyyy"}
    )
    page = book.add_worksheet(sheet)
    book.add_worksheet("Petunjuk")
    page.write_row(0, 0, head)
    for number, row in enumerate(rows, start=1):
        page.write_row(number, 0, row)
    if marked:
        hidden = book.add_worksheet(MARKS_SHEET)
        for number, words in enumerate((mark, kind, version)):
            hidden.write_string(number, 0, words)
        hidden.hide()
    book.close()
    return target.getvalue()


def filled(columns: Sequence[SheetColumn], rows: Sequence[Mapping[str, Any]], kind: str) -> bytes:
    """A template of these columns with rows by column key."""
    lines = [[row.get(column.key, "") for column in columns] for row in rows]
    return workbook([column.title for column in columns], lines, kind=kind)


def changed(data: bytes, **members: bytes | None) -> bytes:
    """The same ZIP with members put in, replaced or (None) left out."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            if info.filename not in members:
                new.writestr(info, old.read(info))
        for name, content in members.items():
            if content is not None:
                new.writestr(name, content)
    return target.getvalue()
