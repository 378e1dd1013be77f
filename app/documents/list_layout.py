"""Which columns of a register a sheet of paper holds, and how wide each stands: all if they fit, else its list's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


class _Planned(NamedTuple):
    head: str
    least: float
    growth: int
    is_figure: bool
    cell: Cell


def fitted(register: Register, filters: Filters, paper: str) -> Fitted:
    """All columns upright, else all of them lying, else those of the page's list."""
    upright, lying = WIDTHS[paper]
    for own in (register.columns, register.heads):
        planned = _planned(register, own, filters)
        needed = sum(one.least for one in planned)
        if needed <= lying or own is register.heads:
            break
    is_wide = needed > upright
    columns = _widened(planned, lying if is_wide else upright)
    return Fitted(columns, tuple(one.cell for one in planned), is_wide, len(register.columns) - len(own))


def _planned(register: Register, own: Sequence[Column], filters: Filters) -> list[_Planned]:
    planned = [
        _Planned("Nomor", 17.0, 0, False, lambda row: row.number),
        _Planned("Wilayah", 28.0, 1, False, lambda row: row.region_name),
        *(_of(column) for column in own),
    ]
    if register.flow:
        planned.append(_Planned("Keadaan", 27.0, 1, False, _standing))
    if filters.with_withdrawn:
        planned.append(_Planned("Dibatalkan karena", 27.0, 2, False, lambda row: row.withdrawn_reason))
    return planned


def _of(column: Column) -> _Planned:
    said = [column.label, *column.choices.values()] if column.form is Form.CHOICE else [column.label]
    longest = max(len(word) for words in said for word in words.split())
    return _Planned(
        column.label,
        max(LEAST[column.form], longest * SIGN + SIDES),
        GROWTH.get(column.form, 0),
        column.form in FIGURES,
        lambda row: registers.cell(column, row),
    )


def _standing(row: RecordRow) -> str:
    if row.silence.over <= 0 or row.is_withdrawn:
        return row.state_words
    return f"{row.state_words}\n{row.silence.days} hari kerja, batas {row.silence.limit}"


def _widened(planned: Sequence[_Planned], room: float) -> tuple[ListColumn, ...]:
    """What is left over goes to the columns of words by their shares; too little is taken from all alike."""
    needed = sum(one.least for one in planned)
    shares = sum(one.growth for one in planned)
    if needed > room:
        return tuple(ListColumn(one.head, one.least * room / needed, one.is_figure) for one in planned)
    more = (room - needed) / shares
    return tuple(ListColumn(one.head, one.least + more * one.growth, one.is_figure) for one in planned)
