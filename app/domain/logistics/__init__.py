"""Logistics: what each region needs and has, how it moves, where it has arrived, and what is short (F80, F81)."""

from app.domain.logistics.arrivals import ARRIVALS, arrival_of, mark, stand_of
from app.domain.logistics.board import Board, BoardRow, Said, Target, board_of, targets_of
from app.domain.logistics.facts import facts
from app.domain.logistics.grid import (
    MOST_SPOTS,
    Grid,
    Spot,
    counts_of,
    grid_of,
    spot_of,
    supports_in,
)
from app.domain.logistics.kinds import Goods, Rule, ballots_for, goods, rule_of
from app.domain.logistics.models import (
    LogisticsArrival,
    LogisticsMovement,
    LogisticsOversight,
    LogisticsProblem,
    LogisticsReadiness,
    LogisticsStock,
    LogisticsSupport,
    LogisticsTarget,
)
from app.domain.logistics.need import Need, needs_of
from app.domain.logistics.registers import (
    MOVEMENTS,
    OVERSIGHT,
    PROBLEMS_BOOK,
    READINESS_BOOK,
    STOCK,
    SUPPORT,
    TARGETS,
)
from app.domain.logistics.rules import PROBLEM_FLOW, Problem, ProblemVerb
from app.domain.logistics.stations import StationLine, stations_in
from app.domain.logistics.stock import Held, Line, stock_of
from app.domain.logistics.tally import Count, Course, Pace, course_of, pace_of, reached_in
from app.domain.logistics.words import ADEQUACY, ALL_GOODS, AREA, REACHES, READINESS, STANDS, Stand

REGISTERS = (
    READINESS_BOOK,
    STOCK,
    MOVEMENTS,
    ARRIVALS,
    PROBLEMS_BOOK,
    OVERSIGHT,
    SUPPORT,
    TARGETS,
)

__all__ = [
    "ADEQUACY",
    "ALL_GOODS",
    "AREA",
    "ARRIVALS",
    "MOST_SPOTS",
    "MOVEMENTS",
    "OVERSIGHT",
    "PROBLEMS_BOOK",
    "PROBLEM_FLOW",
    "REACHES",
    "READINESS",
    "READINESS_BOOK",
    "REGISTERS",
    "STANDS",
    "STOCK",
    "SUPPORT",
    "TARGETS",
    "Board",
    "BoardRow",
    "Count",
    "Course",
    "Goods",
    "Grid",
    "Held",
    "Line",
    "LogisticsArrival",
    "LogisticsMovement",
    "LogisticsOversight",
    "LogisticsProblem",
    "LogisticsReadiness",
    "LogisticsStock",
    "LogisticsSupport",
    "LogisticsTarget",
    "Need",
    "Pace",
    "Problem",
    "ProblemVerb",
    "Rule",
    "Said",
    "Spot",
    "Stand",
    "StationLine",
    "Target",
    "arrival_of",
    "ballots_for",
    "board_of",
    "counts_of",
    "course_of",
    "facts",
    "goods",
    "grid_of",
    "mark",
    "needs_of",
    "pace_of",
    "reached_in",
    "rule_of",
    "spot_of",
    "stand_of",
    "stations_in",
    "stock_of",
    "supports_in",
    "targets_of",
]
