"""/ktp-el: the newest figures of a region and of those below it, what is left day by day, who was served where."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.blueprints.identity_cards import view
from app.domain import registers
from app.domain.accounts import Permission
from app.domain.identity_cards import ENROLMENTS, SERVICES
from app.web import reach
from app.web.access import me, requires
from app.web.context import election

bp = Blueprint("identity_cards", __name__)


@bp.get("/ktp-el")
@requires(Permission.REGISTER_READ)
def board() -> ResponseReturnValue:
    """The board of one region (`?wilayah=`)."""
    region = reach.asked_of(ENROLMENTS)
    return render_template(
        "identity_cards/board.html",
        board=view.board_of(region, election().voting_day),
        trail=reach.way_within(registers.roots(me(), ENROLMENTS), region.code),
        books=[
            book
            for book in (ENROLMENTS, SERVICES)
            if region.level in book.levels
            and registers.may(me(), book, Permission.REGISTER_RECORD, region.code)
        ],
    )
