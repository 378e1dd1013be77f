"""All errors of a sheet as CSV, to be worked off beside the spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from app.documents.commas import csv_of


def render_errors(errors: Iterable[tuple[int, str, str]]) -> bytes:
    """Row, column, sentence with semicolons and a BOM for Indonesian Excel; nothing becomes a formula."""
    lines = ((str(row or ""), column, message) for row, column, message in errors)
    return csv_of([("Baris", "Kolom", "Yang perlu diperbaiki"), *lines])
