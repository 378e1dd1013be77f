"""/insiden: the board of incidents, one as a rapid report, and pointing a repeat at the one that counts."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.deed import carried_out
from app.blueprints.incidents.forms import DuplicateForm
from app.domain import incidents, registers
from app.domain.accounts import Permission
from app.domain.errors import NotNow
from app.domain.incidents import INCIDENT_FLOW, INCIDENTS, SEVERITIES
from app.domain.registers import RecordRow
from app.web import htmx, reach
from app.web.access import me, requires

bp = Blueprint("incidents", __name__)


@bp.get("/insiden")
@requires(Permission.REGISTER_READ)
def board() -> ResponseReturnValue:
    """The open incidents of a region and those right below it, the silent ones first."""
    region = reach.asked_of(INCIDENTS)
    drawn = incidents.board_of(region.code, me())
    return render_template(
        "incidents/board.html",
        region=region,
        board=drawn,
        severities=SEVERITIES,
        states=[
            (state.value, words) for state, words in INCIDENT_FLOW.words.items() if drawn.states[state.value]
        ],
        may_record=bool(registers.roots(me(), INCIDENTS, Permission.REGISTER_RECORD)),
    )


def _found(record_id: int) -> RecordRow:
    return registers.find(INCIDENTS, record_id, me())


@bp.get("/insiden/<int:record_id>/kabar")
@requires(Permission.REGISTER_READ)
def message(record_id: int) -> ResponseReturnValue:
    """The rapid report: the incident as a short text without names, to be copied or printed."""
    row = _found(record_id)
    text = incidents.rapid_message(row)
    return render_template("incidents/message.html", row=row, text=text, most=incidents.MOST_SIGNS)


@bp.get("/insiden/<int:record_id>/ulangan")
@requires(Permission.REGISTER_RECORD)
def duplicate_form(record_id: int) -> ResponseReturnValue:
    """The form that says which incident this one repeats."""
    row = _found(record_id)
    _may_point(row)
    return _duplicate(row, DuplicateForm(formdata=None))


def _may_point(row: RecordRow) -> None:
    """Refuse who may not record there (NotAllowed), and a record that does not count any more (NotNow)."""
    registers.mandate(me(), INCIDENTS, Permission.REGISTER_RECORD, row.region_code)
    if row.is_withdrawn:
        raise NotNow("Kejadian ini sudah tidak dihitung. Pulihkan dahulu bila ingin menandainya lagi.")


def _duplicate(
    row: RecordRow, form: DuplicateForm, status: int = 200, overtaken: str = ""
) -> ResponseReturnValue:
    rows = incidents.candidates(row, me())
    page = render_template(
        "incidents/duplicate.html", row=row, form=form.offer(rows), rows=rows, overtaken=overtaken
    )
    return page, status


@bp.post("/insiden/<int:record_id>/ulangan")
@requires(Permission.REGISTER_RECORD)
def duplicate(record_id: int) -> ResponseReturnValue:
    """Take an incident out of the count as one that repeats another. The same sending twice does it once."""
    row = _found(record_id)
    form = DuplicateForm().offer(incidents.candidates(row, me()))
    registers.mandate(me(), INCIDENTS, Permission.REGISTER_RECORD, row.region_code)

    def do() -> None:
        original = incidents.mark_duplicate(row, form.picked(), by=me(), version=form.version.data)
        flash(f"Ditandai sebagai ulangan dari kejadian {original.number}, dan tidak dihitung lagi.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return _duplicate(_found(record_id), form, status, overtaken)

    shown = url_for("registers.show", book=INCIDENTS.key, record_id=record_id)
    return carried_out(form, do, again) or htmx.see_other(shown)
