"""/perangkat-daerah: the units that work and the institutions that are quoted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.units.forms import AddForm, ChangeForm, ReasonForm
from app.domain import units
from app.domain.accounts import Permission
from app.domain.errors import Invalid, NotNow
from app.domain.units import UnitRow
from app.extensions import db
from app.web import htmx
from app.web.access import current_user, requires

bp = Blueprint("units", __name__)


@bp.get("/perangkat-daerah")
@requires(Permission.PEOPLE_MANAGE)
def index() -> ResponseReturnValue:
    """All units, with how many appointments and items name each."""
    return _index(AddForm(formdata=None))


def _index(form: AddForm, status: int = 200) -> ResponseReturnValue:
    rows = units.all_units()
    page = render_template(
        "units/index.html",
        form=form,
        working=[row for row in rows if not row.retired_on and not row.is_source_only],
        quoted=[row for row in rows if not row.retired_on and row.is_source_only],
        retired=[row for row in rows if row.retired_on],
        may_change=units.may_change(current_user),
    )
    return page, status


@bp.post("/perangkat-daerah")
@requires(Permission.PEOPLE_MANAGE)
def add() -> ResponseReturnValue:
    """Add a unit. The same sending twice adds one."""
    form = AddForm()
    if not form.validate():
        return _index(form, 422)
    try:
        if form.is_first_sending():
            unit = units.add(
                form.name.data or "",
                code=form.code.data or "",
                is_source_only=form.is_source_only.data,
                by=current_user,
            )
            flash(f"{unit.name} sudah ditambahkan dengan kode {unit.code}.", "ok")
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _index(form, 422)
    return htmx.see_other(url_for(".index"))


@bp.get("/perangkat-daerah/<int:unit_id>")
@requires(Permission.PEOPLE_MANAGE)
def show(unit_id: int) -> ResponseReturnValue:
    """One unit: what names it, and what may be changed."""
    unit = units.find(unit_id)
    return _page(unit, _filled(unit), ReasonForm(formdata=None))


def _filled(unit: UnitRow) -> ChangeForm:
    form = ChangeForm(formdata=None)
    form.name.data, form.is_source_only.data = unit.name, unit.is_source_only
    return form


def _page(unit: UnitRow, form: ChangeForm, ending: ReasonForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "units/show.html",
        unit=unit,
        form=form,
        ending=ending,
        bonds=units.bonds_of(unit.id),
        may_change=units.may_change(current_user),
    )
    return page, status


@bp.post("/perangkat-daerah/<int:unit_id>")
@requires(Permission.PEOPLE_MANAGE)
def change(unit_id: int) -> ResponseReturnValue:
    """Rename a unit, or say that it is only quoted. 409 when somebody else was quicker."""
    form, again = ChangeForm(), ReasonForm(formdata=None)
    if not form.validate():
        return _page(units.find(unit_id), form, again, 422)
    try:
        if form.is_first_sending():
            units.change(
                unit_id,
                name=form.name.data or "",
                is_source_only=form.is_source_only.data,
                by=current_user,
                version=form.version.data,
            )
            flash("Perubahan sudah disimpan.", "ok")
        db.session.commit()
    except (Invalid, NotNow) as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(units.find(unit_id), form, again, 422 if isinstance(refusal, Invalid) else 409)
    return htmx.see_other(url_for(".show", unit_id=unit_id))


@bp.post("/perangkat-daerah/<int:unit_id>/akhiri")
@requires(Permission.PEOPLE_MANAGE)
def retire(unit_id: int) -> ResponseReturnValue:
    """Take a unit out of use. 409 as long as an appointment or an item names it."""
    return _end(
        unit_id, units.retire, "Perangkat daerah ini tidak dipakai lagi. Yang sudah menyebutnya tetap."
    )


@bp.post("/perangkat-daerah/<int:unit_id>/pakai-lagi")
@requires(Permission.PEOPLE_MANAGE)
def restore(unit_id: int) -> ResponseReturnValue:
    """Use a retired unit again."""
    return _end(unit_id, units.restore, "Perangkat daerah ini dipakai lagi.")


def _end(unit_id: int, deed: Callable[..., Any], said: str) -> ResponseReturnValue:
    form = ReasonForm()
    unit = units.find(unit_id)
    if not form.validate():
        return _page(unit, _filled(unit), form, 422)
    try:
        if form.is_first_sending():
            deed(unit_id, reason=form.reason.data or "", by=current_user, version=form.version.data)
            flash(said, "ok")
        db.session.commit()
    except (Invalid, NotNow) as refusal:
        db.session.rollback()
        form.refuse(refusal)
        unit = units.find(unit_id)
        return _page(unit, _filled(unit), form, 422 if isinstance(refusal, Invalid) else 409)
    return htmx.see_other(url_for(".show", unit_id=unit_id))
