"""Deeds on entries.

Each checks the workflow table, changes one row by its version, moves the counters and records it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.domain import audit, clock, evidence
from app.domain.accounts import Mandate, Permission, Person
from app.domain.checklists import progress
from app.domain.checklists.expecting import NEW_ENTRY
from app.domain.checklists.library import item_by_code, window
from app.domain.checklists.measures import previous_measure, suggested_total
from app.domain.checklists.models import Entry, Remark
from app.domain.checklists.past import had_a_hand
from app.domain.checklists.rows import SUBJECT, EntryRow
from app.domain.checklists.rules import (
    EVENT,
    WORKFLOW,
    Recurrence,
    Standing,
    Verb,
    check_measure,
    evidence_text,
    needs_file,
)
from app.domain.errors import Invalid, NotNow
from app.domain.regions import Region
from app.domain.stages import Election, stages_of
from app.domain.workflow import advance
from app.extensions import db
from app.statements import Fixed

TABLE = Entry.__table__


@dataclass(frozen=True)
class Filling:
    """What a person typed with a deed; None leaves a field as it is."""

    measure_value: int | None = None
    measure_total: int | None = None
    measure_reason: str | None = None
    note: str | None = None
    reason: str | None = None
    help_wanted: str | None = None
    no_evidence_reason: str | None = None

    def given(self) -> dict[str, Any]:
        """The fields that were typed, blanks trimmed."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {n: v.strip() if isinstance(v, str) else v for n, v in values.items() if v is not None}


NOTHING = Filling()
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


def _mandate(entry: EntryRow, verb: Verb, by: Person) -> Mandate:
    permission = WORKFLOW[verb].permission
    return by.mandate_for(
        Permission(permission), region=entry.region_code, area=entry.area, unit=entry.unit_id
    )


def _advance(entry: EntryRow, verb: Verb, by: Person, reason: str = "") -> Standing:
    step = WORKFLOW[verb]
    return advance(
        WORKFLOW,
        verb,
        entry.standing,
        permissions=by.permissions(region=entry.region_code, area=entry.area, unit=entry.unit_id),
        had_a_hand=step.four_eyes and had_a_hand(entry.id, by),
        reason=reason,
    )


def _write(entry: EntryRow, version: int, values: dict[str, Any]) -> None:
    """Update one entry by id and version. Raises Overtaken when somebody was faster."""
    for name, limit in LIMITS.items():
        if len(str(values.get(name, ""))) > limit:
            raise Invalid("Isian terlalu panjang.", **{name: f"Paling banyak {limit} tanda."})
    if _update(tuple(sorted(values))).change(e_id=entry.id, e_version=version, **values) != 1:
        raise Overtaken(
            "Isian ini baru saja diubah orang lain. Isian Anda belum disimpan; lihat keduanya lalu putuskan."
        )


_updates: dict[tuple[str, ...], Fixed] = {}


def _update(names: tuple[str, ...]) -> Fixed:
    """The UPDATE for a set of columns, built once."""
    if names not in _updates:
        _updates[names] = Fixed(
            update(TABLE)
            .where(TABLE.c.id == bindparam("e_id"), TABLE.c.version == bindparam("e_version"))
            .values({**{name: bindparam(name) for name in names}, "version": TABLE.c.version + 1})
        )
    return _updates[names]


def _record(entry: EntryRow, verb: Verb, by: Person, mandate: Mandate, values: dict[str, Any]) -> None:
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


def _fill(entry: EntryRow, verb: Verb, *, by: Person, version: int, filling: Filling) -> EntryRow:
    """The one path of these deeds; returns the entry as it is now, which the version vouches for."""
    mandate = _mandate(entry, verb, by)
    given = filling.given()
    standing = _advance(entry, verb, by, given.get("reason", ""))
    _check_figures(entry, given)
    if verb is Verb.TICK:
        _check_evidence(entry, given)
    values = {
        **given,
        "standing": standing.value,
        "filled_by": by.id,
        "filled_by_name": by.name,
        "filled_office": mandate.text,
        "filled_at": clock.now(),
    }
    _write(entry, version, values)
    if standing is not entry.standing:
        progress.move(entry, entry.standing, standing)
    _record(entry, verb, by, mandate, values)
    return replace(entry, **{**values, "standing": standing, "version": version + 1})


