"""/cek: what a printed code stands for, and whether a file is still what the desk sealed. No sign-in.

It tells only what the paper says anyway. A code is one of 30 to the power of 10, so trying codes finds nothing, and
an upload is looked at in memory, by its bytes, and forgotten. Wrong codes and files are counted by who asks: 429 after
too many. To count a wrong code is the one thing that a GET writes here.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import FileField, StringField
from wtforms.validators import InputRequired

from app.blueprints.reports.routes import bp
from app.documents.report_check import compared
from app.documents.report_proof import fingerprint
from app.documents.report_verdict import Verdict
from app.domain import regions, reports
from app.domain.errors import NotFound
from app.domain.reports import UNKNOWN_CODE, Sealed
from app.extensions import db
from app.jobs.results import SEALED, Results
from app.web import errors, htmx
from app.web.access import current_user, open_to_all
from app.web.forms import DeskForm


class CodeForm(DeskForm):
    """A code as it was typed."""

    code = StringField(
        "Kode segel",
        name="kode",
        validators=[InputRequired("Tuliskan kodenya.")],
        description="Sepuluh huruf dan angka di kaki setiap halaman, misalnya 7K3MP-9WXQ2.",
    )


class FileForm(DeskForm):
    """A file to be compared."""

    file = FileField(
        "Berkas PDF",
        name="berkas",
        validators=[InputRequired("Pilih berkas PDF yang akan dibandingkan.")],
        description="Hanya dibandingkan, tidak disimpan.",
    )


def _page(
    sealed: Sealed | None = None,
    status: int = 200,
    *,
    unknown: str = "",
    file_form: FileForm | None = None,
    verdict: Verdict | None = None,
) -> ResponseReturnValue:
    code_form = CodeForm(formdata=None)
    if unknown:
        code_form.code.data = unknown[:40]
        code_form.code.errors = [UNKNOWN_CODE]
    page = render_template(
        "reports/seal.html",
        code_form=code_form,
        file_form=file_form or FileForm(formdata=None),
        sealed=sealed,
        spelled=sealed.spelled if sealed else "",
        zone=regions.zone_of(sealed.region_code) if sealed else "",
        verdict=verdict,
        fingerprint=fingerprint(reports.public_key()),
    )
    return page, status


@bp.get("/cek")
@open_to_all
def ask_code() -> ResponseReturnValue:
    """Ask for a code (`?kode=` leads on to it) or a file."""
    typed = request.args.get("kode", "").strip()
    if not typed:
        return _page()
    return _looked_up(typed, lambda sealed: htmx.see_other(url_for(".show_code", code=sealed.code)))


@bp.post("/cek")
@open_to_all
def compare_any() -> ResponseReturnValue:
    """Compare a file with whatever seal it bears."""
    return _compare(None)


@bp.get("/cek/<code>")
@open_to_all
def show_code(code: str) -> ResponseReturnValue:
    """What a code stands for: kind, region, day, state, hashes, whether there is a newer version."""
    return _looked_up(code, _page)


@bp.post("/cek/<code>")
@open_to_all
def compare_with(code: str) -> ResponseReturnValue:
    """Compare a file with the document of this code; 404 for a code that was never given."""
    return _looked_up(code, _compare)


def _looked_up(typed: str, found: Callable[[Sealed], ResponseReturnValue]) -> ResponseReturnValue:
    """What `found` answers to the seal of this code; 404 and counted where there is none, 429 after too many."""
    try:
        reports.refuse_closed(_asker())
        sealed = reports.find_seal(typed)
    except reports.TooManyChecks as refusal:
        return _closed(refusal)
    except NotFound:
        reports.note_wrong_code(_asker())
        db.session.commit()
        return _page(status=404, unknown=typed)
    return found(sealed)


def _asker() -> str:
    return reports.asker(
        current_user.id if current_user.is_authenticated else None, request.remote_addr or ""
    )


def _closed(refusal: reports.TooManyChecks) -> ResponseReturnValue:
    answer = errors.page(429, refusal.message)
    answer.headers["Retry-After"] = str(refusal.minutes * 60)
    return answer


def _compare(sealed: Sealed | None) -> ResponseReturnValue:
    try:
        reports.begin_comparison(_asker())
    except reports.TooManyChecks as refusal:
        return _closed(refusal)
    db.session.commit()  # counted before it is looked at: of many files at the same moment none is free
    form = FileForm()
    upload = request.files.get("berkas")
    if not form.validate() or upload is None:
        return _page(sealed, 422, file_form=form)
    content = upload.read()
    return _page(sealed, verdict=compared(content, sealed, _kept(sealed, len(content))))


def _kept(sealed: Sealed | None, size: int) -> bytes | None:
    """The document of the seal, signed or not: the one that is as long as the file, so that a change can be told."""
    if sealed is None:
        return None
    both = [
        Results.of(current_app, SEALED).read(key) for key in (sealed.signed_sha256, sealed.document_sha256)
    ]
    return next((one for one in both if one is not None and len(one) == size), both[1])
