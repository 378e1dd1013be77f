"""The application. The programs that print papers and read sheets belong to it too, and never load the rest of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application from settings (default: the environment). Makes the data directory and its keys."""
    from app.assembly import assembled

    return assembled(settings)
