"""Pages of the stages room."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("stages", __name__)
