"""Deeds on a case: each step its own address, the name on record, and files."""

from __future__ import annotations

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.deed import carried_out
from app.blueprints.neutrality import view
from app.blueprints.neutrality.forms import MoveForm, ProofForm, RevealForm
from app.blueprints.neutrality.routes import bp
from app.domain import evidence, neutrality
from app.domain.accounts import Permission
from app.domain.errors import Invalid
from app.domain.neutrality import Verb
from app.extensions import db
from app.web import htmx, sending
from app.web.access import current_user, requires


def _step(case_id: int, verb: Verb) -> ResponseReturnValue:
    """The one path of every step."""
    case = neutrality.find(case_id, current_user)
    neutrality.mandate_in(current_user, Permission(neutrality.WORKFLOW[verb].permission), case.region_code)
    form = MoveForm().about(verb, case)

    def do() -> None:
        stands = neutrality.step(case, verb, form.said(), by=current_user, version=form.version.data)
        flash(f"Tercatat. Sekarang: {stands.words(case.kind)}.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        now = neutrality.find(case_id, current_user)
        return view.drawn(now, status, used=verb, form=form, overtaken=overtaken)

    return carried_out(form, do, again) or htmx.see_other(url_for(".show", case_id=case_id))


@bp.post("/netralitas/<int:case_id>/kaji")
@requires(Permission.NEUTRALITY_HANDLE)
def study(case_id: int) -> ResponseReturnValue:
    """Bawaslu studies it."""
    return _step(case_id, Verb.STUDY)


@bp.post("/netralitas/<int:case_id>/teruskan")
@requires(Permission.NEUTRALITY_HANDLE)
def forward(case_id: int) -> ResponseReturnValue:
    """It went to whoever is competent for its kind."""
    return _step(case_id, Verb.FORWARD)


@bp.post("/netralitas/<int:case_id>/rekomendasi")
@requires(Permission.NEUTRALITY_HANDLE)
def recommend(case_id: int) -> ResponseReturnValue:
    """A recommendation is out."""
    return _step(case_id, Verb.RECOMMEND)


@bp.post("/netralitas/<int:case_id>/pemeriksaan")
@requires(Permission.NEUTRALITY_HANDLE)
def examine(case_id: int) -> ResponseReturnValue:
    """Whoever decides has begun to examine."""
    return _step(case_id, Verb.EXAMINE)


@bp.post("/netralitas/<int:case_id>/sanksi")
@requires(Permission.NEUTRALITY_HANDLE)
def sanction(case_id: int) -> ResponseReturnValue:
    """A sanction was given."""
    return _step(case_id, Verb.SANCTION)


@bp.post("/netralitas/<int:case_id>/laporan-balik")
@requires(Permission.NEUTRALITY_HANDLE)
def report_back(case_id: int) -> ResponseReturnValue:
    """The decision was reported back."""
    return _step(case_id, Verb.REPORT_BACK)


@bp.post("/netralitas/<int:case_id>/bukan-pelanggaran")
@requires(Permission.NEUTRALITY_HANDLE)
def clear(case_id: int) -> ResponseReturnValue:
    """It was found to be no breach."""
    return _step(case_id, Verb.CLEAR)


@bp.post("/netralitas/<int:case_id>/catatan")
@requires(Permission.NEUTRALITY_HANDLE)
def note(case_id: int) -> ResponseReturnValue:
    """Something to remember; the case stays where it stands."""
    return _step(case_id, Verb.NOTE)


@bp.post("/netralitas/<int:case_id>/batalkan")
@requires(Permission.NEUTRALITY_HANDLE)
def take_back(case_id: int) -> ResponseReturnValue:
    """The last step was recorded by mistake."""
    return _step(case_id, Verb.TAKE_BACK)


@bp.post("/netralitas/<int:case_id>/selesaikan")
@requires(Permission.NEUTRALITY_JUDGE)
def close(case_id: int) -> ResponseReturnValue:
    """All is done. Not by who recorded or handled it."""
    return _step(case_id, Verb.CLOSE)


@bp.post("/netralitas/<int:case_id>/hentikan")
@requires(Permission.NEUTRALITY_JUDGE)
def stop(case_id: int) -> ResponseReturnValue:
    """It is not followed any further, with the reason. Not by who recorded or handled it."""
    return _step(case_id, Verb.STOP)


@bp.post("/netralitas/<int:case_id>/buka-kembali")
@requires(Permission.NEUTRALITY_JUDGE)
def reopen(case_id: int) -> ResponseReturnValue:
    """It goes on from where it stood before it ended, with the reason. Not by who recorded or handled it."""
    return _step(case_id, Verb.REOPEN)


@bp.post("/netralitas/<int:case_id>/nama")
@requires(Permission.NEUTRALITY_REVEAL)
def reveal(case_id: int) -> ResponseReturnValue:
    """Show the name on this one page; each time is on the trail, so a second sending counts again."""
    case = neutrality.find(case_id, current_user)
    form = RevealForm()
    neutrality.mandate_in(current_user, Permission.NEUTRALITY_REVEAL, case.region_code)
    if not form.validate():
        return view.drawn(case, 422, revealing=form)
    try:
        name = neutrality.reveal(case, by=current_user, reason=form.reason.data or "")
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return view.drawn(case, 422, revealing=form)
    return view.drawn(case, name=name)


@bp.post("/netralitas/<int:case_id>/bukti")
@requires(Permission.NEUTRALITY_HANDLE)
def attach(case_id: int) -> ResponseReturnValue:
    """Put a file on a case."""
    case = neutrality.find(case_id, current_user)
    neutrality.mandate_in(current_user, Permission.NEUTRALITY_HANDLE, case.region_code)
    form = ProofForm()

    def do() -> None:
        upload = request.files.get("berkas")
        if upload is None or not upload.filename:
            raise Invalid("Pilih berkasnya dulu.", file="Belum ada berkas yang dipilih.")
        neutrality.attach(case, evidence.inspect(upload.stream, upload.filename), by=current_user)
        flash("Berkas tersimpan.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        now = neutrality.find(case_id, current_user)
        return view.drawn(now, status, proving=form, overtaken=overtaken)

    shown = url_for(".show", case_id=case_id, _anchor="bukti")
    return carried_out(form, do, again) or htmx.see_other(shown)


@bp.get("/netralitas/<int:case_id>/bukti/<int:use_id>")
@requires(Permission.NEUTRALITY_READ)
def open_file(case_id: int, use_id: int) -> ResponseReturnValue:
    """The file itself, to who reads the facts; the reading is on the trail."""
    use = neutrality.file_of(neutrality.find(case_id, current_user), use_id)
    evidence.record_reading(use, by=current_user)
    db.session.commit()
    return sending.evidence_file(use)
