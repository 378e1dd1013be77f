"""Sending a report that was written, in what its desk wears today."""

from __future__ import annotations

from flask import flash, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.deed import carried_out
from app.blueprints.reports import page
from app.blueprints.reports.forms import NilForm
from app.blueprints.reports.routes import bp
from app.blueprints.reports.steps import SendForm
from app.blueprints.reports.writing import check_page, nil_page
from app.documents.dress import dress_of
from app.domain import letterheads, regions, reports
from app.domain.accounts import Permission
from app.domain.reports import Dress, ReportRow
from app.web import htmx
from app.web.access import current_user, requires
from app.web.context import today_in


def worn(row: ReportRow, number: str = "", *, takes_number: bool = False) -> Dress:
    """The letterhead, reference and signature in force today in the desk's own zone: the paper bears that date.

    `takes_number` takes the letterhead's next one, in the transaction of the deed; raises Invalid where it has none.
    """
    day = today_in(row.region_code)
    if takes_number:
        number = letterheads.take_number(row.region_code, day, by=current_user)
    return dress_of(regions.path_of(row.region_code), day, number=number)


@bp.post("/pelaporan/<int:report_id>/kirim")
@requires(Permission.REPORT_WRITE)
def send(report_id: int) -> ResponseReturnValue:
    """Freeze what was written and send it; `versi` is the draft's. The same sending twice counts once."""
    row = reports.find(report_id, current_user)
    reports.mandate_in(current_user, Permission.REPORT_WRITE, row.region_code)
    form = SendForm()

    def do() -> None:
        draft, reading, _ = reports.open_draft(row, by=current_user)
        dress = worn(row, (form.number.data or "").strip(), takes_number=form.takes_number.data)
        _said(reports.send(row, draft, reading, dress, by=current_user, version=form.version.data))

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        now = reports.find(report_id, current_user)
        if now.state not in reports.OPEN:
            return page.drawn(now, status, overtaken=overtaken)
        return check_page(now, status, refused=form, overtaken=overtaken)

    return carried_out(form, do, again) or htmx.see_other(url_for(".show", report_id=report_id))


@bp.post("/pelaporan/<int:report_id>/kirim-nihil")
@requires(Permission.REPORT_WRITE)
def send_nil(report_id: int) -> ResponseReturnValue:
    """Say that there was nothing to report, and send that. What asks for a reason first leads to where it is given."""
    row = reports.find(report_id, current_user)
    reports.mandate_in(current_user, Permission.REPORT_WRITE, row.region_code)
    form = NilForm()
    ahead = ".show"

    def do() -> None:
        nonlocal ahead
        _, reading, _ = reports.open_draft(row, by=current_user)
        checked = tuple(one.words for one in reports.nil_checks(reading))
        draft = reports.nil_draft(row, form.sentence.data, checked)
        left = reports.still_unexplained(draft, reports.findings_of(row, draft, reading))
        if left and not any(one.blocks for one in left):
            reports.save_draft(row, draft, by=current_user, version=form.version.data)
            flash("Laporan nihil tersimpan, belum dikirim. Tuliskan alasannya di bawah, lalu kirim.", "warn")
            ahead = ".check"
            return
        _said(reports.send_nil(row, draft, reading, worn(row), by=current_user, version=form.version.data))

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        now = reports.find(report_id, current_user)
        if now.state not in reports.OPEN:
            return page.drawn(now, status, overtaken=overtaken)
        return nil_page(now, form, status, overtaken=overtaken)

    return carried_out(form, do, again) or htmx.see_other(url_for(ahead, report_id=report_id))


def _said(number: int) -> None:
    flash(f"Laporan dikirim sebagai versi {number}, menunggu verifikasi.", "ok")
