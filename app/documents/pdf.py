"""Reports as PDF: own templates, own style, WeasyPrint, and nothing fetched but our own assets.

Heavy to import; only the worker does. A render is deterministic: the same snapshot gives the same bytes.
"""

from __future__ import annotations

import gc
import hashlib
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from app.documents.blocks import Block
from app.documents.fetching import OwnAssets, RefusedAddress
from app.documents.joining import join_sections
from app.documents.list_snapshot import RegisterList
from app.documents.markup import Piece, Sheet, frame_style, html_of, page_style
from app.documents.papers import sheet_of
from app.documents.snapshot import BlankChecklist, ChecklistReport
from app.documents.tagging import tidy_tags

VARIANT = "pdf/a-3a"
UNTAGGED_VARIANT = "pdf/a-3b"
# Photos print at 200 dots per inch at most; the originals stay in the evidence room.
PHOTO_DPI = 200
PHOTO_QUALITY = 82

Progress = Callable[[int, int], None]
Finisher = Callable[[Any, Any], None]


def render_pdf(report: ChecklistReport, on_progress: Progress | None = None) -> bytes:
    """The report as a tagged PDF/A-3a in Bahasa Indonesia.

    Up to 250 rows are laid out in one pass; a longer report in sections that are joined afterwards, so that
    memory stays bounded. `on_progress(done, total)` is called after each step, the last time with done ==
    total; what it raises ends the work. Raises RefusedAddress when anything but an own asset would have been
    fetched.
    """
    return print_sheet(sheet_of(report), on_progress)


def render_blank_pdf(blank: BlankChecklist, on_progress: Progress | None = None) -> bytes:
    """The paper twin as a tagged PDF/A-3a; progress and refusals as in render_pdf."""
    return print_sheet(sheet_of(blank), on_progress)


def render_list_pdf(listed: RegisterList, on_progress: Progress | None = None) -> bytes:
    """A register's list as a tagged PDF/A-3a, upright or lying; progress and refusals as in render_pdf."""
    return print_sheet(sheet_of(listed), on_progress)


def print_sheet(sheet: Sheet, on_progress: Progress | None) -> bytes:
    """Lay out the sections, then the frame with the page numbers that are only known now, and join them."""
    progress = on_progress or (lambda done, total: None)
    steps = len(sheet.sections) + 1
    parts: list[bytes] = []
    pages = 0
    with _few_sweeps() as sweep:
        press = _Press(sheet)
        for number, section in enumerate(sheet.sections, start=1):
            pdf, page_count = press.run(section)
            parts.append(pdf)
            pages += page_count
            sweep()
            progress(number, steps)
        frame = press.frame(pages)
        del press
        sweep()
    joined = join_sections(
        parts, [frame], chapters={block.opens for part in sheet.sections for block in part}
    )
    progress(steps, steps)
    return joined


class _Press:
    """Lays out one document's sections with one set of fonts and styles."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.layout = _Layout(sheet.images)
        self.page_style = self.layout.style(page_style(sheet))
        self.frame_style = self.layout.style(frame_style())

    def run(self, blocks: tuple[Block, ...]) -> tuple[bytes, int]:
        """The blocks as a tagged PDF without header and footer, and the number of its pages."""
        html = html_of(self.sheet, blocks)
        return self.layout.out(html, [self.page_style], pdf_variant=VARIANT, finisher=tidy_tags)

    def frame(self, pages: int) -> bytes:
        """That many empty pages with header, footer and page numbers; untagged: they are not text."""
        html = html_of(self.sheet, leaves=pages)
        return self.layout.out(html, [self.page_style, self.frame_style], pdf_variant=UNTAGGED_VARIANT)[0]


def compose(piece: Piece) -> bytes:
    """One piece as a PDF, for a document that is put together elsewhere. Refuses as `render_pdf`."""
    layout = _Layout(dict(piece.images))
    with _few_sweeps() as sweep:
        variant, finisher = (VARIANT, tidy_tags) if piece.is_tagged else (UNTAGGED_VARIANT, None)
        made = layout.out(piece.html, [layout.style(piece.style)], pdf_variant=variant, finisher=finisher)[0]
        sweep()
    return made


class _Layout:
    """WeasyPrint with fonts of its own, that fetches our own assets and the given images and nothing else."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        self.fetcher = OwnAssets(images)
        self.fonts = FontConfiguration()

    def out(
        self, html: str, styles: list[weasyprint.CSS], *, pdf_variant: str, finisher: Finisher | None = None
    ) -> tuple[bytes, int]:
        """The PDF and the number of its pages."""
        options: dict[str, Any] = {
            "stylesheets": styles,
            "pdf_variant": pdf_variant,
            "pdf_identifier": hashlib.sha256(html.encode()).digest()[:16],
            "dpi": PHOTO_DPI,
            "jpeg_quality": PHOTO_QUALITY,
        }
        try:
            with warnings.catch_warnings():
                # WeasyPrint 70 does not close the colour profile that it reads for PDF/A.
                warnings.filterwarnings("ignore", "unclosed file .*sRGB2014", ResourceWarning)
                page = weasyprint.HTML(string=html, url_fetcher=self.fetcher)
                document = page.render(font_config=self.fonts, **options)
                return document.write_pdf(finisher=finisher, **options), len(document.pages)
        except FatalURLFetchingError as refusal:
            raise RefusedAddress(str(refusal)) from refusal

    def style(self, text: str) -> weasyprint.CSS:
        """A style sheet whose fonts and images are our own."""
        return weasyprint.CSS(string=text, font_config=self.fonts, url_fetcher=self.fetcher)


@contextmanager
def _few_sweeps() -> Iterator[Callable[[], object]]:
    """Look for garbage only when the given function is called, not a hundred times during a layout.

    Nearly nothing dies before a layout ends, so that saves a fifth of the time. The sweep after it matters as
    much: its boxes refer to each other, so without it two sections would be held at once. What was there
    before is left out of it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield gc.collect
    finally:
        gc.unfreeze()
        if was_enabled:
            gc.enable()
