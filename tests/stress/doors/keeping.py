"""What the database holds, to be compared before and after."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from sqlalchemy import text

from app.extensions import db
from tests.tables import every_table

OF_THE_RUN = frozenset({"login_session", "login_attempt", "worker_beat"})
"""What changes because somebody is there."""


def rows_of(table: str, where: str = "") -> list[str]:
    """All rows of a table as text, sorted."""
    found = db.session.execute(text(f"SELECT * FROM {table} {where}"))
    return sorted(repr(tuple(row)) for row in found)


def everything(but: Collection[str] = OF_THE_RUN) -> dict[str, str]:
    """Table -> a digest of all its rows."""
    db.session.rollback()
    return {
        table.name: hashlib.sha256("\n".join(rows_of(table.name)).encode()).hexdigest()
        for table in every_table()
        if table.name not in but
    }


def changed(before: dict[str, str]) -> list[str]:
    """The tables that are not as they were."""
    now = everything()
    return [name for name, digest in before.items() if now[name] != digest]
