"""Pages of the desk room."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("desk", __name__)
