"""Pages of the papers room."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("papers", __name__)