def _check_figures(entry: EntryRow, given: dict[str, Any]) -> None:
    if "measure_value" not in given and "measure_total" not in given:
        return
    if "measure_total" not in given and entry.measure_total is None:
        total = suggested_total(entry)
        if total is not None:
            given["measure_total"] = total
    total = given.get("measure_total", entry.measure_total)
    before = previous_measure(entry)
    check_measure(
        given.get("measure_value", entry.measure_value),
        total,
        None if before is None else before[1],
        given.get("measure_reason", entry.measure_reason),
    )


def _check_evidence(entry: EntryRow, given: dict[str, Any]) -> None:
    if not needs_file(entry.evidence_needed) or given.get("no_evidence_reason", entry.no_evidence_reason):
        return
    if not entry.evidence_count:
        raise Invalid(
            f"Butir ini memerlukan bukti: {evidence_text(entry.evidence_needed)}.",
            no_evidence_reason="Lampirkan bukti, atau tuliskan mengapa belum ada; penyelia akan membacanya.",
        )
    if not evidence.count_valid(SUBJECT, entry.id):  # one statement, and only here
        raise Invalid(
            "Semua bukti butir ini dinilai ditolak atau kedaluwarsa.",
            no_evidence_reason="Ganti buktinya, atau tuliskan mengapa belum ada; penyelia akan membacanya.",
        )


def start(entry: EntryRow, *, by: Person, version: int, filling: Filling = NOTHING) -> EntryRow:
    """Say that work is under way."""
    return _fill(entry, Verb.START, by=by, version=version, filling=filling)


def tick(entry: EntryRow, *, by: Person, version: int, filling: Filling = NOTHING) -> EntryRow:
    """Say that it is done.

    Refuses (Invalid) an item that needs a file, has none that a supervisor lets count, and gives no reason
    (F30, F32).
    """
    return _fill(entry, Verb.TICK, by=by, version=version, filling=filling)


def block(entry: EntryRow, *, by: Person, version: int, filling: Filling) -> EntryRow:
    """Say that it cannot go on, why, and what help is wanted. Refuses no reason (Invalid)."""
    return _fill(entry, Verb.BLOCK, by=by, version=version, filling=filling)


def waive(entry: EntryRow, *, by: Person, version: int, filling: Filling) -> EntryRow:
    """Say that it does not apply here, and why. Refuses no reason (Invalid)."""
    return _fill(entry, Verb.WAIVE, by=by, version=version, filling=filling)


def undo(entry: EntryRow, *, by: Person, version: int, filling: Filling = NOTHING) -> EntryRow:
    """Take back a tick that nobody has judged yet."""
    return _fill(entry, Verb.UNDO, by=by, version=version, filling=filling)


def note(entry: EntryRow, *, by: Person, version: int, filling: Filling) -> EntryRow:
    """Keep figures and notes without changing where the entry stands."""
    return _fill(entry, Verb.NOTE, by=by, version=version, filling=filling)


FILL_DEEDS = {
    Verb.START: start,
    Verb.TICK: tick,
    Verb.BLOCK: block,
    Verb.WAIVE: waive,
    Verb.UNDO: undo,
    Verb.NOTE: note,
}


def _judge(entry: EntryRow, verb: Verb, *, by: Person, version: int, reason: str = "", fix: str = "") -> None:
    mandate = _mandate(entry, verb, by)
    standing = _advance(entry, verb, by, reason)
    values = {
        "standing": standing.value,
        "reviewed_by": by.id,
        "reviewed_by_name": by.name,
        "reviewed_office": mandate.text,
        "reviewed_at": clock.now(),
        "review_reason": reason.strip(),
        "review_fix": fix.strip(),
    }
    _write(entry, version, values)
    progress.move(entry, entry.standing, standing)
    _record(entry, verb, by, mandate, values)


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


