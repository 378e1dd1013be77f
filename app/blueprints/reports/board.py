"""/pelaporan/papan: who has reported for which day, and who has not."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.reports.routes import asked_day, bp
from app.domain import clock, regions, reports
from app.domain.accounts import Permission
from app.domain.reports import Cell, ChaseRow, Column, Kind, Mark
from app.web import reach
from app.web.access import current_user, requires
from app.web.context import election, today_in
from app.words import DAYS

READ = Permission.REPORT_READ
SPANS = {Kind.DAILY: (14, 28, 84), Kind.WEEKLY: (56, 112), Kind.FINAL: (365,)}
"""Days that the board may look back, the usual ones first; longer ones tell the history."""
NAMES = {14: "2 minggu", 28: "4 minggu", 84: "12 minggu", 56: "8 Senin", 112: "16 Senin", 365: "seluruhnya"}
MOST_SILENT = 40


class Head(NamedTuple):
    """The words over a column."""

    day: str
    unit: str


@bp.get("/pelaporan/papan")
@requires(READ)
def board() -> ResponseReturnValue:
    """The board of a region (`?wilayah=`), of one kind (`?jenis=`), back from a day (`?sampai=`, `?rentang=`)."""
    region = regions.find(reach.asked_region(READ))
    kind = _asked_kind()
    days = _asked_span(kind)
    today = today_in(region.code)
    until = asked_day() or _last_day(kind, today)
    since = until - dt.timedelta(days=days - 1)
    found = reports.board_of(current_user, election(), region.code, kind, since, until)
    silent = found.silent
    return render_template(
        "reports/board.html",
        region=region,
        trail=reach.way_within(current_user.reach(READ), region.code),
        board=found,
        heads=[_head(column, region.code) for column in found.columns],
        marks=list(Mark),
        silent=silent[:MOST_SILENT],
        more=max(0, len(silent) - MOST_SILENT),
        chased=_chased(silent[:MOST_SILENT]),
        since=since,
        until=until,
        selects=_selects(kind, days),
        steps=_steps(region.code, kind, days, until, today),
        zone=regions.zone_of(region.code),
    )


def _asked_kind() -> Kind:
    wanted = request.args.get("jenis", "")
    return next((kind for kind in SPANS if kind.value == wanted), Kind.DAILY)


def _asked_span(kind: Kind) -> int:
    wanted = request.args.get("rentang", "")
    return next((days for days in SPANS[kind] if str(days) == wanted), SPANS[kind][0])


def _last_day(kind: Kind, today: dt.date) -> dt.date:
    return today + dt.timedelta(days=300) if kind is Kind.FINAL else today


def _head(column: Column, region: str) -> Head:
    """ "25/11" over "Sen", or over the hour of a tightened day."""
    hour = clock.local(column.cut_off_at, regions.zone_of(region))
    unit = f"{hour:%H.%M}" if column.slot else DAYS[column.day.weekday()][:3]
    return Head(f"{column.day.day}/{column.day.month}", unit)


def _chased(cells: list[Cell]) -> dict[int, ChaseRow]:
    """Report -> the last time it was asked for."""
    found = reports.chases_of([cell.row.id for cell in cells]) if cells else []
    return {one.report_id: one for one in reversed(found)}


def _selects(kind: Kind, days: int) -> list[dict[str, object]]:
    kinds = [(one.value, one.label) for one in SPANS if one is not Kind.DAILY]
    spans = [(str(one), NAMES[one]) for one in SPANS[kind][1:]]
    chosen = str(days) if days != SPANS[kind][0] else ""
    found: list[dict[str, object]] = [
        {"name": "jenis", "label": "Jenis", "value": kind.value, "choices": kinds, "blank": Kind.DAILY.label}
    ]
    if spans:
        blank = NAMES[SPANS[kind][0]]
        found.append(
            {"name": "rentang", "label": "Rentang", "value": chosen, "choices": spans, "blank": blank}
        )
    return found


def _steps(region: str, kind: Kind, days: int, until: dt.date, today: dt.date) -> list[tuple[str, str]]:
    """(words, address) of the span before and, where it is not over, the one after."""
    if kind is Kind.FINAL:
        return []

    def to(day: dt.date) -> str:
        return url_for(".board", wilayah=region, jenis=kind.value, rentang=days, sampai=day)

    step = dt.timedelta(days=days)
    found = [("Sebelumnya", to(until - step))]
    return [*found, ("Sesudahnya", to(min(until + step, today)))] if until < today else found
