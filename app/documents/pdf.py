"""Reports as PDF: own templates, own style, WeasyPrint, and nothing fetched but our own assets.

Heavy to import; only the worker does. A render is deterministic: the same snapshot gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable

from app.documents.blocks import Block
from app.documents.joining import join_sections
from app.documents.layout import UNTAGGED_VARIANT, VARIANT, Layout, few_sweeps
from app.documents.list_snapshot import RegisterList
from app.documents.markup import Sheet, frame_style, html_of, page_style
from app.documents.papers import sheet_of
from app.documents.snapshot import BlankChecklist, ChecklistReport
from app.documents.tagging import tidy_tags

Progress = Callable[[int, int], None]


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
    with few_sweeps() as sweep:
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
        self.layout = Layout(sheet.images)
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
