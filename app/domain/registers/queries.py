"""Reading records: a page of a list with its sums, one record, its steps, and everything that matches a search."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, inspect, literal, select, union_all

from app.domain import clock
from app.domain.accounts import Person
from app.domain.errors import NotFound
from app.domain.regions import below_given, contains, given, subtree, zone_of
from app.domain.registers.columns import Values
from app.domain.registers.counted import counting, of_election
from app.domain.registers.models import RegisterMove
from app.domain.registers.reach import roots, visible
from app.domain.registers.register import Register
from app.domain.registers.searching import has_words, matching
from app.domain.registers.silence import Silence, Silences
from app.extensions import db
from app.statements import Fixed
from app.words import kapital


@dataclass(frozen=True)
class Filters:
    """What narrows a list; empty or None means no limit. `until` is in."""

    region: str = ""
    text: str = ""
    state: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    picks: Mapping[str, str] = field(default_factory=dict)
    """Column -> value, of the register's own choices."""
    parents: Mapping[str, int] = field(default_factory=dict)
    """Column -> number of the record that it belongs to."""
    with_withdrawn: bool = False


class RecordRow(NamedTuple):
    """One record as it stands."""

    register: Register
    id: int
    number: str
    region_code: str
    region_name: str
    values: Values
    parents: Mapping[str, int | None]
    state: str
    state_since: dt.date
    silence: Silence
    version: int
    recorded_at: dt.datetime
    recorded_by: int
    recorded_by_name: str
    changed_at: dt.datetime
    withdrawn_reason: str
    is_withdrawn: bool

    @property
    def title(self) -> str:
        """What it is called: its best column, or its number."""
        column = self.register.by_name.get(self.register.name)
        said = column.words(self.values[column.name]) if column else ""
        return said or f"{kapital(self.register.one)} {self.number}"

    @property
    def state_words(self) -> str:
        """Where it stands, in words."""
        return self.register.state_words(self.state)

    @property
    def has_ended(self) -> bool:
        """Whether it counts no more, or its flow has come to an end."""
        flow = self.register.flow
        return self.is_withdrawn or (flow is not None and flow.state(self.state) in flow.ended)


class Listed(NamedTuple):
    """One page of records, and what all that match add up to."""

    rows: list[RecordRow]
    total: int
    sums: Mapping[str, tuple[int, int]]
    """Column -> (sum of what is known, records where it is not known)."""


def listed(
    register: Register, person: Person, filters: Filters, *, page: int = 1, per_page: int = 50
) -> Listed:
    """The records of this person's reach that match, the latest day first.

    A region out of reach is NotFound. A page after the last one is empty. At most four statements.
    """
    model, where = register.model, _where(register, person, filters)
    sums: list[ColumnElement[Any]] = []
    for column in register.summed:
        attribute = getattr(model, column.name)
        sums += [func.coalesce(func.sum(attribute), 0), func.count() - func.count(attribute)]
    total, *found = db.session.execute(select(func.count(), *sums).where(where)).one()
    query = (
        select(model).where(where).order_by(*_order(register)).limit(per_page).offset((page - 1) * per_page)
    )
    records = list(db.session.scalars(query.execution_options(populate_existing=True))) if total else []
    numbers = [int(number) for number in found]
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    named = dict(zip((column.name for column in register.summed), pairs, strict=True))
    return Listed(rows_of(register, records), int(total), named)


def pages_matching(
    register: Register, person: Person, filters: Filters, *, at_once: int = 1_000
) -> Iterator[list[RecordRow]]:
    """Every record that matches now, newest first, in pages: memory grows by eight bytes a record.

    Between two pages the caller may end the session's transaction. What is recorded meanwhile is not among them, what
    is withdrawn or goes out of reach meanwhile not either. A region out of reach is NotFound, at once.
    """
    model, where = register.model, _where(register, person, filters)
    # The numbers first, once: a page that asked for what follows would have the database sort all the rest each time.
    query = select(model.id).where(where).order_by(model.id.desc())
    ids = array("q", db.session.scalars(query.execution_options(yield_per=10_000)))
    return _pages(register, where, ids, at_once)


def _pages(
    register: Register, where: ColumnElement[bool], ids: array[int], at_once: int
) -> Iterator[list[RecordRow]]:
    model = register.model
    for start in range(0, len(ids), at_once):
        query = select(model).where(model.id.in_(ids[start : start + at_once]), where)
        rows = rows_of(register, list(db.session.scalars(query.order_by(model.id.desc()))))
        db.session.expunge_all()
        yield rows


def all_matching(register: Register, person: Person, filters: Filters) -> Iterator[RecordRow]:
    """The same record by record."""
    for rows in pages_matching(register, person, filters):
        yield from rows


def find(register: Register, record_id: int, person: Person) -> RecordRow:
    """One record of this person's reach. Raises NotFound for any other."""
    model = register.model
    query = select(model).where(model.id == record_id, visible(register, person))
    record = db.session.scalar(query.execution_options(populate_existing=True))
    if record is None:
        raise NotFound(f"{register.title}: catatan itu tidak ada atau di luar wilayah penugasan Anda.")
    return rows_of(register, [record])[0]


