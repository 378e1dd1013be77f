"""The data that is shipped with the application, and the one way to read it.

Licences: LICENSES.md beside the files.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent


def rows(name: str | Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV (or .csv.gz) file as dictionaries: a shipped file by its name, any other by its path.

    Blanks around values are taken off and line breaks inside them become blanks. Raises FileNotFoundError.
    """
    path = Path(name)
    if path.parent == Path():
        path = FOLDER / path
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {key: " ".join((value or "").split()) for key, value in row.items() if key}


@lru_cache(maxsize=1)
def _sources() -> dict[str, str]:
    return {row["key"]: row["text"] for row in rows("sumber.csv")}


def cite(text: str) -> str:
    """A list of sources with the short keys of the project's own source texts written out."""
    return "; ".join(_sources().get(part, part) for part in _parts(text))


def cite_elsewhere(text: str) -> str:
    """The same for a desk outside Kalimantan Timur: laws stay; what only that province has said is left out."""
    return "; ".join(part for part in _parts(text) if part not in _sources())


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
