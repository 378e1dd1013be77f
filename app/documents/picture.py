"""The first pages of a report as one picture: the very PDF, drawn, so that nothing imitates it.

Heavy to import; only the worker's child does.
"""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image, ImageOps

from app.documents.pdf import Progress, render_pdf
from app.documents.snapshot import ChecklistReport

MOST_PAGES = 2
DOTS_AN_INCH = 110
EDGE, GAP = "#8a8fa3", 16
"""The colour of the pages' edges, and the pixels between them."""


def render_png(report: ChecklistReport, on_progress: Progress | None = None) -> bytes:
    """The first two pages one below the other as a PNG, in grey or colour as the paper has it."""
    pages = _pages(render_pdf(report, on_progress))
    whole = Image.new("RGB", (pages[0].width, sum(page.height + GAP for page in pages) - GAP), "white")
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height + GAP
    out = io.BytesIO()
    whole.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _pages(pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        count = min(len(document), MOST_PAGES)
        drawn = [document[number].render(scale=DOTS_AN_INCH / 72).to_pil() for number in range(count)]
    finally:
        document.close()
    return [ImageOps.expand(page.convert("RGB"), 1, EDGE) for page in drawn]
