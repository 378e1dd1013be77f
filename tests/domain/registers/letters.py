"""Circulars for tests of what every register does."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.domain import registers
from app.domain.accounts import Person
from app.domain.circulars import ACKNOWLEDGEMENTS, CIRCULARS
from app.domain.registers import RecordRow
from tests import cast

SAID = {
    "kind": "surat_edaran",
    "letter_number": "800/1",
    "dated_on": dt.date(2024, 9, 10),
    "about": "Larangan mendukung calon di media sosial",
    "signed_by": "Sekretaris Daerah",
    "recipients": "Semua perangkat daerah",
    "recipient_count": 40,
}
RECEIVED = {"unit": "Dinas Kesehatan", "received_on": dt.date(2024, 9, 12), "people": 25, "note": ""}


def written(by: Person, region: str = cast.BERAU, **said: Any) -> RecordRow:
    """A circular that was recorded."""
    return registers.find(CIRCULARS, registers.record(CIRCULARS, region, SAID | said, by=by), by)


def received(by: Person, of: RecordRow, **said: Any) -> RecordRow:
    """An acknowledgement of a circular."""
    made = registers.record(
        ACKNOWLEDGEMENTS, of.region_code, RECEIVED | said, by=by, parents={"circular_id": of.id}
    )
    return registers.find(ACKNOWLEDGEMENTS, made, by)
