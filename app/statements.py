"""Statements whose text never changes: written with SQLAlchemy, translated once for each database, run by its driver.

SQLAlchemy looks every statement up in its cache by a key made of the whole expression, and describes every result
anew. For the nine statements of a click that is more than half of what they cost (docs/bench.md); this module does
both once. It writes what was added to the session, runs in the session's transaction, tells the engine's listeners,
and raises SQLAlchemy's errors. Lists for IN are not for here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, TypeVar, cast

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Connection,
    Date,
    Select,
    event,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement
from sqlalchemy.sql.functions import FunctionElement

from app.extensions import DeskSession, db
from app.sqlite import is_write

T = TypeVar("T")
Convert = Callable[[Any], Any]
Fetch = Callable[[Any], Any]
HELD = "desk_connection"
ONE: ColumnClause[int] = literal_column("1")
"""For `limit`: SQLite plans a statement anew at every run whose limit is given beside its text."""


class Fixed:
    """One such statement. Values are given by the names of its `bindparam`s; KeyError for one that is forgotten."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._forms: dict[str, _Form] = {}

    def all(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows."""
        form, rows = self._in_session(values, lambda cursor: cursor.fetchall())
        return [form.read(row) for row in rows] if form.readers else rows

    def first(self, **values: Any) -> tuple[Any, ...] | None:
        """The first row, None where there is none; the statement itself says which is first."""
        form, row = self._in_session(values, lambda cursor: cursor.fetchone())
        return None if row is None else form.read(row)

    def change(self, **values: Any) -> int:
        """Run an insert, update or delete (or take a lock) in the transaction; returns how many rows it touched."""
        return int(self._in_session(values, lambda cursor: cursor.rowcount)[1])

    def told(self, **values: Any) -> tuple[Any, ...] | None:
        """As `change`, of a statement with RETURNING: the row that it gives back, None where it touched none."""
        form, row = self._in_session(values, lambda cursor: cursor.fetchone())
        return None if row is None else form.read(row)

    def _in_session(self, values: dict[str, Any], fetch: Fetch) -> tuple[_Form, Any]:
        session = cast(DeskSession, db.session())
        session.flush()
        return self._run(held_by(session), values, fetch)

    def _run(self, connection: Connection, values: dict[str, Any], fetch: Fetch) -> tuple[_Form, Any]:
        engine = connection.engine
        dialect = engine.dialect
        form = self._forms.get(dialect.name)
        if form is None:
            form = self._forms[dialect.name] = _Form(self._statement, dialect)
        parameters = form.parameters(values)
        held: Any = connection.connection.dbapi_connection
        cursor = None
        try:
            cursor = held.cursor()
            for listener in engine.dispatch.before_cursor_execute:
                listener(engine, cursor, form.text, parameters, None, False)
            if form.takes_turn:
                held.take_turn()
            cursor.execute(form.text, parameters)
            if form.readers is None:
                form.learn(cursor.description, dialect)
            found = fetch(cursor)
        except form.driver_error as error:
            lost = _give_up_if_lost(connection, error, held, cursor)
            raise DBAPIError.instance(
                form.text, parameters, error, form.driver_error, connection_invalidated=lost, dialect=dialect
            ) from error
        finally:
            if cursor is not None:
                cursor.close()
        return form, found


def _give_up_if_lost(connection: Connection, error: Any, held: Any, cursor: Any) -> bool:
    """Whether the database has gone away: then this connection and all that wait in the pool are as dead."""
    if not connection.dialect.is_disconnect(error, held, cursor):
        return False
    connection.invalidate(error)
    connection.engine.dispose()
    return True


def one_of(column: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    """SQL condition of a fixed statement: the column is one of these values (or bound names), none of no values.

    SQLAlchemy writes an IN anew at every run.
    """
    return or_(False, *(column == value for value in values))


def whole(kind: type[Any]) -> Select[Any]:
    """A select of all columns of a table, for `copy_of`."""
    columns: tuple[Any, ...] = tuple(kind.__table__.c)
    return select(*columns)


@lru_cache(maxsize=2_048)
def copy_of(kind: type[T], row: tuple[Any, ...]) -> T:
    """The object of a row of `whole`, for reading only: no session knows it, and whoever reads the same row gets the
    same one, since making it costs as much as reading the row.
    """
    columns = cast(Any, kind).__table__.c
    return kind(**{column.key: value for column, value in zip(columns, row, strict=True)})


class AsItStands(FunctionElement[dt.date]):
    """A column of days that a sum compares in every row, for SQLite without its kind.

    SQLite takes a DATE for a number and tries at each comparison to read one out of both texts, which cost more than
    the sum itself. No index finds a column that is written so.
    """

    type = Date()
    inherit_cache = True


@compiles(AsItStands)
def _column_itself(element: AsItStands, compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(element.clauses, **kw)


@compiles(AsItStands, "sqlite")
def _column_without_affinity(element: AsItStands, compiler: SQLCompiler, **kw: Any) -> str:
    return f"+{compiler.process(element.clauses, **kw)}"


class _Form:
    """A statement as one database takes it: its text, how values go in and how columns come out."""

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101
        if compiled.insert_prefetch or compiled.update_prefetch or compiled.post_compile_params:
            raise ValueError(f"not a fixed statement, SQLAlchemy must help at every run: {compiled}")
        self.text = str(compiled)
        self.takes_turn = dialect.name == "sqlite" and is_write(self.text)
        self.driver_error: type[Exception] = dialect.dbapi.Error  # type: ignore[union-attr]
        self._positional = compiled.positional
        named = {name: bind for bind, name in compiled.bind_names.items()}
        usual = compiled.construct_params(_check=False)
        self._usual = {name: usual[name] for name, bind in named.items() if not bind.required}
        self._given = [
            (name, named[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in (compiled.positiontup if compiled.positional else named) or ()
        ]
        self._columns = list(statement.selected_columns) if isinstance(statement, Select) else []
        self.readers: list[tuple[int, Convert]] | None = None
        """Place of a column -> how its value becomes what the type has; known after the first answer."""

    def learn(self, description: Any, dialect: Dialect) -> None:
        """How columns come out, from what the driver says of its answer: of numbers PostgreSQL's types ask for that."""
        self.readers = []
        for place, column in enumerate(self._columns):
            convert = column.type.dialect_impl(dialect).result_processor(dialect, description[place][1])
            if convert is not None:
                self.readers.append((place, convert))

    def parameters(self, values: dict[str, Any]) -> Any:
        """What the driver is given beside the text."""
        values = {**self._usual, **values}
        if self._positional:
            return [
                values[name] if convert is None else convert(values[name]) for name, convert in self._given
            ]
        return {
            name: values[name] if convert is None else convert(values[name]) for name, convert in self._given
        }

    def read(self, row: Any) -> tuple[Any, ...]:
        """A row of the driver with every value as the column's type has it."""
        if not self.readers:
            return tuple(row)
        values = list(row)
        for place, convert in self.readers:
            values[place] = convert(values[place])
        return tuple(values)


def inserting(table: Any) -> Any:
    """An insert of the database in use, which alone can say what a row does that stands there already.

    Only the dialect that is used is loaded: the other would cost every start of a server as much as a whole blueprint.
    """
    if db.engine.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    return sqlite.insert(table)


def held_by(session: DeskSession) -> Connection:
    """The connection of the session's transaction, which is begun where none is open.

    On SQLite the session's own: its reads need no transaction, and the first write begins one in the driver.
    """
    if session.engine.dialect.name == "sqlite":
        return session.own_connection()
    found: Connection = session.info.get(HELD) or session.connection()
    return found


@event.listens_for(Session, "after_begin")
def _hold(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """Keep the transaction's connection at hand: asking the session for it costs as much as a small statement."""
    session.info[HELD] = connection


@event.listens_for(Session, "after_transaction_end")
def _let_go(session: Session, transaction: SessionTransaction) -> None:
    session.info.pop(HELD, None)
