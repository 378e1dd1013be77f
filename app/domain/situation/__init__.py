"""The situation room: one look at a region, made of what all the other rooms tell."""

from app.domain.situation.contradictions import Contradiction, contradictions_in
from app.domain.situation.models import Threshold
from app.domain.situation.readiness import Grade, Readiness, grade_of, readiness_of
from app.domain.situation.thresholds import READY, SUBJECT, WATCH, Limit, limits_of, set_limit

__all__ = [
    "READY",
    "SUBJECT",
    "WATCH",
    "Contradiction",
    "Grade",
    "Limit",
    "Readiness",
    "Threshold",
    "contradictions_in",
    "grade_of",
    "limits_of",
    "readiness_of",
    "set_limit",
]
