"""/keamanan: personnel, polling stations, published vulnerability and risks; and a risk that came true."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.deed import carried_out
from app.blueprints.security.forms import CameTrueForm
from app.domain import registers, security
from app.domain.accounts import Permission
from app.domain.errors import NotNow
from app.domain.registers import RecordRow
from app.domain.security import (
    DATASETS,
    DEGREES,
    INSTITUTIONS,
    LEVELS,
    PERSONNEL,
    RISKS,
    STATION_CLASSES_OF,
    RiskVerb,
)
from app.web import htmx, reach
from app.web.access import me, requires
from app.web.context import today_in

bp = Blueprint("security", __name__)


@bp.get("/keamanan")
@requires(Permission.REGISTER_READ)
def board() -> ResponseReturnValue:
    """Who protects which polling stations, what is published of vulnerability, and what may happen."""
    region = reach.asked_of(PERSONNEL)
    return render_template(
        "security/board.html",
        region=region,
        board=security.board_of(region.code),
        datasets=DATASETS,
        institutions=INSTITUTIONS,
        station_classes=STATION_CLASSES_OF,
        levels=LEVELS,
        degrees=DEGREES,
        may_record=bool(registers.roots(me(), PERSONNEL, Permission.REGISTER_RECORD)),
    )


def _found(record_id: int) -> RecordRow:
    return registers.find(RISKS, record_id, me())


@bp.get("/keamanan/risiko/<int:record_id>/terjadi")
@requires(Permission.REGISTER_RECORD)
def came_true_form(record_id: int) -> ResponseReturnValue:
    """The form that says which incident a risk became."""
    row = _found(record_id)
    registers.mandate(me(), RISKS, Permission.REGISTER_RECORD, row.region_code)
    if RiskVerb.COME_TRUE not in registers.open_steps(row, me()):
        raise NotNow("Risiko ini sudah terjadi, ditutup, atau dibatalkan. Lihat keadaannya sekarang.")
    form = CameTrueForm(formdata=None)
    form.done_on.data = today_in(row.region_code)
    return _page(row, form)


def _page(row: RecordRow, form: CameTrueForm, status: int = 200, overtaken: str = "") -> ResponseReturnValue:
    rows = security.incidents_to_choose(row, me())
    page = render_template(
        "security/came_true.html", row=row, form=form.offer(rows), rows=rows, overtaken=overtaken
    )
    return page, status


@bp.post("/keamanan/risiko/<int:record_id>/terjadi")
@requires(Permission.REGISTER_RECORD)
def came_true(record_id: int) -> ResponseReturnValue:
    """Say that a risk came true, and tie it to its incident. The same sending twice does it once."""
    row = _found(record_id)
    form = CameTrueForm().offer(security.incidents_to_choose(row, me()))
    registers.mandate(me(), RISKS, Permission.REGISTER_RECORD, row.region_code)

    def do() -> None:
        security.came_true(row, form.picked(), form.said(), by=me(), version=form.version.data)
        flash("Tercatat: risiko ini terjadi dan dihubungkan dengan kejadiannya.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return _page(_found(record_id), form, status, overtaken)

    shown = url_for("registers.show", book=RISKS.key, record_id=record_id)
    return carried_out(form, do, again) or htmx.see_other(shown)
