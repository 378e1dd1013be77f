"""The desk's commands: `flask wilayah load`, `flask demo load`, `flask audit verify`, `flask pekerja`, ..."""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Register every group of commands."""
    from app.cli import (
        audit,
        backup,
        checklists,
        demo,
        desk,
        docs,
        evidence,
        migrations,
        people,
        regions,
        stages,
        worker,
    )

    for module in (
        audit,
        backup,
        checklists,
        demo,
        desk,
        docs,
        evidence,
        migrations,
        people,
        regions,
        stages,
        worker,
    ):
        module.install(app)
