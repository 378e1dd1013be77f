"""The desk's commands: `flask wilayah load`, `flask demo load`, `flask audit verify`, `flask pekerja`, ..."""

from __future__ import annotations

from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup

GROUPS = (
    "audit",
    "backup",
    "checklists",
    "demo",
    "desk",
    "docs",
    "evidence",
    "migrations",
    "neutrality",
    "people",
    "regions",
    "reports",
    "security",
    "stages",
    "worker",
)
"""The modules of this package that bring commands."""


class Commands(AppGroup):
    """The desk's commands, loaded when a command line first asks for one: a server needs none of them."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app.name)
        self._app = app
        self._loaded = False

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        self._load()
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all."""
        self._load()
        return super().list_commands(ctx)

    def _load(self) -> None:
        if self._loaded:
            return
        self._loaded = True
        for name in GROUPS:
            import_module(f"app.cli.{name}").install(self._app)


def install(app: Flask) -> None:
    """Make the commands known to Flask."""
    app.cli = Commands(app)
