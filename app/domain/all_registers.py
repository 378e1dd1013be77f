"""Every register of the desk, in the order of its areas of work."""

from __future__ import annotations

from app.domain import (
    circulars,
    identity_cards,
    incidents,
    logistics,
    meetings,
    outreach,
    polling,
    security,
    support,
)
from app.domain.errors import NotFound
from app.domain.registers import Register

REGISTERS: tuple[Register, ...] = (
    *logistics.REGISTERS,
    *circulars.REGISTERS,
    *identity_cards.REGISTERS,
    *outreach.REGISTERS,
    *incidents.REGISTERS,
    *security.REGISTERS,
    *support.REGISTERS,
    *meetings.REGISTERS,
    *polling.REGISTERS,
)
_BY_KEY = {register.key: register for register in REGISTERS}


def register_of(key: str) -> Register:
    """The register of an address. Raises NotFound."""
    try:
        return _BY_KEY[key]
    except KeyError:
        raise NotFound("Register itu tidak ada.") from None


def children_of(register: Register) -> list[tuple[Register, str]]:
    """The registers whose records hang on one of this register's, each with the column that names it."""
    return [
        (one, column) for one in REGISTERS for column, parent in one.parents.items() if parent is register
    ]
