"""Grants, tranches and figures for tests of government support."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.domain import registers
from app.domain.accounts import Person
from app.domain.registers import RecordRow, Register
from app.domain.support import AGREEMENTS, TRANCHES
from tests import cast

GRANT: dict[str, Any] = {
    "institution": "kpu",
    "recipient": "KPU Kabupaten Berau",
    "letter_number": "900/1",
    "signed_on": dt.date(2023, 11, 10),
    "total": 1_000,
    "source": "",
    "note": "",
}
TRANCHE: dict[str, Any] = {
    "ordinal": 1,
    "due_on": dt.date(2023, 11, 24),
    "amount": 400,
    "transferred": 400,
    "transferred_on": dt.date(2023, 11, 20),
    "source": "",
    "note": "",
}
MEASURE: dict[str, Any] = {"target": None, "real": None, "counted_on": None, "source": "", "note": ""}


def made(
    register: Register, by: Person, values: dict[str, Any], region: str = cast.BERAU, **of: int
) -> RecordRow:
    """A record, as it stands."""
    return registers.find(register, registers.record(register, region, values, by=by, parents=of), by)


def grant(by: Person, region: str = cast.BERAU, **said: Any) -> RecordRow:
    """An agreement."""
    return made(AGREEMENTS, by, GRANT | said, region)


def tranche(by: Person, of: RecordRow, **said: Any) -> RecordRow:
    """A tranche of an agreement."""
    return made(TRANCHES, by, TRANCHE | said, of.region_code, agreement_id=of.id)


def figure(register: Register, by: Person, region: str, body: str, **said: Any) -> RecordRow:
    """Target and real of a body."""
    own = {column.name: "" for column in register.columns if column.name not in MEASURE}
    return made(register, by, own | MEASURE | {"body": body} | said, region)
