"""Government support to the organisers: grants with their tranches, staff, rooms, health checks, transport (F88)."""

from app.domain.support.board import Board, LateTranche, board_of
from app.domain.support.facts import facts
from app.domain.support.models import (
    AdHocStaff,
    GrantAgreement,
    GrantTranche,
    HealthCheck,
    LentRoom,
    LentTransport,
    SecondedStaff,
)
from app.domain.support.registers import (
    AD_HOC,
    AGREEMENTS,
    AREA,
    HEALTH_CHECKS,
    LENT_ROOMS,
    REGISTERS,
    STAFF,
    TRANCHES,
    TRANSPORT,
)
from app.domain.support.rules import INSTITUTIONS
from app.domain.support.tally import Grants, Measure, Tally, grants, overdue, records_of, split, tally

__all__ = [
    "AD_HOC",
    "AGREEMENTS",
    "AREA",
    "HEALTH_CHECKS",
    "INSTITUTIONS",
    "LENT_ROOMS",
    "REGISTERS",
    "STAFF",
    "TRANCHES",
    "TRANSPORT",
    "AdHocStaff",
    "Board",
    "GrantAgreement",
    "GrantTranche",
    "Grants",
    "HealthCheck",
    "LateTranche",
    "LentRoom",
    "LentTransport",
    "Measure",
    "SecondedStaff",
    "Tally",
    "board_of",
    "facts",
    "grants",
    "overdue",
    "records_of",
    "split",
    "tally",
]
