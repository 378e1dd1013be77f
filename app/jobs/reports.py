"""A sealed version of a report on paper or in a sheet.

The first document made under a code is kept for good, so that later askings get the very same bytes even from a newer
printer; `reports.note_document` refuses a second one that differs. Where the office has a certificate, its digital
signature is added last, to a copy that is kept as well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from flask import current_app

from app.documents import ability
from app.documents.asking import MEDIA_TYPES, slug
from app.documents.binding import Archive
from app.documents.final_paper import final_sheet
from app.documents.report_markup import attached_to
from app.documents.report_order import ReportPaper
from app.documents.report_proof import proof_of, stamp
from app.domain import evidence, letterheads, reports
from app.domain.reports import Kind, Sealed, Snapshot
from app.extensions import db
from app.jobs.printing import printed_in_pieces, told
from app.jobs.results import SEALED, Results
from app.jobs.signatures import signed_document, with_signature
from app.jobs.tasks import Made, Task, asker_of


def print_report(task: Task) -> Made:
    """The document of a seal, or the sheet of its version, for whoever may still read the report.

    A document that is kept is handed out as it is. No transaction is open while one is printed. Raises the domain's
    refusals and what the press raises.
    """
    form = task.claim.params["format"]
    sealed = reports.find_seal(task.claim.params["code"])
    reports.find(sealed.report_id, asker_of(task.claim, "laporan"))
    name = file_name(sealed, form)
    if form == "pdf":
        content = signed_document(sealed) or with_signature(sealed, _sealed_document(sealed, task), task)
    else:
        content = _made(form, sealed, task)
    return Made(content, name, MEDIA_TYPES[form])


def _sealed_document(sealed: Sealed, task: Task) -> bytes:
    """As it is kept, or made now, sealed and kept."""
    kept = kept_document(sealed)
    if kept is not None:
        return kept
    ability.refuse_without_pdf()
    content = stamp(_made("pdf", sealed, task), reports.sign)
    reports.note_document(sealed.code, hashlib.sha256(content).hexdigest())
    Results.of(current_app, SEALED).keep(content)
    db.session.commit()
    return content


def _made(form: str, sealed: Sealed, task: Task) -> bytes:
    order = order_of(sealed)
    db.session.remove()
    task.progress(1, 3)
    return _printed(form, order, task)


def _printed(form: str, order: ReportPaper, task: Task) -> bytes:
    """By the press; a final report, which is long, by the one that keeps its pieces."""
    if form != "pdf" or order.snapshot.of_kind is not Kind.FINAL:
        return task.press.render(form, order, told(task), task.is_over)
    archive = Archive(tuple(attached_to(order)), order.snapshot.sent_at, order.marks.code)
    return printed_in_pieces(task, final_sheet(order), archive)


def order_of(sealed: Sealed) -> ReportPaper:
    """What the press is handed: the version as it was frozen, its pictures, and the desk's word on the data."""
    snapshot = sealed.snapshot
    proof = proof_of(snapshot, sealed.marks, reports.sign, reports.public_key())
    return ReportPaper(snapshot, sealed.marks, dict(_images(snapshot)), proof)


def kept_document(sealed: Sealed) -> bytes | None:
    """The document as it was first made; None before that, and where the file was lost."""
    return Results.of(current_app, SEALED).read(sealed.document_sha256)


def file_name(sealed: Sealed, form: str) -> str:
    """laporan-harian-kabupaten-berau-2024-11-25-v1-disahkan.pdf."""
    about = (sealed.kind.value, sealed.region_name, f"{sealed.day}", f"v{sealed.number}", sealed.state.value)
    return f"laporan-{slug('-'.join(about))}.{form}"


def _images(snapshot: Snapshot) -> Iterable[tuple[str, bytes]]:
    """The logo and the photos by their hash; what is gone is left out, and the paper says so."""
    sha256 = snapshot.dress.logo_sha256
    logo = letterheads.logo(sha256) if sha256 else None
    if logo:
        yield sha256, logo
    for photo in snapshot.photos:
        content = evidence.content_of(photo.sha256)
        if content is not None:
            yield photo.sha256, content
