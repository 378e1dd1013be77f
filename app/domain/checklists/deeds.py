"""What every deed on an entry does.

It checks the workflow table, changes one row by its version, and is put on the trail; whoever comes second is told.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, bindparam, select, update

from app.domain import audit
from app.domain.accounts import Mandate, Permission, Person
from app.domain.checklists.models import Entry, Item
from app.domain.checklists.past import had_a_hand
from app.domain.checklists.rows import SUBJECT, EntryRow
from app.domain.checklists.rules import (
    WORKFLOW,
    Standing,
    Verb,
)
from app.domain.errors import Invalid, NotNow
from app.domain.workflow import advance
from app.extensions import db
from app.statements import Fixed

TABLE = Entry.__table__


LIMITS = {
    "measure_reason": 300,
    "note": 4_000,
    "reason": 600,
    "help_wanted": 300,
    "no_evidence_reason": 300,
    "review_reason": 600,
    "review_fix": 300,
    "due_reason": 300,
}


class Overtaken(NotNow):
    """Somebody else was faster: the entry has a newer version than the one this deed was made on."""


def mandate_for(entry: EntryRow, verb: Verb, by: Person) -> Mandate:
    permission = WORKFLOW[verb].permission
    return by.mandate_for(
        Permission(permission), region=entry.region_code, area=entry.area, unit=entry.unit_id
    )


def advanced(entry: EntryRow, verb: Verb, by: Person, reason: str = "") -> Standing:
    step = WORKFLOW[verb]
    return advance(
        WORKFLOW,
        verb,
        entry.standing,
        permissions=by.permissions(region=entry.region_code, area=entry.area, unit=entry.unit_id),
        had_a_hand=step.four_eyes and had_a_hand(entry.id, by),
        reason=reason,
    )


def write(entry: EntryRow, version: int, values: dict[str, Any]) -> EntryRow:
    """Update one entry by id and version, as long as the same items wait for it as when it was read.

    Returns the entry as it was, with the items that wait for it now. Raises Overtaken when somebody was faster.
    """
    for name, limit in LIMITS.items():
        if len(str(values.get(name, ""))) > limit:
            raise Invalid("Isian terlalu panjang.", **{name: f"Paling banyak {limit} tanda."})
    if _is_written(entry, version, values):
        return entry
    linked = db.session.scalar(select(Item.dependents).where(Item.id == entry.item_id)) or ""
    if (
        linked != entry.dependents
    ):  # the library changed between reading and writing; the deed itself may hold
        entry = entry._replace(dependents=linked)
        if _is_written(entry, version, values):
            return entry
    raise Overtaken(
        "Isian ini baru saja diubah orang lain. Isian Anda belum disimpan; lihat keduanya lalu putuskan."
    )


def _is_written(entry: EntryRow, version: int, values: dict[str, Any]) -> bool:
    statement = statement_for(tuple(sorted(values)))
    known = {
        "e_id": entry.id,
        "e_version": version,
        "e_item": entry.item_id,
        "e_dependents": entry.dependents,
    }
    return statement.change(**known, **values) == 1


_WAITING = select(Item.dependents).where(Item.id == bindparam("e_item")).scalar_subquery()
_updates: dict[tuple[str, ...], Fixed] = {}


def statement_for(names: tuple[str, ...]) -> Fixed:
    """The UPDATE for a set of columns, built once."""
    if names not in _updates:
        _updates[names] = Fixed(
            update(TABLE)
            .where(
                TABLE.c.id == bindparam("e_id"),
                TABLE.c.version == bindparam("e_version"),
                bindparam("e_dependents", type_=String) == _WAITING,
            )
            .values({**{name: bindparam(name) for name in names}, "version": TABLE.c.version + 1})
        )
    return _updates[names]


def put_on_record(entry: EntryRow, verb: Verb, by: Person, mandate: Mandate, values: dict[str, Any]) -> None:
    changes = {
        name: [getattr(entry, name), new]
        for name, new in values.items()
        if name in _AUDITED and getattr(entry, name) != new
    }
    audit.record(
        f"checklist:entry:{verb.value}",
        by=by,
        subject=(SUBJECT, entry.id),
        region=entry.region_code,
        changes=changes,
        office=mandate.text,
    )


_AUDITED = frozenset(
    {
        "standing",
        "measure_value",
        "measure_total",
        "measure_reason",
        "note",
        "reason",
        "help_wanted",
        "no_evidence_reason",
        "review_reason",
        "review_fix",
        "due_on",
        "due_reason",
        "evidence_count",
    }
)
