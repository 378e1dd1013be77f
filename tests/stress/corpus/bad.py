"""What is known of one hostile file."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Bad(NamedTuple):
    """One file: what it tries in words, the name it comes with, and how it is made."""

    what: str
    name: str
    make: Callable[[], bytes]
    may_stay: bool = False
    """Whether evidence may keep it once it is harmless; every other one is refused."""
    trace: bytes = b""
    """What must be gone from the bytes that are kept."""


def plain(content: bytes) -> Callable[[], bytes]:
    """A file that is these bytes."""
    return lambda: content
