"""Bringing units (perangkat daerah and institutions) in from the rows of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from app.domain.accounts.models import Unit
from app.domain.errors import Invalid
from app.extensions import db

DEFAULT_UNIT = "kesbangpol"
"""Keeps the desk's secretariat in Kalimantan Timur (domain.md 2b),
so what nobody else answers for is its own.
"""


def load_units(rows: Iterable[Mapping[str, str]]) -> int:
    """Add the units of the file and take over new names; returns how many were added or changed.

    Columns: code, name, is_source_only (1: quoted as a source, never accountable for an item).
    """
    known = {unit.code: unit for unit in db.session.scalars(select(Unit))}
    touched = 0
    for row in rows:
        unit = known.get(row["code"])
        source_only = row["is_source_only"] == "1"
        if unit is None:
            db.session.add(Unit(code=row["code"], name=row["name"], is_source_only=source_only))
            touched += 1
        elif (unit.name, unit.is_source_only) != (row["name"], source_only):
            unit.name, unit.is_source_only = row["name"], source_only
            touched += 1
    db.session.flush()
    return touched


class Accountability:
    """Which unit answers for an item, from how the library names those who take part.

    The first one named that is not a mere source of figures answers; where only KPU, Bawaslu, Polri and the
    like are named, Kesbangpol does (domain.md 3).
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._codes: dict[str, str] = {}
        for row in rows:
            for said in row["said_as"].split(";"):
                self._codes[said.strip()] = row["code"]
        self._units = {unit.code: unit for unit in db.session.scalars(select(Unit))}

    def unit_for(self, roles: str) -> int:
        """The accountable unit's id; refuses (Invalid) a name that the units file does not know."""
        for said in roles.split(";"):
            code = self._codes.get(said.strip())
            if code is None or code not in self._units:
                raise Invalid(f"Perangkat daerah {said.strip()!r} tidak ada dalam daftar.")
            if not self._units[code].is_source_only:
                return self._units[code].id
        return self._units[DEFAULT_UNIT].id
