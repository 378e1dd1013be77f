"""Which columns of a register a sheet of paper holds, and how wide each stands: all if they fit, else its list's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from app.documents.list_snapshot import ListColumn
from app.domain import registers
from app.domain.registers import Column, Filters, Form, RecordRow, Register

WIDTHS = {"F4": (165.0, 280.0), "A4": (160.0, 247.0)}
"""Millimetres between the margins, upright and lying."""
LEAST = {
    Form.TEXT: 30.0,
    Form.LONG: 50.0,
    Form.COUNT: 17.0,
    Form.MONEY: 30.0,
    Form.DECIMAL: 16.0,
    Form.DAY: 21.0,
    Form.CLOCK: 14.0,
    Form.CHOICE: 20.0,
    Form.TICK: 14.0,
}
"""Millimetres that a value of each form needs, before its words are broken."""
SIGN, SIDES = 1.85, 2.6
"""Millimetres of a bold sign in a head, and of the blank at both sides of a cell."""
GROWTH = {Form.CHOICE: 1, Form.TEXT: 2, Form.LONG: 4}
"""Shares in the room that is left over; figures and days need no more."""
FIGURES = frozenset({Form.COUNT, Form.MONEY, Form.DECIMAL})

Cell = Callable[[RecordRow], str]


class Fitted(NamedTuple):
    """The columns with the cell of each, whether the paper lies, and how many of the register's own had no room."""

    columns: tuple[ListColumn, ...]
    cells: tuple[Cell, ...]
    is_wide: bool
    left_off: int


class Wanted(NamedTuple):
    """A column before it has its place: the millimetres that it needs, and its share in what is left over."""

    head: str
    least: float
    growth: int = 0
    is_figure: bool = False


def placed(wanted: Sequence[Wanted], paper: str) -> tuple[tuple[ListColumn, ...], bool]:
    """The columns as wide as the paper has room for, and whether it lies: upright where they fit."""
    upright, lying = WIDTHS[paper]
    is_wide = sum(one.least for one in wanted) > upright
    return _widened(wanted, lying if is_wide else upright), is_wide


def fitted(register: Register, filters: Filters, paper: str) -> Fitted:
    """All columns upright, else all of them lying, else those of the page's list."""
    for own in (register.columns, register.heads):
        planned = _planned(register, own, filters)
        if sum(wanted.least for wanted, _ in planned) <= WIDTHS[paper][1]:
            break
    columns, is_wide = placed([wanted for wanted, _ in planned], paper)
    return Fitted(columns, tuple(cell for _, cell in planned), is_wide, len(register.columns) - len(own))


def _planned(register: Register, own: Sequence[Column], filters: Filters) -> list[tuple[Wanted, Cell]]:
    planned: list[tuple[Wanted, Cell]] = [
        (Wanted("Nomor", 17.0), lambda row: row.number),
        (Wanted("Wilayah", 28.0, 1), lambda row: row.region_name),
        *(_of(column) for column in own),
    ]
    if register.flow:
        planned.append((Wanted("Keadaan", 27.0, 1), _standing))
    if filters.with_withdrawn:
        planned.append((Wanted("Dibatalkan karena", 27.0, 2), lambda row: row.withdrawn_reason))
    return planned


def _of(column: Column) -> tuple[Wanted, Cell]:
    said = [column.label, *column.choices.values()] if column.form is Form.CHOICE else [column.label]
    least = max(LEAST[column.form], room_of(said))
    wanted = Wanted(column.label, least, GROWTH.get(column.form, 0), column.form in FIGURES)
    return wanted, lambda row: registers.cell(column, row)


def room_of(texts: Iterable[str]) -> float:
    """The millimetres that the longest word of these needs, so that none is broken."""
    return max(len(word) for words in texts for word in words.split()) * SIGN + SIDES


def _standing(row: RecordRow) -> str:
    if row.silence.over <= 0 or row.is_withdrawn:
        return row.state_words
    return f"{row.state_words}\n{row.silence.days} hari kerja, batas {row.silence.limit}"


def _widened(planned: Sequence[Wanted], room: float) -> tuple[ListColumn, ...]:
    """What is left over goes to the columns of words by their shares; too little is taken from all alike."""
    needed = sum(one.least for one in planned)
    shares = sum(one.growth for one in planned)
    if needed > room:
        return tuple(ListColumn(one.head, one.least * room / needed, one.is_figure) for one in planned)
    more = (room - needed) / shares
    return tuple(ListColumn(one.head, one.least + more * one.growth, one.is_figure) for one in planned)
