"""Records of outreach and participation for tests."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from app.domain import registers
from app.domain.accounts import Person
from app.domain.outreach import EVENTS, TURNOUT
from app.domain.registers import RecordRow
from tests import cast

GATHERING = {
    "title": "Sosialisasi partisipasi pemilih",
    "kind": "tatap_muka",
    "progress": "terlaksana",
    "held_on": dt.date(2024, 11, 20),
    "for_first_voters": True,
    "with_customary_figures": True,
    "reached": 60,
    "reached_male": 25,
    "reached_female": 35,
}
EXPECTED = {
    "kind": "proyeksi",
    "race": "semua",
    "percent": Decimal(79),
    "stated_on": dt.date(2024, 11, 18),
    "source": "Rapat virtual Desk Pilkada Kaltim, 18 November 2024",
}


def gathered(by: Person, region: str = cast.SAMBALIUNG, **said: Any) -> RecordRow:
    """Something that was held."""
    return registers.find(EVENTS, registers.record(EVENTS, region, GATHERING | said, by=by), by)


def stated(by: Person, region: str = cast.BERAU, **said: Any) -> RecordRow:
    """A statement on participation."""
    return registers.find(TURNOUT, registers.record(TURNOUT, region, EXPECTED | said, by=by), by)
