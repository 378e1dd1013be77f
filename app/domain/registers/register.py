"""What a register is: a room's own table, described once, from which its list, pages, sheets and checks follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from app.domain.accounts import Permission, Person
from app.domain.errors import NotFound
from app.domain.regions import Level
from app.domain.registers.columns import Column, Form, Values
from app.domain.workflow import Step


class Place(NamedTuple):
    """Where and when a record is made: its region's code and the day there."""

    region: str
    today: dt.date


class Kin(NamedTuple):
    """Beside which others a record stands: its own id (0 while it is new) and, by column, those it belongs to."""

    id: int
    parents: Mapping[str, int | None]


class Note(NamedTuple):
    """One thing that a room says on the page of a record: words, and the record of the same register they lead to."""

    words: str
    record_id: int
    number: str


Fits = Callable[[Values, Place, Kin], None]
"""What a room asks of a record beside the others: a sum that has a limit, a second one. Raises Invalid at a column."""


class SheetLine(NamedTuple):
    """What a line of a sheet says, of which region, and beside which others: the record that it corrects, if any."""

    region: str
    values: Values
    kin: Kin


SheetFits = Callable[[Sequence[SheetLine]], Iterable[tuple[int, str, str]]]
"""The same of the lines of a sheet, beside one another and what is there -> every fault as (place in the sequence,
column, sentence)."""
Check = Callable[[dict[str, Any], Place], Values]
"""What a room adds to the checks of the columns: the values as they will be kept, or Invalid at a column."""


def _as_said(values: dict[str, Any], place: Place) -> Values:
    return values


def _any(values: Values, place: Place, kin: Kin) -> None:
    """Most records have nothing to do with one another."""


def _any_lines(lines: Sequence[SheetLine]) -> Iterable[tuple[int, str, str]]:
    return ()


def _nothing(record_id: int, person: Person) -> Sequence[Note]:
    return ()


@dataclass(frozen=True)
class Flow:
    """The steps of a register's records: one workflow table, with what its pages need to say.

    `limits` are working days that a record may stand in a state, 0 or absent for none.
    """

    table: Mapping[StrEnum, Step[StrEnum]]
    start: StrEnum
    words: Mapping[StrEnum, str]
    ended: frozenset[StrEnum]
    limits: Mapping[StrEnum, int] = field(default_factory=dict)
    by_letter: frozenset[StrEnum] = frozenset()
    """Verbs that name a letter: its number, or why there is none in the note."""
    to_someone: frozenset[StrEnum] = frozenset()
    """Verbs that name who receives it."""
    receivers: tuple[str, ...] = ()
    """Who may be named; empty lets any name stand."""
    apart: frozenset[StrEnum] = frozenset()
    """Verbs that a room takes by a command of its own, since they say more than a step does."""
    by_proof: frozenset[StrEnum] = frozenset()
    """Verbs that want a file on the record, or in the note how it was done."""

    def state(self, value: str) -> StrEnum:
        """The state that a stored value is."""
        return type(self.start)(value)

    def verb(self, value: str) -> StrEnum:
        """The verb of an address. Raises NotFound."""
        for verb in self.table:
            if verb.value == value:
                return verb
        raise NotFound("Langkah itu tidak ada.")


@dataclass(frozen=True, eq=False)
class Register:
    """One register. `key` stands in addresses, `subject` in the trail, in evidence and in the numbers."""

    key: str
    subject: str
    action: str
    """How its deeds begin on the trail, "room:thing"."""
    model: type[Any]
    title: str
    one: str
    """What one record is called, in small letters."""
    about: str
    """What it is for, in one sentence."""
    area: str
    """The area of work that an appointment may be limited to."""
    columns: tuple[Column, ...]
    levels: frozenset[Level] = frozenset({Level.PROVINCE, Level.REGENCY})
    """Of the regions that a record may belong to."""
    day: str = ""
    """The column of the day that the list is ordered and narrowed by."""
    name: str = ""
    """The column that says best what a record is; its pages are headed by it."""
    check: Check = _as_said
    notes: Callable[[int, Person], Sequence[Note]] = _nothing
    """What the room says on a record's page (record id, who reads), such as which others tell of the same."""
    flow: Flow | None = None
    once_per: tuple[str, ...] = ()
    """Columns that, together with the region, only one record that counts may have."""
    restricted_by: str = ""
    """The TICK that keeps a record to those who may read restricted ones, and to who recorded it."""
    parents: Mapping[str, Register] = field(default_factory=dict)
    """Column of the model (a foreign key) -> the register whose record it names."""
    belongs_to: str = ""
    """The column of the parent that every record must name: a form by its page, a line of a sheet by its number."""
    fits: Fits = _any
    """Asked of every record that is made, changed or restored; of a sheet when all its lines are written, of the new
    ones where they belong to one."""
    sheet_fits: SheetFits = _any_lines
    """Asked once of all lines of a sheet that are well said by themselves."""
    same_by: tuple[str, ...] = ()
    """Columns that tell which record of its region and parent a line of a sheet corrects; else `once_per`, else all."""

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}

    @property
    def heads(self) -> tuple[Column, ...]:
        """The columns of the list."""
        return tuple(column for column in self.columns if column.in_list)

    @property
    def filters(self) -> tuple[Column, ...]:
        """The choices that narrow the list."""
        return tuple(column for column in self.columns if column.is_filter and column.form is Form.CHOICE)

    @property
    def summed(self) -> tuple[Column, ...]:
        """The columns whose sums stand under the list."""
        return tuple(column for column in self.columns if column.is_summed)

    def state_words(self, value: str) -> str:
        """A state in words; empty in a register without a flow."""
        return self.flow.words[self.flow.state(value)] if self.flow else ""


READ, RECORD, JUDGE = Permission.REGISTER_READ, Permission.REGISTER_RECORD, Permission.REGISTER_JUDGE
"""Who reads, who records and takes the steps, and who judges: for the tables of flows."""
