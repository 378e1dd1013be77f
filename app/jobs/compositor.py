"""Lays out pieces of long documents, one after the other: a program that `long_press.py` starts."""

from __future__ import annotations

import json
from pathlib import Path

from app.documents.binding import Piece
from app.documents.joining import headings
from app.documents.layout import compose
from app.documents.shrinking import with_small_images
from app.jobs.orders import obey


def composed(order: Piece | Path) -> bytes:
    """The PDF of a piece; of a file, its headings and pages as JSON."""
    if isinstance(order, Piece):
        return compose(with_small_images(order))
    return json.dumps(headings(order)).encode()


if __name__ == "__main__":
    obey(composed)
