"""Sheets that people bring in: uploaded, checked in the background, applied as a whole or not at all.

What is in a sheet is its room's business; here is where each one stands. Checking and applying are jobs, and a
job that is done twice changes nothing the second time: every step is taken from the state before it.
"""

from app.domain.imports.asking import ask_apply, cancel, check_again, find, job_of, recent, take_slips, upload
from app.domain.imports.models import (
    APPLY,
    CANCELLED,
    CHECK,
    KEPT,
    KEPT_SECRET,
    SHOWN,
    Findings,
    SheetImport,
    State,
    Upload,
)
from app.domain.imports.steps import kept_files
from app.domain.imports.working import (
    forget_files,
    let_go,
    note_applied,
    note_findings,
    note_trouble,
    waiting,
)

__all__ = [
    "APPLY",
    "CANCELLED",
    "CHECK",
    "KEPT",
    "KEPT_SECRET",
    "SHOWN",
    "Findings",
    "SheetImport",
    "State",
    "Upload",
    "ask_apply",
    "cancel",
    "check_again",
    "find",
    "forget_files",
    "job_of",
    "kept_files",
    "let_go",
    "note_applied",
    "note_findings",
    "note_trouble",
    "recent",
    "take_slips",
    "upload",
    "waiting",
]
