"""Where a figure or a date comes from, as a page shows it: words to read and an address to follow."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

ADDRESS = re.compile(r"https?://[^\s;]+")


class Source(NamedTuple):
    """What to read and where it leads; `link` is empty where the source is a document, not an address."""

    words: str
    link: str = ""


def source_of(text: str) -> Source:
    """An address is shown by its host, other words as they stand."""
    link = next(iter(links_in(text)), None)
    if link is None:
        return Source(text.strip())
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return Source(text.strip())
    return Source(host.removeprefix("www.") or link, link)


def links_in(text: str) -> list[str]:
    """The addresses in a text, in its order, without the stop or comma after them."""
    return [found.rstrip(",.") for found in ADDRESS.findall(text)]
