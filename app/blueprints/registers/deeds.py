"""Deeds on a record: its steps, taking it out of the count and back, files."""

from __future__ import annotations

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.registers import view
from app.blueprints.registers.forms import ProofForm, StepForm, WithdrawForm
from app.blueprints.registers.routes import bp, found
from app.domain import evidence, registers
from app.domain.accounts import Permission
from app.domain.errors import Invalid, NotFound, NotNow
from app.extensions import db
from app.web import htmx, sending
from app.web.access import me, requires
from app.web.forms import DeedForm


@bp.post("/register/<book>/<int:record_id>/langkah/<verb>")
@requires(Permission.REGISTER_READ)
def step(book: str, record_id: int, verb: str) -> ResponseReturnValue:
    """Take a record one step on. Who may is what the register's own table of steps says (403)."""
    row = found(book, record_id)
    flow = row.register.flow
    if flow is None:
        raise NotFound("Register ini tidak mengenal langkah.")
    used = flow.verb(verb)
    if used in flow.apart:
        raise NotFound("Langkah ini diambil di halamannya sendiri.")
    registers.mandate(me(), row.register, Permission(flow.table[used].permission), row.region_code)
    form = StepForm().about(used)
    if not form.validate():
        return view.record_page(row, 422, used=used, form=form)
    try:
        if form.is_first_sending():
            stands = registers.step(row, used, form.said(), by=me(), version=form.version.data)
            flash(f"Tercatat. Sekarang: {row.register.state_words(stands)}.", "ok")
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return view.record_page(found(book, record_id), 422, used=used, form=form)
    except NotNow as refusal:
        db.session.rollback()
        return view.record_page(found(book, record_id), 409, used=used, form=form, overtaken=refusal.message)
    return htmx.see_other(url_for(".show", book=book, record_id=record_id))


@bp.post("/register/<book>/<int:record_id>/batalkan")
@requires(Permission.REGISTER_RECORD)
def withdraw(book: str, record_id: int) -> ResponseReturnValue:
    """Let a record count no more, with the reason; it stays readable."""
    row = found(book, record_id)
    form = WithdrawForm()
    registers.mandate(me(), row.register, Permission.REGISTER_RECORD, row.region_code)
    if not form.validate():
        return view.record_page(row, 422, withdrawing=form)
    try:
        if form.is_first_sending():
            registers.withdraw(row, by=me(), reason=form.reason.data or "", version=form.version.data)
            flash("Catatan dibatalkan dan tidak dihitung lagi.", "ok")
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return view.record_page(found(book, record_id), 422, withdrawing=form)
    except NotNow as refusal:
        db.session.rollback()
        return view.record_page(found(book, record_id), 409, withdrawing=form, overtaken=refusal.message)
    return htmx.see_other(url_for(".show", book=book, record_id=record_id))


@bp.post("/register/<book>/<int:record_id>/pulihkan")
@requires(Permission.REGISTER_RECORD)
def restore(book: str, record_id: int) -> ResponseReturnValue:
    """Let a withdrawn record count again."""
    row = found(book, record_id)
    form = DeedForm()
    registers.mandate(me(), row.register, Permission.REGISTER_RECORD, row.region_code)
    if not form.validate():
        return view.record_page(row, 422)
    try:
        if form.is_first_sending():
            registers.restore(row, by=me(), version=form.version.data)
            flash("Catatan dihitung lagi.", "ok")
        db.session.commit()
    except (Invalid, NotNow) as refusal:
        db.session.rollback()
        status = 409 if isinstance(refusal, NotNow) else 422
        return view.record_page(found(book, record_id), status, overtaken=refusal.message)
    return htmx.see_other(url_for(".show", book=book, record_id=record_id))


@bp.post("/register/<book>/<int:record_id>/bukti")
@requires(Permission.REGISTER_RECORD)
def attach(book: str, record_id: int) -> ResponseReturnValue:
    """Put a file on a record."""
    row = found(book, record_id)
    form = ProofForm()
    registers.mandate(me(), row.register, Permission.REGISTER_RECORD, row.region_code)
    if not form.validate():
        return view.record_page(row, 422, proving=form)
    try:
        if form.is_first_sending():
            upload = request.files.get("berkas")
            if upload is None or not upload.filename:
                raise Invalid("Pilih berkasnya dulu.", file="Belum ada berkas yang dipilih.")
            registers.attach(row, evidence.inspect(upload.stream, upload.filename), by=me())
            flash("Berkas tersimpan.", "ok")
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return view.record_page(found(book, record_id), 422, proving=form)
    return htmx.see_other(url_for(".show", book=book, record_id=record_id) + "#bukti")


@bp.get("/register/<book>/<int:record_id>/bukti/<int:use_id>")
@requires(Permission.REGISTER_READ)
def open_file(book: str, record_id: int, use_id: int) -> ResponseReturnValue:
    """The file itself; the reading is on the trail."""
    row = found(book, record_id)
    use = evidence.one_use(row.register.subject, row.id, use_id)
    evidence.record_reading(use, by=me())
    db.session.commit()
    return sending.evidence_file(use)
