"""/impor: a template out, a filled one in, what was found in it, and one button that applies it."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    current_app,
    make_response,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from app.blueprints.imports import view
from app.blueprints.imports.forms import CHOOSE, UploadForm
from app.documents.asking import MEDIA_TYPES, slug
from app.documents.reading import refuse_other_files
from app.documents.sheet_template import make_template
from app.domain import evidence, imports, regions, stages
from app.domain.errors import Invalid, NotFound
from app.domain.imports import SheetImport, State, Upload
from app.domain.regions import RegionRow
from app.extensions import db
from app.jobs.results import Results
from app.jobs.slips import SlipBox
from app.web import htmx, reach, sending
from app.web.access import current_user, me, signed_in
from app.web.context import election

if TYPE_CHECKING:
    from app.jobs.importing import Importer

bp = Blueprint("imports", __name__)

SHOWN = 10


def _importer(kind: str) -> Importer:
    """The importer of a kind. Raises NotFound. The kinds are loaded with the first import, not at every start."""
    from app.jobs.imports import importer_of

    return importer_of(kind)


def _reached(kind: str, wanted: str = "") -> tuple[Importer, RegionRow]:
    """The importer and the region it works on. Raises NotFound, and NotAllowed where the right is missing
    or, for what the whole election shares, does not reach all of it.
    """
    importer = _importer(kind)
    current_user.require(importer.permission)
    if importer.governs:
        stages.govern(current_user, importer.permission, election())
    code = wanted or current_user.reach(importer.permission)[0]
    return importer, regions.find(reach.within(importer.permission, code))


def _own(import_id: int) -> tuple[SheetImport, Importer]:
    """The person's own import, as long as they hold its right there. Raises NotFound."""
    sheet = imports.find(import_id, me())
    importer = _importer(sheet.kind)
    if not current_user.may(importer.permission, region=sheet.region_code):
        raise NotFound("Penugasan Anda tidak lagi mencakup impor ini.")
    return sheet, importer


def _page(form: UploadForm, importer: Importer, region: RegionRow, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "imports/index.html",
        form=form,
        importer=importer,
        region=region,
        choices=view.region_choices(importer, me(), region.code),
        columns=importer.columns(me(), region.code),
        recent=view.lines(me(), importer.kind, SHOWN),
        back_url=url_for(importer.back, **importer.back_values),
    )
    return page, status


@bp.get("/impor/<kind>")
@signed_in
def index(kind: str) -> ResponseReturnValue:
    """What can be brought in, the template, the upload, and what the person brought in lately."""
    importer, region = _reached(kind, request.args.get("wilayah", ""))
    form = UploadForm(formdata=None)
    form.region.data = region.code
    return _page(form, importer, region)


@bp.get("/impor/<kind>/templat")
@signed_in
def template(kind: str) -> ResponseReturnValue:
    """The empty template, with the lists of this desk; on F4 or, with ?kertas=A4, on A4."""
    importer, region = _reached(kind, request.args.get("wilayah", ""))
    paper = "A4" if request.args.get("kertas") == "A4" else "F4"
    content = make_template(kind, importer.title, importer.columns(me(), region.code), paper)
    name = f"templat-{slug(f'{importer.title} {region.title}')}.xlsx"
    return sending.download(io.BytesIO(content), name, MEDIA_TYPES["xlsx"])


@bp.post("/impor/<kind>")
@signed_in
def upload(kind: str) -> ResponseReturnValue:
    """Take a filled template in and ask for its check. The same sending twice counts once."""
    form = UploadForm()
    importer, region = _reached(kind, form.region.data or "")
    if not form.validate():
        return _page(form, importer, region, 422)
    try:
        importer.columns(me(), region.code)  # refuses whoever may bring nothing in, before any file is kept
        file = _kept_upload(importer)
    except Invalid as refusal:
        form.refuse_file(refusal)
        return _page(form, importer, region, 422)
    if not form.is_first_sending():
        db.session.rollback()
        before = imports.recent(me(), kind, 1)
        return htmx.see_other(
            url_for(".show", import_id=before[0][0].id) if before else url_for(".index", kind=kind)
        )
    sheet = imports.upload(kind, importer.title, file, region=region.code, by=me())
    db.session.commit()
    return htmx.see_other(url_for(".show", import_id=sheet.id))


