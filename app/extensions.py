"""The Flask extensions, made once and bound to the application in create_app()."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Connection, DateTime, Engine, Index, MetaData, String, Table, text
from sqlalchemy.dialects import registry as dialects
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

import app.sqlite  # noqa: F401  (registers the sqlite+desk dialect)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[dt.datetime]):
    """An aware UTC moment on every database; SQLite alone would hand back naive ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


RegionCode = String(13).with_variant(String(13, collation="C"), "postgresql")
"""Codes compare byte by byte everywhere, so that a subtree is one index range."""


def unique_where(condition: str, name: str, *columns: str) -> Index:
    """A unique index over the rows for which the condition holds, as a model states it.

    Said for SQLite alone, though the migrations, which make the tables, say it for both: a model that names PostgreSQL
    makes every server load that dialect, a twentieth of its start.
    """
    return Index(name, *columns, unique=True, sqlite_where=text(condition))


class Base(DeclarativeBase):
    """Typed base of all tables; the registry carries the map because Flask-SQLAlchemy refuses one on the class.

    The modules that declare tables leave out `from __future__ import annotations`: it makes text of the type of each of
    four hundred columns, and SQLAlchemy would translate them all again, a tenth of a server's start.
    """

    if TYPE_CHECKING:
        __table__: ClassVar[Table]

    registry = registry(
        type_annotation_map={dt.datetime: Instant()}, metadata=MetaData(naming_convention=NAMING)
    )


class DeskSession(Session):
    """On SQLite a session works by one connection until it is closed, reading outside a transaction and writing in one.

    Nobody waits there for a connection that reads; asking the pool anew for each transaction and for what is read
    before and after it would cost a click as much as its writing. Where only fixed statements wrote
    (app/statements.py), the transaction is the driver's alone: SQLAlchemy's own around it is a thirtieth of a click.
    """

    _engine: Engine | None = None
    _own: Connection | None = None

    @property
    def engine(self) -> Engine:
        """The database; asking Flask-SQLAlchemy for it costs as much as a small statement."""
        if self._engine is None:
            self._engine = db.engine
        return self._engine

    def own_connection(self) -> Connection:
        """The connection of this session alone, which reads what stands there now where no transaction was begun."""
        if self._own is None:
            self._own = self.engine.connect()
        return self._own

    def get_bind(
        self, mapper: Any = None, clause: Any = None, bind: Engine | Connection | None = None, **kwargs: Any
    ) -> Engine | Connection:
        """What a transaction is begun on."""
        if bind is not None:
            return bind
        return self.own_connection() if self.engine.dialect.name == "sqlite" else self.engine

    def commit(self) -> None:
        """Keep what was written. Raises SQLAlchemy's DBAPIError where the database does not let us."""
        if self._own is None:
            super().commit()
        elif self.in_transaction():
            self.connection()  # so that what the driver has begun by itself is part of it
            super().commit()
        else:
            self._commit_by_driver(self._own)

    def _commit_by_driver(self, own: Connection) -> None:
        dialect = own.dialect
        try:
            dialect.do_commit(_driver_of(own))
        except dialect.loaded_dbapi.Error as error:
            raise DBAPIError.instance(
                "COMMIT", (), error, dialect.loaded_dbapi.Error, dialect=dialect
            ) from error
        self.dispatch.after_commit(self)

    def rollback(self) -> None:
        """Undo what was written since the last commit."""
        super().rollback()
        if self._own is not None and _driver_of(self._own).has_turn:
            self._own.dialect.do_rollback(_driver_of(self._own))
            self.dispatch.after_rollback(self)

    def close(self) -> None:
        """End the session; its connection goes back to the pool."""
        super().close()
        if self._own is not None:
            own, self._own = self._own, None
            own.close()


def _driver_of(own: Connection) -> Any:
    """The driver's connection (app/sqlite.py) behind SQLAlchemy's."""
    return own.connection.dbapi_connection


# By name, so that whoever has SQLite loads neither psycopg nor its dialect.
dialects.register("postgresql.psycopg", "app.postgresql", "DeskPostgreSQLDialect")

db = SQLAlchemy(
    model_class=Base,
    session_options={"expire_on_commit": False, "class_": DeskSession},
    # The connection used last is taken first: what SQLite still has of the database is then the newest.
    engine_options={"pool_size": 20, "max_overflow": 20, "pool_pre_ping": False, "pool_use_lifo": True},
)
login = LoginManager()
csrf = CSRFProtect()


if TYPE_CHECKING:
    Model = Base
else:
    Model: Any = db.Model


@contextmanager
def one_moment() -> Iterator[None]:
    """Every read inside sees the database as it was at the first one, whatever others commit meanwhile.

    For papers, whose figures must agree with each other. Rolls back what the session had begun, and at the end;
    a write inside is an error of the database. Readers hold up no writer, on neither database.
    """
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        connection = db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    else:
        db.session.connection().exec_driver_sql("BEGIN")
    try:
        yield
    finally:
        db.session.rollback()
