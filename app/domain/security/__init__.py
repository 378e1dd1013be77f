"""Security: personnel, classes of polling stations, what is published on vulnerability, and risks (F86, F87)."""

from app.domain.security.board import Board, Published, RegionLine, board_of
from app.domain.security.facts import facts
from app.domain.security.loading import load_published
from app.domain.security.models import Personnel, Risk, StationClass, Vulnerability, VulnerableStations
from app.domain.security.registers import (
    ALL_STATIONS,
    INSTITUTIONS,
    PERSONNEL,
    REGISTERS,
    RISKS,
    STATION_CLASSES,
    STATION_CLASSES_OF,
    VULNERABILITIES,
    VULNERABLE_STATIONS,
)
from app.domain.security.risks import came_true, incidents_to_choose
from app.domain.security.rules import DATASETS, DEGREES, LEVELS, Dataset, RiskState, RiskVerb, level_of

__all__ = [
    "ALL_STATIONS",
    "DATASETS",
    "DEGREES",
    "INSTITUTIONS",
    "LEVELS",
    "PERSONNEL",
    "REGISTERS",
    "RISKS",
    "STATION_CLASSES",
    "STATION_CLASSES_OF",
    "VULNERABILITIES",
    "VULNERABLE_STATIONS",
    "Board",
    "Dataset",
    "Personnel",
    "Published",
    "RegionLine",
    "Risk",
    "RiskState",
    "RiskVerb",
    "StationClass",
    "Vulnerability",
    "VulnerableStations",
    "board_of",
    "came_true",
    "facts",
    "incidents_to_choose",
    "level_of",
    "load_published",
]
