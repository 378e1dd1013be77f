"""Any lines as CSV for Indonesian Excel: semicolons, decimal comma, no text that becomes a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from app.words import plain

Cell = str | int | float | Decimal | dt.datetime | dt.date | None
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"


class Percent(NamedTuple):
    """A share with one decimal, for 84,6 percent 84.6; None when nothing was expected."""

    value: float | None


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
