"""/pelaporan/<id>/penagihan: asking a desk for its report, and leave to send it after its lock."""

from __future__ import annotations

import datetime as dt

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.deed import carried_out
from app.blueprints.reports.chasing_forms import ChaseForm, FollowForm, GrantForm
from app.blueprints.reports.routes import bp
from app.domain import clock, regions, reports
from app.domain.accounts import Permission
from app.domain.reports import ReportRow
from app.web import htmx
from app.web.access import current_user, me, requires
from app.web.forms import DeedForm

READ, VERIFY = Permission.REPORT_READ, Permission.REPORT_VERIFY
USUAL = dt.timedelta(hours=24)
"""How long an exception lasts where nobody says otherwise."""


@bp.get("/pelaporan/<int:report_id>/penagihan")
@requires(READ)
def chase_log(report_id: int) -> ResponseReturnValue:
    """How the report was asked for, a text to paste, and the exceptions from its lock."""
    return _page(reports.find(report_id, current_user))


def _page(
    row: ReportRow,
    status: int = 200,
    chase: ChaseForm | None = None,
    grant: GrantForm | None = None,
    overtaken: str = "",
) -> ResponseReturnValue:
    now, zone = clock.now(), regions.zone_of(row.region_code)
    if grant is None:
        grant = GrantForm(formdata=None, data={"until": clock.local(now + USUAL, zone)})
    page = render_template(
        "reports/chasing.html",
        row=row,
        mark=row.mark(now),
        text=reports.reminder_text(row),
        chases=reports.chases_of([row.id]),
        exceptions=reports.exceptions_of([row.id]),
        is_open=row.state in reports.OPEN,
        is_locked=reports.is_locked(row, now),
        may_chase=reports.may_chase(me(), row),
        may_grant=current_user.may(VERIFY) and reports.may_grant(me(), row),
        chase=chase or ChaseForm(formdata=None),
        grant=grant,
        wrong=chase or grant,
        overtaken=overtaken,
        now=now,
        zone=zone,
    )
    return page, status


@bp.post("/pelaporan/<int:report_id>/penagihan")
@requires(READ)
def chase(report_id: int) -> ResponseReturnValue:
    """Note that the desk was asked, and its answer. 409 where the report has come in meanwhile."""
    row, form = reports.find(report_id, current_user), ChaseForm()

    def do() -> None:
        reports.chase(
            row, form.channel.data, whom=form.whom.data or "", answer=form.answer.data, by=current_user
        )
        flash("Penagihan dicatat.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return _page(reports.find(report_id, current_user), status, chase=form, overtaken=overtaken)

    return carried_out(form, do, again) or htmx.see_other(url_for(".chase_log", report_id=report_id))


@bp.post("/pelaporan/<int:report_id>/pengecualian")
@requires(VERIFY)
def grant(report_id: int) -> ResponseReturnValue:
    """Let the report come in after its lock, until a moment. 409 where it is open or an exception is in force."""
    row, form = reports.find(report_id, current_user), GrantForm()

    def do() -> None:
        until = form.until.at(regions.zone_of(row.region_code))
        reports.grant(row, form.reason.data, until, by=current_user)
        flash("Pengecualian diberikan. Laporan yang masuk tetap tercatat terlambat.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return _page(reports.find(report_id, current_user), status, grant=form, overtaken=overtaken)

    return carried_out(form, do, again) or htmx.see_other(url_for(".chase_log", report_id=report_id))


@bp.post("/pelaporan/<int:report_id>/pengecualian/<int:exception_id>/cabut")
@requires(VERIFY)
def end_exception(report_id: int, exception_id: int) -> ResponseReturnValue:
    """Take an exception back before its time. 409 where it is over."""
    row, form = reports.find(report_id, current_user), FollowForm()

    def do() -> None:
        reports.end_exception(row, exception_id, by=current_user)
        flash("Pengecualian dicabut.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return _page(reports.find(report_id, current_user), status, overtaken=overtaken or _said(form))

    return carried_out(form, do, again) or htmx.see_other(url_for(".chase_log", report_id=report_id))


def _said(form: DeedForm) -> str:
    return next((error for field in form for error in field.errors), "")
