"""What a person reads on a page."""

from __future__ import annotations

import re
from html import unescape
from typing import Any


def words(answer: Any) -> str:
    """The text of an answer, without marks, with single spaces between its words."""
    return words_of(answer.text)


def words_of(page: str) -> str:
    """The same of a page or a part of one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