def _kept_upload(importer: Importer) -> Upload:
    """The uploaded file, kept. Refuses (Invalid) none, and what cannot be an XLSX.

    A sheet that is secret loses its own name: people write into it whom it is about.
    """
    sent = request.files.get("berkas")
    if sent is None or not sent.filename:
        raise Invalid(CHOOSE, file=CHOOSE)
    content = sent.stream.read()
    refuse_other_files(content[:8])
    name = evidence.clean_text(sent.filename.replace("\\", "/").rpartition("/")[2], 160) or "lembar.xlsx"
    if importer.is_secret:
        name = f"{importer.kind}.xlsx"
    key = Results.sheets(current_app, secret=importer.is_secret).keep(content)
    return Upload(name, key, hashlib.sha256(content).hexdigest())


@bp.get("/impor/<int:import_id>")
@signed_in
def show(import_id: int) -> ResponseReturnValue:
    """One import: how far it is, what is wrong in it or what will happen, and what came of it."""
    sheet, importer = _own(import_id)
    return render_template(
        "imports/show.html",
        sheet=view.import_view(sheet, imports.job_of(sheet), closely=True),
        findings=sheet.findings,
        importer=importer,
        region=regions.find(sheet.region_code),
        back_url=url_for(importer.back, **importer.back_values),
        index_url=url_for(".index", kind=sheet.kind, wilayah=sheet.region_code),
    )


@bp.get("/impor/<int:import_id>/keadaan")
@signed_in
def state(import_id: int) -> ResponseReturnValue:
    """How far it is, asked for every two seconds until it is over; then the whole page is shown anew."""
    sheet, _ = _own(import_id)
    seen = view.import_view(sheet, imports.job_of(sheet), closely=True)
    if not htmx.is_partial() or not seen.is_open:
        return htmx.see_other(url_for(".show", import_id=import_id))
    return htmx.fragment("imports/_progress.html", sheet=seen)


@bp.post("/impor/<int:import_id>/periksa")
@signed_in
def check_again(import_id: int) -> ResponseReturnValue:
    """Check the same file once more. Refuses one that is being worked on or applied (409)."""
    sheet, importer = _own(import_id)
    imports.check_again(sheet, importer.title, by=me())
    db.session.commit()
    return htmx.see_other(url_for(".show", import_id=import_id))


@bp.post("/impor/<int:import_id>/terapkan")
@signed_in
def apply(import_id: int) -> ResponseReturnValue:
    """Ask for all rows to be applied. Refuses one that is not ready or was asked for already (409)."""
    sheet, importer = _own(import_id)
    imports.ask_apply(sheet, importer.title, by=me())
    db.session.commit()
    return htmx.see_other(url_for(".show", import_id=import_id))


@bp.post("/impor/<int:import_id>/batal")
@signed_in
def cancel(import_id: int) -> ResponseReturnValue:
    """Give it up and delete its file now. Refuses one that is applied, being applied, or given up (409)."""
    sheet, importer = _own(import_id)
    gone = imports.cancel(sheet, by=me())
    db.session.commit()
    Results.sheets(current_app, secret=importer.is_secret).discard(gone)
    return htmx.see_other(url_for(".show", import_id=import_id))


@bp.get("/impor/<int:import_id>/kesalahan")
@signed_in
def errors(import_id: int) -> ResponseReturnValue:
    """All errors as CSV."""
    sheet, importer = _own(import_id)
    if sheet.state != State.WRONG or not sheet.errors_key:
        raise NotFound("Daftar kesalahan ini tidak ada lagi. Periksa atau unggah lagi berkasnya.")
    content = Results.sheets(current_app, secret=importer.is_secret).open(sheet.errors_key)
    name = f"kesalahan-{slug(sheet.file_name.rpartition('.')[0]) or 'impor'}.csv"
    return sending.download(content, name, MEDIA_TYPES["csv"])


@bp.post("/impor/<int:import_id>/kata-sandi")
@signed_in
def slips(import_id: int) -> ResponseReturnValue:
    """The handed-out passwords, to be printed: shown by this one answer and erased. A second time is refused (409).

    No redirect follows: whoever loads the page again must not find them.
    """
    sheet, importer = _own(import_id)
    box = SlipBox.of(current_app)
    handed = box.read(sheet.slips_key) if sheet.slips_key else []
    key = imports.take_slips(sheet, by=me())
    page = render_template(
        "imports/slips.html",
        slips=handed,
        importer=importer,
        region=regions.find(sheet.region_code),
        address=url_for("auth.enter", _external=True),
        show_url=url_for(".show", import_id=import_id),
    )
    db.session.commit()
    box.burn(key)
    return make_response(page)
