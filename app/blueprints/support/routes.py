"""/dukungan: what the government lends and grants to the organisers, region by region."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.domain import registers, support
from app.domain.accounts import Permission
from app.domain.support import AGREEMENTS
from app.web import reach
from app.web.access import me, requires

bp = Blueprint("support", __name__)


@bp.get("/dukungan")
@requires(Permission.REGISTER_READ)
def board() -> ResponseReturnValue:
    """Grants by institution, tranches past their day, and target and real of each region (`?wilayah=`)."""
    region = reach.asked_of(AGREEMENTS)
    return render_template(
        "support/board.html",
        region=region,
        board=support.board_of(region.code),
        books=support.REGISTERS,
        may_record=registers.may(me(), AGREEMENTS, Permission.REGISTER_RECORD, region.code),
    )
