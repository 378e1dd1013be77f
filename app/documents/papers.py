"""Snapshots as sheets: what the printer lays out, in one section or, where it is long, in several.

Light: nothing here loads the printer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from app.documents.blocks import Block, blank_blocks, in_sections, list_blocks, report_blocks
from app.documents.list_snapshot import RegisterList
from app.documents.markup import Sheet
from app.documents.snapshot import BlankChecklist, ChecklistReport

Paper = ChecklistReport | BlankChecklist | RegisterList
NO_IMAGES: Mapping[str, bytes] = MappingProxyType({})


def sheet_of(document: Paper) -> Sheet:
    """The document on its way to the printer."""
    if isinstance(document, RegisterList):
        return _sheet(
            "register_list",
            "listed",
            document,
            list_blocks,
            is_wide=document.is_wide,
            style=_widths(document),
        )
    if isinstance(document, BlankChecklist):
        return _sheet("checklist_blank", "blank", document, blank_blocks)
    photos = {f"photo-{number}": photo.image for number, photo in enumerate(document.photos)}
    return _sheet("checklist_report", "report", document, report_blocks, photos)


def _sheet(
    template: str,
    name: str,
    document: Paper,
    blocks: Callable[[Any, int], Iterable[Block]],
    images: Mapping[str, bytes] = NO_IMAGES,
    **more: Any,
) -> Sheet:
    """`name` is what the template calls the document, `blocks` what cuts it."""
    logo = document.letterhead.logo
    return Sheet(
        template=f"paper/{template}.html",
        context={name: document},
        paper=document.paper,
        sections=in_sections(partial(blocks, document)),
        images={**images, "logo": logo} if logo else images,
        made_at=document.made_at,
        **more,
    )


def _widths(listed: RegisterList) -> str:
    """The style that makes its columns as wide as they are told to be."""
    return "".join(
        f".listed col.c{number} {{ width: {column.width:.2f}mm }}"
        for number, column in enumerate(listed.columns, start=1)
    )
