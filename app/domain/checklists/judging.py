"""Judging an entry: verify, return, reopen, and move a deadline; never by who had a hand in it."""

from __future__ import annotations

import datetime as dt

from app.domain import clock
from app.domain.accounts import Person
from app.domain.checklists import progress
from app.domain.checklists.deeds import advanced, mandate_for, put_on_record, write
from app.domain.checklists.following import follow
from app.domain.checklists.rows import EntryRow
from app.domain.checklists.rules import (
    Standing,
    Verb,
)
from app.domain.errors import Invalid


def _judge(entry: EntryRow, verb: Verb, *, by: Person, version: int, reason: str = "", fix: str = "") -> None:
    mandate = mandate_for(entry, verb, by)
    standing = advanced(entry, verb, by, reason)
    values = {
        "standing": standing.value,
        "reviewed_by": by.id,
        "reviewed_by_name": by.name,
        "reviewed_office": mandate.text,
        "reviewed_at": clock.now(),
        "review_reason": reason.strip(),
        "review_fix": fix.strip(),
    }
    entry = write(entry, version, values)
    progress.move(entry, entry.standing, standing)
    follow(entry, standing, entry.measure_value)
    put_on_record(entry, verb, by, mandate, values)


def verify(entry: EntryRow, *, by: Person, version: int) -> None:
    """Find the entry right and lock it: what was done, or that it does not apply.

    Refuses own deeds (NotAllowed, F14).
    """
    verb = Verb.ACCEPT if entry.standing is Standing.NOT_APPLICABLE else Verb.VERIFY
    _judge(entry, verb, by=by, version=version)


def send_back(entry: EntryRow, *, by: Person, version: int, reason: str, fix: str = "") -> None:
    """Return it to who filled it, with the reason and what to mend. Refuses own deeds and no reason."""
    _judge(entry, Verb.RETURN, by=by, version=version, reason=reason, fix=fix)


def reopen(entry: EntryRow, *, by: Person, version: int, reason: str) -> None:
    """Unlock a verified entry, with the reason (F41)."""
    _judge(entry, Verb.REOPEN, by=by, version=version, reason=reason)


FARTHEST = dt.timedelta(days=730)
"""So long after it opens an entry may be due: revotes of 2024 ended within one year (domain.md 2a)."""


def reschedule(entry: EntryRow, *, by: Person, version: int, due_on: dt.date, reason: str) -> None:
    """Move the deadline of one entry, with the reason. Refuses a day before it opens or far after it (Invalid)."""
    mandate = mandate_for(entry, Verb.RESCHEDULE, by)
    advanced(entry, Verb.RESCHEDULE, by, reason)
    if due_on < entry.opens_on:
        raise Invalid(
            "Tenggat mendahului hari mulai.", due_on="Pilih hari yang sama atau sesudah hari mulai."
        )
    if due_on > entry.opens_on + FARTHEST:
        raise Invalid(
            "Tenggat itu terlalu jauh.", due_on="Pilih hari dalam dua tahun sesudah isian ini dibuka."
        )
    values = {"due_on": due_on, "due_reason": reason.strip()}
    write(entry, version, values)
    progress.move(entry, entry.standing, None)
    progress.move(entry, None, entry.standing, due_on=due_on)
    put_on_record(entry, Verb.RESCHEDULE, by, mandate, values)
