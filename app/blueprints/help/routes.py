"""/bantuan: the short guide inside the application; the long one lies in docs/panduan."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.web.access import signed_in

bp = Blueprint("help", __name__)


@bp.get("/bantuan")
@signed_in
def index() -> ResponseReturnValue:
    """What a desk member must know on the first day."""
    return render_template("help/index.html")
