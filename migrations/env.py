"""Alembic's environment: runs migrations on the application's own engine, with batch mode for SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import context
from flask import current_app

from app.extensions import Instant, db
from app.sqlite import one_at_a_time
from app.web.rooms import load_all

config = context.config


def render_item(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Write our own column type as what it is in the database, so that old migrations need no application code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Instant) else False


def compare_type(
    _context: Any, _inspected: Any, _metadata: Any, inspected: Any, declared: Any
) -> bool | None:
    """Moments are DateTime(timezone=True) in every migration."""
    return False if isinstance(declared, Instant) else None


@contextmanager
def alone(connection: Any) -> Iterator[None]:
    """Let nobody else migrate this database meanwhile: who comes second waits, and finds everything done."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_lock(7206)")
        connection.commit()  # the lock is the connection's, not the transaction's
        yield
        return
    database = connection.engine.url.database
    with one_at_a_time(Path(f"{database}.upgrade") if database and database != ":memory:" else None):
        yield


def run() -> None:
    """Migrate inside one transaction."""
    load_all(current_app)  # every room brings its tables: what the models say is compared with what there is
    with db.engine.connect() as connection, alone(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=compare_type,
            **{
                key: value
                for key, value in current_app.extensions["migrate"].configure_args.items()
                if key not in ("render_as_batch", "compare_type")
            },
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
