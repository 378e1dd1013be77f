"""Meetings and who came, field visits, and what was to be done after both (F89-F91)."""

from app.domain.meetings.attending import Line, Said, attend, sheet_of
from app.domain.meetings.coverage import Coverage, Visited, coverage
from app.domain.meetings.facts import facts
from app.domain.meetings.models import Attendance, FollowUp, Meeting, Visit
from app.domain.meetings.monday import (
    Attended,
    LastMonday,
    attendance_of,
    is_overdue,
    last_monday,
    mondays_on,
    open_follow_ups,
)
from app.domain.meetings.registers import AREA, ATTENDANCES, FOLLOW_UPS, MEETINGS, REGISTERS, VISITS
from app.domain.meetings.rules import ABSENT, FLOW, MONDAY, PRESENCES, STEPS, Stand, Verb

__all__ = [
    "ABSENT",
    "AREA",
    "ATTENDANCES",
    "FLOW",
    "FOLLOW_UPS",
    "MEETINGS",
    "MONDAY",
    "PRESENCES",
    "REGISTERS",
    "STEPS",
    "VISITS",
    "Attendance",
    "Attended",
    "Coverage",
    "FollowUp",
    "LastMonday",
    "Line",
    "Meeting",
    "Said",
    "Stand",
    "Verb",
    "Visit",
    "Visited",
    "attend",
    "attendance_of",
    "coverage",
    "facts",
    "is_overdue",
    "last_monday",
    "mondays_on",
    "open_follow_ups",
    "sheet_of",
]
