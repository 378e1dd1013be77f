"""Words of a record as they are searched: as they were written and by their Indonesian stems."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

MOST_WORDS = 8
"""Of a search; more would only cost."""


def searchable(*texts: str) -> str:
    """What is kept beside a record: every word and its stem, each once, between blanks."""
    words = dict.fromkeys(word for text in texts for word in _words(text))
    return f" {' '.join(dict.fromkeys([*words, *map(_stem, words)]))} " if words else ""


def matching(column: Any, text: str) -> ColumnElement[bool]:
    """SQL condition: the kept words hold every word of the text, as it is, as a beginning, or by its stem.

    "pemeriksaan" finds "memeriksa" and the other way round; a text without words matches everything.
    """
    return and_(
        True,
        *(
            or_(
                column.contains(f" {word}", autoescape=True),
                column.contains(f" {_stem(word)} ", autoescape=True),
            )
            for word in _words(text)[:MOST_WORDS]
        ),
    )


def holds(kept: str, text: str) -> bool:
    """What `matching` asks the database, of words that `searchable` made here."""
    return all(f" {word}" in kept or f" {_stem(word)} " in kept for word in _words(text)[:MOST_WORDS])


def has_words(text: str) -> bool:
    """Whether the text holds anything to search for."""
    return bool(_words(text))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.casefold()) if len(word) > 1]


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    # Loaded with the first word: most requests never search.
    import snowballstemmer

    return str(snowballstemmer.stemmer("indonesian").stemWord(word))
