"""/pelaporan: what a desk owes upward."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.domain import clock, regions, reports
from app.domain.accounts import Permission
from app.domain.reports import Kind, ReportRow
from app.web import reach
from app.web.access import current_user, me, requires
from app.web.context import election, home_region, today_in
from app.web.forms import FIRST_DAY, LAST_DAY, parse_day

bp = Blueprint("reports", __name__)

DAYS_BACK = {Kind.DAILY: 14, Kind.WEEKLY: 56, Kind.BRIEF: 120, Kind.FINAL: 730}
"""How far back a list reaches that shows one kind only; one that shows all reaches as far as the daily ones."""


@bp.get("/pelaporan")
@requires(Permission.REPORT_READ)
def index() -> ResponseReturnValue:
    """What waits for the person, and what a desk owes (`?wilayah=`, `?jenis=`), back from a day (`?sampai=`)."""
    region = regions.find(reach.asked_region(Permission.REPORT_READ))
    kind = next((one for one in Kind if one.value == request.args.get("jenis", "")), None)
    today = today_in(region.code)
    until = asked_day() or today + dt.timedelta(days=1)
    since = until - dt.timedelta(days=DAYS_BACK[kind or Kind.DAILY])
    last = until if kind in (None, Kind.DAILY) else until + dt.timedelta(days=400)
    return render_template(
        "reports/index.html",
        region=region,
        today=today,
        asked=tasks.asked_of_me(region.code) if region.code == home_region() else None,
        rows=_rows(region.code, kind, since, last),
        kind=kind,
        kinds=[(one.value, one.label) for one in Kind],
        earlier=since,
        title_of=tasks.title_of,
        may_judge=current_user.may(Permission.REPORT_VERIFY) or current_user.may(Permission.REPORT_ENDORSE),
        may_ask=reports.may_ask(me(), region.code),
        may_arrange=current_user.may(Permission.REPORT_ARRANGE),
        now=clock.now(),
        zone=regions.zone_of(region.code),
    )


def asked_day() -> dt.date | None:
    """The day of the address (`?sampai=`); None for none, or one that nobody means."""
    day = parse_day(request.args.get("sampai", ""))
    return day if day is not None and FIRST_DAY + YEARS < day < LAST_DAY - YEARS else None


YEARS = dt.timedelta(days=3 * 366)
"""Farther than any list here reaches back or ahead."""


def _rows(region: str, kind: Kind | None, since: dt.date, until: dt.date) -> list[ReportRow]:
    """The region's reports of these days, without those that nobody could write: the desk was not in use yet."""
    now = election()
    found = reports.of_region(current_user, now.id, region, since, until)
    return [
        row
        for row in found
        if kind in (None, row.kind)
        and (row.day >= now.in_use_from or row.first_sent_at is not None or not row.kind.is_expected)
    ]


from app.blueprints.reports import (  # noqa: E402, F401  (their views hang on this blueprint)
    board,
    briefs,
    chasing,
    compiling,
    files,
    judging,
    locked,
    monday,
    rhythm,
    scans,
    seal,
    sending,
    tasks,
    transmissions,
    writing,
)
