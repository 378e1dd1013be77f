"""What tests of logistics say of things, complete enough to be recorded."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.domain import logistics, registers, stages
from app.domain.accounts import Person
from app.domain.regions import FigureKind
from app.domain.registers import RecordRow, Register
from app.extensions import db
from tests import cast

MONDAY = dt.date(2024, 11, 25)
SEGAH, VILLAGE = "64.03.04", "64.03.04.2001"


def both_elections() -> None:
    """Let the governor and Berau's bupati be elected: two elections at each TPS."""
    election = stages.find_election(stages.current_election().id)
    stages.add_race(election, "gub", "64")
    stages.add_race(election, "bup", cast.BERAU)
    db.session.flush()


def blank(register: Register, **said: Any) -> dict[str, Any]:
    """Values of a register with nothing said but this."""
    return {column.name: said.get(column.name) for column in register.columns}


def told(register: Register, region: str, by: Person, **said: Any) -> RecordRow:
    """Record it, and read it back."""
    number = registers.record(register, region, blank(register, **said), by=by)
    return registers.find(register, number, by)


def arrived(region: str, by: Person, station: str = "", stand: str = "sampai", **said: Any) -> RecordRow:
    """Logistics have come there, today where no day is said."""
    if stand in ("sampai", "kembali"):
        said.setdefault("arrived_on", MONDAY)
    return told(logistics.ARRIVALS, region, by, station=station, stand=stand, **said)


def fact(key: str, *codes: str) -> registers.Fact:
    """One figure of the room."""
    return next(one for one in logistics.facts(codes or (cast.BERAU,)) if one.key == f"logistik.{key}")


def known(code: str, kind: FigureKind, value: int | None) -> None:
    """A reference figure, in the session."""
    cast.figure(code, kind, value, by="Uji", source="Uji")
