"""/pelaporan/sewaktu: asking a desk for a report on how things stand at a chosen moment."""

from __future__ import annotations

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.deed import carried_out
from app.blueprints.reports.chasing_forms import BriefForm
from app.blueprints.reports.routes import bp
from app.domain import clock, regions, reports
from app.domain.accounts import Permission
from app.domain.regions import RegionRow
from app.web import htmx, reach
from app.web.access import current_user, me, requires

READ = Permission.REPORT_READ


@bp.get("/pelaporan/sewaktu")
@requires(READ)
def look_at_brief() -> ResponseReturnValue:
    """The form: what for, and as of when; of the region asked for (`?wilayah=`)."""
    region = _asked()
    zone = regions.zone_of(region.code)
    return _page(region, BriefForm(formdata=None, data={"moment": clock.local(clock.now(), zone)}))


def _asked() -> RegionRow:
    return regions.find(reach.asked_region(READ))


def _page(region: RegionRow, form: BriefForm, status: int = 200, overtaken: str = "") -> ResponseReturnValue:
    zone = clock.abbreviation(regions.zone_of(region.code))
    page = render_template(
        "reports/brief.html",
        region=region,
        form=form,
        zone=zone,
        may_ask=reports.may_ask(me(), region.code),
        overtaken=overtaken,
    )
    return page, status


@bp.post("/pelaporan/sewaktu")
@requires(READ)
def make_brief() -> ResponseReturnValue:
    """Make the report; the desk then writes it like any other."""
    region, form = _asked(), BriefForm()

    def do() -> None:
        moment = form.moment.at(regions.zone_of(region.code))
        reports.make_brief(region.code, form.title.data or "", moment, by=current_user)
        flash("Laporan sewaktu disiapkan dan menunggu ditulis.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return _page(region, form, status, overtaken)

    return carried_out(form, do, again) or htmx.see_other(
        url_for(".index", wilayah=region.code, jenis="sewaktu")
    )
