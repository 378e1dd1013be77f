"""Deeds of whoever fills: one POST address each, all on the same path (load, explain, do once, commit, draw)."""

from __future__ import annotations

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.checklists import view
from app.blueprints.checklists.forms import EventForm, FillForm, RemarkForm
from app.blueprints.checklists.routes import bp
from app.domain import checklists, regions
from app.domain.accounts import Permission
from app.domain.checklists import FILL_DEEDS, Recurrence, Verb
from app.domain.errors import Invalid, NotFound, NotNow
from app.extensions import db
from app.web import htmx
from app.web.access import current_user, me, requires
from app.web.context import election, home_region

SAID = {
    Verb.START: "{code} sedang diproses.",
    Verb.TICK: "{code} selesai, menunggu verifikasi.",
    Verb.BLOCK: "{code} terkendala. Alasannya sudah dicatat.",
    Verb.WAIVE: "{code} tidak berlaku, menunggu verifikasi.",
    Verb.UNDO: "{code} kembali diproses.",
    Verb.NOTE: "Isian {code} tersimpan.",
}


def _fill(entry_id: int, verb: Verb) -> Response:
    """The one path of every filling deed."""
    person = me()
    entry = checklists.find(entry_id, person)
    form = FillForm.as_sent()
    if not form.validate():
        return view.explained(entry, _whole_form())
    filling, seen = form.filling(), form.seen
    try:
        if form.is_first_sending():
            entry = FILL_DEEDS[verb](entry, by=person, version=seen, filling=filling)
        else:
            entry = checklists.fresh(entry_id)
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        whole = _whole_form()
        whole.refuse(refusal)
        return view.explained(entry, whole)
    except NotNow as refusal:
        db.session.rollback()
        return view.overtaken(checklists.find(entry_id, current_user), _whole_form(), refusal.message)
    return view.drawn(entry, SAID[verb].format(code=entry.code))


def _whole_form() -> FillForm:
    """The form with all its fields, as they were sent and with what is wrong in them, for a panel."""
    form = FillForm()
    form.validate()
    return form


@bp.post("/daftar-periksa/<int:entry_id>/selesai")
@requires(Permission.CHECKLIST_FILL)
def tick(entry_id: int) -> ResponseReturnValue:
    """Say that it is done."""
    return _fill(entry_id, Verb.TICK)


@bp.post("/daftar-periksa/<int:entry_id>/proses")
@requires(Permission.CHECKLIST_FILL)
def start(entry_id: int) -> ResponseReturnValue:
    """Say that work is under way; on a ticked entry this takes the tick back."""
    entry = checklists.find(entry_id, current_user)
    return _fill(entry_id, Verb.UNDO if entry.standing in checklists.WAITING else Verb.START)


@bp.post("/daftar-periksa/<int:entry_id>/terkendala")
@requires(Permission.CHECKLIST_FILL)
def block(entry_id: int) -> ResponseReturnValue:
    """Say that it cannot go on, and why."""
    return _fill(entry_id, Verb.BLOCK)


@bp.post("/daftar-periksa/<int:entry_id>/tidak-berlaku")
@requires(Permission.CHECKLIST_FILL)
def waive(entry_id: int) -> ResponseReturnValue:
    """Say that it does not apply, and why."""
    return _fill(entry_id, Verb.WAIVE)


@bp.post("/daftar-periksa/<int:entry_id>/catat")
@requires(Permission.CHECKLIST_FILL)
def note(entry_id: int) -> ResponseReturnValue:
    """Keep figures and notes."""
    return _fill(entry_id, Verb.NOTE)


@bp.post("/daftar-periksa/<int:entry_id>/pesan")
@requires(Permission.CHECKLIST_DISCUSS)
def remark(entry_id: int) -> ResponseReturnValue:
    """Say something in the discussion."""
    entry = checklists.find(entry_id, current_user)
    form = RemarkForm()
    if not form.validate():
        return view.whole(entry, 422, remarking=form)
    try:
        if form.is_first_sending():
            checklists.remark(entry, by=current_user, text=form.text.data)
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return view.whole(entry, 422, remarking=form)
    return htmx.see_other(url_for("checklists.show", entry_id=entry_id) + "#diskusi")


@bp.get("/daftar-periksa/kejadian")
@requires(Permission.CHECKLIST_FILL)
def event_form() -> ResponseReturnValue:
    """The form for something that happened."""
    form = EventForm(formdata=None, code=request.args.get("butir", ""), region=home_region())
    return _event_page(form)


def _event_page(form: EventForm, status: int = 200) -> ResponseReturnValue:
    items = [
        version
        for version in checklists.current_versions()
        if Recurrence(version.recurrence) is Recurrence.PER_EVENT
    ]
    codes = checklists.codes_of([version.item_id for version in items])
    choices = [(codes[version.item_id], f"{codes[version.item_id]} · {version.title}") for version in items]
    places = [(row.code, row.title) for row in _places()]
    return render_template("checklists/event.html", form=form, items=choices, region_choices=places), status


def _places() -> list[regions.RegionRow]:
    home = home_region()
    return [regions.find(home), *regions.children_of(home)]


@bp.post("/daftar-periksa/kejadian")
@requires(Permission.CHECKLIST_FILL)
def open_event() -> ResponseReturnValue:
    """Make the entry of something that happened, and go there."""
    form = EventForm()
    if not form.validate():
        return _event_page(form, 422)
    try:
        if not form.is_first_sending():
            return htmx.see_other(url_for("checklists.index", butir=form.code.data))
        entry_id = checklists.open_event(
            election(),
            form.code.data or "",
            form.region.data or "",
            by=current_user,
            title=form.title.data or "",
            due_on=form.due_on.data,
        )
        db.session.commit()
    except (Invalid, NotFound) as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _event_page(form, 422)
    return htmx.see_other(url_for("checklists.show", entry_id=entry_id))
