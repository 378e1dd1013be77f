"""What the checklist templates are given: rows, panels, whole pages, and the answers after a deed."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, make_response, render_template, request, url_for

from app.blueprints.checklists.forms import (
    EvidenceForm,
    FillForm,
    JudgeForm,
    RemarkForm,
    RescheduleForm,
    ReturnForm,
)
from app.blueprints.checklists.rows import RowMaker, due_words, measure_text
from app.domain import checklists, clock, evidence, regions
from app.domain.checklists import AREAS, EntryRow, Recurrence, Totals, Verb
from app.domain.checklists import progress as counters
from app.domain.regions import Level
from app.web import htmx
from app.web.access import current_user
from app.web.context import election, home_region, today_in
from app.web.paging import safe_path


def rows_maker(*, show_region: bool = False) -> RowMaker:
    """Rows for the signed-in person, now."""
    return RowMaker(current_user, in_use_from=election().in_use_from, show_region=show_region)


def progress_of(region_code: str) -> dict[str, Any]:
    """The progress table of a desk: rows of (label, percent, href), the sum, and the totals behind it. One statement.

    Kabupaten and province read the counters; kecamatan and desa are small enough to count.
    """
    as_of = checklists.AsOf.of(election(), today_in(region_code))
    if regions.level_of(region_code) in (Level.PROVINCE, Level.REGENCY):
        areas = counters.by_area(election(), region_code, as_of)
    else:
        areas = counters.below_kabkota(election(), region_code, as_of, len(region_code)).get(region_code, {})
    total = sum(areas.values(), Totals())
    link = f"/daftar-periksa?wilayah={region_code}&bidang="
    return {
        "region": region_code,
        "total": total,
        "sum": total.percent_done,
        "rows": [
            (label, areas[code].percent_done, f"{link}{code}") for code, label in AREAS.items() if code in areas
        ],
    }


def panel_context(
    entry: EntryRow, *, form: FillForm | None = None, returning: ReturnForm | None = None, **more: Any
) -> dict[str, Any]:
    """Everything the panel needs: forms, evidence, suggestions, the verbs that are open."""
    maker = rows_maker()
    verbs = maker.verbs(entry)
    judged = verbs & {Verb.VERIFY, Verb.ACCEPT, Verb.RETURN}
    own_deed = bool(judged) and checklists.had_a_hand(entry.id, current_user)
    before = checklists.previous_measure(entry) if entry.measure_unit else None
    return {
        "entry": entry,
        "form": form or _filled(entry),
        "returning": returning or ReturnForm(formdata=None),
        "verbs": verbs - judged if own_deed else verbs,
        "own_deed": own_deed,
        "files": evidence.uses_of(checklists.SUBJECT, entry.id),
        "needs_file": checklists.needs_file(entry.evidence_needed),
        "evidence_text": checklists.evidence_text(entry.evidence_needed),
        "total": checklists.suggested_total(entry) if entry.measure_unit else None,
        "before": before,
        "measure_text": measure_text(entry),
        "zone": regions.zone_of(entry.region_code),
        "attaching": EvidenceForm(formdata=None),
        **more,
    }


def _filled(entry: EntryRow) -> FillForm:
    form = FillForm(formdata=None)
    form.version.data = entry.version
    form.measure_value.data = entry.measure_value
    form.measure_total.data = entry.measure_total
    for name in ("measure_reason", "note", "reason", "help_wanted", "no_evidence_reason"):
        getattr(form, name).data = getattr(entry, name)
    return form


def whole(entry: EntryRow, status: int = 200, **more: Any) -> Response:
    """The entry's own page."""
    history = checklists.history(entry.id)
    context = panel_context(entry, **{k: v for k, v in more.items() if k in ("form", "returning")})
    page = render_template(
        "checklists/show.html",
        **{
            **context,
            "path": regions.path_of(entry.region_code),
            "row": rows_maker().one(entry),
            "area_name": AREAS.get(entry.area, entry.area),
            "recurrence": Recurrence(entry.recurrence).label,
            "due_words": due_words(entry, today_in(entry.region_code)),
            "history": history,
            "changed": checklists.changed_since_verification(history),
            "remarks": checklists.remarks(entry.id),
            "remarking": RemarkForm(formdata=None),
            "judging": JudgeForm(formdata=None),
            "rescheduling": RescheduleForm(formdata=None),
            "reusable": evidence.recent_files(current_user, (regions.kabkota_of(entry.region_code),)),
            **more,
        },
    )
    return make_response(page, status)


def drawn(entry: EntryRow, said: str) -> Response:
    """After a deed: the row itself and the counters for htmx, or back to where the person was."""
    if not htmx.is_partial():
        flash(said, "ok")
        fallback = url_for("checklists.show", entry_id=entry.id)
        return htmx.see_other(safe_path(request.form.get("kembali"), fallback))
    return row_fragment(entry, said=said)


def row_fragment(shown: EntryRow, status: int = 200, /, **context: Any) -> Response:
    """The row with the counters, and a panel under it when the context brings one.

    A list of one region (the front page) does not name the region in its rows.
    """
    back = safe_path(request.form.get("kembali"), "")
    return htmx.fragment(
        "checklists/_entry.html",
        status,
        **{
            "row": rows_maker(show_region=back.partition("?")[0] != "/").one(shown),
            "progress": progress_of(home_region()),
            "said": "",
            "tone": "ok",
            "open_panel": False,
            "next_url": back,
            **context,
        },
    )


def explained(entry: EntryRow, form: FillForm, said: str = "") -> Response:
    """A badly said deed (422): the panel with what was typed and what is wrong, nothing changed."""
    form.version.data = entry.version
    if htmx.is_partial():
        context = panel_context(entry, form=form)
        return row_fragment(entry, 422, said=said, tone="bad", open_panel=True, **context)
    return whole(entry, 422, form=form)


def overtaken(entry: EntryRow, form: FillForm, message: str) -> Response:
    """A deed that came too late (409): the row as it is now, what the person typed, and who was faster."""
    form.version.data = entry.version
    form.form_errors.append(message)
    who = entry.reviewed_by_name if entry.standing in checklists.VERIFIED else entry.filled_by_name
    mine = {field.label.text: field.data for field in form if field.raw_data and field.data and field.name != "versi"}
    shown = {
        label: value
        for label, value in mine.items()
        if label in ("Angka sekarang", "Jumlah seluruhnya", "Catatan", "Alasan", "Bantuan yang diperlukan")
    }
    faster = {"who": who, "at": clock.now() if entry.filled_at is None else entry.filled_at, "mine": shown}
    if htmx.is_partial():
        context = panel_context(entry, form=form, faster=faster)
        return row_fragment(entry, 409, said=message, tone="warn", open_panel=True, **context)
    return whole(entry, 409, form=form, faster=faster)
