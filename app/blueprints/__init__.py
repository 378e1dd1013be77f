"""What the browser asks: one package a room, loaded when somebody first asks for one of its addresses."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from app.web import rooms


def install(app: Flask) -> None:
    """Make the addresses of every package here with a `routes` module known to the application."""
    rooms.install(app, Path(__file__).parent, __name__)
