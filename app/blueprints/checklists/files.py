"""Evidence of an entry: attach, show, reuse, replace, take off, judge, and keep where a photo was taken."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from app.blueprints.checklists import view
from app.blueprints.checklists.forms import EvidenceForm
from app.blueprints.checklists.routes import bp
from app.domain import checklists, evidence
from app.domain.accounts import Permission
from app.domain.checklists import EntryRow
from app.domain.errors import Invalid, NotNow
from app.domain.evidence import Inspected, UseRow
from app.extensions import db
from app.web import htmx, sending
from app.web.access import current_user, requires
from app.web.forms import small_number

MOST_AT_ONCE = 10


def _uploads() -> list[FileStorage]:
    """The files of this request. Refuses (Invalid) more than MOST_AT_ONCE, so that none is left out unsaid."""
    found = [upload for upload in request.files.getlist("berkas") if upload.filename]
    if len(found) > MOST_AT_ONCE:
        raise Invalid(
            "Berkas sekali kirim terlalu banyak.",
            file=f"Anda memilih {len(found)} berkas; kirim paling banyak {MOST_AT_ONCE}. Belum ada yang disimpan.",
        )
    return found


def inspected_uploads() -> list[Inspected]:
    """The files of this request, looked at and made safe; raises Invalid. Slow, so it stands before any write."""
    return [evidence.inspect(upload.stream, upload.filename or "") for upload in _uploads()]


def _change(entry_id: int, said: str, act: Callable[[EntryRow, EvidenceForm], None]) -> Response:
    """The one path of every deed on evidence."""
    entry = checklists.find(entry_id, current_user)
    form = EvidenceForm()
    if not form.validate():
        return _explained(entry, form)
    try:
        if form.is_first_sending():
            act(entry, form)
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _explained(entry, form)
    except NotNow as refusal:
        db.session.rollback()
        form.form_errors.append(refusal.message)
        return _explained(checklists.find(entry_id, current_user), form, 409)
    if not htmx.is_partial():
        return htmx.see_other(url_for("checklists.show", entry_id=entry_id) + "#bukti")
    fresh = checklists.fresh(entry_id)
    return view.row_fragment(fresh, said=said, open_panel=True, **view.panel_context(fresh))


def _explained(entry: EntryRow, form: EvidenceForm, status: int = 422) -> Response:
    if htmx.is_partial():
        context = view.panel_context(entry) | {"attaching": form}
        return view.row_fragment(entry, status, open_panel=True, tone="bad", **context)
    return view.whole(entry, status, attaching=form)


@bp.post("/daftar-periksa/<int:entry_id>/bukti")
@requires(Permission.EVIDENCE_ATTACH)
def attach(entry_id: int) -> ResponseReturnValue:
    """Put files on an entry."""

    def act(entry: EntryRow, form: EvidenceForm) -> None:
        files = inspected_uploads()
        if not files:
            raise Invalid("Pilih berkasnya dulu.", file="Belum ada berkas yang dipilih.")
        for inspected in evidence.kept_ahead(files):
            checklists.attach(checklists.find(entry.id, current_user), inspected, by=current_user)

    return _change(entry_id, "Bukti tersimpan.", act)


@bp.post("/daftar-periksa/<int:entry_id>/bukti/pakai")
@requires(Permission.EVIDENCE_ATTACH)
def reuse(entry_id: int) -> ResponseReturnValue:
    """Let a file that the person brought for another entry prove this one too."""

    def act(entry: EntryRow, form: EvidenceForm) -> None:
        number = small_number(request.form.get("berkas_lama", ""))
        if number is None:
            raise Invalid("Pilih berkasnya dulu.", file="Pilih salah satu berkas yang sudah ada.")
        checklists.attach_again(entry, number, by=current_user)

    return _change(entry_id, "Bukti dipakai juga di sini.", act)


@bp.post("/daftar-periksa/<int:entry_id>/bukti/<int:use_id>/ganti")
@requires(Permission.EVIDENCE_ATTACH)
def replace(entry_id: int, use_id: int) -> ResponseReturnValue:
    """Put a better version in a file's place; the old one is kept."""

    def act(entry: EntryRow, form: EvidenceForm) -> None:
        files = inspected_uploads()
        if len(files) != 1:
            raise Invalid("Pilih satu berkas pengganti.", file="Pilih tepat satu berkas.")
        checklists.replace_evidence(entry, use_id, files[0], by=current_user)

    return _change(entry_id, "Bukti diganti; versi lama tetap tersimpan.", act)


