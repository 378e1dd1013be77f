"""/sosialisasi: which kecamatan were reached, for whom, and what is said of participation."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.blueprints.outreach import view
from app.domain import registers
from app.domain.accounts import Permission
from app.domain.outreach import EVENTS, RACES, TURNOUT, TURNOUT_KINDS
from app.web import reach
from app.web.access import me, requires

bp = Blueprint("outreach", __name__)


@bp.get("/sosialisasi")
@requires(Permission.REGISTER_READ)
def board() -> ResponseReturnValue:
    """The board of one region (`?wilayah=`)."""
    region = reach.asked_of(EVENTS)
    return render_template(
        "outreach/board.html",
        board=view.board_of(region),
        trail=reach.way_within(registers.roots(me(), EVENTS), region.code),
        kinds=TURNOUT_KINDS,
        races=RACES,
        books=[
            book
            for book in (EVENTS, TURNOUT)
            if region.level in book.levels
            and registers.may(me(), book, Permission.REGISTER_RECORD, region.code)
        ],
    )
