"""Pages that a room adds beside its registers, such as a board; the shelf names them with their area of work."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.accounts import Permission


@dataclass(frozen=True)
class Board:
    """One such page: the area of work it belongs to, its words, and its endpoint, built without values."""

    area: str
    title: str
    endpoint: str
    about: str


BOARDS: tuple[Board, ...] = ()


@dataclass(frozen=True)
class RecordPage:
    """A page that a room adds to its records, linked from each: its endpoint takes `record_id`."""

    book: str
    """Key of the register."""
    title: str
    endpoint: str
    permission: Permission = Permission.REGISTER_READ
    verb: StrEnum | None = None
    """The step that is taken there: the link stands only while that step may be taken."""
    stays: bool = True
    """Whether the link also stands on a record that was withdrawn."""


RECORD_PAGES: tuple[RecordPage, ...] = ()
