"""Neutrality: alleged breaches by civil servants, village officials, soldiers, police and organisers.

A case is known by a number and a pseudonym; the name is optional, locked, and shown on record only.
"""

from app.domain.neutrality.breaches import Breach, breach_title, breaches
from app.domain.neutrality.bringing import Line, Planned, Wrong, plan
from app.domain.neutrality.clocks import (
    DEFAULTS,
    MOST_DAYS,
    NO_LIMIT,
    TIMED,
    Limit,
    Silence,
    limits,
    running_clocks,
    set_limit,
)
from app.domain.neutrality.commands import change, had_a_hand, open_deeds, reveal, step
from app.domain.neutrality.facts import facts
from app.domain.neutrality.finding import FoundCase, search
from app.domain.neutrality.models import NeutralityCase, NeutralityClock, NeutralityCounter, NeutralityMove
from app.domain.neutrality.proving import attach, file_of
from app.domain.neutrality.queries import (
    SUBJECT,
    CaseFilters,
    CaseRow,
    Facts,
    Listed,
    MoveRow,
    find,
    listed,
    moves_of,
    places_of,
    regions_to_record,
    village_terms,
)
from app.domain.neutrality.reach import mandate_in, own_regions, permissions_in, roots
from app.domain.neutrality.recording import NewCase, record, record_many
from app.domain.neutrality.retention import Forgotten, forget_names
from app.domain.neutrality.rules import (
    BEGINNINGS,
    DECIDED,
    ENDED,
    OPEN,
    OTHER_BREACH,
    ROUTES,
    STATE_WORDS,
    WITH_LETTER,
    WORKFLOW,
    CaseState,
    Kind,
    Source,
    Verb,
    path_of,
    plain_text,
)
from app.domain.neutrality.saying import CaseSaid, MoveSaid
from app.domain.neutrality.writing import record_export

__all__ = [
    "BEGINNINGS",
    "DECIDED",
    "DEFAULTS",
    "ENDED",
    "MOST_DAYS",
    "NO_LIMIT",
    "OPEN",
    "OTHER_BREACH",
    "ROUTES",
    "STATE_WORDS",
    "SUBJECT",
    "TIMED",
    "WITH_LETTER",
    "WORKFLOW",
    "Breach",
    "CaseFilters",
    "CaseRow",
    "CaseSaid",
    "CaseState",
    "Facts",
    "Forgotten",
    "FoundCase",
    "Kind",
    "Limit",
    "Line",
    "Listed",
    "MoveRow",
    "MoveSaid",
    "NeutralityCase",
    "NeutralityClock",
    "NeutralityCounter",
    "NeutralityMove",
    "NewCase",
    "Planned",
    "Silence",
    "Source",
    "Verb",
    "Wrong",
    "attach",
    "breach_title",
    "breaches",
    "change",
    "facts",
    "file_of",
    "find",
    "forget_names",
    "had_a_hand",
    "limits",
    "listed",
    "mandate_in",
    "moves_of",
    "open_deeds",
    "own_regions",
    "path_of",
    "permissions_in",
    "places_of",
    "plain_text",
    "plan",
    "record",
    "record_export",
    "record_many",
    "regions_to_record",
    "reveal",
    "roots",
    "running_clocks",
    "search",
    "set_limit",
    "step",
    "village_terms",
]
