"""/pengaturan: the places a person may set, one line each."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.office.places import PLACES
from app.domain.errors import NotAllowed
from app.web.access import current_user, signed_in

bp = Blueprint("office", __name__)


@bp.get("/pengaturan")
@signed_in
def index() -> ResponseReturnValue:
    """What this person may set. Raises NotAllowed for whoever may set nothing."""
    shown = [
        (place.title, url_for(place.endpoint), place.words)
        for place in PLACES
        if current_user.may(place.permission)
    ]
    if not shown:
        raise NotAllowed("Pengaturan dikelola oleh admin desk. Hubungi admin bila ada yang perlu diubah.")
    return render_template("office/index.html", shown=shown)
