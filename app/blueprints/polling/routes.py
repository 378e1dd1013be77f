"""/pemungutan: how far voting is in a region and in those below it, and how it came there hour by hour."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.blueprints.polling import view
from app.domain import registers
from app.domain.accounts import Permission
from app.domain.polling import COUNTS
from app.web import reach
from app.web.access import me, requires
from app.web.context import election

bp = Blueprint("polling", __name__)


@bp.get("/pemungutan")
@requires(Permission.REGISTER_READ)
def board() -> ResponseReturnValue:
    """The board of one region (`?wilayah=`)."""
    region = reach.asked_of(COUNTS)
    return render_template(
        "polling/board.html",
        board=view.board_of(region),
        book=COUNTS,
        trail=reach.way_within(registers.roots(me(), COUNTS), region.code),
        voting_day=election().voting_day,
        may_record=region.level in COUNTS.levels
        and registers.may(me(), COUNTS, Permission.REGISTER_RECORD, region.code),
    )
