"""/pelaporan/irama/terkunci: for whoever arranges reports, what locked unsent, and leave to send it still."""

from __future__ import annotations

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.deed import carried_out
from app.blueprints.reports.chasing import USUAL
from app.blueprints.reports.chasing_forms import GrantForm
from app.blueprints.reports.rhythm import ARRANGE, arranged_region
from app.blueprints.reports.routes import bp
from app.blueprints.reports.tasks import title_of
from app.domain import clock, regions, reports
from app.domain.reports import ReportRow
from app.web import htmx
from app.web.access import current_user, me, requires
from app.web.context import election


@bp.get("/pelaporan/irama/terkunci")
@requires(ARRANGE)
def locked() -> ResponseReturnValue:
    """What locked in the last two weeks and never came, in a region (`?wilayah=`) and below it."""
    region = arranged_region()
    rows = reports.locked_in(me(), election(), [region.code])
    now = clock.now()
    allowed = {
        one.report_id: one for one in reports.exceptions_of([row.id for row in rows]) if one.is_in_force(now)
    }
    return render_template(
        "reports/locked.html",
        region=region,
        rows=rows,
        allowed=allowed,
        title_of=title_of,
        zone=regions.zone_of(region.code),
    )


@bp.get("/pelaporan/irama/terkunci/<int:report_id>")
@requires(ARRANGE)
def look_at_lock(report_id: int) -> ResponseReturnValue:
    """The form that lets one report come in; nothing is granted."""
    row = reports.find_arranged(report_id, me())
    zone = regions.zone_of(row.region_code)
    return _page(row, GrantForm(formdata=None, data={"until": clock.local(clock.now() + USUAL, zone)}))


def _page(row: ReportRow, form: GrantForm, status: int = 200, overtaken: str = "") -> ResponseReturnValue:
    page = render_template(
        "reports/lock.html",
        row=row,
        name=title_of(row),
        form=form,
        overtaken=overtaken,
        zone=regions.zone_of(row.region_code),
    )
    return page, status


@bp.post("/pelaporan/irama/terkunci/<int:report_id>")
@requires(ARRANGE)
def open_lock(report_id: int) -> ResponseReturnValue:
    """Grant an exception. 409 where the report is open, has come in, or has one already."""
    row, form = reports.find_arranged(report_id, me()), GrantForm()

    def do() -> None:
        until = form.until.at(regions.zone_of(row.region_code))
        reports.grant(row, form.reason.data, until, by=current_user)
        flash("Pengecualian diberikan. Laporan yang masuk tetap tercatat terlambat.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return _page(row, form, status, overtaken)

    return carried_out(form, do, again) or htmx.see_other(url_for(".locked"))
