"""Prints one document: a program of its own, which `press.py` starts.

WeasyPrint takes memory that a long-lived process would never give back, and native code that could crash it; here
both end with the process. It loads the libraries, says so, reads one order from standard input (a pickle
from our own parent), and answers with lines of JSON, the last one followed by the document.
When the parent goes away it ends itself.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import pickle
import sys
import threading
from collections.abc import Callable
from typing import IO, Any

from app import ceiling
from app.jobs.orders import let_others_go_first

Progress = Callable[[int, int], None]


def rendered(form: str, document: Any, progress: Progress) -> bytes:
    """The document in the form pdf, xlsx or csv, or as a picture (png). Another form is a KeyError."""
    from app.documents.list_snapshot import RegisterList
    from app.documents.pack_order import PackPaper, render_pack
    from app.documents.report_order import ReportPaper, render_report
    from app.documents.signature import Unsigned
    from app.documents.snapshot import BlankChecklist

    if isinstance(document, ReportPaper):
        return render_report(form, document, progress)
    if isinstance(document, PackPaper):
        return render_pack(document, progress)
    if isinstance(document, Unsigned):
        from app.documents.signing import signed

        return signed(document)
    if form == "pdf":
        from app.documents.pdf import render_blank_pdf, render_list_pdf, render_pdf
        from app.documents.shrinking import with_small_photos

        if isinstance(document, BlankChecklist):
            return render_blank_pdf(document, progress)
        if isinstance(document, RegisterList):
            return render_list_pdf(document, progress)
        return render_pdf(with_small_photos(document), progress)
    if form == "png":
        from app.documents.picture import render_png

        return render_png(document, progress)
    if form == "xlsx":
        from app.documents.sheet import render_xlsx

        return render_xlsx(document)
    from app.documents.table import render_csv

    return {"csv": render_csv}[form](document)


def load() -> None:
    """All that orders for a PDF need. It takes as long as a short paper, so it is done before there is an order."""
    with contextlib.suppress(OSError):  # without Pango there is no PDF, but sheets there are
        import app.documents.pdf
        import app.documents.report_paper
    import app.documents.pack_order
    import app.documents.report_order
    import app.documents.shrinking
    import app.documents.signature  # noqa: F401


def take_order(source: IO[bytes]) -> tuple[str, Any] | None:
    """Form and document, None when the parent closed the pipe without any."""
    try:
        form, document = pickle.load(source)  # noqa: S301  (written by our own parent)
    except EOFError:
        return None
    return form, document


def end_with_parent(source: IO[bytes]) -> None:
    """Leave as soon as the pipe closes: nobody waits for this document any more."""

    def wait() -> None:
        source.read(1)
        os._exit(3)

    threading.Thread(target=wait, daemon=True).start()


def main() -> None:
    """One order, one document, the end; without a network, and behind every click, from the first line on."""
    ceiling.shut_network()
    let_others_go_first()
    speech = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not stand in the answer

    def say(**words: Any) -> None:
        speech.write(json.dumps(words).encode() + b"\n")
        speech.flush()

    load()
    gc.collect()
    gc.freeze()  # what is loaded stays; later sweeps need not look at it
    say(ready=True)
    order = take_order(sys.stdin.buffer)
    if order is None:
        return
    end_with_parent(sys.stdin.buffer)
    content = rendered(*order, lambda done, total: say(done=done, total=total))
    say(size=len(content))
    speech.write(content)
    speech.close()
    os._exit(0)  # the watching thread holds standard input; there is nothing left to tidy


if __name__ == "__main__":
    main()
