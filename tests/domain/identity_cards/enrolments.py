"""Records of the e-KTP drive for tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.domain import registers
from app.domain.accounts import Person
from app.domain.identity_cards import CERTIFICATES, ENROLMENTS, SERVICES
from app.domain.registers import RecordRow
from tests import cast

SOURCE = "Disdukcapil, laporan harian"
SERVED = {
    "kind": "sekolah",
    "progress": "terlaksana",
    "place": "SMAN 1",
    "served_on": dt.date(2024, 11, 20),
    "for_turning": True,
    "served": 40,
    "served_enrolled": 38,
}


def november(day: int) -> dt.date:
    return dt.date(2024, 11, day)


def counted(by: Person, day: int, region: str = cast.BERAU, **said: Any) -> RecordRow:
    """The figures of a day of November."""
    values = {"counted_on": november(day), "source": SOURCE} | said
    return registers.find(ENROLMENTS, registers.record(ENROLMENTS, region, values, by=by), by)


def served(by: Person, region: str = cast.SAMBALIUNG, **said: Any) -> RecordRow:
    """A service that was held."""
    return registers.find(SERVICES, registers.record(SERVICES, region, SERVED | said, by=by), by)


def certified(by: Person, day: int, issued: int, region: str = cast.BERAU, **said: Any) -> int:
    """Certificates of a day of November; the record's id."""
    values = {"issued_on": november(day), "issued": issued, "source": SOURCE} | said
    return registers.record(CERTIFICATES, region, values, by=by)
