"""Papers on their way out: a short one by a single child, a long one in pieces by two."""

from __future__ import annotations

from flask import current_app

from app.documents.binding import Archive
from app.documents.markup import Sheet
from app.documents.papers import Paper, sheet_of
from app.jobs.long_press import Kept, LongPress
from app.jobs.press import Progress
from app.jobs.tasks import Task

PIECES = "pieces"
"""The directory of what long papers are put together from; may be emptied at any time."""

AT_ONCE = 4
"""Sections that one child, which is loaded already, lays out sooner than two that are started for it."""


def kept_pieces() -> Kept:
    """The pieces of this desk's long papers."""
    return Kept(current_app.config["SETTINGS"].data_dir / PIECES)


def printed(task: Task, form: str, document: Paper) -> bytes:
    """The document in the form pdf, xlsx or csv, its progress told. Raises what `Press.render` raises."""
    if form == "pdf":
        sheet = sheet_of(document)
        if len(sheet.sections) > AT_ONCE:
            return printed_in_pieces(task, sheet)
    return task.press.render(form, document, told(task), task.is_over)


def printed_in_pieces(task: Task, sheet: Sheet, archive: Archive | None = None) -> bytes:
    """A long document as PDF; what it said before is not laid out again. Raises what `Press.render` raises."""
    return LongPress(kept_pieces()).render(sheet, told(task), task.is_over, archive)


def told(task: Task) -> Progress:
    """What a press says of its progress, with a step for reading before it and one for keeping after it."""
    return lambda done, total: task.progress(done + 1, total + 2)
