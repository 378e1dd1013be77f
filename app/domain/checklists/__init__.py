"""Checklists: the library with its versions, expected entries, the deeds on them, and progress."""

from app.domain.checklists import progress
from app.domain.checklists.calendar import (
    change_stage,
    change_voting_day,
    move_stage,
    preview_move,
    preview_stage,
    preview_voting_day,
    preview_withdrawal,
    withdraw_move,
)
from app.domain.checklists.commands import (
    FILL_DEEDS,
    Filling,
    block,
    note,
    start,
    tick,
    undo,
    waive,
)
from app.domain.checklists.deeds import (
    Overtaken,
)
from app.domain.checklists.denominators import MovedEntry, Moves, moves_of
from app.domain.checklists.elections import (
    clone_election,
    entries_of_election,
    is_large,
    make_current,
    parts_of,
    prepare_part,
)
from app.domain.checklists.events import (
    open_event,
)
from app.domain.checklists.expecting import (
    expect,
)
from app.domain.checklists.filters import (
    Filters,
)
from app.domain.checklists.gathering import SEVERAL, Gathered, gathered_in
from app.domain.checklists.judging import (
    reopen,
    reschedule,
    send_back,
    verify,
)
from app.domain.checklists.library import (
    Wording,
    codes_and_titles,
    codes_of,
    current_versions,
    item_by_code,
    publish,
)
from app.domain.checklists.loading import load_library
from app.domain.checklists.measures import (
    previous_measure,
    suggested_total,
)
from app.domain.checklists.models import Entry, Item, ItemVersion
from app.domain.checklists.moving import Counts, ItemMove, Preview
from app.domain.checklists.overview import Overview, Tally, overview_of, tallies_of_districts
from app.domain.checklists.papers import Scope, count_in, entries_in, expected_own, totals_in
from app.domain.checklists.past import (
    changed_since_verification,
    had_a_hand,
    history,
    names_of,
    remarks,
)
from app.domain.checklists.progress import AsOf
from app.domain.checklists.proving import (
    attach,
    attach_again,
    detach,
    remark,
    replace_evidence,
)
from app.domain.checklists.queries import (
    EntryPage,
    expected,
    find,
    fresh,
    left_with,
    list_page,
    own_work,
    rows_for,
    visible_to,
    waiting_for,
)
from app.domain.checklists.rollups import RollUp, roll_ups
from app.domain.checklists.rows import (
    SUBJECT,
    EntryRow,
)
from app.domain.checklists.rules import (
    AREAS,
    LABELS,
    OPEN,
    VERIFIED,
    WAITING,
    WORKFLOW,
    Recurrence,
    Standing,
    Verb,
    evidence_text,
    needs_file,
    verbs_for,
)
from app.domain.checklists.totals import Totals

__all__ = [
    "AREAS",
    "FILL_DEEDS",
    "LABELS",
    "OPEN",
    "SEVERAL",
    "SUBJECT",
    "VERIFIED",
    "WAITING",
    "WORKFLOW",
    "AsOf",
    "Counts",
    "Entry",
    "EntryPage",
    "EntryRow",
    "Filling",
    "Filters",
    "Gathered",
    "Item",
    "ItemMove",
    "ItemVersion",
    "MovedEntry",
    "Moves",
    "Overtaken",
    "Overview",
    "Preview",
    "Recurrence",
    "RollUp",
    "Scope",
    "Standing",
    "Tally",
    "Totals",
    "Verb",
    "Wording",
    "attach",
    "attach_again",
    "block",
    "change_stage",
    "change_voting_day",
    "changed_since_verification",
    "clone_election",
    "codes_and_titles",
    "codes_of",
    "count_in",
    "current_versions",
    "detach",
    "entries_in",
    "entries_of_election",
    "evidence_text",
    "expect",
    "expected",
    "expected_own",
    "find",
    "fresh",
    "gathered_in",
    "had_a_hand",
    "history",
    "is_large",
    "item_by_code",
    "left_with",
    "list_page",
    "load_library",
    "make_current",
    "move_stage",
    "moves_of",
    "names_of",
    "needs_file",
    "note",
    "open_event",
    "overview_of",
    "own_work",
    "parts_of",
    "prepare_part",
    "preview_move",
    "preview_stage",
    "preview_voting_day",
    "preview_withdrawal",
    "previous_measure",
    "progress",
    "publish",
    "remark",
    "remarks",
    "reopen",
    "replace_evidence",
    "reschedule",
    "roll_ups",
    "rows_for",
    "send_back",
    "start",
    "suggested_total",
    "tallies_of_districts",
    "tick",
    "totals_in",
    "undo",
    "verbs_for",
    "verify",
    "visible_to",
    "waiting_for",
    "waive",
    "withdraw_move",
]
