"""All errors of a sheet as CSV, to be worked off beside the spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from app.documents.table import BYTE_ORDER_MARK, DANGEROUS
from app.web.words import plain


def render_errors(errors: Iterable[tuple[int, str, str]]) -> bytes:
    """Row, column, sentence with semicolons and a BOM for Indonesian Excel; nothing becomes a formula."""
    target = io.StringIO(newline="")
    target.write(BYTE_ORDER_MARK)
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(("Baris", "Kolom", "Yang perlu diperbaiki"))
    writer.writerows((row or "", _safe(column), _safe(message)) for row, column, message in errors)
    return target.getvalue().encode("utf-8")


def _safe(text: str) -> str:
    shown = plain(text)
    return f"'{shown}" if shown.lstrip().startswith(DANGEROUS) else shown
