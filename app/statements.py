"""Statements whose text never changes: written with SQLAlchemy, translated once for each database, run by its driver.

SQLAlchemy looks every statement up in its cache by a key made of the whole expression, and describes every result
anew. For the nine statements of a click that is more than half of what they cost (docs/bench.md); this module does
both once. It runs on the session's own connection and in its transaction, after writing what was added to the
session, tells SQLAlchemy's listeners, and raises SQLAlchemy's errors. Lists for IN are not for here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Select, event
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement

from app.extensions import db

Convert = Callable[[Any], Any]
HELD = "desk_connection"


class Fixed:
    """One such statement. Values are given by the names of its `bindparam`s; KeyError for one that is forgotten."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._forms: dict[str, _Form] = {}

    def all(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows."""
        form, cursor = self._run(values)
        rows = cursor.fetchall()
        cursor.close()
        return [form.read(row) for row in rows] if form.readers else rows

    def first(self, **values: Any) -> tuple[Any, ...] | None:
        """The first row, None where there is none; the statement itself says which is first."""
        form, cursor = self._run(values)
        row = cursor.fetchone()
        cursor.close()
        return None if row is None else form.read(row)

    def change(self, **values: Any) -> int:
        """Run an insert, update or delete; returns how many rows it touched."""
        _, cursor = self._run(values)
        touched = int(cursor.rowcount)
        cursor.close()
        return touched

    def _run(self, values: dict[str, Any]) -> tuple[_Form, Any]:
        session = db.session()
        session.flush()
        connection: Connection = session.info.get(HELD) or session.connection()
        dialect = connection.dialect
        form = self._forms.get(dialect.name)
        if form is None:
            form = self._forms[dialect.name] = _Form(self._statement, dialect)
        parameters = form.parameters(values)
        held: Any = connection.connection.dbapi_connection
        cursor = held.cursor()
        for listener in connection.dispatch.before_cursor_execute:
            listener(connection, cursor, form.text, parameters, None, False)
        try:
            dialect.do_execute(cursor, form.text, parameters)
        except form.driver_error as error:
            cursor.close()
            raise DBAPIError.instance(
                form.text, parameters, error, form.driver_error, dialect=dialect
            ) from error
        return form, cursor


class _Form:
    """A statement as one database takes it: its text, how values go in and how columns come out."""

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101
        if compiled.insert_prefetch or compiled.update_prefetch or compiled.post_compile_params:
            raise ValueError(f"not a fixed statement, SQLAlchemy must help at every run: {compiled}")
        self.text = str(compiled)
        self.driver_error: type[Exception] = dialect.dbapi.Error  # type: ignore[union-attr]
        self._positional = compiled.positional
        named = {name: bind for bind, name in compiled.bind_names.items()}
        usual = compiled.construct_params(_check=False)
        self._usual = {name: usual[name] for name, bind in named.items() if not bind.required}
        self._given = [
            (name, named[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in (compiled.positiontup if compiled.positional else named) or ()
        ]
        self.readers: list[tuple[int, Convert]] = []
        for place, column in enumerate(statement.selected_columns if isinstance(statement, Select) else ()):
            convert = column.type.dialect_impl(dialect).result_processor(dialect, None)
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


@event.listens_for(Session, "after_begin")
def _hold(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """Keep the transaction's connection at hand: asking the session for it costs as much as a small statement."""
    session.info[HELD] = connection


@event.listens_for(Session, "after_transaction_end")
def _let_go(session: Session, transaction: SessionTransaction) -> None:
    session.info.pop(HELD, None)
