"""Pages that a room adds beside its registers, such as a board; the shelf names them with their area of work."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Board:
    """One such page: the area of work it belongs to, its words, and its endpoint, built without values."""

    area: str
    title: str
    endpoint: str
    about: str


BOARDS: tuple[Board, ...] = ()
