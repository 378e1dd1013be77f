"""/daftar-periksa/kisi: one item over many regions, or many items of one region, ticked at once; all or nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.checklists import view
from app.blueprints.checklists.files import inspected_uploads
from app.blueprints.checklists.forms import GridForm
from app.blueprints.checklists.routes import asked_filters, bp, unknown_filters
from app.blueprints.checklists.rows import measure_text
from app.domain import checklists, regions
from app.domain.accounts import Permission
from app.domain.checklists import AREAS, FILL_DEEDS, EntryRow, Filling, Filters, Verb
from app.domain.errors import Invalid, Refusal
from app.domain.regions import Level
from app.extensions import db
from app.web import htmx
from app.web.access import current_user, requires
from app.web.context import election, today_in
from app.web.forms import WholeNumberField, picked_versions

MOST = 150
DEEDS = {"selesai": Verb.TICK, "proses": Verb.START, "catat": Verb.NOTE}


def _entries(filters: Filters) -> tuple[list[EntryRow], int]:
    as_of = checklists.AsOf.of(election(), today_in(filters.region))
    found = checklists.list_page(current_user, election(), filters, as_of, per_page=MOST)
    return found.rows, found.total


def _asked() -> Filters:
    """The filters in the address; an area of work shows the region's own items unless another level is asked for."""
    filters = asked_filters()
    if filters.area and not filters.item and not filters.level:
        filters = replace(filters, level=regions.level_of(filters.region).value)
    return filters


def _page(
    filters: Filters, form: GridForm, status: int = 200, wrong: dict[int, str] | None = None
) -> ResponseReturnValue:
    entries, total = _entries(filters) if filters.item or filters.area else ([], 0)
    maker = view.rows_maker(show_region=True)
    lines = [(entry, maker.one(entry), measure_text(entry)) for entry in entries]
    typed = {key: value for key, value in request.form.items() if key.startswith("angka-")}
    picked = {text.partition(":")[0] for text in request.form.getlist("pilih")}
    page = render_template(
        "checklists/grid.html",
        lines=sorted(
            lines, key=lambda line: Verb.TICK not in line[1].verbs
        ),  # what can be done stands on top
        total=total,
        most=MOST,
        filters=filters,
        form=form,
        wrong=wrong or {},
        typed=typed,
        picked=picked,
        selects=_selects(filters),
        by_item=bool(filters.item),
        has_figures=any(entry.measure_unit for entry in entries),
        problems=unknown_filters(asked_filters()),
        needs_file=any(checklists.needs_file(entry.evidence_needed) for entry in entries),
    )
    return page, status


def _selects(filters: Filters) -> list[dict[str, Any]]:
    home = regions.find(filters.region)
    places = [*regions.path_of(home.code), *regions.children_of(home.code)]
    reach = [row for row in places if current_user.may(Permission.CHECKLIST_READ, region=row.code)]
    codes = checklists.codes_and_titles()
    return [
        {
            "name": "wilayah",
            "label": "Wilayah",
            "value": filters.region,
            "choices": [(r.code, r.title) for r in reach],
        },
        {"name": "butir", "label": "Satu butir", "value": filters.item, "choices": codes},
        {
            "name": "bidang",
            "label": "Atau satu bidang",
            "value": filters.area,
            "choices": list(AREAS.items()),
        },
        {
            "name": "tingkat",
            "label": "Tingkat",
            "value": filters.level,
            "choices": [(level.value, level.label) for level in Level],
        },
        {
            "name": "tenggat",
            "label": "Tenggat",
            "value": filters.due,
            "choices": [("overdue", "Lewat waktu"), ("today", "Hari ini")],
        },
    ]


@bp.get("/daftar-periksa/kisi")
@requires(Permission.CHECKLIST_FILL)
def grid() -> ResponseReturnValue:
    """The grid for an item or an area of work."""
    return _page(_asked(), GridForm(formdata=None))


@bp.post("/daftar-periksa/kisi")
@requires(Permission.CHECKLIST_FILL)
def fill_grid() -> ResponseReturnValue:
    """Do one deed on all picked entries, or on none: the first refusal is shown at its line and nothing is saved."""
    filters = _asked()
    form = GridForm()
    pairs = picked_versions("pilih", MOST)
    verb = DEEDS.get(form.deed.data or "")
    if not form.validate() or verb is None or not pairs:
        if not pairs:
            form.form_errors.append("Pilih sedikitnya satu baris.")
        if verb is None and not form.deed.errors:
            form.form_errors.append("Pilih tindakannya.")
        return _page(filters, form, 422)
    at = 0
    try:
        files = inspected_uploads()
        if len(files) > 1:
            raise Invalid("Pilih satu berkas saja.", file="Satu berkas untuk semua baris yang dipilih.")
        if form.is_first_sending():
            reused: int | None = None
            for entry_id, version in sorted(pairs):
                at = entry_id
                reused = _fill_one(entry_id, version, verb, form, files, reused)
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.form_errors.append(f"{refusal.message} Belum ada yang disimpan.")
        reason = " ".join(refusal.fields.values())
        wrong = {at: reason or refusal.message} if at else {}
        return _page(filters, form, 422 if isinstance(refusal, Invalid) else 409, wrong)
    flash(f"{len(pairs)} baris tersimpan.", "ok")
    kept: dict[str, Any] = request.args.to_dict()
    return htmx.see_other(url_for(".grid", **kept))


def _fill_one(
    entry_id: int, version: int, verb: Verb, form: GridForm, files: list[Any], reused: int | None
) -> int | None:
    entry = checklists.find(entry_id, current_user)
    if entry.version != version:
        raise checklists.Overtaken(
            f"{entry.code} {entry.region_name} baru saja diubah {entry.filled_by_name}."
        )
    if files:
        if reused is None:
            reused = checklists.attach(entry, files[0], by=current_user).file_id
        else:
            checklists.attach_again(entry, reused, by=current_user)
        entry = checklists.find(entry_id, current_user)
    filling = Filling(
        measure_value=_number(entry_id),
        measure_reason=form.measure_reason.data or None,
        note=form.note.data or None,
        no_evidence_reason=form.no_evidence_reason.data or None,
    )
    FILL_DEEDS[verb](entry, by=current_user, version=entry.version, filling=filling)
    return reused


def _number(entry_id: int) -> int | None:
    """The figure typed on an entry's line; raises Invalid for what is no whole number."""
    form = GridForm(formdata=None)
    field = WholeNumberField("Angka").bind(form, f"angka-{entry_id}")
    try:
        field.process_formdata([request.form.get(f"angka-{entry_id}", "")])
    except ValueError as error:
        raise Invalid(str(error), measure_value=str(error)) from None
    return field.data if isinstance(field.data, int) else None
