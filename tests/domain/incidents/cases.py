"""Incidents to test with: said briefly, recorded by Berau's operator unless somebody else is named."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.domain import incidents, registers
from app.domain.accounts import Person
from app.domain.registers import RecordRow, Register, StepSaid
from tests import cast

MONDAY = dt.date(2024, 11, 25)
INCIDENT = {
    "category": "politik_uang",
    "severity": "sedang",
    "happened_on": dt.date(2024, 11, 24),
    "happened_at": "21.30",
    "place": "Pasar Sanggam",
    "actor": "tim_paslon",
    "pair_number": 2,
    "source": "bawaslu",
    "what": "Pembagian paket sembako kepada warga.",
    "handling": "Panwaslu kecamatan mendatangi tempat kejadian.",
    "victims": 0,
    "legal_basis": "UU 10/2016 Pasal 187A",
    "is_restricted": False,
}
OBSTACLE = {
    "area": "LOG",
    "what": "Jalan ke Kelay terputus banjir.",
    "since": dt.date(2024, 11, 24),
    "owner": "KPU dan Dinas Perhubungan",
    "solution": "",
    "due_on": dt.date(2024, 11, 26),
    "source": "Camat Kelay",
}
SITUATION = {
    "dated_on": MONDAY,
    "status": "kondusif",
    "reason": "",
    "incidents": "nihil",
    "obstacles": "nihil",
    "campaign": "",
    "account": "",
    "source": "Paparan Sekda Berau, 25 November 2024",
}


def recorded(
    register: Register, values: dict[str, Any], by: Person, region: str = cast.BERAU, **other: Any
) -> RecordRow:
    """A record as its maker sees it."""
    number = registers.record(register, region, {**values, **other}, by=by)
    return registers.find(register, number, by)


def incident(by: Person, region: str = cast.BERAU, **other: Any) -> RecordRow:
    return recorded(incidents.INCIDENTS, INCIDENT, by, region, **other)


def obstacle(by: Person, region: str = cast.BERAU, **other: Any) -> RecordRow:
    return recorded(incidents.OBSTACLES, OBSTACLE, by, region, **other)


def situation(by: Person, region: str = cast.BERAU, **other: Any) -> RecordRow:
    return recorded(incidents.SITUATIONS, SITUATION, by, region, **other)


def taken(row: RecordRow, verb: Any, by: Person, **said: Any) -> RecordRow:
    """The record after one step, as that person sees it then."""
    registers.step(row, verb, StepSaid(**said), by=by, version=row.version)
    return registers.find(row.register, row.id, by)
