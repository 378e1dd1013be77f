"""How many statements something asks of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from app.extensions import db


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements of the block, in order; an application context is needed."""
    asked: list[str] = []

    def note_down(*seen: object) -> None:
        asked.append(str(seen[2]))

    event.listen(db.engine, "before_cursor_execute", note_down)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note_down)