def reschedule(entry: EntryRow, *, by: Person, version: int, due_on: dt.date, reason: str) -> None:
    """Move the deadline of one entry, with the reason. Refuses a day before it opens (Invalid)."""
    mandate = _mandate(entry, Verb.RESCHEDULE, by)
    _advance(entry, Verb.RESCHEDULE, by, reason)
    if due_on < entry.opens_on:
        raise Invalid(
            "Tenggat mendahului hari mulai.", due_on="Pilih hari yang sama atau sesudah hari mulai."
        )
    values = {"due_on": due_on, "due_reason": reason.strip()}
    _write(entry, version, values)
    progress.move(entry, entry.standing, None)
    progress.move(entry, None, entry.standing, due_on=due_on)
    _record(entry, Verb.RESCHEDULE, by, mandate, values)


def attach(
    entry: EntryRow, inspected: evidence.Inspected, *, by: Person, **about: Any
) -> evidence.EvidenceUse:
    """Put a checked file on an entry as evidence. Refuses a verified entry (NotNow)."""
    mandate = _mandate(entry, Verb.ATTACH, by)
    _advance(entry, Verb.ATTACH, by)
    use = evidence.attach(
        inspected, to=(SUBJECT, entry.id), region=entry.region_code, by=by, office=mandate.text, **about
    )
    _count_evidence(entry, by, mandate, +1)
    return use


def attach_again(entry: EntryRow, file_id: int, *, by: Person) -> evidence.EvidenceUse:
    """Let a file that is kept already prove this entry too (F31)."""
    mandate = _mandate(entry, Verb.ATTACH, by)
    _advance(entry, Verb.ATTACH, by)
    use = evidence.reuse(
        file_id, to=(SUBJECT, entry.id), region=entry.region_code, by=by, office=mandate.text
    )
    _count_evidence(entry, by, mandate, +1)
    return use


def replace_evidence(entry: EntryRow, use_id: int, inspected: evidence.Inspected, *, by: Person) -> None:
    """Put a better version of a file in its place; the old one stays in the history (F33)."""
    mandate = _mandate(entry, Verb.ATTACH, by)
    _advance(entry, Verb.ATTACH, by)
    evidence.one_use(SUBJECT, entry.id, use_id)
    evidence.replace(use_id, inspected, by=by)
    _count_evidence(entry, by, mandate, 0)


def detach(entry: EntryRow, use_id: int, *, by: Person, reason: str) -> None:
    """Take a file off an entry, with the reason; the file itself is kept. Refuses no reason (Invalid)."""
    mandate = _mandate(entry, Verb.ATTACH, by)
    _advance(entry, Verb.ATTACH, by)
    evidence.one_use(SUBJECT, entry.id, use_id)
    is_last = entry.standing is Standing.DONE and entry.evidence_count <= 1
    if is_last and needs_file(entry.evidence_needed) and not entry.no_evidence_reason:
        raise NotNow(
            "Bukti terakhir dari butir yang selesai tidak dapat ditarik. "
            "Ganti berkasnya, atau batalkan dahulu tanda selesainya."
        )
    evidence.remove(use_id, reason=reason, by=by)
    _count_evidence(entry, by, mandate, -1)


def _count_evidence(entry: EntryRow, by: Person, mandate: Mandate, change: int) -> None:
    """Raise the version too: who verifies must have seen this file."""
    _write(entry, entry.version, {"evidence_count": entry.evidence_count + change})
    _record(entry, Verb.ATTACH, by, mandate, {"evidence_count": entry.evidence_count + change})


