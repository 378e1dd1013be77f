"""/verifikasi and the deeds of whoever judges: verify, return, reopen, move a deadline."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.checklists import view
from app.blueprints.checklists.forms import JudgeForm, RescheduleForm, ReturnForm, SeveralForm
from app.blueprints.checklists.routes import bp
from app.blueprints.checklists.rows import measure_text
from app.domain import checklists, clock, evidence, regions
from app.domain.accounts import Permission
from app.domain.checklists import EntryRow
from app.domain.errors import Invalid, NotNow, Refusal
from app.extensions import db
from app.web import htmx, reach
from app.web.access import current_user, requires
from app.web.context import election, home_region
from app.web.forms import picked_versions
from app.web.paging import safe_path
from app.words import lama

AT_ONCE = 30


def _cards(entries: list[EntryRow]) -> list[dict[str, Any]]:
    maker = view.rows_maker(show_region=True)
    files = evidence.uses_of_many(checklists.SUBJECT, [entry.id for entry in entries])
    return [
        {
            "entry": entry,
            "row": maker.one(entry),
            "measure_text": measure_text(entry),
            "age": lama(clock.now() - entry.filled_at) if entry.filled_at else "0 menit",
            "files": files.get(entry.id, []),
            "may_see": current_user.may(Permission.EVIDENCE_READ, region=entry.region_code),
            "zone": regions.zone_of(entry.region_code),
            "changed": checklists.changed_since_verification(checklists.history(entry.id))
            if entry.reviewed_at
            else {},
        }
        for entry in entries
    ]


@bp.get("/verifikasi")
@requires(Permission.CHECKLIST_VERIFY)
def queue() -> ResponseReturnValue:
    """What waits for this supervisor, oldest first, with all that is needed to judge it."""
    return _queue_page(_asked_region(request.args.get("wilayah", "")))


def _asked_region(code: str) -> str:
    """The region whose queue is asked for, "" for all that is in reach; NotFound for one that is not."""
    return reach.within(Permission.CHECKLIST_VERIFY, code) if code else ""


def _queue_page(region: str, status: int = 200, wrong: dict[int, str] | None = None) -> ResponseReturnValue:
    entries, total = checklists.waiting_for(current_user, election(), region=region, limit=AT_ONCE)
    home = regions.find(region or home_region())
    page = render_template(
        "checklists/queue.html",
        cards=_cards(entries),
        total=total,
        region=region,
        region_choices=[(row.code, row.title) for row in regions.children_of(home.code)],
        wrong=wrong or {},
        judging=JudgeForm(formdata=None),
        returning=ReturnForm(formdata=None),
    )
    return page, status


@bp.post("/verifikasi")
@requires(Permission.CHECKLIST_VERIFY)
def verify_several() -> ResponseReturnValue:
    """Verify the picked ones, all or none; each names the version that was looked at."""
    form = SeveralForm()
    pairs = picked_versions("pilih", AT_ONCE)
    region = _asked_region(request.form.get("wilayah", ""))
    if not form.validate() or not pairs:
        flash("Pilih dulu isian yang sudah Anda lihat. Belum ada yang diverifikasi.", "warn")
        return htmx.see_other(url_for(".queue", wilayah=region or None))
    entry_id = 0  # none, where the sending itself is refused
    try:
        if form.is_first_sending():
            for entry_id, version in pairs:
                checklists.verify(checklists.find(entry_id, current_user), by=current_user, version=version)
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        flash(f"Belum ada yang diverifikasi. {refusal.message}", "bad")
        return _queue_page(region, 409, {entry_id: refusal.message} if entry_id else None)
    flash(f"{len(pairs)} isian diverifikasi.", "ok")
    return htmx.see_other(url_for(".queue", wilayah=region or None))


def _judged(entry_id: int, said: str) -> Response:
    """After a judgement: the row leaves the queue, or is drawn anew on other pages."""
    entry = checklists.fresh(entry_id)
    if htmx.is_partial() and request.form.get("dari") == "antrean":
        left = checklists.waiting_for(current_user, election(), limit=1)[1]
        return htmx.fragment("checklists/_judged.html", said=f"{entry.code} {said}", left=left)
    if htmx.is_partial():
        return view.row_fragment(entry, said=f"{entry.code} {said}")
    flash(f"{entry.code} {said}", "ok")
    return htmx.see_other(safe_path(request.form.get("kembali"), url_for(".show", entry_id=entry_id)))


def _too_late(entry_id: int, refusal: NotNow) -> Response:
    db.session.rollback()
    entry = checklists.find(entry_id, current_user)
    if htmx.is_partial() and request.form.get("dari") == "antrean":
        return _card_too_late(entry, refusal.message)
    if htmx.is_partial():
        return view.row_fragment(entry, 409, said=refusal.message, tone="warn")
    flash(refusal.message, "warn")
    return view.whole(entry, 409)


def _card_too_late(entry: EntryRow, message: str) -> Response:
    """In the queue: the card as it is now when it still waits, else it leaves and the reason is said."""
    if entry.standing in checklists.WAITING:
        form, wrong = ReturnForm(formdata=None), {entry.id: f"{message} Ini versi terbarunya."}
        return htmx.fragment(
            "checklists/_card.html", 409, card=_cards([entry])[0], returning=form, wrong=wrong
        )
    left = checklists.waiting_for(current_user, election(), limit=1)[1]
    by = entry.reviewed_by_name or entry.filled_by_name
    said = f"{entry.code} sekarang {entry.standing.label.lower()} oleh {by}."
    return htmx.fragment("checklists/_judged.html", 409, said=said, left=left, tone="warn")


@bp.post("/daftar-periksa/<int:entry_id>/verifikasi")
@requires(Permission.CHECKLIST_VERIFY)
def verify(entry_id: int) -> ResponseReturnValue:
    """Find it right; refused for one's own deed."""
    entry = checklists.find(entry_id, current_user)
    form = JudgeForm()
    if not form.validate():
        return _explained(entry, ReturnForm(formdata=None), *form.version.errors)
    try:
        if form.is_first_sending():
            checklists.verify(entry, by=current_user, version=form.version.data or 0)
        db.session.commit()
    except NotNow as refusal:
        return _too_late(entry_id, refusal)
    return _judged(entry_id, "terverifikasi.")


