"""What the checklist templates are given: rows, panels, whole pages, and the answers after a deed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from flask import Response, flash, make_response, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from app import words
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
from app.domain.accounts import Permission
from app.domain.audit import AuditEntry
from app.domain.checklists import AREAS, EntryRow, Recurrence, Standing, Totals, Verb
from app.domain.checklists import progress as counters
from app.domain.regions import Level
from app.web import htmx
from app.web.access import current_user, me
from app.web.context import election, home_region, today_in
from app.web.filters import new_key
from app.web.forms import parse_day
from app.web.paging import safe_path


def rows_maker(*, show_region: bool = False) -> RowMaker:
    """Rows for the signed-in person, now."""
    return RowMaker(me(), in_use_from=election().in_use_from, show_region=show_region)


def progress_of(region_code: str) -> dict[str, Any]:
    """The progress of a desk: its table by area of work, drawn, and the totals behind it. One statement.

    Kabupaten and province read the counters; kecamatan and desa are small enough to count.
    """
    as_of = checklists.AsOf.of(election(), today_in(region_code))
    if regions.level_of(region_code) in (Level.PROVINCE, Level.REGENCY):
        areas = counters.by_area(election(), region_code, as_of)
    else:
        areas = counters.below_kabkota(election(), region_code, as_of, len(region_code)).get(region_code, {})
    total = Totals.together(areas.values())
    link = f"/daftar-periksa?wilayah={region_code}&bidang="
    rows = tuple(
        (label, areas[code].percent_done, f"{link}{code}") for code, label in AREAS.items() if code in areas
    )
    return {
        "region": region_code,
        "total": total,
        "table": _progress_table(rows, total.percent_done) if rows else "",
    }


@lru_cache(maxsize=256)
def _progress_table(rows: tuple[tuple[str, float | None, str], ...], percent: float | None) -> Markup:
    """The table, remembered: few clicks move a percent by a tenth, and each answers with it."""
    return htmx.markup_of("components/bar.html", "progress_table", rows, "Kemajuan per bidang", percent)


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
        "before_day": before and _day_words(before[0], entry),
        "measure_text": measure_text(entry),
        "zone": regions.zone_of(entry.region_code),
        "attaching": EvidenceForm(formdata=None),
        **more,
    }


def _day_words(period: str, entry: EntryRow) -> str:
    """The day of an earlier period, seen from today: "kemarin", "22 Nov 2024"."""
    found = re.search(r"\d{4}-\d\d-\d\d", period)
    day = parse_day(found[0]) if found else None
    if day is None:
        return ""
    return "kemarin" if (today_in(entry.region_code) - day).days == 1 else words.tanggal_pendek(day)


def _stands_on() -> tuple[bool, str]:
    """Whether the row stands in a list of one region (the front page, which does not name it), and the way back
    that its form has to carry. htmx says the page with every request, so its rows carry none: the answer to a
    click stays small however long the address of a list is.
    """
    named = request.form.get("kembali", "")
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    return (page.path or named.partition("?")[0]) == "/", "" if page.path else safe_path(named, "")


def _filled(entry: EntryRow) -> FillForm:
    form = FillForm(formdata=None)
    form.version.data = entry.version
    form.measure_value.data = entry.measure_value
    form.measure_total.data = entry.measure_total
    for name in ("measure_reason", "note", "reason", "help_wanted", "no_evidence_reason"):
        getattr(form, name).data = getattr(entry, name)
    return form


def _readable(history: list[AuditEntry], entry: EntryRow) -> list[AuditEntry]:
    """The deeds without those on files, which name them, for whoever may read neither these nor the trail here."""
    reads = current_user.permissions(region=entry.region_code, area=entry.area, unit=entry.unit_id)
    if reads & {Permission.EVIDENCE_READ, Permission.AUDIT_READ}:
        return history
    return [link for link in history if not link.action.startswith("evidence:")]


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
            "condition": checklists.Condition.read(entry.condition),
            "condition_stands": checklists.condition_stands(entry),
            "history": _readable(history, entry),
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
    return _row_alone(entry, said)


def _row_alone(entry: EntryRow, said: str) -> Response:
    """The row and the counters after a click, no panel under it: what most answers are, drawn the short way."""
    on_front_page, back = _stands_on()
    row = rows_maker(show_region=not on_front_page).one(entry)
    # The token that came with the click was just found good: signing a new one costs a fortieth of a click.
    token = request.form.get("csrf_token") or generate_csrf()
    given = (row, progress_of(home_region()), new_key(), token, back, "ok", said)
    return htmx.drawn("checklists/_answer.html", "answer", *given)


def row_fragment(shown: EntryRow, status: int = 200, /, **context: Any) -> Response:
    """The row with the counters, and a panel under it when the context brings one.

    A list of one region (the front page) does not name the region in its rows.
    """
    on_front_page, back = _stands_on()
    return htmx.fragment(
        "checklists/_entry.html",
        status,
        **{
            "row": rows_maker(show_region=not on_front_page).one(shown),
            "progress": progress_of(home_region()),
            "said": "",
            "tone": "ok",
            "open_panel": False,
            "next_url": back,
            **context,
        },
    )


def explained(entry: EntryRow, form: FillForm) -> Response:
    """A badly said deed (422): the panel with what was typed and what is wrong, nothing changed."""
    form.form_errors += form.version.errors
    form.version.data = entry.version
    if htmx.is_partial():
        return row_fragment(entry, 422, open_panel=True, **panel_context(entry, form=form))
    return whole(entry, 422, form=form)


COMPARED = {
    "measure_value": "Angka",
    "measure_total": "Jumlah seluruhnya",
    "measure_reason": "Alasan angka",
    "note": "Catatan",
    "reason": "Alasan",
    "help_wanted": "Bantuan",
    "no_evidence_reason": "Mengapa belum ada bukti",
}
"""What is shown side by side when somebody else was faster."""


def overtaken(entry: EntryRow, form: FillForm, message: str) -> Response:
    """A deed that came too late (409): the row as it is now beside what the person sent; nothing was saved.

    The form keeps what was typed on the newest version, so that sending it again is a decision.
    """
    form.version.data = entry.version
    form.form_errors.append(message)
    judged = entry.standing in checklists.VERIFIED or entry.standing in (Standing.RETURNED, Standing.REOPENED)
    pairs = []
    for name, label in COMPARED.items():
        theirs, mine = getattr(entry, name), getattr(form, name).data
        if getattr(form, name).raw_data and (mine or None) != (theirs or None):
            pairs.append((label, *(words.angka(v) if isinstance(v, int) else v for v in (theirs, mine))))
    faster = {
        "who": entry.reviewed_by_name if judged else entry.filled_by_name,
        "at": (entry.reviewed_at if judged else entry.filled_at) or clock.now(),
        "pairs": [(label, theirs, "kosong" if mine in (None, "") else mine) for label, theirs, mine in pairs],
    }
    if htmx.is_partial():
        return row_fragment(entry, 409, open_panel=True, **panel_context(entry, form=form, faster=faster))
    return whole(entry, 409, form=form, faster=faster)
