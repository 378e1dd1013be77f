"""What a change of the list would move, shown before it is saved: the same forms, looked at and not done."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.holidays.effects import effects
from app.blueprints.holidays.forms import HolidayForm, PasteForm
from app.blueprints.holidays.routes import bp, list_page, offered, one_page
from app.blueprints.stages.forms import carried
from app.blueprints.stages.reach import MANAGE
from app.domain import regions, stages
from app.domain.errors import Invalid
from app.domain.stages import EVERYWHERE, Day, Holiday
from app.web.access import current_user, requires
from app.web.context import election
from app.web.forms import DeedForm
from app.words import tanggal

CHANGE = "ubah"
"""The button that leads back to the form with what was typed."""
SHOWN = 40


@bp.post("/libur/periksa")
@requires(MANAGE)
def check() -> ResponseReturnValue:
    """Show what a day more on the list would move; nothing is saved yet. Badly said is 422 with the words kept."""
    form = offered(HolidayForm())
    if form.change.data:
        return list_page(form)
    if not form.validate():
        return list_page(form, status=422)
    try:
        stages.check_holiday(form.said(), by=current_user)
    except Invalid as refusal:
        form.refuse(refusal)
        return list_page(form, status=422)
    action, back = url_for(".add"), url_for(".check")
    return _confirm(form, _facts(form.said()), effects(added=[form.said()]), action, back, "Tambah")


@bp.post("/libur/<int:holiday_id>/periksa")
@requires(MANAGE)
def check_change(holiday_id: int) -> ResponseReturnValue:
    """Show what saying a day otherwise would move; nothing is saved yet."""
    holiday, form = stages.find_holiday(holiday_id), offered(HolidayForm())
    if form.change.data:
        return one_page(holiday, form)
    if not form.validate():
        return one_page(holiday, form, 422)
    try:
        stages.check_holiday(form.said(), by=current_user, instead_of=holiday)
    except Invalid as refusal:
        form.refuse(refusal)
        return one_page(holiday, form, 422)
    return _confirm(
        form,
        _facts(form.said(), holiday),
        effects(added=[form.said()], removed=holiday),
        url_for(".change", holiday_id=holiday_id),
        url_for(".check_change", holiday_id=holiday_id),
        "Simpan",
    )


@bp.post("/libur/tempel/periksa")
@requires(MANAGE)
def check_paste() -> ResponseReturnValue:
    """Show what many days more would move; nothing is saved yet. Wrong lines are 422, each by its number."""
    form = PasteForm()
    if form.change.data:
        return list_page(paste=form)
    if not form.validate():
        return list_page(paste=form, status=422)
    stages.govern(current_user, MANAGE, election())
    read = stages.read_lines(form.lines.data)
    if read.problems:
        form.tell(len(read.problems))
        return list_page(paste=form, problems=read.problems, status=422)
    new = stages.unknown_of(read.days)
    named = [(tanggal(said.day), f"{said.name}, {said.kind.label.lower()}") for said in new[:SHOWN]]
    if len(new) > SHOWN:
        named.append(("Lainnya", f"{len(new) - SHOWN} hari"))
    if len(new) < len(read.days):
        named.append(("Tidak diubah", f"{len(read.days) - len(new)} hari sudah ada dalam daftar"))
    return _confirm(
        form, named, effects(added=new), url_for(".paste"), url_for(".check_paste"), "Tambah semua"
    )


def _confirm(
    form: DeedForm, facts: list[tuple[str, str]], told: list[str], action: str, back: str, label: str
) -> ResponseReturnValue:
    return render_template(
        "holidays/confirm.html",
        facts=facts,
        effects=told,
        action=action,
        back=back,
        label=label,
        carried=[(name, value) for name, value in carried(form) if name != CHANGE],
        version=form.version.data or 0,
    )


def _facts(said: Day, before: Holiday | None = None) -> list[tuple[str, str]]:
    """The day as it will stand on the list, and on which day it stands now where that is another."""
    place = "Seluruh Indonesia" if said.region_code == EVERYWHERE else regions.find(said.region_code).title
    facts = [
        ("Tanggal", tanggal(said.day)),
        ("Nama", said.name),
        ("Jenis", said.kind.label),
        ("Berlaku di", place),
        ("Sumber", said.source),
    ]
    if before is not None and before.day != said.day:
        facts.insert(1, ("Sebelumnya", tanggal(before.day)))
    return facts