@bp.post("/daftar-periksa/<int:entry_id>/kembalikan")
@requires(Permission.CHECKLIST_VERIFY)
def send_back(entry_id: int) -> ResponseReturnValue:
    """Return it with a reason."""
    entry = checklists.find(entry_id, current_user)
    form = ReturnForm()
    if not form.validate():
        return _explained(entry, form)
    try:
        if form.is_first_sending():
            checklists.send_back(
                entry,
                by=current_user,
                version=form.version.data or 0,
                reason=form.reason.data,
                fix=form.fix.data or "",
            )
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _explained(entry, form)
    except NotNow as refusal:
        return _too_late(entry_id, refusal)
    return _judged(entry_id, "dikembalikan kepada pengisinya.")


def _explained(entry: EntryRow, form: ReturnForm, *said: str) -> Response:
    """A judgement badly said (422), with the version that stands now; `said` is about the sending as a whole."""
    form.form_errors += [*said, *form.version.errors]
    form.version.data = entry.version
    if htmx.is_partial() and request.form.get("dari") == "antrean":
        return htmx.fragment("checklists/_card.html", 422, card=_cards([entry])[0], returning=form, wrong={})
    if htmx.is_partial():
        context = view.panel_context(entry, returning=form)
        return view.row_fragment(entry, 422, open_panel=True, tone="bad", **context)
    return view.whole(entry, 422, returning=form)


@bp.post("/daftar-periksa/<int:entry_id>/buka-kembali")
@requires(Permission.CHECKLIST_VERIFY)
def reopen(entry_id: int) -> ResponseReturnValue:
    """Unlock a verified entry with a reason."""
    entry = checklists.find(entry_id, current_user)
    form = ReturnForm()
    if not form.validate():
        return _explained(entry, form)
    try:
        if form.is_first_sending():
            checklists.reopen(entry, by=current_user, version=form.version.data or 0, reason=form.reason.data)
        db.session.commit()
    except NotNow as refusal:
        return _too_late(entry_id, refusal)
    return _judged(entry_id, "dibuka kembali.")


@bp.post("/daftar-periksa/<int:entry_id>/tenggat")
@requires(Permission.CHECKLIST_VERIFY)
def reschedule(entry_id: int) -> ResponseReturnValue:
    """Move one deadline with a reason."""
    entry = checklists.find(entry_id, current_user)
    form = RescheduleForm()
    if not form.validate() or form.due_on.data is None:
        form.form_errors += form.version.errors
        return view.whole(entry, 422, rescheduling=form)
    try:
        if form.is_first_sending():
            checklists.reschedule(
                entry,
                by=current_user,
                version=form.version.data or 0,
                due_on=form.due_on.data,
                reason=form.reason.data,
            )
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return view.whole(entry, 422, rescheduling=form)
    except NotNow as refusal:
        return _too_late(entry_id, refusal)
    flash(f"Tenggat {entry.code} dipindahkan.", "ok")
    return htmx.see_other(url_for(".show", entry_id=entry_id))
