"""Changing the library: every change but the order of items is a draft first."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.library import view
from app.blueprints.library.forms import ItemForm, PlaceForm, RetireForm
from app.blueprints.library.routes import bp, found, item_page
from app.domain import accounts, checklists, stages
from app.domain.accounts import Permission
from app.domain.checklists import Change, Item, ItemVersion, Wording
from app.domain.checklists.models import Draft
from app.domain.errors import Invalid, NotNow
from app.extensions import db
from app.web import htmx
from app.web.access import current_user, requires
from app.web.context import election


def _form(code: str = "", **more: object) -> ItemForm:
    """The form with what can be chosen; an item is no condition of itself."""
    items = [pair for pair in checklists.codes_and_titles() if pair[0] != code]
    return ItemForm.with_choices(stages.stages_of(election()), accounts.units(), items, **more)


def _page(
    form: ItemForm,
    pair: tuple[Item, ItemVersion] | None,
    draft: Draft | None,
    status: int = 200,
    theirs: list[tuple[str, str, str]] | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "library/edit.html",
        form=form,
        item=pair[0] if pair else None,
        version=pair[1] if pair else None,
        draft=draft,
        theirs=theirs,
        figures=checklists.FIGURES,
        may_change=view.may_change(),
    )
    return page, status


@bp.get("/pustaka/baru")
@requires(Permission.LIBRARY_MANAGE)
def new() -> ResponseReturnValue:
    """The form for a new item."""
    return _page(_form(formdata=None), None, None)


@bp.post("/pustaka/baru")
@requires(Permission.LIBRARY_MANAGE)
def add() -> ResponseReturnValue:
    """Begin a new item as a draft."""
    form = _form()
    if not form.validate():
        return _page(form, None, None, 422)
    taken = [*checklists.known_items(), *(draft.code for draft in checklists.drafts())]
    area = form.area.data or ""
    code = (form.code.data or "").strip().upper() or checklists.next_code(area, taken)
    return _save(form, code, Change.ADD, None)


@bp.get("/pustaka/<code>/ubah")
@requires(Permission.LIBRARY_MANAGE)
def change_form(code: str) -> ResponseReturnValue:
    """The form with what is in force, or with the draft that somebody has begun."""
    pair, draft = checklists.known_items().get(code), checklists.draft_of(code)
    if pair is None and draft is None:
        found(code)
    form = _form(code, formdata=None)
    if draft is not None:
        form.fill(checklists.wording_in(draft), draft.version)
    elif pair is not None:
        form.fill(checklists.wording_of(pair[1]), 0)
    form.code.data = code
    return _page(form, pair, draft)


@bp.post("/pustaka/<code>/ubah")
@requires(Permission.LIBRARY_MANAGE)
def change(code: str) -> ResponseReturnValue:
    """Keep a change of an item as its draft."""
    pair, draft = checklists.known_items().get(code), checklists.draft_of(code)
    if pair is None and draft is None:
        found(code)
    form = _form(code)
    form.code.data = code
    if not form.validate():
        return _page(form, pair, draft, 422)
    return _save(form, code, Change.REWORD if pair else Change.ADD, pair)


def _save(
    form: ItemForm, code: str, kind: Change, pair: tuple[Item, ItemVersion] | None
) -> ResponseReturnValue:
    units = {unit.id: unit.name for unit in accounts.units()}
    try:
        wording = form.wording(units.get(form.chosen_unit or 0, ""))
        if form.is_first_sending():
            seen = form.version.data or 0
            checklists.save_draft(election(), code, kind, wording, seen=seen, by=current_user)
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(form, pair, checklists.draft_of(code), 422)
    except NotNow as refusal:
        db.session.rollback()
        form.form_errors.append(refusal.message)
        return _overtaken(form, code, pair, wording)
    flash(f"Rancangan {code} tersimpan. Belum ada yang berubah sampai diterbitkan.", "ok")
    return htmx.see_other(url_for(".drafts", butir=code))


def _overtaken(
    form: ItemForm, code: str, pair: tuple[Item, ItemVersion] | None, mine: Wording
) -> ResponseReturnValue:
    """The form as it was typed beside the newest draft (409); sending it again is then a decision."""
    draft = checklists.draft_of(code)
    form.version.data = draft.version if draft else 0
    theirs = None
    if draft is not None:
        names = view.Names.read()
        theirs = view.difference(
            checklists.changes_between(checklists.wording_in(draft), checklists.tidy(mine)), names
        )
    return _page(form, pair, draft, 409, theirs)


@bp.get("/pustaka/<code>/pensiun")
@requires(Permission.LIBRARY_MANAGE)
def retire_form(code: str) -> ResponseReturnValue:
    """Why an item is to be retired, and what that would do."""
    return _retire_page(found(code), RetireForm(formdata=None))


def _retire_page(pair: tuple[Item, ItemVersion], form: RetireForm, status: int = 200) -> ResponseReturnValue:
    item, version = pair
    draft = checklists.draft_of(item.code)
    form.version.data = draft.version if draft else 0
    change = checklists.Proposal(item.code, Change.RETIRE, checklists.wording_of(version), "", item, version)
    (effect,) = checklists.effects_of(election(), [change])
    page = render_template(
        "library/retire.html",
        form=form,
        item=item,
        version=version,
        draft=draft,
        lines=view.effect_lines(effect, change),
        may_change=view.may_change(),
    )
    return page, status


@bp.post("/pustaka/<code>/pensiun")
@requires(Permission.LIBRARY_MANAGE)
def retire(code: str) -> ResponseReturnValue:
    """Keep the wish to retire an item as its draft."""
    pair, form = found(code), RetireForm()
    if not form.validate():
        return _retire_page(pair, form, 422)
    return _keep(form, code, Change.RETIRE, lambda status: _retire_page(pair, form, status))


@bp.post("/pustaka/<code>/pakai-lagi")
@requires(Permission.LIBRARY_MANAGE)
def bring_back(code: str) -> ResponseReturnValue:
    """Keep the wish to use a retired item again as its draft."""
    found(code)
    form = PlaceForm()
    return _keep(form, code, Change.BRING_BACK, lambda status: item_page(code, form, status))


def _keep(
    form: RetireForm | PlaceForm, code: str, kind: Change, again: Callable[[int], ResponseReturnValue]
) -> ResponseReturnValue:
    reason = form.reason.data or "" if isinstance(form, RetireForm) else ""
    try:
        if form.is_first_sending():
            seen = form.version.data or 0
            checklists.save_draft(election(), code, kind, seen=seen, by=current_user, reason=reason)
        db.session.commit()
    except (Invalid, NotNow) as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return again(422 if isinstance(refusal, Invalid) else 409)
    flash(f"Rancangan {code} tersimpan. Belum ada yang berubah sampai diterbitkan.", "ok")
    return htmx.see_other(url_for(".drafts", butir=code))


@bp.post("/pustaka/<code>/urutan")
@requires(Permission.LIBRARY_MANAGE)
def place(code: str) -> ResponseReturnValue:
    """Put an item at another place in its area; at once, since nobody's entries change."""
    found(code)
    form = PlaceForm()
    if not form.validate():
        return item_page(code, form, 422)
    try:
        if not isinstance(form.place.data, int):
            raise Invalid("Urutannya belum diisi.", place="Isi nomor urut mulai dari 1.")
        if form.is_first_sending():
            checklists.move_item(election(), code, form.place.data, by=current_user)
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return item_page(code, form, 422)
    flash(f"Urutan {code} sudah diubah.", "ok")
    return htmx.see_other(url_for(".show", code=code) + "#letak")
