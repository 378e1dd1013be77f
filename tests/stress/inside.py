"""The application on an attacked desk's rows, in this process: where a server between would only be slower."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from app import create_app
from app.extensions import db
from config import Settings
from tests.stress.serving import Desk

CLOCK = "2024-11-25T09:00:00+08:00"


@contextmanager
def inside(attacked: Desk) -> Iterator[Flask]:
    """An application context on this desk, at the demo's moment."""
    settings = Settings(mode="demo", data=str(attacked.data), database_url=attacked.url, clock=CLOCK)
    app = create_app(settings)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()
