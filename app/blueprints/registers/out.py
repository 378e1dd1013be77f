"""What goes out of a register: exactly what the filters show, as CSV or as XLSX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import Response, request, stream_with_context
from flask.typing import ResponseReturnValue

from app.blueprints.registers import view
from app.blueprints.registers.forms import asked
from app.blueprints.registers.routes import bp
from app.documents.asking import MEDIA_TYPES
from app.documents.commas import BYTE_ORDER_MARK, Cell, csv_lines
from app.documents.register_sheet import cells_of, head_of, sheet_of
from app.domain import registers
from app.domain.accounts import Permission
from app.domain.all_registers import register_of
from app.domain.errors import Invalid
from app.domain.registers import Filters, Register
from app.extensions import db
from app.web import sending
from app.web.access import me, requires
from app.web.context import home_region, today_in
from app.words import angka

MOST_IN_XLSX = 20_000
"""More would keep a worker of the web busy for seconds; CSV has no such limit."""


@bp.post("/register/<book>/unduh")
@requires(Permission.REGISTER_READ)
def download(book: str) -> ResponseReturnValue:
    """What the filters show, as `format=csv` (any number, streamed) or `xlsx`; that it went out is on the trail.

    The XLSX is the register's own template, filled: corrected, it may come in again. Refuses too many (422).
    """
    register = view.readable(register_of(book))
    said = asked(register, request.form)
    total = registers.listed(register, me(), said.filters, per_page=1).total
    as_sheet = request.form.get("format") == "xlsx"
    if as_sheet and total > MOST_IN_XLSX:
        raise Invalid(f"Excel memuat paling banyak {angka(MOST_IN_XLSX)} catatan. Persempit, atau unduh CSV.")
    region = said.filters.region or home_region()
    registers.record_export(register, total, said.in_words, by=me(), region=region)
    db.session.commit()
    name = f"{register.key}-{today_in(region)}"
    if as_sheet:
        rows = registers.all_matching(register, me(), said.filters)
        return sending.download(sheet_of(register, rows), f"{name}.xlsx", MEDIA_TYPES["xlsx"])
    return _streamed(register, said.filters, f"{name}.csv")


def _streamed(register: Register, filters: Filters, name: str) -> Response:
    person = me()

    def lines() -> Iterator[Sequence[Cell]]:
        yield head_of(register)
        for row in registers.all_matching(register, person, filters):
            yield cells_of(row)

    def pieces() -> Iterator[str]:
        yield BYTE_ORDER_MARK
        yield from csv_lines(lines())

    answer = Response(stream_with_context(pieces()), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return sending.guarded(answer)
