"""/cek: what a printed code stands for, and whether a file is still what the desk sealed. No sign-in.

It tells only what the paper says anyway. A code is one of 30 to the power of 10, so trying codes finds nothing, and
an upload is looked at in memory, by its bytes, and forgotten.
"""

from __future__ import annotations

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import FileField, StringField
from wtforms.validators import Length

from app.blueprints.reports.routes import bp
from app.documents.report_check import compared
from app.documents.report_proof import Verdict, fingerprint
from app.domain import clock, regions, reports
from app.domain.errors import NotFound
from app.domain.reports import Sealed
from app.jobs.results import SEALED, Results
from app.web import htmx
from app.web.access import open_to_all
from app.web.forms import DeskForm


class CheckForm(DeskForm):
    """A code as it was typed, or a file to be compared."""

    code = StringField(
        "Kode segel",
        name="kode",
        validators=[Length(max=40)],
        description="Sepuluh huruf dan angka di kaki setiap halaman, misalnya 7K3MP-9WXQ2.",
    )
    file = FileField(
        "Berkas PDF",
        name="berkas",
        description="Hanya dibandingkan, tidak disimpan.",
    )


def _page(
    form: CheckForm, sealed: Sealed | None = None, verdict: Verdict | None = None, status: int = 200
) -> ResponseReturnValue:
    zone = regions.zone_of(sealed.region_code) if sealed else ""
    page = render_template(
        "reports/seal.html",
        form=form,
        sealed=sealed,
        spelled=reports.spelled(sealed.code) if sealed else "",
        made_at=clock.local(sealed.made_at, zone) if sealed else None,
        zone=clock.abbreviation(zone) if sealed else "",
        verdict=verdict,
        fingerprint=fingerprint(reports.public_key()),
    )
    return page, status


@bp.get("/cek")
@open_to_all
def ask_code() -> ResponseReturnValue:
    """Ask for a code (`?kode=` leads on to it) or a file."""
    typed = request.args.get("kode", "").strip()
    form = CheckForm(formdata=None)
    if not typed:
        return _page(form)
    try:
        return htmx.see_other(url_for(".show_code", code=reports.find_seal(typed).code))
    except NotFound as refusal:
        form.code.data = typed[:40]
        form.code.errors = [refusal.message]
        return _page(form, status=404)


@bp.post("/cek")
@open_to_all
def compare_any() -> ResponseReturnValue:
    """Compare a file with whatever seal it bears."""
    return _compare(None)


@bp.get("/cek/<code>")
@open_to_all
def show_code(code: str) -> ResponseReturnValue:
    """What a code stands for: kind, region, day, state, hashes, whether there is a newer version."""
    form = CheckForm(formdata=None)
    try:
        return _page(form, reports.find_seal(code))
    except NotFound as refusal:
        form.code.data = code[:40]
        form.code.errors = [refusal.message]
        return _page(form, status=404)


@bp.post("/cek/<code>")
@open_to_all
def compare_with(code: str) -> ResponseReturnValue:
    """Compare a file with the document of this code. Raises NotFound for a code that was never given."""
    return _compare(reports.find_seal(code))


def _compare(sealed: Sealed | None) -> ResponseReturnValue:
    form = CheckForm()
    upload = request.files.get("berkas")
    content = upload.read() if upload is not None and upload.filename else b""
    if not form.validate():
        return _page(form, sealed, status=422)
    if not content:
        form.file.errors = ["Pilih berkas PDF yang akan dibandingkan."]
        return _page(form, sealed, status=422)
    kept = None if sealed is None else Results.of(current_app, SEALED).read(sealed.document_sha256)
    return _page(CheckForm(formdata=None), sealed, compared(content, sealed, kept))
