"""One layout with WeasyPrint: HTML and style in, a tagged PDF out, and nothing fetched but our own assets.

Heavy to import, and light beside that: no database, no web, no snapshot is known here.
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

from app.documents.binding import Piece
from app.documents.fetching import OwnAssets, RefusedAddress
from app.documents.tagging import tidy_tags

VARIANT = "pdf/a-3a"
UNTAGGED_VARIANT = "pdf/a-3b"
# Photos print at 200 dots per inch at most; the originals stay in the evidence room.
PHOTO_DPI = 200
PHOTO_QUALITY = 82

Finisher = Callable[[Any, Any], None]


def compose(piece: Piece) -> bytes:
    """One piece as a PDF, for a document that is put together elsewhere. Raises RefusedAddress."""
    layout = Layout(dict(piece.images))
    with few_sweeps() as sweep:
        variant, finisher = (VARIANT, tidy_tags) if piece.is_tagged else (UNTAGGED_VARIANT, None)
        made = layout.out(piece.html, [layout.style(piece.style)], pdf_variant=variant, finisher=finisher)[0]
        sweep()
    return made


class Layout:
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
def few_sweeps() -> Iterator[Callable[[], object]]:
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
