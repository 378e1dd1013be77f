"""Drafts of the library: what they change, what publishing them does, and the deed itself."""

from __future__ import annotations

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.library import view
from app.blueprints.library.forms import PlaceForm, PublishForm
from app.blueprints.library.routes import bp
from app.blueprints.papers.view import job_context
from app.domain import checklists, jobs, regions
from app.domain.accounts import Permission
from app.domain.checklists.models import Draft
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.jobs import Job
from app.extensions import db
from app.jobs.library import PUBLISH
from app.web import htmx
from app.web.access import current_user, me, requires
from app.web.context import election, home_region
from app.words import angka


def _shown() -> list[Draft]:
    """All drafts, or those that the address names."""
    wanted = set(request.args.getlist("butir"))
    return [draft for draft in checklists.drafts() if not wanted or draft.code in wanted]


def _page(form: PublishForm, status: int = 200) -> ResponseReturnValue:
    drafts = _shown()
    ready = [draft for draft in drafts if draft.job_id is None]
    page = render_template(
        "library/drafts.html",
        form=form,
        views=view.draft_views(ready, view.Names.read()),
        running=[draft for draft in drafts if draft.job_id is not None],
        all_count=len(checklists.drafts()),
        narrowed=bool(request.args.getlist("butir")),
        trouble=checklists.trouble_of(election(), ready),
        may_change=view.may_change(),
        zone=regions.zone_of(home_region()),
    )
    return page, status


@bp.get("/pustaka/rancangan")
@requires(Permission.LIBRARY_MANAGE)
def drafts() -> ResponseReturnValue:
    """All drafts, or some by ?butir=, with their differences and what publishing them together does."""
    return _page(PublishForm(formdata=None))


@bp.post("/pustaka/rancangan/terbitkan")
@requires(Permission.LIBRARY_MANAGE)
def publish() -> ResponseReturnValue:
    """Publish the drafts that were shown, as they were shown: at once, or by the worker where very many entries follow.

    409 when one of them or its item changed meanwhile; 422 when they do not fit together.
    """
    form = PublishForm()
    chosen = form.chosen()
    if not form.validate() or not chosen:
        form.form_errors.append("Belum ada rancangan yang dapat diterbitkan. Ubah sebuah butir lebih dahulu.")
        return _page(form, 422)
    try:
        if not form.is_first_sending():
            return htmx.see_other(url_for(".index"))
        where = _publish(chosen)
        db.session.commit()
    except (Invalid, NotNow) as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(form, 422 if isinstance(refusal, Invalid) else 409)
    return htmx.see_other(where)


def _publish(chosen: list[tuple[str, int]]) -> str:
    """Publish, or ask the worker to; returns where to go next."""
    codes = {code for code, _ in chosen}
    some = [draft for draft in checklists.drafts() if draft.code in codes]
    if checklists.is_much(election(), checklists.proposals(some, checklists.known_items())):
        title = f"Penerbitan {angka(len(chosen))} butir pustaka"
        job = jobs.ask(PUBLISH, title, {"drafts": chosen}, region=home_region(), by=me())
        return url_for(".job", job_id=job.id)
    made = checklists.publish_drafts(election(), chosen, by=me())
    flash(f"{angka(len(chosen))} butir diterbitkan, {angka(made)} isian baru dibuat.", "ok")
    return url_for(".index")


@bp.post("/pustaka/rancangan/<code>/buang")
@requires(Permission.LIBRARY_MANAGE)
def discard(code: str) -> ResponseReturnValue:
    """Throw a draft away; the item stays as it is."""
    if checklists.draft_of(code) is None:
        raise NotFound(f"Rancangan {code} tidak ada, atau sudah diterbitkan atau dibuang.")
    form = PlaceForm()
    try:
        if form.is_first_sending():
            checklists.discard_draft(election(), code, seen=form.version.data or 0, by=current_user)
        db.session.commit()
    except NotNow as refusal:
        db.session.rollback()
        publishing = PublishForm(formdata=None)
        publishing.form_errors = [refusal.message]
        return _page(publishing, 409)
    flash(f"Rancangan {code} dibuang. Yang berlaku tidak berubah.", "ok")
    return htmx.see_other(url_for(".drafts"))


# --- A large publication ------------------------------------------------------------------------------------


def _own(job_id: int) -> Job:
    """The person's own publication. Raises NotFound for other work too."""
    found = jobs.find(job_id, me())
    if found.kind != PUBLISH:
        raise NotFound("Penerbitan ini tidak ada atau bukan milik Anda.")
    return found


@bp.get("/pustaka/pekerjaan/<int:job_id>")
@requires(Permission.LIBRARY_MANAGE)
def job(job_id: int) -> ResponseReturnValue:
    """How far a large publication is. A person may leave and come back."""
    return render_template("library/job.html", **job_context(_own(job_id)))


@bp.get("/pustaka/pekerjaan/<int:job_id>/keadaan")
@requires(Permission.LIBRARY_MANAGE)
def state(job_id: int) -> ResponseReturnValue:
    """The part of that page that changes, asked for every two seconds until it is over."""
    found = _own(job_id)
    if not htmx.is_partial():
        return htmx.see_other(url_for(".job", job_id=job_id))
    return htmx.fragment("library/_job.html", **job_context(found))


@bp.post("/pustaka/pekerjaan/<int:job_id>/ulang")
@requires(Permission.LIBRARY_MANAGE)
def again(job_id: int) -> ResponseReturnValue:
    """Let a publication that stopped be taken up again. Refuses one that has not (409)."""
    found = _own(job_id)
    jobs.ask_again(found, by=me())
    db.session.commit()
    return htmx.see_other(url_for(".job", job_id=job_id))
