"""Joins the pieces of a long document into one file: a program that `long_press.py` starts when all are there."""

from __future__ import annotations

from app.documents.archive import complete
from app.documents.binding import Joining
from app.documents.joining import join_sections
from app.jobs.orders import obey


def bound(order: Joining) -> bytes:
    """The whole document; with its data attached where it is an archive's."""
    joined = join_sections(order.sections, order.frames, order.chapters)
    if order.archive is None:
        return joined
    attached, made_at, code = order.archive
    return complete(joined, attached, made_at=made_at, code=code)


if __name__ == "__main__":
    obey(bound)
