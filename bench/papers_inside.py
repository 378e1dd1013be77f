"""Of long papers, what is measured inside one process; `bench/inside.py` runs it."""

from __future__ import annotations

import gc
import io
import resource
import time
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from app.documents.register_asking import LIST_JOB, ListAsk, asked
from app.documents.register_list import build_register_list
from app.domain import accounts, jobs, logistics
from app.extensions import db
from bench.registers_inside import TPS_OF_KALTIM, put_arrivals

REGISTER = logistics.ARRIVALS
STEP = 1_000
"""Every so many rows one is changed: seven of 63 sections of a hundred."""


def _asked() -> tuple[Any, ListAsk]:
    person = accounts.person_of("operator.kaltim")
    assert person is not None
    return person, ListAsk.of(REGISTER, asked(REGISTER, {}), person, "64")


def annex_filled(app: Flask) -> dict[str, Any]:
    """Every TPS of Kaltim has its logistics."""
    return {"rows": put_arrivals(app, TPS_OF_KALTIM)}


def annex_asked(app: Flask) -> dict[str, Any]:
    """Ask the worker for the list of them as PDF; the number of the job."""
    with app.app_context():
        person, ask = _asked()
        job = jobs.ask(LIST_JOB, "Pengukuran", ask.to_params(), region="64", by=person)
        db.session.commit()
        return {"job": job.id}


def annex_changed(app: Flask) -> dict[str, Any]:
    """Another word in a tenth of the sections."""
    model = logistics.LogisticsArrival
    with app.app_context():
        ids = list(
            db.session.scalars(select(model.id).where(model.station.startswith("ukur")).order_by(model.id))
        )
        changed = ids[STEP // 2 :: STEP]
        db.session.execute(update(model).where(model.id.in_(changed)).values(stand="kembali"))
        db.session.commit()
    return {"rows": len(changed)}


def annex_naive(app: Flask) -> dict[str, Any]:
    """The same rows in the same form, laid out in one go, as everybody would: seconds, MiB, pages."""
    import pikepdf
    import weasyprint

    from app.documents.blocks import list_blocks
    from app.documents.fetching import OwnAssets
    from app.documents.markup import html_of, page_style
    from app.documents.papers import sheet_of

    with app.app_context():
        person, ask = _asked()
        listed = build_register_list(person, ask)
    sheet = sheet_of(listed)
    html = html_of(sheet, tuple(list_blocks(listed, len(listed.rows))))
    fetcher = OwnAssets(sheet.images)
    gc.collect()
    began = time.perf_counter()
    style = weasyprint.CSS(string=page_style(sheet), url_fetcher=fetcher)
    made = weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(
        stylesheets=[style], pdf_variant="pdf/a-3a"
    )
    seconds = time.perf_counter() - began
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pages = len(pdf.pages)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "mib": peak, "pages": pages, "rows": len(listed.rows)}
