"""All tables of the desk: a room brings its own when it is loaded, so whoever looks at all loads every room first."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import Table

from app.extensions import db
from app.web.rooms import load_all


def every_table() -> list[Table]:
    """In an order in which none refers to a later one; asked in an application context."""
    load_all(current_app)
    return db.metadata.sorted_tables
