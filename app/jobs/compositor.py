"""Lays out pieces of long documents, one after the other, and joins them: a program that `long_press.py` starts.

It runs at a low priority, so that nobody's click waits for a paper. It reads orders (pickles from our own parent) until
the pipe closes, and answers each with a line of JSON, followed by the PDF.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import json
import os
import pickle
import sys
from pathlib import Path
from typing import NamedTuple

from app import ceiling
from app.documents.markup import Piece
from app.documents.report_proof import Attached

NICENESS = 15
JOINS = "join"
"""Said to a child that only joins: it need not load the printer."""


class Archive(NamedTuple):
    """What makes an archive's file of a report: the data attached to it, its moment, the code of its seal."""

    attached: tuple[Attached, ...]
    made_at: dt.datetime
    code: str


class Joining(NamedTuple):
    """Files to be put together: the sections, what is stamped on their pages, the titles of the chapters."""

    sections: tuple[Path, ...]
    frames: tuple[Path, ...]
    chapters: frozenset[str]
    archive: Archive | None = None


def composed(order: Piece | Joining | Path) -> bytes:
    """The PDF of a piece, or of all of them; of a file, its headings and pages as JSON."""
    if isinstance(order, Piece):
        from app.documents.pdf import compose
        from app.documents.shrinking import with_small_images

        return compose(with_small_images(order))
    from app.documents.joining import headings, join_sections

    if isinstance(order, Path):
        return json.dumps(headings(order)).encode()
    joined = join_sections(order.sections, order.frames, order.chapters)
    if order.archive is None:
        return joined
    from app.documents.archive import complete

    attached, made_at, code = order.archive
    return complete(joined, attached, made_at=made_at, code=code)


def let_others_go_first() -> None:
    """Work only when nobody else of this machine would: Linux knows how, other systems have a low priority.

    A low priority alone finishes its turn of some milliseconds before a click is served.
    """
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    if hasattr(os, "SCHED_IDLE"):
        with contextlib.suppress(OSError):  # a system that allows no change
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def main() -> None:
    """Orders until there are no more; without a network from the first line on."""
    ceiling.shut_network()
    let_others_go_first()
    speech = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not stand in the answer
    if JOINS not in sys.argv:
        import app.documents.pdf
        import app.documents.shrinking  # noqa: F401  (their second of loading is over before there is an order)

    gc.collect()
    gc.freeze()
    while True:
        try:
            order = pickle.load(sys.stdin.buffer)  # noqa: S301  (written by our own parent)
        except EOFError:
            return
        content = composed(order)
        speech.write(json.dumps({"size": len(content)}).encode() + b"\n" + content)
        speech.flush()


if __name__ == "__main__":
    main()
