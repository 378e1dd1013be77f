"""What can be taken along of a version: its sealed PDF, its sheet, its text for WhatsApp."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.reports.routes import bp
from app.documents import ability
from app.documents.report_order import REPORT_JOB
from app.domain import jobs, regions, reports
from app.domain.accounts import Permission
from app.domain.errors import NotFound, NotNow
from app.domain.reports import STANDING, Frozen, ReportRow, State
from app.extensions import db
from app.web import htmx
from app.web.access import current_user, requires
from app.web.forms import DeedForm, small_number

FORMS = {"pdf": "PDF bersegel", "xlsx": "Excel"}


def beside(row: ReportRow, shown: Frozen | None) -> dict[str, Any]:
    """What the part on files needs: the seals of the version, and whether one can be made. Two statements."""
    from app.blueprints.reports import scans  # it stands on this module's forms

    if shown is None:
        return {"seals": (), "may_seal": False, "no_pdf": "", "scans": (), "scan_form": None}
    return {
        "seals": [one for one in reports.seals_of(row.id) if one.number == shown.number],
        "may_seal": State(shown.marks.state) in STANDING,
        "no_pdf": ability.why_no_pdf(),
        **scans.beside(row, shown),
    }


def asked_version(row: ReportRow) -> Frozen:
    """The version that the address or the form names (`versi`), else the one that was sent last. Raises NotFound."""
    typed = request.values.get("versi", "")
    number = small_number(typed) if typed else row.number
    if not number:
        raise NotFound("Laporan ini belum dikirim, jadi belum ada berkasnya.")
    return reports.frozen(row, number)


@bp.post("/pelaporan/<int:report_id>/pdf")
@requires(Permission.REPORT_EXPORT)
def pdf(report_id: int) -> ResponseReturnValue:
    """Seal the version as it stands, and have its PDF made. The same wish twice leads to the same work."""
    return _ask(report_id, "pdf")


@bp.post("/pelaporan/<int:report_id>/xlsx")
@requires(Permission.REPORT_EXPORT)
def xlsx(report_id: int) -> ResponseReturnValue:
    """The same as a sheet."""
    return _ask(report_id, "xlsx")


def _ask(report_id: int, form: str) -> ResponseReturnValue:
    row = reports.find(report_id, current_user)
    wish = DeedForm()
    if not wish.validate():
        raise NotNow("Kiriman ini tidak utuh. Muat ulang halaman, lalu ulangi.")
    shown = asked_version(row)
    if State(shown.marks.state) not in STANDING:
        raise NotNow("Versi ini sudah ditarik, dikembalikan, atau dibuka kembali, jadi tidak dicetak lagi.")
    address = url_for(".ask_code", _external=True).rstrip("/") + "/"
    code = reports.seal(row, shown.number, shown.marks, by=current_user, address=address)
    params = {"code": code, "format": form}
    job = jobs.open_one(REPORT_JOB, params, current_user)
    if job is None:
        title = f"{row.kind.heading}, {row.region_name}, versi {shown.number} ({FORMS[form]})"
        job = jobs.ask(REPORT_JOB, title, params, region=row.region_code, by=current_user)
    db.session.commit()
    return htmx.see_other(url_for("papers.job", job_id=job.id))


@bp.get("/pelaporan/<int:report_id>/wa")
@requires(Permission.REPORT_READ)
def message(report_id: int) -> ResponseReturnValue:
    """The version as a short text without names, to be copied."""
    from app.documents.report_text import MOST_SIGNS, whatsapp_text

    row = reports.find(report_id, current_user)
    shown = asked_version(row)
    return render_template(
        "reports/message.html",
        row=row,
        region=regions.find(row.region_code),
        shown=shown,
        text=whatsapp_text(shown.snapshot, shown.marks),
        most=MOST_SIGNS,
    )
