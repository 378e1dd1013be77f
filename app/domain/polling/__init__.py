"""Voting day at the TPS: how many have opened, finished voting and finished counting, hour by hour. No vote is told."""

from app.domain.polling.facts import facts
from app.domain.polling.models import PollingCount
from app.domain.polling.queries import (
    Count,
    Hour,
    Moment,
    Standing,
    counts,
    hours_of,
    newest,
    standing_of,
    stations_of,
)
from app.domain.polling.registers import COUNTS, REGISTERS

__all__ = [
    "COUNTS",
    "REGISTERS",
    "Count",
    "Hour",
    "Moment",
    "PollingCount",
    "Standing",
    "counts",
    "facts",
    "hours_of",
    "newest",
    "standing_of",
    "stations_of",
]
