"""Pages of a list, with addresses that keep the filters."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import request, url_for


class Page(NamedTuple):
    """What the pager component shows."""

    page: int
    pages: int
    total: int

    def url_for_page(self, number: int) -> str:
        """This very list at another page."""
        kept: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict(), "halaman": number}
        return url_for(request.endpoint or "", **kept)


def asked_page() -> int:
    """The page number in the address, 1 for anything odd."""
    text = request.args.get("halaman", "1")
    return max(1, min(int(text), 100_000)) if text.isdecimal() and len(text) < 7 else 1


def safe_path(target: str | None, fallback: str) -> str:
    """A path on this very site to go to next; anything else (other hosts, tricks with slashes) is the fallback."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return fallback
    if any(ord(char) < 32 or char == "\\" for char in target):
        return fallback
    return target
