"""/kop-surat: the letterhead of each desk, drafted, looked at as the real paper, and put in force."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.letterheads import view
from app.blueprints.letterheads.forms import LetterheadForm, NumberForm
from app.domain import evidence, jobs, letterheads, regions
from app.domain.accounts import Permission
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.evidence import Emblem
from app.domain.letterheads import PREVIEW_JOB, Head
from app.domain.regions import RegionRow
from app.extensions import db
from app.jobs.results import Results
from app.web import htmx, reach, sending
from app.web.access import current_user, requires
from app.web.context import today_in
from app.web.forms import DeedForm

bp = Blueprint("letterheads", __name__)


@bp.get("/kop-surat")
@requires(Permission.REGION_MANAGE)
def index() -> ResponseReturnValue:
    """The desks whose letterhead the person keeps, and whose each one uses; below one region with ?wilayah=."""
    code = request.args.get("wilayah", "")
    rows = regions.with_children(
        [_reached(code)[-1].code] if code else current_user.reach(Permission.REGION_MANAGE)
    )
    return render_template("letterheads/index.html", rows=view.region_lines(rows))


def _reached(code: str) -> list[RegionRow]:
    """From the province down to a region whose letterhead the person keeps; NotFound for any other."""
    return reach.path_within(Permission.REGION_MANAGE, code)


@bp.get("/kop-surat/<code>")
@requires(Permission.REGION_MANAGE)
def show(code: str) -> ResponseReturnValue:
    """The draft, or what is in force, with the real paper as it would look."""
    return _page(_reached(code))


def _page(
    path: list[RegionRow],
    form: LetterheadForm | None = None,
    counter: NumberForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    return render_template("letterheads/show.html", **view.page_of(path, form, counter)), status


@bp.post("/kop-surat/<code>")
@requires(Permission.REGION_MANAGE)
def save(code: str) -> ResponseReturnValue:
    """Keep the draft and have its preview drawn. Nothing typed is lost when something is refused (422, 409)."""
    path, form = _reached(code), LetterheadForm()
    valid = form.validate()
    try:
        emblem = _emblem()  # takes up to a second: before the first write
        letterheads.checked(form.content())
        if valid and form.is_first_sending():
            _save(code, form, emblem)
        if valid:
            db.session.commit()
            return htmx.see_other(url_for(".show", code=code) + "#pratinjau")
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
    except NotNow as refusal:
        db.session.rollback()
        form.form_errors.append(refusal.message)
        return _page(path, form, status=409)
    if _uploaded() and not form.logo.errors:
        form.logo.errors = ["Pilih lagi berkas logonya sesudah yang lain diperbaiki."]
    return _page(path, form, status=422)


def _save(code: str, form: LetterheadForm, emblem: Emblem | None) -> None:
    head = letterheads.save_draft(
        code,
        form.content(),
        by=current_user,
        version=form.version.data,
        emblem=emblem,
        drops_logo=form.drops_logo.data,
    )
    _ask_preview(head)
    flash("Draf disimpan. Laporan belum memakainya sampai diterapkan.", "ok")


def _uploaded() -> bool:
    sent = request.files.get("logo")
    return sent is not None and bool(sent.filename)


def _emblem() -> Emblem | None:
    """The logo of this request, drawn anew; raises Invalid for what is no picture."""
    if not _uploaded():
        return None
    sent = request.files["logo"]
    return evidence.inspect_emblem(sent.stream, sent.filename or "")


def _ask_preview(head: Head) -> None:
    """Have the worker draw this letterhead on the real paper."""
    region = regions.find(head.region_code)
    job = jobs.ask(
        PREVIEW_JOB,
        f"Pratinjau kop surat, {region.title}",
        {"letterhead": head.id, "version": head.version},
        region=head.region_code,
        by=current_user,
    )
    letterheads.note_preview(head, job.id)


@bp.post("/kop-surat/<code>/pratinjau")
@requires(Permission.REGION_MANAGE)
def preview(code: str) -> ResponseReturnValue:
    """Draw the preview anew: of the draft, else of the letterhead in force."""
    _reached(code)
    form = DeedForm()
    head = letterheads.draft_of(code) or letterheads.own_of(code)
    if head is None:
        raise NotFound("Belum ada kop surat sendiri di sini. Simpan draf dahulu.")
    if form.is_first_sending():
        _ask_preview(head)
    db.session.commit()
    return htmx.see_other(url_for(".show", code=code) + "#pratinjau")


@bp.post("/kop-surat/<code>/terapkan")
@requires(Permission.REGION_MANAGE)
def publish(code: str) -> ResponseReturnValue:
    """Let reports use the draft. 409 when it was changed meanwhile."""
    return _deed(
        code,
        lambda form: letterheads.publish(code, by=current_user, version=form.version.data),
        "Kop surat diterapkan. Laporan berikutnya memakainya.",
    )


@bp.post("/kop-surat/<code>/buang")
@requires(Permission.REGION_MANAGE)
def discard(code: str) -> ResponseReturnValue:
    """Give the draft up; what is in force stays."""
    return _deed(
        code,
        lambda form: letterheads.discard(code, by=current_user, version=form.version.data),
        "Draf dibuang. Kop surat yang berlaku tidak berubah.",
    )


@bp.post("/kop-surat/<code>/lepas")
@requires(Permission.REGION_MANAGE)
def withdraw(code: str) -> ResponseReturnValue:
    """Follow the letterhead above again; this one can be used again later."""
    return _deed(
        code,
        lambda form: letterheads.withdraw(code, by=current_user, letterhead_id=form.version.data),
        "Kop surat sendiri dilepas. Ia tetap tersimpan di bawah dan dapat dipakai lagi.",
    )


@bp.post("/kop-surat/<code>/pakai-lagi")
@requires(Permission.REGION_MANAGE)
def reuse(code: str) -> ResponseReturnValue:
    """Make a draft of a letterhead of before, and draw it."""

    def act(form: DeedForm) -> None:
        if letterheads.find(form.version.data).region_code != code:
            raise NotFound("Kop surat itu tidak ada.")
        _ask_preview(letterheads.reuse(form.version.data, by=current_user))

    return _deed(code, act, "Kop surat lama disalin menjadi draf. Periksa, lalu terapkan.")


def _deed(code: str, act: Callable[[DeedForm], object], said: str) -> ResponseReturnValue:
    """The one path of a deed without fields; the same sending twice does it once."""
    path, form = _reached(code), DeedForm()
    try:
        if form.is_first_sending():
            act(form)
            flash(said, "ok")
        db.session.commit()
    except NotNow as refusal:
        db.session.rollback()
        late = view.page_of(path, None, None)
        late["form"].form_errors.append(refusal.message)
        return render_template("letterheads/show.html", **late), 409
    return htmx.see_other(url_for(".show", code=code))


@bp.post("/kop-surat/<code>/nomor")
@requires(Permission.REGION_MANAGE)
def number(code: str) -> ResponseReturnValue:
    """Say which number was given last outside the application."""
    path, form = _reached(code), NumberForm()
    if not form.validate():
        return _page(path, counter=form, status=422)
    try:
        if form.is_first_sending():
            year = today_in(code).year
            letterheads.set_last_number(code, int(form.last.data or 0), year=year, by=current_user)
            flash("Nomor terakhir sudah dicatat.", "ok")
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(path, counter=form, status=422)
    return htmx.see_other(url_for(".show", code=code) + "#nomor")


@bp.get("/kop-surat/<code>/pratinjau.png")
@requires(Permission.REGION_MANAGE)
def picture(code: str) -> ResponseReturnValue:
    """The preview of the draft, else of the letterhead in force."""
    _reached(code)
    head = letterheads.draft_of(code) or letterheads.own_of(code)
    job = None if head is None else jobs.shown(head.preview_job_id)
    if job is None or not job.result_key:
        raise NotFound("Pratinjau ini belum ada. Tekan Perbarui pratinjau.")
    return sending.picture(Results.of(current_app).open(job.result_key), "image/png")


@bp.get("/kop-surat/<code>/logo.png")
@requires(Permission.REGION_MANAGE)
def logo(code: str) -> ResponseReturnValue:
    """The logo that the page shows: the draft's, else that of the letterhead that is used here."""
    _reached(code)
    head = letterheads.draft_of(code) or letterheads.in_force(code)
    content = None if head is None else letterheads.logo(head.logo_sha256)
    if content is None:
        raise NotFound("Kop surat ini tidak berlogo.")
    return sending.picture(content, "image/png")


@bp.get("/kop-surat/<code>/pratinjau/keadaan")
@requires(Permission.REGION_MANAGE)
def state(code: str) -> ResponseReturnValue:
    """The part of the page that waits for the preview, asked for every two seconds until it is there."""
    path = _reached(code)
    if not htmx.is_partial():
        return htmx.see_other(url_for(".show", code=code) + "#pratinjau")
    head = letterheads.draft_of(code) or letterheads.own_of(code)
    return htmx.fragment("letterheads/_preview.html", region=path[-1], preview=view.preview_of(head))
