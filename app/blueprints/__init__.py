"""What the browser asks: one package a room, loaded when somebody first asks for one of its addresses."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from app.web import rooms

OPEN_TO_ALL = frozenset(
    {
        "auth.enter",
        "auth.sign_in",
        "auth.code",
        "auth.check_code",
        "health.alive",
        "health.measure",
        "health.ready",
        "reports.ask_code",
        "reports.compare_any",
        "reports.compare_with",
        "reports.show_code",
    }
)
"""What answers somebody who is not signed in, one by one; the application does not start with any other."""


def install(app: Flask) -> None:
    """Make the addresses of every package here with a `routes` module known to the application."""
    rooms.install(app, Path(__file__).parent, __name__, OPEN_TO_ALL)
