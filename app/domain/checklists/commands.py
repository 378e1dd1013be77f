"""Filling an entry: the deeds of whoever does the work. Each moves the counters and is on the trail."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from app.domain import clock, evidence
from app.domain.accounts import Person
from app.domain.checklists import progress
from app.domain.checklists.deeds import advanced, mandate_for, put_on_record, write
from app.domain.checklists.following import follow
from app.domain.checklists.measures import previous_measure, suggested_total
from app.domain.checklists.rows import SUBJECT, EntryRow
from app.domain.checklists.rules import (
    Verb,
    check_measure,
    evidence_text,
    needs_file,
)
from app.domain.errors import Invalid


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


def _fill(entry: EntryRow, verb: Verb, *, by: Person, version: int, filling: Filling) -> EntryRow:
    """The one path of these deeds; returns the entry as it is now, which the version vouches for."""
    mandate = mandate_for(entry, verb, by)
    given = filling.given()
    standing = advanced(entry, verb, by, given.get("reason", ""))
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
    entry = write(entry, version, values)
    if standing is not entry.standing:
        progress.move(entry, entry.standing, standing)
    follow(entry, standing, given.get("measure_value", entry.measure_value))
    put_on_record(entry, verb, by, mandate, values)
    return entry._replace(**{**values, "standing": standing, "version": version + 1})


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