def records_in(register: Register, codes: Sequence[str]) -> list[RecordRow]:
    """All records that count in these subtrees, whoever asks: for totals, boards and reports. Newest first."""
    if not codes:
        return []
    statement, stored = _all_in(register, len(codes))
    return rows_of(register, [stored._make(row) for row in statement.all(**given(codes))])


@lru_cache(maxsize=256)
def _all_in(register: Register, number: int) -> tuple[Fixed, Any]:
    """All that counts in so many subtrees, and the tuple that has a record's names."""
    model = register.model
    columns, stored_row = stored(model)
    query = select(*columns).where(counting(model), below_given(model.region_code, number))
    return Fixed(query.order_by(model.id.desc())), stored_row


def stored(model: Any) -> tuple[tuple[Any, ...], Any]:
    """All columns of a register's records, for a statement that is translated once, and the tuple that has their names:
    `rows_of` takes such tuples.
    """
    names = [attribute.key for attribute in inspect(model).column_attrs]
    return tuple(getattr(model, name) for name in names), namedtuple("Stored", names)


def moves_of(row: RecordRow) -> list[RegisterMove]:
    """The steps of a record, in their order."""
    query = (
        select(RegisterMove)
        .where(RegisterMove.subject_kind == row.register.subject, RegisterMove.record_id == row.id)
        .order_by(RegisterMove.id)
    )
    return list(db.session.scalars(query))


class Hit(NamedTuple):
    """A record that matches a search over all registers."""

    register: Register
    row: RecordRow


def search(registers: Sequence[Register], person: Person, text: str, *, limit: int = 50) -> list[Hit]:
    """The newest records of any of the registers that hold every word of the text, by word forms too.

    Nothing for a text without words. One statement finds them, one more for each register that has any.
    """
    if not has_words(text):
        return []
    parts = [
        select(
            literal(register.key).label("key"),
            register.model.id.label("id"),
            register.model.changed_at.label("at"),
        ).where(
            counting(register.model),
            visible(register, person),
            matching(register.model.search_words, text),
        )
        for register in registers
    ]
    if not parts:
        return []
    found = union_all(*parts).subquery()
    query = select(found.c.key, found.c.id).order_by(found.c.at.desc(), found.c.id.desc()).limit(limit)
    order = [(key, number) for key, number in db.session.execute(query)]
    rows: dict[tuple[str, int], RecordRow] = {}
    for register in registers:
        ids = [number for key, number in order if key == register.key]
        if ids:
            model = register.model
            records = list(db.session.scalars(select(model).where(model.id.in_(ids))))
            rows |= {(register.key, row.id): row for row in rows_of(register, records)}
    return [Hit(rows[one].register, rows[one]) for one in order if one in rows]


def _where(register: Register, person: Person, filters: Filters) -> ColumnElement[bool]:
    model = register.model
    if filters.region and not any(contains(root, filters.region) for root in roots(person, register)):
        raise NotFound("Wilayah itu tidak ada atau di luar penugasan Anda.")
    parts = [visible(register, person), of_election(model)]
    if filters.region:
        parts.append(subtree(model.region_code, filters.region))
    if not filters.with_withdrawn:
        parts.append(counting(model))
    if filters.text:
        parts.append(matching(model.search_words, filters.text))
    if filters.state:
        parts.append(model.state == filters.state)
    parts += [getattr(model, name) == value for name, value in {**filters.picks, **filters.parents}.items()]
    if register.day and filters.since:
        parts.append(getattr(model, register.day) >= filters.since)
    if register.day and filters.until:
        parts.append(getattr(model, register.day) <= filters.until)
    return and_(*parts)


def _order(register: Register) -> list[Any]:
    model = register.model
    if not register.day:
        return [model.id.desc()]
    return [func.coalesce(getattr(model, register.day), dt.date(1900, 1, 1)).desc(), model.id.desc()]


def rows_of(register: Register, records: Sequence[Any]) -> list[RecordRow]:
    """Stored records as they are shown. One statement where days off matter, else none."""
    silences = Silences(
        register, [(record.region_code, record.state, record.state_since) for record in records]
    )
    return [
        RecordRow(
            register,
            record.id,
            f"{record.number}/{record.year}",
            record.region_code,
            record.region_name,
            {column.name: getattr(record, column.name) for column in register.columns},
            {name: getattr(record, name) for name in register.parents},
            record.state,
            record.state_since,
            silences.of(record.region_code, record.state, record.state_since),
            record.version,
            record.recorded_at,
            record.recorded_by,
            record.recorded_by_name,
            record.changed_at,
            record.withdrawn_reason,
            record.withdrawn_at is not None,
        )
        for record in records
    ]


def today_in(region: str) -> dt.date:
    """The calendar day in a region."""
    return clock.today(zone_of(region))