@bp.post("/daftar-periksa/<int:entry_id>/bukti/<int:use_id>/lepas")
@requires(Permission.EVIDENCE_ATTACH)
def detach(entry_id: int, use_id: int) -> ResponseReturnValue:
    """Take a file off an entry, with the reason; the file is kept."""

    def act(entry: EntryRow, form: EvidenceForm) -> None:
        checklists.detach(entry, use_id, by=current_user, reason=form.reason.data or "")

    return _change(entry_id, "Bukti dilepas dari butir ini.", act)


@bp.post("/daftar-periksa/<int:entry_id>/bukti/<int:use_id>/tempat")
@requires(Permission.EVIDENCE_ATTACH)
def place(entry_id: int, use_id: int) -> ResponseReturnValue:
    """Keep, or not, when and where a photo says it was taken."""

    def act(entry: EntryRow, form: EvidenceForm) -> None:
        use = evidence.one_use(checklists.SUBJECT, entry.id, use_id)
        proposal = use.file.proposal
        if not form.keep.data:
            evidence.decline_place(use_id, by=current_user)
        else:
            evidence.confirm_place(
                use_id,
                form.taken_at(entry.region_code) or (proposal.taken_at if proposal else use.file.taken_at),
                proposal.latitude if proposal else use.file.latitude,
                proposal.longitude if proposal else use.file.longitude,
                form.place.data or "",
                by=current_user,
            )

    return _change(entry_id, "Keterangan foto tersimpan.", act)


@bp.post("/daftar-periksa/<int:entry_id>/bukti/<int:use_id>/nilai")
@requires(Permission.CHECKLIST_VERIFY)
def judge_file(entry_id: int, use_id: int) -> ResponseReturnValue:
    """Say what a file is worth (F32); the entry and its version stay as they are."""

    def act(entry: EntryRow, form: EvidenceForm) -> None:
        form.verdict.id, form.reason.id = f"nilai-{use_id}", f"nilai-alasan-{use_id}"  # where errors lead to
        office = current_user.mandate_for(
            Permission.CHECKLIST_VERIFY, region=entry.region_code, area=entry.area, unit=entry.unit_id
        )
        use = evidence.one_use(checklists.SUBJECT, entry.id, use_id)
        said = form.verdict.data or "", form.reason.data or ""
        evidence.judge(use.id, *said, by=current_user, office=office.text)

    return _change(entry_id, "Penilaian bukti tersimpan.", act)


def _use_to_read(entry_id: int, use_id: int) -> UseRow:
    """The file on an entry that the person may see; an inspector also sees what was taken off. NotFound."""
    entry = checklists.find(entry_id, current_user)
    inspects = current_user.may(Permission.AUDIT_READ, region=entry.region_code)
    return evidence.one_use(checklists.SUBJECT, entry.id, use_id, with_removed=inspects)


@bp.get("/daftar-periksa/<int:entry_id>/bukti/<int:use_id>")
@requires(Permission.EVIDENCE_READ)
def open_file(entry_id: int, use_id: int) -> ResponseReturnValue:
    """The file itself, to whoever may see the entry; the reading is in the trail (F125)."""
    use = _use_to_read(entry_id, use_id)
    evidence.record_reading(use, by=current_user)
    db.session.commit()
    return sending.evidence_file(use)


@bp.get("/daftar-periksa/<int:entry_id>/bukti/<int:use_id>/kecil")
@requires(Permission.EVIDENCE_READ)
def thumbnail(entry_id: int, use_id: int) -> ResponseReturnValue:
    """A photo made small, to whoever may open the file itself; 404 for what has none.

    Not in the trail: the whole picture is not shown, and a list would write twenty readings that nobody made.
    Kept in no cache, like the file itself: desk computers are shared, and a face or an identity card would
    stay on the disk after signing out. That costs some 15 kB a photo, only for those scrolled into view.
    """
    use = _use_to_read(entry_id, use_id)
    current_user.require(Permission.EVIDENCE_READ, region=use.region_code)
    return sending.picture(evidence.open_thumbnail(use.file), "image/jpeg")
