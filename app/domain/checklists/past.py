"""The past of an entry: who had a hand in it, its history, its discussion, what changed since it was verified."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from app.domain import audit
from app.domain.accounts import Person
from app.domain.audit import AuditEntry
from app.domain.checklists.models import Entry, Item, ItemVersion, Remark
from app.domain.checklists.rows import SUBJECT
from app.domain.checklists.rules import (
    FILLING,
)
from app.domain.evidence import contributed as contributed_evidence
from app.extensions import db


def had_a_hand(entry_id: int, person: Person) -> bool:
    """Whether the person ever filled this entry or brought evidence to
    it, under whatever appointment (F14).
    """
    actions = ["checklist:entry:open_event", *(f"checklist:entry:{verb.value}" for verb in FILLING)]
    did = select(AuditEntry.seq).where(
        AuditEntry.subject_kind == SUBJECT,
        AuditEntry.subject_id == str(entry_id),
        AuditEntry.actor_id == person.id,
        AuditEntry.action.in_(actions),
    )
    if db.session.scalar(select(did.exists())):
        return True
    return contributed_evidence(SUBJECT, entry_id, person.id)


def history(entry_id: int) -> list[AuditEntry]:
    """Every deed on an entry, newest first. The caller has found the entry for the person."""
    return audit.history_of(SUBJECT, entry_id)


def changed_since_verification(entries: Sequence[AuditEntry]) -> dict[str, list[Any]]:
    """Field -> [as verified, as it is now], from an entry's history
    (newest first); empty if never verified (F47).
    """
    since: list[AuditEntry] = []
    for link in entries:
        if link.action in ("checklist:entry:verify", "checklist:entry:accept"):
            break
        since.append(link)
    else:
        return {}
    merged: dict[str, list[Any]] = {}
    for link in reversed(since):
        for name, (old, new) in link.changed.items():
            merged[name] = [merged[name][0] if name in merged else old, new]
    return {name: pair for name, pair in merged.items() if pair[0] != pair[1]}


def names_of(entry_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Entry id -> (item code, title), for lists whose rows the person may read. One statement."""
    wanted = set(entry_ids)
    if not wanted:
        return {}
    query = (
        select(Entry.id, Item.code, ItemVersion.title)
        .join(Item, Item.id == Entry.item_id)
        .join(ItemVersion, ItemVersion.id == Entry.version_id)
        .where(Entry.id.in_(wanted))
    )
    return {row.id: (row.code, row.title) for row in db.session.execute(query)}


def remarks(entry_id: int) -> list[Remark]:
    """The discussion of an entry, oldest first."""
    return list(db.session.scalars(select(Remark).where(Remark.entry_id == entry_id).order_by(Remark.id)))
