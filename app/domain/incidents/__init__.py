"""Incidents and violations, obstacles in the field, and what each desk says of its situation (F71-F79)."""

from app.domain.incidents.board import Board, RegionLine, board_of
from app.domain.incidents.duplicates import candidates, mark_duplicate
from app.domain.incidents.facts import facts
from app.domain.incidents.message import MOST_SIGNS, rapid_message, without_names
from app.domain.incidents.models import Incident, Obstacle, Situation
from app.domain.incidents.registers import INCIDENTS, OBSTACLES, REGISTERS, SEVERITIES, SITUATIONS, TEAM
from app.domain.incidents.rules import (
    INCIDENT_FLOW,
    IncidentState,
    IncidentVerb,
    ObstacleState,
    ObstacleVerb,
)

__all__ = [
    "INCIDENTS",
    "INCIDENT_FLOW",
    "MOST_SIGNS",
    "OBSTACLES",
    "REGISTERS",
    "SEVERITIES",
    "SITUATIONS",
    "TEAM",
    "Board",
    "Incident",
    "IncidentState",
    "IncidentVerb",
    "Obstacle",
    "ObstacleState",
    "ObstacleVerb",
    "RegionLine",
    "Situation",
    "board_of",
    "candidates",
    "facts",
    "mark_duplicate",
    "rapid_message",
    "without_names",
]
