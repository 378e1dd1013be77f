"""Sheets that people bring in: uploaded, checked in the background, applied as a whole or not at all.

What is in a sheet is its room's business; here is where each one stands. Checking and applying are jobs, and a
job that is done twice changes nothing the second time: every step is taken from the state before it.
"""

from app.domain.imports.asking import ask_apply, check_again, find, job_of, recent, take_slips, upload
from app.domain.imports.models import APPLY, CHECK, KEPT, SHOWN, Findings, SheetImport, State, Upload
from app.domain.imports.working import (
    forget_files,
    kept_files,
    note_applied,
    note_findings,
    note_trouble,
    waiting,
)

__all__ = [
    "APPLY",
    "CHECK",
    "KEPT",
    "SHOWN",
    "Findings",
    "SheetImport",
    "State",
    "Upload",
    "ask_apply",
    "check_again",
    "find",
    "forget_files",
    "job_of",
    "kept_files",
    "note_applied",
    "note_findings",
    "note_trouble",
    "recent",
    "take_slips",
    "upload",
    "waiting",
]
