"""A register's list as plain values, frozen at one instant: all that its paper may know."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.documents.snapshot import PAPERS, AuditHead, Letterhead


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: its head and its width in millimetres; figures stand at the right."""

    head: str
    width: float
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class RegisterList:
    """The records of a register that somebody's filters show, each as the words of its columns.

    `filters` are sentences; `sums` (label, words). `columns_left_off` are those that the paper is too narrow for.
    """

    title: str
    region_name: str
    region_code: str
    places: str
    election_name: str
    desk_name: str
    letterhead: Letterhead
    filters: tuple[str, ...]
    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[tuple[str, str], ...]
    audit_head: AuditHead
    made_by: str
    made_at: dt.datetime
    zone: str
    paper: str = "F4"
    is_wide: bool = False
    columns_left_off: int = 0
    simulated: bool = False

    def __post_init__(self) -> None:
        """Refuse with ValueError an unknown paper, and a row that has not a cell for each column."""
        if self.paper not in PAPERS:
            raise ValueError(f"unknown paper {self.paper!r}: expected one of {', '.join(PAPERS)}")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row must have a cell for each column")
