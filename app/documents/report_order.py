"""A report on its way to the printing child: light enough for the process that orders it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.domain.reports import Marks, Snapshot

REPORT_JOB = "report"
"""The kind of job that prints a sealed version."""


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """A version to be printed. `images` are the logo and the photos by their hash.

    `proof` is what the desk has signed about the data (`report_proof.proof_of`); empty for a draft and a sheet.
    """

    snapshot: Snapshot
    marks: Marks
    images: Mapping[str, bytes]
    proof: bytes = b""


def render_report(form: str, order: ReportPaper, progress: Callable[[int, int], None]) -> bytes:
    """The version in the form pdf or xlsx. Another form is a KeyError."""
    if form == "pdf":
        from app.documents.report_paper import render_report_pdf

        return render_report_pdf(order.snapshot, order.marks, order.images, order.proof, progress)
    from app.documents.report_sheet import render_report_xlsx

    return {"xlsx": render_report_xlsx}[form](order.snapshot, order.marks)
