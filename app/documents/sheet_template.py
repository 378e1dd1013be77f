"""Sheets out, to be filled in: the template of an import, made by a short-lived program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from app.documents import children
from app.documents.reading import MARK, MARKS_SHEET, MOST_ROWS, ROWS_SHEET, VERSION
from app.documents.tables import SheetColumn
from app.words import angka

_SECONDS = 30
_LINES = (
    f"Isi lembar {ROWS_SHEET} mulai baris kedua, satu baris untuk satu hal; jangan ubah judul kolomnya.",
    "Urutan kolom boleh diubah, kolom yang tidak wajib boleh dihapus. Baris kosong dilewati.",
    "Kode ditulis seperti adanya, dengan titik dan nolnya. Tanggal ditulis 25/11/2024.",
    f"Paling banyak {angka(MOST_ROWS)} baris. Simpan sebagai XLSX, lalu unggah di halaman Impor.",
    "Sesudah diunggah semua baris diperiksa dahulu; belum ada yang berubah sampai Anda menekan Terapkan.",
)


def make_template(
    kind: str,
    title: str,
    columns: Sequence[SheetColumn],
    paper: str = "F4",
    rows: Sequence[Sequence[str]] = (),
) -> bytes:
    """An XLSX for this kind of import, on paper F4 or A4: empty, or with rows of texts in the columns' order, so
    that what goes out may come in again. Takes about 0.2 s.

    Raises RuntimeError when the program cannot do its work.
    """
    job = {
        "mark": MARK,
        "kind": kind,
        "version": VERSION,
        "title": title,
        "columns": [asdict(column) for column in columns],
        "lines": _LINES,
        "rows": [list(row) for row in rows],
        "paper": paper,
        "rows_sheet": ROWS_SHEET,
        "marks_sheet": MARKS_SHEET,
        "most_rows": MOST_ROWS,
    }
    done = children.run("template_writer.py", "", json.dumps(job).encode(), seconds=_SECONDS)
    if done.returncode:
        raise RuntimeError(f"the template writer failed: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout
