"""Sheets in: from the bytes of an uploaded XLSX to rows by column, with every fault of the sheet itself."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.documents import children
from app.documents.tables import RowError, SheetColumn, SheetRow
from app.domain.errors import Invalid
from app.words import angka, plain

MARK, VERSION = "desk-pilkada", "1"
"""What the hidden sheet of our own templates says first and last; the kind of import stands between."""
MARKS_SHEET, ROWS_SHEET = "templat", "Isian"
MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT = 10_000, 60, 2_000
_MEMORY = 512 * 1024 * 1024
_SECONDS = 20
_JOB: dict[str, Any] = {
    "members": 200,
    "unpacked": 50 * 1024 * 1024,
    "ratio": 100,
    "rows": MOST_ROWS,
    "columns": MOST_COLUMNS,
    "text": LONGEST_TEXT,
    "total": 20_000_000,
    "marks": MARKS_SHEET,
    "sheet": ROWS_SHEET,
}
NOT_XLSX = (
    "Berkas ini bukan XLSX. Unduh templatnya, isi dengan Excel atau LibreOffice, lalu simpan sebagai XLSX."
)
_SENTENCES = {
    "broken": "Berkas ini rusak atau terpotong. Buka dan simpan lagi sebagai XLSX, lalu unggah lagi.",
    "macro": "Berkas ini memuat makro. Simpan sebagai Excel biasa (XLSX, bukan XLSM), lalu unggah lagi.",
    "other": NOT_XLSX,
    "locked": "Berkas ini terkunci kata sandi. Simpan ulang tanpa kata sandi, lalu unggah lagi.",
    "heavy": "Berkas ini terlalu besar bila dibuka. Salin barisnya saja ke templat baru, lalu unggah lagi.",
    "columns": f"Lembar ini lebih dari {MOST_COLUMNS} kolom. Hapus kolom di sebelah kanan, lalu unggah lagi.",
    "rows": f"Lembar ini lebih dari {angka(MOST_ROWS)} baris. Hapus baris sisa di bawah, atau bagi menjadi "
    "beberapa berkas.",
}
_FAULTS = {
    "long": f"Lebih dari {angka(LONGEST_TEXT)} tanda. Persingkat isinya.",
    "digits": "Excel sudah membulatkan angka sepanjang ini. Jadikan selnya Teks, lalu ketik ulang seluruhnya.",
}


@dataclass(frozen=True)
class Unfolded:
    """A workbook as text: what its template says of itself, and (number in the sheet, cells) of each filled row.

    `faults` are (row number, position of the column, word).
    """

    kind: str
    version: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    faults: tuple[tuple[int, int, str], ...] = ()


def refuse_other_files(start: bytes) -> None:
    """Refuse (Invalid, at "file") what cannot be an XLSX by its first bytes: quick, and before anything is kept."""
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        sentence = "Berkas ini XLS lama atau terkunci kata sandi. Simpan ulang sebagai XLSX tanpa kata sandi."
        raise Invalid(sentence, file=sentence)
    if not start.startswith(b"PK\x03\x04"):
        raise Invalid(NOT_XLSX, file=NOT_XLSX)


def unfold(data: bytes) -> Unfolded:
    """Open the workbook in a process of its own, with limits. Takes about 0.3 s for 5,000 rows.

    Raises Invalid with a sentence that says what to do; RuntimeError when the process cannot do its work.
    """
    refuse_other_files(data[:8])
    try:
        done = children.run(
            "sheet_reader.py", json.dumps(_JOB), data, seconds=3 * _SECONDS, under=(_MEMORY, _SECONDS)
        )
    except subprocess.TimeoutExpired:
        raise Invalid(_SENTENCES["heavy"]) from None
    if done.returncode < 0:  # killed by a limit, or crashed in the reader
        raise Invalid(_SENTENCES["heavy"])
    if done.returncode > 0:
        raise RuntimeError(f"the sheet reader failed: {done.stderr.decode(errors='replace')[-2000:]}")
    found = json.loads(done.stdout)
    if "refused" in found:
        raise Invalid(_SENTENCES[found["refused"]])
    marks = [*found["marks"], "", "", ""]
    is_ours = marks[0] == MARK
    return Unfolded(
        kind=marks[1] if is_ours else "",
        version=marks[2] if is_ours else "",
        rows=tuple((number, tuple(plain(text) for text in cells)) for number, cells in found["rows"]),
        faults=tuple((row, column, word) for row, column, word in found["faults"]),
    )


def rows_of(
    sheet: Unfolded, kind: str, title: str, columns: Sequence[SheetColumn]
) -> tuple[list[SheetRow], list[RowError]]:
    """The rows by column key, whatever order the columns stand in, and what is wrong with the sheet itself.

    Refuses (Invalid) a workbook that was not made from this kind's template. Without a usable head there are
    errors of row 0 and no rows.
    """
    if sheet.kind != kind:
        raise Invalid(
            f"Ini bukan templat {title}. Unduh templatnya di halaman ini, lalu salin isinya ke sana."
        )
    if sheet.version != VERSION:
        raise Invalid(f"Templat {title} ini versi lain. Unduh templat yang baru, lalu salin isinya ke sana.")
    if not sheet.rows:
        return [], [RowError(0, "", "Lembar ini kosong. Isi mulai baris kedua, di bawah judul kolom.")]
    (_, head), *lines = sheet.rows
    places, errors = _places(head, lines, columns)
    if errors:
        return [], errors
    if not lines:
        return [], [RowError(0, "", "Belum ada isian di bawah judul kolom. Isi mulai baris kedua.")]
    rows = [
        SheetRow(
            number,
            {
                c.key: cells[places[c.key]] if places.get(c.key, len(cells)) < len(cells) else ""
                for c in columns
            },
        )
        for number, cells in lines
    ]
    return rows, _cell_errors(sheet, rows, places, columns)


def _places(
    head: Sequence[str], lines: Sequence[tuple[int, Sequence[str]]], columns: Sequence[SheetColumn]
) -> tuple[dict[str, int], list[RowError]]:
    """Where each column stands, and what is wrong with the head."""
    wanted = {_bare(column.title): column for column in columns}
    places: dict[str, int] = {}
    errors: list[RowError] = []
    for place, title in enumerate(head):
        column = wanted.get(_bare(title))
        if not title:
            if any(place < len(cells) and cells[place] for _, cells in lines):
                errors.append(
                    RowError(0, "", f"Kolom {letter(place)} terisi tetapi tidak berjudul. Hapus kolomnya.")
                )
        elif column is None:
            said = (
                f"Kolom {title[:60]!r} tidak dikenal. Hapus kolomnya, atau pakai judul seperti pada templat."
            )
            errors.append(RowError(0, "", said))
        elif column.key in places:
            errors.append(RowError(0, column.key, f"Kolom {column.title} ada dua kali. Sisakan satu."))
        else:
            places[column.key] = place
    for column in columns:
        if column.required and column.key not in places:
            said = f"Kolom {column.title} tidak ada. Tambahkan dengan judul yang sama seperti pada templat."
            errors.append(RowError(0, column.key, said))
    return places, errors


def _cell_errors(
    sheet: Unfolded, rows: Sequence[SheetRow], places: dict[str, int], columns: Sequence[SheetColumn]
) -> list[RowError]:
    """Cells that no reader could take as they are, and empty ones that must not be empty; in the sheet's order."""
    key_at = {place: key for key, place in places.items()}
    found = {
        (row, key_at[place]): _FAULTS[word]
        for row, place, word in sheet.faults
        if place in key_at and row != sheet.rows[0][0]
    }
    for row in rows:
        for column in columns:
            if column.required and not row.values[column.key]:
                found[row.number, column.key] = "Wajib diisi."
    order = {column.key: number for number, column in enumerate(columns)}
    cells = sorted(found, key=lambda cell: (cell[0], order[cell[1]]))
    return [RowError(row, key, found[row, key]) for row, key in cells]


def letter(place: int) -> str:
    """How a spreadsheet calls a column by its position from 0: A, Z, AA."""
    name, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _bare(title: str) -> str:
    return " ".join(title.replace("*", " ").split()).casefold()
