"""Outreach (F85) and participation (F92): who was reached, and what turnout was, shall be, and is. No vote tallies."""

from app.domain.outreach.facts import facts
from app.domain.outreach.models import OutreachEvent, Turnout
from app.domain.outreach.queries import Held, Stated, held, turnout_of
from app.domain.outreach.registers import EVENTS, REGISTERS, TURNOUT
from app.domain.outreach.words import (
    ALL_RACES,
    AUDIENCES,
    EXPECTED,
    FIGURES,
    HELD,
    LAST,
    RACES,
    RESULT,
    TARGET,
    TURNOUT_KINDS,
)

__all__ = [
    "ALL_RACES",
    "AUDIENCES",
    "EVENTS",
    "EXPECTED",
    "FIGURES",
    "HELD",
    "LAST",
    "RACES",
    "REGISTERS",
    "RESULT",
    "TARGET",
    "TURNOUT",
    "TURNOUT_KINDS",
    "Held",
    "OutreachEvent",
    "Stated",
    "Turnout",
    "facts",
    "held",
    "turnout_of",
]
