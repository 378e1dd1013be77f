"""Deeds on a record: its steps, taking it out of the count and back, files."""

from __future__ import annotations

from typing import Any

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.deed import Again, carried_out
from app.blueprints.registers import view
from app.blueprints.registers.forms import ProofForm, RestoreForm, StepForm, WithdrawForm
from app.blueprints.registers.routes import bp, found
from app.domain import evidence, registers
from app.domain.accounts import Permission
from app.domain.errors import Invalid, NotFound
from app.domain.registers import RecordRow
from app.extensions import db
from app.web import htmx, sending
from app.web.access import me, requires


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

    def do() -> None:
        stands = registers.step(row, used, form.said(), by=me(), version=form.version.data)
        flash(f"Tercatat. Sekarang: {row.register.state_words(stands)}.", "ok")

    return carried_out(form, do, _again(row, used=used, form=form)) or _shown(row)


def _again(row: RecordRow, **form: Any) -> Again:
    """The page of the record as it is now, with the form that was not taken."""
    return lambda status, overtaken: view.record_page(
        found(row.register.key, row.id), status, overtaken=overtaken, **form
    )


def _shown(row: RecordRow, anchor: str | None = None) -> ResponseReturnValue:
    return htmx.see_other(url_for(".show", book=row.register.key, record_id=row.id, _anchor=anchor))


def _recorded(book: str, record_id: int) -> RecordRow:
    """A record that the person may change. Raises NotFound, NotAllowed."""
    row = found(book, record_id)
    registers.mandate(me(), row.register, Permission.REGISTER_RECORD, row.region_code)
    return row


@bp.post("/register/<book>/<int:record_id>/batalkan")
@requires(Permission.REGISTER_RECORD)
def withdraw(book: str, record_id: int) -> ResponseReturnValue:
    """Let a record count no more, with the reason; it stays readable."""
    row, form = _recorded(book, record_id), WithdrawForm()

    def do() -> None:
        registers.withdraw(row, by=me(), reason=form.reason.data or "", version=form.version.data)
        flash("Catatan dibatalkan dan tidak dihitung lagi.", "ok")

    return carried_out(form, do, _again(row, withdrawing=form)) or _shown(row)


@bp.post("/register/<book>/<int:record_id>/pulihkan")
@requires(Permission.REGISTER_RECORD)
def restore(book: str, record_id: int) -> ResponseReturnValue:
    """Let a withdrawn record count again."""
    row, form = _recorded(book, record_id), RestoreForm()

    def do() -> None:
        registers.restore(row, by=me(), version=form.version.data)
        flash("Catatan dihitung lagi.", "ok")

    return carried_out(form, do, _again(row, restoring=form)) or _shown(row)


@bp.post("/register/<book>/<int:record_id>/bukti")
@requires(Permission.REGISTER_RECORD)
def attach(book: str, record_id: int) -> ResponseReturnValue:
    """Put a file on a record."""
    row, form = _recorded(book, record_id), ProofForm()

    def do() -> None:
        upload = request.files.get("berkas")
        if upload is None or not upload.filename:
            raise Invalid("Pilih berkasnya dulu.", file="Belum ada berkas yang dipilih.")
        registers.attach(row, evidence.inspect(upload.stream, upload.filename), by=me())
        flash("Berkas tersimpan.", "ok")

    return carried_out(form, do, _again(row, proving=form)) or _shown(row, "bukti")


@bp.get("/register/<book>/<int:record_id>/bukti/<int:use_id>")
@requires(Permission.REGISTER_READ)
def open_file(book: str, record_id: int, use_id: int) -> ResponseReturnValue:
    """The file itself; the reading is on the trail."""
    row = found(book, record_id)
    use = evidence.one_use(row.register.subject, row.id, use_id)
    evidence.record_reading(use, by=me())
    db.session.commit()
    return sending.evidence_file(use)
