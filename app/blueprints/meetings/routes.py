"""/rapat/senin: what a Monday opens with; /rapat/<id>/kehadiran: who came; /kunjungan: how far the visits are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.meetings.forms import AttendanceForm, SheetRow, rows_of, typed_rows
from app.domain import meetings, registers
from app.domain.accounts import Permission
from app.domain.errors import Invalid, NotNow
from app.domain.meetings import FOLLOW_UPS, MEETINGS, PRESENCES, VISITS
from app.domain.registers import RecordRow
from app.extensions import db
from app.web import htmx, reach
from app.web.access import me, requires
from app.web.context import today_in

bp = Blueprint("meetings", __name__)

MOST = 200
"""Follow-ups on one page; the rest is one click away."""


@bp.get("/rapat/senin")
@requires(Permission.REGISTER_READ)
def monday() -> ResponseReturnValue:
    """The open follow-ups of a region (`?wilayah=`), overdue first, and who came to its last Monday meeting."""
    region = reach.asked_of(FOLLOW_UPS)
    rows, today = meetings.open_follow_ups([region.code]), today_in(region.code)
    return render_template(
        "meetings/monday.html",
        region=region,
        rows=[(row, meetings.is_overdue(row, today)) for row in rows[:MOST]],
        total=len(rows),
        late=sum(meetings.is_overdue(row, today) for row in rows),
        last=meetings.last_monday(region.code),
        presences=PRESENCES,
        today=today,
        may_record=registers.may(me(), MEETINGS, Permission.REGISTER_RECORD, region.code),
    )


@bp.get("/kunjungan")
@requires(Permission.REGISTER_READ)
def visits() -> ResponseReturnValue:
    """Which of the regions right below one (`?wilayah=`) were visited, will be, or not yet."""
    region = reach.asked_of(VISITS)
    return render_template(
        "meetings/visits.html",
        region=region,
        coverage=meetings.coverage(region.code),
        may_record=registers.may(me(), VISITS, Permission.REGISTER_RECORD, region.code),
    )


def _meeting(record_id: int) -> RecordRow:
    """A meeting whose attendance the person may record. Raises NotFound and NotAllowed."""
    row = registers.find(MEETINGS, record_id, me())
    registers.mandate(me(), MEETINGS, Permission.REGISTER_RECORD, row.region_code)
    return row


def _sheet(
    row: RecordRow,
    rows: Sequence[SheetRow],
    status: int = 200,
    form: AttendanceForm | None = None,
    overtaken: str = "",
) -> ResponseReturnValue:
    wrong = [(f"hadir-{one.code}", one.error) for one in rows if one.error]
    wrong += [("", text) for text in (form.form_errors if form else ())]
    page = render_template(
        "meetings/attendance.html", row=row, rows=rows, wrong=wrong, presences=PRESENCES, overtaken=overtaken
    )
    return page, status


@bp.get("/rapat/<int:record_id>/kehadiran")
@requires(Permission.REGISTER_RECORD)
def attendance(record_id: int) -> ResponseReturnValue:
    """The sheet on which the presence of every region right below is said at once."""
    row = _meeting(record_id)
    return _sheet(row, rows_of(meetings.sheet_of(row)))


@bp.post("/rapat/<int:record_id>/kehadiran")
@requires(Permission.REGISTER_RECORD)
def attend(record_id: int) -> ResponseReturnValue:
    """Keep the sheet as a whole or not at all. The same sending twice keeps it once."""
    row = _meeting(record_id)
    lines, form = meetings.sheet_of(row), AttendanceForm()
    rows, said = typed_rows(lines)
    if not form.validate() or any(one.error for one in rows):
        return _sheet(row, rows, 422, form)
    try:
        if form.is_first_sending():
            changed = meetings.attend(row, said, by=me())
            flash(f"{changed} kehadiran tersimpan." if changed else "Tidak ada yang berubah.", "ok")
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        return _sheet(row, _with_errors(rows, refusal.fields), 422, form)
    except NotNow as refusal:
        db.session.rollback()
        return _sheet(row, rows_of(meetings.sheet_of(row)), 409, overtaken=refusal.message)
    return htmx.see_other(url_for("registers.show", book=MEETINGS.key, record_id=record_id))


def _with_errors(rows: Sequence[SheetRow], fields: Mapping[str, str]) -> list[SheetRow]:
    return [replace(one, error=fields.get(one.code, "")) for one in rows]
