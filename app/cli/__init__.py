"""The desk's commands: `flask wilayah load`, `flask demo load`, `flask audit verify`, `flask pekerja`, ..."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

GROUPS = (
    "audit",
    "backup",
    "checklists",
    "demo",
    "desk",
    "docs",
    "evidence",
    "migrations",
    "people",
    "regions",
    "stages",
    "worker",
)
"""The modules of this package that bring commands; loaded for a command line only, a server needs none of them."""


def install(app: Flask) -> None:
    """Register every group of commands."""
    for name in GROUPS:
        import_module(f"app.cli.{name}").install(app)
