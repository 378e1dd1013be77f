"""A list as XLSX for reading, filtering and printing, made by a short-lived program; it does not come in again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence

from app.documents import children
from app.words import plain

ListCell = str | int | dt.date | None
LONGEST_CELL = 32_767
_SECONDS = 30


def make_list(
    title: str, head: Sequence[tuple[str, int]], rows: Iterable[Sequence[ListCell]], paper: str = "F4"
) -> bytes:
    """A workbook of one sheet called `title`; `head` are words and widths in characters, days and whole numbers stay
    such. On paper F4 or A4. Takes some seconds for 5,000 rows.

    Raises RuntimeError when the program cannot do its work.
    """
    job = {
        "title": title,
        "head": list(head),
        "rows": [[_sent(cell) for cell in row] for row in rows],
        "paper": paper,
    }
    done = children.run("list_writer.py", "", json.dumps(job).encode(), seconds=_SECONDS)
    if done.returncode:
        raise RuntimeError(f"the list writer failed: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


def _sent(cell: ListCell) -> str | int | dict[str, str] | None:
    if isinstance(cell, dt.date):
        return {"day": cell.isoformat()}
    return plain(cell)[:LONGEST_CELL] if isinstance(cell, str) else cell
