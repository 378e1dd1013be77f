"""Documents as HTML: what the printer lays out, drawn from plain values by templates of their own.

Light enough for any process: nothing here loads the printer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app import words
from app.documents import wording
from app.documents.binding import Piece
from app.documents.blocks import Block

PAGE_SIZES = {"F4": ("215mm", "330mm"), "A4": ("210mm", "297mm"), "LAYAR": ("190.5mm", "338.7mm")}
"""LAYAR is a screen of 16:9, lying."""
TEMPLATES = Path(__file__).parent.parent / "templates"
FRAME_PAGES = 100


class Heading(NamedTuple):
    """A heading and the page on which it stands, counted from 1 in the whole document."""

    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document on its way to the printer: upright or lying, `style` what only this one adds to the paper's."""

    template: str
    context: Mapping[str, Any]
    paper: str
    sections: Sequence[tuple[Block, ...]]
    images: Mapping[str, bytes]
    made_at: dt.datetime
    is_wide: bool = False
    style: str = ""
    contents: Callable[[Sequence[Heading]], tuple[Block, ...]] | None = None
    """Makes the table of contents, which comes after the first section, of what stands where."""


def html_of(sheet: Sheet, blocks: tuple[Block, ...] = (), *, leaves: int = 0, is_first: bool = True) -> str:
    """The page of some blocks; or, with `leaves`, so many empty pages that carry only what stands on every page."""
    template = environment().get_template(sheet.template)
    said = {**sheet.context, "blocks": blocks, "leaves": leaves, "is_first": is_first}
    return template.render(**said, made_at=sheet.made_at)


def page_style(sheet: Sheet) -> str:
    """The style of all paper, with this document's size and what only it adds."""
    size = PAGE_SIZES[sheet.paper][:: -1 if sheet.is_wide else 1]
    return asset("paper.css") + f"@page {{ size: {' '.join(size)} }}" + sheet.style


def frame_style(first: int = 1, total: int | None = None) -> str:
    """What the empty pages add to it: header, footer, page numbers; with `total`, from page `first` of so many."""
    style = asset("frame.css")
    if total is None:
        return style
    words = f'@page {{ @bottom-right {{ content: "Halaman " counter(page) " dari {total}" }} }}'
    if first == 1:
        return style + words
    return f"{style}{words}@page :first {{ counter-reset: page {first}; @top-left {{ content: element(head) }} }}"


def section_piece(sheet: Sheet, blocks: tuple[Block, ...], *, is_first: bool = False) -> Piece:
    """A section to be laid out by itself; only the first says what the whole is, so others do not change with it."""
    html = html_of(sheet, blocks, is_first=is_first)
    images = tuple((name, image) for name, image in sorted(sheet.images.items()) if f'desk:{name}"' in html)
    return Piece(html, page_style(sheet), images)


def frame_pieces(sheet: Sheet, pages: int) -> list[Piece]:
    """The pages that are stamped on the text's, a hundred a piece; untagged, for they are not text."""
    starts = range(1, pages + 1, FRAME_PAGES)
    return [
        Piece(
            html_of(sheet, leaves=min(FRAME_PAGES, pages - first + 1)),
            page_style(sheet) + frame_style(first, pages),
            tuple(sorted(sheet.images.items())),
            is_tagged=False,
        )
        for first in starts
    ]


@cache
def asset(name: str) -> str:
    """A file of the paper's own, as text."""
    return resources.files("app.documents").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def environment() -> Environment:
    """Templates of their own: escaped always, silent about nothing, with the words of paper as filters."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for function in (
        words.angka,
        words.persen,
        words.tanggal,
        words.tanggal_panjang,
        words.tanggal_pendek,
        words.waktu,
        words.waktu_panjang,
        words.ukuran,
        wording.measure_text,
        wording.periods_text,
        wording.regions_text,
        wording.summary_sentence,
        wording.rest_sentence,
        wording.scope_lines,
        wording.signature_lines,
    ):
        made.filters[function.__name__] = function
    made.tests["long"] = wording.is_long
    made.tests["long_line"] = wording.is_long_line
    made.globals.update(
        STANDING_WORDS=wording.STANDING_WORDS,
        WAITING=wording.WAITING,
        VERIFIED=wording.VERIFIED,
        UNVERIFIED=wording.UNVERIFIED,
    )
    return made


def _finalize(value: Any) -> Any:
    """Drop what cannot be printed from every text on its way into the page."""
    return words.plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value
