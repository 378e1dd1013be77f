"""The order of the library: by area, and inside an area as an admin wants it."""

from __future__ import annotations

from sqlalchemy import select

from app.domain import audit
from app.domain.accounts import Permission, Person
from app.domain.checklists.models import Item
from app.domain.checklists.rules import AREAS
from app.domain.errors import Invalid, NotFound
from app.domain.stages import Election, govern
from app.extensions import db

APART = 10


def place_after_area(item: Item, area: str) -> None:
    """Put a new item behind the last one of its area."""
    rows = [one for one in _in_order() if one.id != item.id]
    before = [number for number, one in enumerate(rows) if _area(one.code) == area]
    if not before:
        before = [number for number, one in enumerate(rows) if _rank(one.code) < _rank(item.code)]
    rows.insert(max(before, default=-1) + 1, item)
    _number(rows)


def move_item(election: Election, code: str, place: int, *, by: Person) -> None:
    """Put an item at a place among those of its area, 1 being the first; the last one for a larger number.

    Refuses who may not change the library (NotAllowed), an unknown item (NotFound) and a place below 1 (Invalid).
    """
    govern(by, Permission.LIBRARY_MANAGE, election)
    if place < 1:
        raise Invalid("Urutan itu tidak ada.", place="Isi nomor urut mulai dari 1.")
    rows = _in_order()
    item = next((one for one in rows if one.code == code), None)
    if item is None:
        raise NotFound(f"Butir {code} tidak ada dalam pustaka.")
    same = [one for one in rows if _area(one.code) == _area(code)]
    old = same.index(item) + 1
    others = [one for one in same if one is not item]
    others.insert(place - 1, item)
    new = others.index(item) + 1
    if new == old:
        return
    rest = iter(others)
    _number([next(rest) if _area(one.code) == _area(code) else one for one in rows])
    audit.record("library:item:move", by=by, subject=("checklist_item", code), changes={"order": [old, new]})


def _in_order() -> list[Item]:
    """All items, retired ones too."""
    return list(db.session.scalars(select(Item).order_by(Item.sort, Item.code)))


def _area(code: str) -> str:
    return code[:3]


def _rank(code: str) -> int:
    known = list(AREAS)
    return known.index(_area(code)) if _area(code) in AREAS else len(known)


def _number(rows: list[Item]) -> None:
    for number, one in enumerate(rows, start=1):
        if one.sort != number * APART:
            one.sort = number * APART
    db.session.flush()
