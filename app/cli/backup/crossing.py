"""A desk that moves from SQLite to PostgreSQL: tables by the migrations, rows as the models say, every one compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Table, create_engine, func, select, text
from sqlalchemy.exc import DBAPIError

from app.cli.edge import NotDone
from app.extensions import db

AT_ONCE = 2_000
"""Rows held in memory at one time."""
ALL = 2**256


def cross(app: Flask, source: Path) -> None:
    """Fill the empty PostgreSQL of this application from a SQLite file of the same migration, and compare every row.

    Raises NotDone with the first table that does not come over; the database is empty again then.
    """
    from flask_migrate import downgrade, upgrade

    from app.cli.migrations import prepare

    prepare(app)
    upgrade()  # this also loads every room, so that the models below are all there
    old = create_engine(f"sqlite+desk:///{source}")
    try:
        with old.connect() as reading, db.engine.begin() as writing:
            for table in db.metadata.sorted_tables:
                _bring(table, reading, writing)
            for table in db.metadata.sorted_tables:
                _go_on_counting(table, writing)
    except BaseException:
        downgrade(revision="base")
        with db.engine.begin() as connection:
            connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        raise
    finally:
        old.dispose()
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def tally(connection: Connection, table: Table) -> tuple[int, int]:
    """How many rows a table has, and a sum over all of them that no order changes: equal on both databases."""
    return _tallied(_rows(connection, table))


def _bring(table: Table, reading: Connection, writing: Connection) -> None:
    try:
        _copy(table, _rows(reading, table), writing)
    except DBAPIError as error:
        raise _not_over(table, str(error.orig).splitlines()[0]) from None
    except Exception as error:  # psycopg's own, while the rows go over
        raise _not_over(table, str(error).splitlines()[0]) from None
    if tally(reading, table) != tally(writing, table):
        raise _not_over(table, "barisnya tidak sama")


def _not_over(table: Table, why: str) -> NotDone:
    return NotDone(f"Tabel {table.name} tidak dapat dipindahkan ({why}). Basis data tujuan dikosongkan lagi.")


def _copy(table: Table, rows: Iterator[tuple[Any, ...]], writing: Connection) -> None:
    """COPY checks what refers to other rows of the same table when all have come."""
    dialect = writing.dialect
    turned = [c.type.dialect_impl(dialect).bind_processor(dialect) for c in table.c]
    quote = dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in table.c)
    driver: Any = writing.connection.driver_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {quote(table.name)} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([turn(value) if turn else value for turn, value in zip(turned, row, strict=True)])


def _rows(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    with connection.execute(select(table), execution_options={"yield_per": AT_ONCE}) as found:
        for row in found:
            yield tuple(row)


def _tallied(rows: Iterator[tuple[Any, ...]]) -> tuple[int, int]:
    count, whole = 0, 0
    for row in rows:
        said = repr([value.normalize() if isinstance(value, Decimal) else value for value in row])
        whole = (whole + int.from_bytes(hashlib.sha256(said.encode()).digest(), "big")) % ALL
        count += 1
    return count, whole


def _go_on_counting(table: Table, writing: Connection) -> None:
    """The next row gets the number after the highest that came over."""
    column = table.autoincrement_column
    if column is None:
        return
    series = writing.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
    highest = writing.scalar(select(func.max(column)))
    if series and highest:
        writing.execute(select(func.setval(series, highest)))
