"""Two records of the same incident: the later one is pointed at the one it repeats, and counts nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, select, update

from app.domain.accounts import Person
from app.domain.errors import Invalid
from app.domain.incidents.models import Incident
from app.domain.regions import contains, kabkota_of, subtree
from app.domain.registers import Note, RecordRow, Register, counting, find, rows_of, visible, withdraw
from app.extensions import db

OFFERED = 50
"""Incidents to choose from; older ones are found by their number."""


class Twin(NamedTuple):
    """The other record of the same incident."""

    id: int
    number: str


def candidates(row: RecordRow, person: Person) -> list[RecordRow]:
    """The incidents that this one may repeat: in its own kabupaten/kota or above, the nearest days first."""
    query = select(Incident).where(
        visible(row.register, person), counting(Incident), Incident.id != row.id, _near(row.region_code)
    )
    found = rows_of(row.register, list(db.session.scalars(query.order_by(Incident.id.desc()).limit(500))))
    day: dt.date = row.values["happened_on"]
    return sorted(found, key=lambda one: (abs((one.values["happened_on"] - day).days), -one.id))[:OFFERED]


def _near(region: str) -> ColumnElement[bool]:
    """Its kabupaten/kota, and the province's own records; a province's incident may lie anywhere below it."""
    return subtree(Incident.region_code, kabkota_of(region)) | (Incident.region_code == region[:2])


def mark_duplicate(row: RecordRow, original_id: int, *, by: Person, version: int) -> RecordRow:
    """Take the record out of the count as one that repeats another; returns the other.

    Refuses an original out of reach (NotFound), itself, one of another region, and one that does not count
    itself, so that no circle can close (Invalid, at "original"); and as `withdraw` does.
    """
    # Both rows, in the order of their ids: two people who point them at each other at once wait for one another.
    # By a write, for SQLite locks with nothing else.
    for number in sorted({row.id, original_id}):
        db.session.execute(update(Incident).where(Incident.id == number).values(version=Incident.version))
    original = find(row.register, original_id, by)
    sentence = _fault(row, original)
    if sentence:
        raise Invalid(sentence, original=sentence)
    withdraw(row, by=by, reason=f"Ulangan dari kejadian {original.number}", version=version)
    held = db.session.get_one(Incident, row.id)
    held.duplicate_of_id, held.duplicate_at = original.id, held.withdrawn_at
    db.session.flush()
    return original


def _fault(row: RecordRow, original: RecordRow) -> str:
    if original.id == row.id:
        return "Kejadian tidak dapat menjadi ulangan dari dirinya sendiri. Pilih kejadian yang lain."
    here, there = row.region_code, original.region_code
    if kabkota_of(here) != kabkota_of(there) and not (contains(here, there) or contains(there, here)):
        return f"Kejadian {original.number} terjadi di {original.region_name}. Pilih kejadian di wilayah yang sama."
    if original.is_withdrawn:
        return (
            f"Kejadian {original.number} sendiri tidak dihitung ({original.withdrawn_reason}). "
            "Pilih kejadian yang masih dihitung."
        )
    return ""


def _is_duplicate() -> ColumnElement[bool]:
    """SQL condition: it was taken out of the count as a duplicate, and not brought back since."""
    return Incident.withdrawn_at == Incident.duplicate_at


def _original_of(register: Register, record_id: int, person: Person) -> Twin | None:
    """The incident that this record repeats, as far as the person may know of it."""
    pointer = select(Incident.duplicate_of_id).where(Incident.id == record_id, _is_duplicate())
    query = select(Incident.id, Incident.number, Incident.year).where(
        Incident.id == pointer.scalar_subquery(), visible(register, person)
    )
    found = db.session.execute(query).one_or_none()
    return Twin(found.id, f"{found.number}/{found.year}") if found else None


def _twins_of(register: Register, record_id: int, person: Person) -> list[Twin]:
    """The records that repeat this incident, as far as the person may know of them."""
    query = (
        select(Incident.id, Incident.number, Incident.year)
        .where(Incident.duplicate_of_id == record_id, _is_duplicate(), visible(register, person))
        .order_by(Incident.id)
    )
    return [Twin(row.id, f"{row.number}/{row.year}") for row in db.session.execute(query)]


def notes_of(register: Register, record_id: int, person: Person) -> Sequence[Note]:
    """What both pages say of it."""
    original = _original_of(register, record_id, person)
    said = (
        [Note("Ini ulangan dan tidak dihitung. Yang dihitung:", original.id, original.number)]
        if original
        else []
    )
    for twin in _twins_of(register, record_id, person):
        said.append(Note("Kejadian yang sama juga tercatat, tidak dihitung, sebagai", twin.id, twin.number))
    return said
