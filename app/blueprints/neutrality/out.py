"""What goes out of the register of cases: exactly what the filters show, as CSV, as XLSX, or on paper; never a name."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from app.blueprints.neutrality.routes import bp
from app.blueprints.printing import list_asked
from app.documents.asking import MEDIA_TYPES
from app.documents.case_asking import CASES_JOB, TITLE, Asked, CaseAsk, asked
from app.documents.case_sheet import HEAD, sheet_lines
from app.documents.commas import csv_of
from app.documents.list_sheet import make_list
from app.documents.register_asking import refuse_too_many
from app.domain import neutrality
from app.domain.accounts import Permission
from app.domain.errors import Invalid
from app.extensions import db
from app.web import sending
from app.web.access import current_user, me, requires
from app.web.context import home_region, today_in
from app.words import angka

MOST = 20_000
"""Cases in one CSV."""
MOST_IN_XLSX = 5_000
"""More would keep a server of the web busy for seconds."""


@bp.post("/netralitas/unduh")
@requires(Permission.NEUTRALITY_READ)
def download() -> ResponseReturnValue:
    """What the filters show, as `format=csv`, `xlsx` or `pdf`, without names; that it went out is on the trail.

    The PDF is printed by the worker, so the answer leads to its job. Refuses too many (422), and a PDF where none can
    be made (409).
    """
    said = asked(request.form)
    form = request.form.get("format")
    if form == "pdf":
        return _printed(said)
    found = neutrality.listed(current_user, said.filters, page=1, per_page=MOST)
    if found.total > MOST:
        raise Invalid(
            f"Berkas ini memuat paling banyak {angka(MOST)} kasus. Persempit saringannya, lalu unduh lagi."
        )
    if form == "xlsx" and found.total > MOST_IN_XLSX:
        raise Invalid(f"Excel memuat paling banyak {angka(MOST_IN_XLSX)} kasus. Persempit, atau unduh CSV.")
    region = said.filters.region or home_region()
    neutrality.record_export(found.total, said.in_words, by=current_user, region=region)
    db.session.commit()
    name = f"netralitas-{today_in(region)}"
    if form == "xlsx":
        content = make_list(TITLE, HEAD, sheet_lines(found.rows))
        return sending.download(content, f"{name}.xlsx", MEDIA_TYPES["xlsx"])
    lines = csv_of([[words for words, _ in HEAD], *sheet_lines(found.rows)])
    return sending.download(lines, f"{name}.csv", MEDIA_TYPES["csv"])


def _printed(said: Asked) -> ResponseReturnValue:
    total = neutrality.listed(current_user, said.filters, page=1, per_page=1).total
    refuse_too_many(total, "kasus")
    ask = CaseAsk.of(said, me(), home_region())
    return list_asked(
        CASES_JOB,
        TITLE,
        ask.to_params(),
        region=ask.region,
        note=lambda: neutrality.record_export(total, said.in_words, by=me(), region=ask.region),
    )
