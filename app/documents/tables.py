"""Sheets that people bring in: their columns, their rows as text, and what is wrong in them.

Light on purpose: the spreadsheet libraries are loaded only by the child processes that read and write files.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class SheetColumn:
    """One column of a template. `key` names it in the code, `title` is its head in the sheet.

    `choices` become a list to pick from, `width` is in characters. `form` formats the template's cells: codes and
    other text stay as they are typed, leading and trailing zeros too.
    """

    key: str
    title: str
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()
    example: str = ""
    width: int = 18
    form: Literal["text", "number", "day"] = "text"


@dataclass(frozen=True)
class SheetRow:
    """One row that is not empty. `number` is the one the spreadsheet shows at its left.

    `values` has every column of the importer by its key: stripped text, "" for an empty cell or a column that
    the sheet leaves out, days as YYYY-MM-DD, whole numbers without a decimal part.
    """

    number: int
    values: dict[str, str]


@dataclass(frozen=True)
class RowError:
    """What is wrong and what to do about it. `column` is a key, "" for the whole row; row 0 is the whole sheet."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Checked:
    """What an importer found. Without errors `facts` say what will happen, as (label, words).

    `preview` holds the first 50 lines under `head`, ready to be shown.
    """

    errors: tuple[RowError, ...]
    facts: tuple[tuple[str, str], ...]
    head: tuple[str, ...] = ()
    preview: tuple[tuple[str, ...], ...] = ()


def day_of(text: str) -> dt.date | None:
    """A day of a sheet: 2024-11-25 or, as people type it, 25/11/2024, 25-11-2024, 25.11.2024. None for no day."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    return None