def remark(entry: EntryRow, *, by: Person, text: str) -> Remark:
    """Say something about an entry. Refuses an empty or overlong text (Invalid)."""
    mandate = by.mandate_for(Permission.CHECKLIST_DISCUSS, region=entry.region_code)
    if not text.strip():
        raise Invalid("Pesan masih kosong.", text="Tuliskan pesannya.")
    if len(text) > 1000:
        raise Invalid("Pesan terlalu panjang.", text="Paling banyak 1.000 tanda.")
    said = Remark(
        entry_id=entry.id,
        at=clock.now(),
        by_id=by.id,
        by_name=by.name,
        office=mandate.text,
        text=text.strip(),
    )
    db.session.add(said)
    db.session.flush()
    audit.record(
        "checklist:entry:remark",
        by=by,
        subject=(SUBJECT, entry.id),
        region=entry.region_code,
        changes={"remark": [None, said.id]},
        office=mandate.text,
    )
    return said


def open_event(
    election: Election, code: str, region_code: str, *, by: Person, title: str, due_on: dt.date | None = None
) -> int:
    """Make the entry of a per-event item for something that happened, and return its id.

    Refuses an item that is not per event, an empty title (Invalid) or a level the item is not for.
    """
    item, version = item_by_code(code)
    if Recurrence(version.recurrence) is not Recurrence.PER_EVENT:
        raise Invalid("Butir ini tidak dicatat per kejadian.", code="Pilih butir per kejadian.")
    mandate = by.mandate_for(
        Permission.CHECKLIST_FILL, region=region_code, area=version.area, unit=version.unit_id
    )
    if not title.strip() or len(title) > 160:
        raise Invalid("Sebutkan kejadiannya.", title="Isi 1 sampai 160 tanda, tanpa nama orang.")
    level = db.session.scalar(select(Region.level).where(Region.code == region_code))
    if level not in version.levels.split():
        raise Invalid(
            "Butir ini bukan untuk tingkat wilayah itu.", region="Pilih wilayah pada tingkat yang tepat."
        )
    opens_on, last_day = window(version, election, {stage.code: stage for stage in stages_of(election)})
    blank: dict[str, Any] = dict.fromkeys(NEW_ENTRY, "")
    values = blank | {
        "election_id": election.id,
        "item_id": item.id,
        "version_id": version.id,
        "region_code": region_code,
        "level": level,
        "area": version.area,
        "stage": version.stage,
        "unit_id": version.unit_id,
        "event_title": title.strip(),
        "opens_on": opens_on,
        "due_on": due_on or last_day,
        "standing": Standing.NOT_STARTED.value,
        "evidence_count": 0,
        "version": 1,
    }
    entry_id = _insert_event(values)
    made = _Key(election.id, region_code, version.area, version.stage, opens_on, values["due_on"])
    progress.move(made, None, Standing.NOT_STARTED)
    audit.record(
        "checklist:entry:open_event",
        by=by,
        subject=(SUBJECT, entry_id),
        region=region_code,
        changes={"event_title": [None, title.strip()]},
        office=mandate.text,
    )
    return entry_id


def _insert_event(values: dict[str, Any]) -> int:
    """Add an event under the next free number; two who add one at the same moment get two numbers."""
    same = [TABLE.c[name] == values[name] for name in ("election_id", "item_id", "region_code")]
    number = db.session.scalar(select(func.count()).where(*same, TABLE.c.period.startswith(EVENT))) or 0
    dialect = db.session.connection().dialect.name
    insert_here = postgresql.insert if dialect == "postgresql" else sqlite.insert
    adding = (
        insert_here(TABLE)
        .on_conflict_do_nothing(index_elements=["election_id", "item_id", "region_code", "period"])
        .returning(TABLE.c.id)
    )
    while True:
        number += 1
        made = db.session.scalar(adding, values | {"period": f"{EVENT}{number:03d}"})
        if made is not None:
            return int(made)


@dataclass(frozen=True)
class _Key:
    election_id: int
    region_code: str
    area: str
    stage: str
    opens_on: dt.date
    due_on: dt.date
