"""Pages of the checklists room."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("checklists", __name__)
