"""/register: what the desk keeps of what happened; the same pages for each kind of record."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.deed import carried_out
from app.blueprints.registers import view
from app.blueprints.registers.forms import RecordForm
from app.documents.register_asking import asked
from app.domain import neutrality, registers
from app.domain.accounts import Permission
from app.domain.all_registers import REGISTERS, register_of
from app.domain.errors import NotAllowed, NotNow
from app.domain.registers import RecordRow, Register
from app.web import htmx
from app.web.access import current_user, me, requires
from app.web.context import today_in
from app.web.paging import asked_page
from app.words import kapital

bp = Blueprint("registers", __name__)

PER_PAGE = 50
HITS = 50


@bp.get("/register")
@requires(Permission.REGISTER_READ)
def shelf() -> ResponseReturnValue:
    """The registers that the person reads, by area of work, and a search over all of them (`?cari=`), the cases of
    neutrality of the person's own region among them.
    """
    text = request.args.get("cari", "").strip()[:80]
    mine = [register for register in REGISTERS if registers.roots(me(), register)]
    return render_template(
        "registers/shelf.html",
        areas=view.shelf(),
        text=text,
        hits=registers.search(mine, me(), text, limit=HITS),
        cases=neutrality.search(me(), text, limit=HITS),
        most=HITS,
    )


@bp.get("/register/<book>")
@requires(Permission.REGISTER_READ)
def index(book: str) -> ResponseReturnValue:
    """The records of one register within the person's reach, the latest first."""
    register = view.readable(register_of(book))
    said = asked(register, request.args)
    number = asked_page()
    found = registers.listed(register, me(), said.filters, page=number, per_page=PER_PAGE)
    return view.list_page(register, said, found, number, PER_PAGE)


def _recordable(register: Register) -> Register:
    """The register itself. Raises NotAllowed for who records in it nowhere."""
    if not view.may_record(register):
        raise NotAllowed(
            f"{register.title} dicatat oleh operator yang membidanginya. Hubungi admin desk bila seharusnya Anda."
        )
    return register


@bp.get("/register/<book>/baru")
@requires(Permission.REGISTER_RECORD)
def new(book: str) -> ResponseReturnValue:
    """The form of a new record; `?di=` picks the region, a column of a parent (`?meeting_id=`) the record it is of."""
    register = _recordable(view.readable(register_of(book)))
    form = RecordForm.of(register)(formdata=None)
    parents = view.parents_of(register)
    wanted = request.args.get("di", "") or (parents[0][1].region_code if parents else "")
    offered = view.region_choices(register, Permission.REGISTER_RECORD, wanted)
    form.offer(offered)
    codes = [code for code, _ in offered]
    form.region.data = wanted if wanted in codes else (codes[0] if codes else "")
    if register.day and form.region.data and not register.by_name[register.day].may_be_ahead:
        form[register.day].data = today_in(form.region.data)
    return view.form_page(register, form, parents=parents)


@bp.post("/register/<book>/baru")
@requires(Permission.REGISTER_RECORD)
def record(book: str) -> ResponseReturnValue:
    """Add a record. The same sending twice records one."""
    register = _recordable(view.readable(register_of(book)))
    form = RecordForm.of(register)()
    form.offer(view.region_choices(register, Permission.REGISTER_RECORD, request.form.get("di", "")[:13]))
    made: list[int] = []
    parents = view.parents_of(register)

    def do() -> None:
        known = {column: parent.id for column, parent in parents}
        said = form.values(register)
        made.append(registers.record(register, form.region.data, said, by=me(), parents=known))
        flash(f"{kapital(register.one)} sudah dicatat.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return view.form_page(register, form, status, overtaken=overtaken, parents=parents)

    return carried_out(form, do, again) or htmx.see_other(_of(book, made))


def _of(book: str, made: list[int]) -> str:
    """The page of what was just recorded; the list, where the same sending had recorded it before."""
    return url_for(".show", book=book, record_id=made[0]) if made else url_for(".index", book=book)


def found(book: str, record_id: int) -> RecordRow:
    """A record within the person's reach. Raises NotFound."""
    return registers.find(register_of(book), record_id, me())


@bp.get("/register/<book>/<int:record_id>")
@requires(Permission.REGISTER_READ)
def show(book: str, record_id: int) -> ResponseReturnValue:
    """One record with its steps, files and history."""
    return view.record_page(found(book, record_id))


@bp.get("/register/<book>/<int:record_id>/ubah")
@requires(Permission.REGISTER_RECORD)
def change_form(book: str, record_id: int) -> ResponseReturnValue:
    """The form that corrects a record."""
    row = found(book, record_id)
    _may_change(row)
    return view.form_page(row.register, RecordForm.of(row.register)(formdata=None).filled(row), row=row)


def _may_change(row: RecordRow) -> None:
    """Refuse who may not (NotAllowed), and a record that has ended (NotNow)."""
    registers.mandate(current_user, row.register, Permission.REGISTER_RECORD, row.region_code)
    if row.has_ended:
        raise NotNow("Catatan ini sudah selesai atau dibatalkan. Buka kembali dahulu untuk membetulkannya.")


@bp.post("/register/<book>/<int:record_id>/ubah")
@requires(Permission.REGISTER_RECORD)
def change(book: str, record_id: int) -> ResponseReturnValue:
    """Correct a record. 409 where somebody else was quicker; what was typed stays."""
    row = found(book, record_id)
    _may_change(row)
    form = RecordForm.of(row.register)()
    form.offer([(row.region_code, row.region_name)])
    form.region.data = row.region_code

    def do() -> None:
        registers.change(row, form.values(row.register), by=me(), version=form.version.data)
        flash("Perubahan tersimpan.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return view.form_page(row.register, form, status, row=found(book, record_id), overtaken=overtaken)

    return carried_out(form, do, again) or htmx.see_other(url_for(".show", book=book, record_id=record_id))


from app.blueprints.registers import deeds, out  # noqa: E402, F401  (their views hang on this blueprint)
