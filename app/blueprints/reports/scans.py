"""The scan of the copy that was signed by hand or by an official electronic signature, beside the version it is of."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import FileField, StringField
from wtforms.validators import Length

from app.blueprints.deed import carried_out
from app.blueprints.reports import files
from app.blueprints.reports.routes import bp
from app.domain import evidence, regions, reports
from app.domain.accounts import Permission
from app.domain.errors import Invalid
from app.domain.reports import STANDING, Frozen, ReportRow, State
from app.extensions import db
from app.web import htmx, sending
from app.web.access import current_user, requires
from app.web.forms import DeedForm


class ScanForm(DeedForm):
    """The file of a signed copy."""

    file = FileField(
        "Salinan bertanda tangan",
        name="berkas",
        description="PDF atau foto. Sidiknya dicatat sendiri, di samping segel aplikasi.",
    )


class TakeOffForm(DeedForm):
    """Why a scan is taken off."""

    reason = StringField("Alasan", name="alasan", validators=[Length(max=500)])


def beside(row: ReportRow, shown: Frozen) -> dict[str, Any]:
    """The scans of a version, and the form for another where the person may add one."""
    may = current_user.may(Permission.EVIDENCE_ATTACH, region=row.region_code)
    reads = current_user.may(Permission.EVIDENCE_READ, region=row.region_code)
    stands = State(shown.marks.state) in STANDING
    return {
        "scans": reports.copies_of(shown) if reads else (),
        "scan_form": ScanForm(formdata=None) if may and stands else None,
        "take_off": TakeOffForm(formdata=None) if may else None,
    }


def _page(
    row: ReportRow, shown: Frozen, status: int = 200, overtaken: str = "", **forms: Any
) -> ResponseReturnValue:
    page = render_template(
        "reports/files.html",
        row=row,
        region=regions.find(row.region_code),
        shown=shown,
        zone=regions.zone_of(row.region_code),
        overtaken=overtaken,
        **{**files.beside(row, shown), **forms},
    )
    return page, status


def _shown(row: ReportRow, shown: Frozen) -> ResponseReturnValue:
    return htmx.see_other(url_for(".version_files", report_id=row.id, versi=shown.number))


@bp.get("/pelaporan/<int:report_id>/berkas")
@requires(Permission.REPORT_READ)
def version_files(report_id: int) -> ResponseReturnValue:
    """The files of a version (`?versi=`): sealed documents, sheet, text, scans."""
    row = reports.find(report_id, current_user)
    return _page(row, files.asked_version(row))


@bp.post("/pelaporan/<int:report_id>/salinan/<int:number>")
@requires(Permission.EVIDENCE_ATTACH)
def attach_scan(report_id: int, number: int) -> ResponseReturnValue:
    """Keep the scan of a signed copy beside a version."""
    row = reports.find(report_id, current_user)
    shown, form = reports.frozen(row, number), ScanForm()

    def do() -> None:
        upload = request.files.get("berkas")
        if upload is None or not upload.filename:
            raise Invalid("Pilih berkasnya dulu.", file="Belum ada berkas yang dipilih.")
        reports.attach_copy(shown, evidence.inspect(upload.stream, upload.filename), by=current_user)
        flash("Salinan tersimpan di samping versi ini.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return _page(row, shown, status, overtaken, scan_form=form)

    return carried_out(form, do, again) or _shown(row, shown)


@bp.get("/pelaporan/<int:report_id>/salinan/<int:number>/<int:use_id>")
@requires(Permission.EVIDENCE_READ)
def open_scan(report_id: int, number: int, use_id: int) -> ResponseReturnValue:
    """The scan itself; the reading is on the trail."""
    row = reports.find(report_id, current_user)
    use = reports.one_copy(reports.frozen(row, number), use_id)
    evidence.record_reading(use, by=current_user)
    db.session.commit()
    return sending.evidence_file(use)


@bp.post("/pelaporan/<int:report_id>/salinan/<int:number>/<int:use_id>/tarik")
@requires(Permission.EVIDENCE_ATTACH)
def take_off_scan(report_id: int, number: int, use_id: int) -> ResponseReturnValue:
    """Take a scan off, with the reason; the file stays on record."""
    row = reports.find(report_id, current_user)
    shown, form = reports.frozen(row, number), TakeOffForm()
    use = reports.one_copy(shown, use_id)

    def do() -> None:
        evidence.remove(use.id, form.reason.data or "", by=current_user)
        flash("Salinan ditarik. Berkasnya tetap tersimpan pada jejak.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return _page(row, shown, status, overtaken, take_off=form)

    return carried_out(form, do, again) or _shown(row, shown)
