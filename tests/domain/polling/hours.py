"""Records of voting day for tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.domain import clock, registers
from app.domain.accounts import Person
from app.domain.polling import COUNTS
from app.domain.registers import RecordRow
from tests import cast

VOTING_DAY = dt.date(2024, 11, 27)
SOURCE = "Laporan camat"


def it_is(hour: int, minute: int = 0, day: dt.date = VOTING_DAY) -> None:
    """Set the clock of East Kalimantan."""
    clock.set_frozen(clock.at(day, dt.time(hour, minute), "Asia/Makassar"))


def stood(by: Person, at: str, region: str = cast.BERAU, day: dt.date = VOTING_DAY, **said: Any) -> RecordRow:
    """How far voting was at an hour."""
    values = {"counted_on": day, "counted_at": at, "source": SOURCE} | said
    return registers.find(COUNTS, registers.record(COUNTS, region, values, by=by), by)
