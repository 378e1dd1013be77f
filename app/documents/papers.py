"""Snapshots as sheets: what the printer lays out, in one section or, where it is long, in several.

Light: nothing here loads the printer.
"""

from __future__ import annotations

from functools import partial

from app.documents.blocks import blank_blocks, in_sections, list_blocks, report_blocks
from app.documents.list_snapshot import RegisterList
from app.documents.markup import Sheet
from app.documents.snapshot import BlankChecklist, ChecklistReport

Paper = ChecklistReport | BlankChecklist | RegisterList


def sheet_of(document: Paper) -> Sheet:
    """The document on its way to the printer."""
    if isinstance(document, RegisterList):
        return _list(document)
    if isinstance(document, BlankChecklist):
        return _blank(document)
    return _report(document)


def _report(report: ChecklistReport) -> Sheet:
    images = {f"photo-{number}": photo.image for number, photo in enumerate(report.photos)}
    if report.letterhead.logo:
        images["logo"] = report.letterhead.logo
    return Sheet(
        template="paper/checklist_report.html",
        context={"report": report},
        paper=report.paper,
        sections=in_sections(partial(report_blocks, report)),
        images=images,
        made_at=report.made_at,
    )


def _blank(blank: BlankChecklist) -> Sheet:
    return Sheet(
        template="paper/checklist_blank.html",
        context={"blank": blank},
        paper=blank.paper,
        sections=in_sections(partial(blank_blocks, blank)),
        images={"logo": blank.letterhead.logo} if blank.letterhead.logo else {},
        made_at=blank.made_at,
    )


def _list(listed: RegisterList) -> Sheet:
    """Upright or lying, its columns as wide as they are told to be."""
    return Sheet(
        template="paper/register_list.html",
        context={"listed": listed},
        paper=listed.paper,
        sections=in_sections(partial(list_blocks, listed)),
        images={"logo": listed.letterhead.logo} if listed.letterhead.logo else {},
        made_at=listed.made_at,
        is_wide=listed.is_wide,
        style="".join(
            f".listed col.c{number} {{ width: {column.width:.2f}mm }}"
            for number, column in enumerate(listed.columns, start=1)
        ),
    )
