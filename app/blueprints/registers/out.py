"""What goes out of a register: exactly what the filters show, as CSV, as XLSX, or on paper."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, request, stream_with_context
from flask.typing import ResponseReturnValue

from app.blueprints.printing import list_asked
from app.blueprints.registers import view
from app.blueprints.registers.routes import bp
from app.documents.asking import MEDIA_TYPES
from app.documents.commas import BYTE_ORDER_MARK, csv_lines
from app.documents.register_asking import LIST_JOB, Asked, ListAsk, asked, refuse_too_many
from app.documents.register_sheet import cells_of, head_of, sheet_of
from app.domain import registers
from app.domain.accounts import Permission
from app.domain.all_registers import register_of
from app.domain.errors import Invalid
from app.domain.registers import Register
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
    """What the filters show, as `format=csv` (any number, streamed), `xlsx` or `pdf`; that it went out is on the trail.

    The XLSX is the register's own template, filled: corrected, it may come in again. The PDF is printed by the worker,
    so the answer leads to its job. Refuses too many (422), and a PDF where none can be made (409).
    """
    register = view.readable(register_of(book))
    said = asked(register, request.form)
    total = registers.listed(register, me(), said.filters, per_page=1).total
    form = request.form.get("format")
    if form == "pdf":
        return _printed(register, said, total)
    if form == "xlsx" and total > MOST_IN_XLSX:
        raise Invalid(f"Excel memuat paling banyak {angka(MOST_IN_XLSX)} catatan. Persempit, atau unduh CSV.")
    region = said.filters.region or home_region()
    registers.record_export(register, total, said.in_words, by=me(), region=region)
    db.session.commit()
    name = f"{register.key}-{today_in(region)}"
    if form == "xlsx":
        rows = list(registers.all_matching(register, me(), said.filters))
        parents = [row.parents[register.belongs_to] for row in rows] if register.belongs_to else []
        numbers = registers.numbers_of(register, parents) if parents else {}
        return sending.download(sheet_of(register, rows, numbers), f"{name}.xlsx", MEDIA_TYPES["xlsx"])
    return _streamed(register, said, f"{name}.csv")


def _printed(register: Register, said: Asked, total: int) -> ResponseReturnValue:
    refuse_too_many(total)
    ask = ListAsk.of(register, said, me(), home_region())
    return list_asked(
        LIST_JOB,
        register.title,
        ask.to_params(),
        region=ask.region,
        note=lambda: registers.record_export(register, total, said.in_words, by=me(), region=ask.region),
    )


def _streamed(register: Register, said: Asked, name: str) -> Response:
    """Page by page. Between two pages nothing is held of the database: a slow line keeps neither a transaction, which
    would hold up the tidying of PostgreSQL, nor a connection."""
    pages = registers.pages_matching(register, me(), said.filters)

    def pieces() -> Iterator[str]:
        yield BYTE_ORDER_MARK + "".join(csv_lines([head_of(register)]))
        for rows in pages:
            text = "".join(csv_lines(map(cells_of, rows)))
            db.session.remove()
            yield text

    answer = Response(stream_with_context(pieces()), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return sending.guarded(answer)
