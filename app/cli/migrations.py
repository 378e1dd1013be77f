"""`flask db`: the database's versions, brought by Flask-Migrate and loaded only when somebody asks for it.

A server never migrates; Alembic would take ten megabytes of each of its workers and a tenth of its start.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from flask import Flask

from app.extensions import db


def install(app: Flask) -> None:
    """Register the group."""
    app.cli.add_command(Migrations(app))


def prepare(app: Flask) -> click.Group:
    """Make Flask-Migrate ready for this application, once, and return its group of commands."""
    from flask_migrate import Migrate
    from flask_migrate.cli import db as commands

    if "migrate" not in app.extensions:
        folder = Path(app.root_path).parent / "migrations"  # wherever the command is called from
        Migrate().init_app(app, db, directory=str(folder), render_as_batch=True)
    return commands


class Migrations(click.Command):
    """Stands in for the real group until it is called; then the real one reads the command line."""

    def __init__(self, app: Flask) -> None:
        super().__init__("db", help="Versi basis data (Flask-Migrate).")
        self._app = app

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the real group, which click then invokes."""
        return prepare(self._app).make_context(info_name, args, parent, **extra)
