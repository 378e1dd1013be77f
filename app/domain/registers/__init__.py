"""Registers: what happened, in tables of their own; this room gives every one of them its deeds, lists and sheets.

A room describes its registers (`Register`), adds its tables (`Record`) and its rules; app/domain/all_registers.py
names them all.
"""

from app.domain.registers.bringing import CHANGED, NEW, SAME, Line, Planned, Wrong, apply, plan
from app.domain.registers.columns import Column, Form, Values
from app.domain.registers.commands import (
    StepSaid,
    attach,
    change,
    had_a_hand,
    open_steps,
    record,
    restore,
    step,
    withdraw,
)
from app.domain.registers.counted import counting, of_election
from app.domain.registers.coverage import Coverage, Missing, coverage_of, missing_by_home
from app.domain.registers.exporting import record_export
from app.domain.registers.facts import DESK, Fact, cited, known_sum
from app.domain.registers.growing import Growing
from app.domain.registers.kinship import PARENT, numbers_of
from app.domain.registers.models import Record, RegisterCounter, RegisterMove
from app.domain.registers.queries import (
    Filters,
    Hit,
    Listed,
    RecordRow,
    all_matching,
    find,
    listed,
    moves_of,
    pages_matching,
    records_in,
    rows_of,
    search,
    stored,
    today_in,
)
from app.domain.registers.reach import mandate, may, permissions, roots, visible
from app.domain.registers.register import (
    JUDGE,
    READ,
    RECORD,
    Check,
    Fits,
    Flow,
    Kin,
    Note,
    Place,
    Register,
    SheetFits,
    SheetLine,
)
from app.domain.registers.searching import has_words, holds, matching, searchable
from app.domain.registers.silence import Silence, Silences, has_clock, running_clocks
from app.domain.registers.words import cell, sums

__all__ = [
    "CHANGED",
    "DESK",
    "JUDGE",
    "NEW",
    "PARENT",
    "READ",
    "RECORD",
    "SAME",
    "Check",
    "Column",
    "Coverage",
    "Fact",
    "Filters",
    "Fits",
    "Flow",
    "Form",
    "Growing",
    "Hit",
    "Kin",
    "Line",
    "Listed",
    "Missing",
    "Note",
    "Place",
    "Planned",
    "Record",
    "RecordRow",
    "Register",
    "RegisterCounter",
    "RegisterMove",
    "SheetFits",
    "SheetLine",
    "Silence",
    "Silences",
    "StepSaid",
    "Values",
    "Wrong",
    "all_matching",
    "apply",
    "attach",
    "cell",
    "change",
    "cited",
    "counting",
    "coverage_of",
    "find",
    "had_a_hand",
    "has_clock",
    "has_words",
    "holds",
    "known_sum",
    "listed",
    "mandate",
    "matching",
    "may",
    "missing_by_home",
    "moves_of",
    "numbers_of",
    "of_election",
    "open_steps",
    "pages_matching",
    "permissions",
    "plan",
    "record",
    "record_export",
    "records_in",
    "restore",
    "roots",
    "rows_of",
    "running_clocks",
    "search",
    "searchable",
    "step",
    "stored",
    "sums",
    "today_in",
    "visible",
    "withdraw",
]
