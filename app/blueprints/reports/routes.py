"""/pelaporan: what a desk owes upward."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.domain import clock, regions, reports
from app.domain.accounts import Permission
from app.web import reach
from app.web.access import current_user, requires
from app.web.context import election, today_in

bp = Blueprint("reports", __name__)

DAYS_BACK = 14


@bp.get("/pelaporan")
@requires(Permission.REPORT_READ)
def index() -> ResponseReturnValue:
    """The reports that a desk owes (`?wilayah=`, else the person's own), today's first, of the last two weeks."""
    region = regions.find(reach.asked_region(Permission.REPORT_READ))
    today = today_in(region.code)
    found = reports.of_region(
        current_user,
        election().id,
        region.code,
        today - dt.timedelta(days=DAYS_BACK),
        today + dt.timedelta(days=1),
    )
    return render_template(
        "reports/index.html",
        region=region,
        today=today,
        rows=found,
        now=clock.now(),
        zone=regions.zone_of(region.code),
    )


from app.blueprints.reports import (  # noqa: E402, F401  (their views hang on this blueprint)
    compiling,
    files,
    scans,
    seal,
    transmissions,
    writing,
)
