"""Verbs of every register: record, change, take a step, withdraw, restore, prove."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import select

from app.domain import clock, evidence, stages
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.identity import NUMBER_SENTENCE, holds_identity_number
from app.domain.regions import find as find_region
from app.domain.regions import zone_of
from app.domain.registers.models import RegisterMove
from app.domain.registers.queries import RecordRow, find, today_in
from app.domain.registers.reach import mandate, permissions
from app.domain.registers.register import Kin, Place, Register
from app.domain.registers.storing import add, lock, save
from app.domain.registers.writing import (
    RECORD,
    add_move,
    check_once,
    checked,
    fresh,
    next_number,
    stand,
    tell,
    write_values,
)
from app.domain.workflow import advance, open_verbs
from app.extensions import db

TOO_LATE = "Catatan ini baru saja diubah orang lain. Lihat keadaannya sekarang, lalu ulangi."


class StepSaid(NamedTuple):
    """What is said of a step; `done_on` None is today."""

    done_on: dt.date | None = None
    letter_number: str = ""
    receiver: str = ""
    note: str = ""


def record(
    register: Register,
    region: str,
    values: Mapping[str, Any],
    *,
    by: Person,
    parents: Mapping[str, int | None] | None = None,
) -> int:
    """Add a record under the next number of its register, place and year; returns its id.

    Refuses who may not record there (NotAllowed), a region of a level that the register does not have and what
    cannot be (Invalid, at its column), a second record where only one may stand (Invalid), a parent out of
    reach (NotFound) or withdrawn (NotNow), and none where the record must have one (Invalid).
    """
    place = find_region(region)
    office = mandate(by, register, Permission.REGISTER_RECORD, region)
    if place.level not in register.levels:
        levels = ", ".join(
            level.label for level in sorted(register.levels, key=list(type(place.level)).index)
        )
        raise Invalid("Wilayah ini bukan tempatnya.", region=f"Pilih {levels.lower()}.")
    kept = checked(register, values, Place(region, today_in(region)))
    known = _parents(register, parents or {}, by)
    # The number first: its row lets one in after the other, so that the second sees what the first has recorded.
    number = next_number(register.subject, region, today_in(region).year)
    check_once(register, region, kept)
    register.fits(kept, Place(region, today_in(region)), Kin(0, known))
    row = fresh(register, region, number, by, stages.current_election().id)
    for column, parent in known.items():
        setattr(row, column, parent)
    changes = write_values(register, row, kept)
    add(register, row)
    tell(register, row, RECORD, by, office, changes)
    return int(row.id)


def change(
    row: RecordRow, values: Mapping[str, Any], *, by: Person, version: int, is_alone: bool = True
) -> bool:
    """Correct what a record says; returns whether anything changed. Its region and its number stay.

    One of several that change together is not alone: whoever changes them asks `fits` when all are written. Refuses
    who may not record there (NotAllowed), what cannot be (Invalid), a record that has ended or a version that is not
    the newest (NotNow).
    """
    register = row.register
    office = mandate(by, register, Permission.REGISTER_RECORD, row.region_code)
    if row.version != version or not lock(register, row.id, version):
        raise NotNow(TOO_LATE)
    _open(row)
    held = SimpleNamespace(id=row.id, region_code=row.region_code, **row.values)
    place = Place(row.region_code, today_in(row.region_code))
    kept = checked(register, values, place)
    if any(kept[name] != row.values[name] for name in register.once_per):
        check_once(register, row.region_code, kept, but=row.id)
    if is_alone:
        register.fits(kept, place, Kin(row.id, row.parents))
    changes = write_values(register, held, kept)
    if not changes:
        return False
    save(register, held, version)
    tell(register, held, "change", by, office, changes)
    return True


def step(row: RecordRow, verb: StrEnum, said: StepSaid, *, by: Person, version: int) -> str:
    """Take a record one step of its flow on; returns the state it stands in then.

    Refuses a person without the right there, or, where four eyes are wanted, one who recorded it or took a step
    (NotAllowed); a state that the step does not start from, or a version that is not the newest (NotNow); no
    reason, no letter, nobody to receive it, a day that cannot be (Invalid).
    """
    register, flow = row.register, row.register.flow
    if flow is None:
        raise NotFound("Langkah itu tidak ada.")
    held = _hold(row, version)
    if row.is_withdrawn:
        raise NotNow("Catatan ini sudah dibatalkan. Pulihkan dahulu.")
    try:
        target = advance(
            flow.table,
            verb,
            flow.state(held.state),
            permissions=permissions(by, register, row.region_code),
            had_a_hand=had_a_hand(row, by),
            reason=said.note,
        )
    except Invalid as refusal:
        raise Invalid(refusal.message, note=refusal.message) from None
    done_on = _checked_step(row, verb, said)
    office = mandate(by, register, Permission(flow.table[verb].permission), row.region_code)
    before = held.state
    stand(held, target.value, done_on)
    _count(held, version)
    add_move(register, held, verb.value, said.letter_number, said.receiver, said.note, done_on, by, office)
    changes: dict[str, list[Any]] = {} if before == target.value else {"state": [before, target.value]}
    if said.letter_number:
        changes["letter_number"] = [None, said.letter_number]
    if flow.table[verb].needs_reason:
        changes["reason"] = [None, said.note]
    tell(register, held, verb.value, by, office, changes)
    return target.value


def withdraw(row: RecordRow, *, by: Person, reason: str, version: int) -> None:
    """Let a record count no more; it stays readable, with the reason.

    Refuses who may not record there (NotAllowed), no reason (Invalid), and too late (NotNow).
    """
    office = mandate(by, row.register, Permission.REGISTER_RECORD, row.region_code)
    reason = " ".join(reason.split())
    if len(reason) < 5:
        raise Invalid("Tuliskan alasannya.", reason="Tuliskan mengapa catatan ini tidak lagi dihitung.")
    if len(reason) > 200:
        raise Invalid("Alasan terlalu panjang.", reason="Paling banyak 200 tanda.")
    if holds_identity_number(reason):
        raise Invalid(NUMBER_SENTENCE, reason=NUMBER_SENTENCE)
    held = _hold(row, version)
    if held.withdrawn_at is not None:
        raise NotNow("Catatan ini sudah dibatalkan.")
    held.withdrawn_at, held.withdrawn_reason = clock.now(), reason
    _count(held, version)
    tell(row.register, held, "withdraw", by, office, {"reason": [None, reason]})


def restore(row: RecordRow, *, by: Person, version: int) -> None:
    """Let a withdrawn record count again. Refuses as `withdraw`, and (Invalid) where another took its place."""
    office = mandate(by, row.register, Permission.REGISTER_RECORD, row.region_code)
    held = _hold(row, version)
    if held.withdrawn_at is None:
        raise NotNow("Catatan ini tidak dibatalkan.")
    check_once(row.register, row.region_code, row.values, but=row.id)
    place = Place(row.region_code, today_in(row.region_code))
    row.register.fits(row.values, place, Kin(row.id, row.parents))
    held.withdrawn_at, held.withdrawn_reason = None, ""
    _count(held, version)
    tell(row.register, held, "restore", by, office, {})


def attach(row: RecordRow, inspected: evidence.Inspected, *, by: Person) -> evidence.EvidenceUse:
    """Put a checked file on a record. Refuses who may not record there (NotAllowed), a withdrawn record (NotNow),
    and what the evidence room refuses (Invalid).
    """
    office = mandate(by, row.register, Permission.REGISTER_RECORD, row.region_code)
    if row.is_withdrawn:
        raise NotNow("Catatan ini sudah dibatalkan. Pulihkan dahulu.")
    return evidence.attach(
        inspected, to=(row.register.subject, row.id), region=row.region_code, by=by, office=office.text
    )


def had_a_hand(row: RecordRow, person: Person) -> bool:
    """Whether the person recorded it or took one of its steps, so that somebody else must judge it.

    Who judged it before had no hand in it: one supervisor may verify and later close.
    """
    if row.recorded_by == person.id:
        return True
    table = row.register.flow.table if row.register.flow else {}
    judging = [verb.value for verb, step in table.items() if step.permission is Permission.REGISTER_JUDGE]
    query = select(RegisterMove.id).where(
        RegisterMove.subject_kind == row.register.subject,
        RegisterMove.record_id == row.id,
        RegisterMove.by_id == person.id,
        RegisterMove.verb.not_in(judging),
    )
    return db.session.scalar(query.limit(1)) is not None


def open_steps(row: RecordRow, person: Person) -> list[StrEnum]:
    """The verbs that this person may use on the record now, in the order of the flow; for drawing its forms."""
    flow = row.register.flow
    if flow is None or row.is_withdrawn:
        return []
    verbs = open_verbs(
        flow.table,
        flow.state(row.state),
        permissions=permissions(person, row.register, row.region_code),
        had_a_hand=had_a_hand(row, person),
    )
    return [verb for verb in flow.table if verb in verbs]


def _checked_step(row: RecordRow, verb: StrEnum, said: StepSaid) -> dt.date:
    flow = row.register.flow
    assert flow is not None  # noqa: S101
    today = clock.today(zone_of(row.region_code))
    done_on = said.done_on or today
    if done_on > today:
        raise Invalid("Tanggal langkah belum tiba.", done_on="Tanggal ini belum tiba.")
    if done_on < row.state_since:
        sentence = "Langkah ini mendahului langkah sebelumnya. Periksa tanggalnya."
        raise Invalid(sentence, done_on=sentence)
    for text, name in (
        (said.note, "note"),
        (said.letter_number, "letter_number"),
        (said.receiver, "receiver"),
    ):
        if holds_identity_number(text):
            raise Invalid(NUMBER_SENTENCE, **{name: NUMBER_SENTENCE})
    if verb in flow.to_someone and (
        not said.receiver or (flow.receivers and said.receiver not in flow.receivers)
    ):
        raise Invalid("Pilih penerimanya.", receiver="Pilih kepada siapa.")
    if verb in flow.by_letter and not said.letter_number and not said.note:
        sentence = "Tuliskan nomor surat. Bila belum diketahui, jelaskan di catatan."
        raise Invalid(sentence, letter_number=sentence)
    if verb in flow.by_proof and not said.note.strip() and not evidence.uses_of(row.register.subject, row.id):
        sentence = "Tuliskan hasilnya, atau simpan buktinya dahulu di halaman ini."
        raise Invalid(sentence, note=sentence)
    return done_on


def _parents(register: Register, parents: Mapping[str, int | None], by: Person) -> dict[str, int | None]:
    """The foreign keys to write. The records they name must be within the person's reach and still count."""
    kept: dict[str, int | None] = {}
    for column, parent in register.parents.items():
        number = parents.get(column)
        if number is not None and find(parent, number, by).is_withdrawn:
            raise NotNow("Catatan induknya sudah dibatalkan. Pulihkan dahulu.")
        kept[column] = number
    if register.belongs_to and kept[register.belongs_to] is None:
        parent = register.parents[register.belongs_to]
        raise Invalid(
            f"Buka {parent.one}-nya di register {parent.title}, lalu catat {register.one} dari sana."
        )
    return kept


def _open(row: RecordRow) -> None:
    if row.is_withdrawn:
        raise NotNow("Catatan ini sudah dibatalkan. Pulihkan dahulu.")
    if row.has_ended:
        raise NotNow("Catatan ini sudah selesai. Minta penyelia membukanya kembali.")


def _hold(row: RecordRow, version: int) -> Any:
    """The stored record, locked until the commit; NotNow when it is not the version that the person saw."""
    if not lock(row.register, row.id, version):
        raise NotNow(TOO_LATE)
    return db.session.get(row.register.model, row.id, populate_existing=True)


def _count(held: Any, version: int) -> None:
    held.version, held.changed_at = version + 1, clock.now()
    db.session.flush()
