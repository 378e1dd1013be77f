"""Verbs of the neutrality room: take a case a step on, correct its facts, show its name; `recording` makes one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CursorResult, select, update

from app.domain import clock, secrecy
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.neutrality.models import NeutralityCase, NeutralityMove
from app.domain.neutrality.queries import CaseRow
from app.domain.neutrality.reach import mandate_in, permissions_in
from app.domain.neutrality.rules import (
    BACKWARDS,
    ROUTES,
    WORKFLOW,
    CaseState,
    Kind,
    Verb,
    path_of,
    plain_text,
    skips_a_step,
    stood_before,
)
from app.domain.neutrality.saying import CaseSaid, MoveSaid, checked_case, checked_move
from app.domain.neutrality.writing import RECORD, add_move, stand, tell, write_facts
from app.domain.regions import zone_of
from app.domain.workflow import advance, open_verbs
from app.extensions import db
from app.words import tanggal_pendek

TOO_LATE = "Kasus ini baru saja diubah orang lain. Lihat keadaannya sekarang, lalu ulangi."
HANDLING = frozenset(
    {verb.value for verb, step in WORKFLOW.items() if step.permission is Permission.NEUTRALITY_HANDLE}
    | {RECORD}
)
"""Deeds that make a person one who may not end or reopen the case."""


def step(case: CaseRow, verb: Verb, said: MoveSaid, *, by: Person, version: int) -> CaseState:
    """Take a case one step of WORKFLOW on, back or to its end; returns where it stands then.

    Refuses a person without the right in exactly this region, or (closing, stopping, reopening) one who recorded
    or handled it (NotAllowed); a state that the step does not start from, or a version that is not the newest
    (NotNow); no reason, no letter, a day that cannot be (Invalid).
    """
    row = _hold(case, version)
    state, kind = CaseState(row.state), Kind(row.kind)
    target = _advanced(row, verb, said, by)
    if skips_a_step(kind, verb, state):
        raise NotNow(
            f"Pemeriksaan {kind.words()} menunggu rekomendasi {ROUTES[kind].recommends}. Catat dahulu."
        )
    if verb in BACKWARDS:
        target = _state_before(row)
    said = checked_move(verb, kind, said, row.region_code)
    moves_on = target is not state
    if moves_on and verb not in BACKWARDS:
        _in_order(row, said)
    mandate = mandate_in(by, Permission(WORKFLOW[verb].permission), row.region_code)
    if moves_on:
        stand(row, target, said.done_on, clock.today(zone_of(row.region_code)))
    row.version = version + 1
    db.session.flush()
    add_move(row, verb.value, said, by, mandate)
    changes: dict[str, list[Any]] = {"state": [state.value, target.value]} if moves_on else {}
    if said.letter_number:
        changes["number"] = [None, said.letter_number]
    if WORKFLOW[verb].needs_reason and verb is not Verb.NOTE:
        changes["reason"] = [None, said.note]
    tell(row, verb.value, by, mandate, changes)
    return target


def change(case: CaseRow, said: CaseSaid, *, by: Person, version: int, keeps_name: bool = True) -> None:
    """Correct the facts. An empty name keeps the one that is there, or takes it off (`keeps_name` False).

    Refuses as `step` does. The trail tells which facts, never what they say.
    """
    row = _hold(case, version)
    advance(WORKFLOW, Verb.CHANGE, CaseState(row.state), permissions=permissions_in(by, row.region_code))
    mandate = mandate_in(by, Permission.NEUTRALITY_HANDLE, row.region_code)
    said = checked_case(said, row.region_code)
    changed = write_facts(row, said)
    if said.name or not keeps_name:
        row.name_locked = secrecy.lock(said.name) if said.name else ""
        changed.append("name")
    row.version = version + 1
    db.session.flush()
    tell(row, Verb.CHANGE.value, by, mandate, {"facts": [None, changed]})


def reveal(case: CaseRow, *, by: Person, reason: str) -> str:
    """The name, for handlers and supervisors of exactly this region; that it was shown, and why, is on the trail.

    Raises NotAllowed, Invalid (no reason), NotFound (no name was recorded), NotNow (it was locked with a key that
    this desk does not have).
    """
    mandate = mandate_in(by, Permission.NEUTRALITY_REVEAL, case.region_code)
    reason = plain_text(reason, "reason", most=200)
    if len(reason) < 5:
        raise Invalid("Tuliskan alasannya.", reason="Tuliskan untuk apa nama ini diperlukan.")
    row = db.session.get(NeutralityCase, case.id, populate_existing=True)
    if row is None or not row.name_locked:
        raise NotFound("Nama tidak dicatat pada kasus ini.")
    try:
        name = secrecy.unlock(row.name_locked)
    except secrecy.Unreadable:
        raise NotNow(
            "Nama ini dikunci dengan kunci lain. Minta admin server memulihkan berkas field.key, lalu ulangi."
        ) from None
    tell(row, "reveal", by, mandate, {"reason": [None, reason]})
    return name


def had_a_hand(case_id: int, person: Person) -> bool:
    """Whether the person recorded the case or handled it, so that somebody else must end or reopen it."""
    handled = select(NeutralityMove.id).where(
        NeutralityMove.case_id == case_id,
        NeutralityMove.by_id == person.id,
        NeutralityMove.verb.in_(HANDLING),
    )
    return db.session.scalar(handled.limit(1)) is not None


def open_deeds(case: CaseRow, person: Person) -> list[Verb]:
    """The verbs that this person may use on the case now, in the order of the chain; for drawing its forms."""
    path = path_of(_steps(case.id))
    verbs = open_verbs(
        WORKFLOW,
        case.state,
        permissions=permissions_in(person, case.region_code),
        had_a_hand=had_a_hand(case.id, person),
    )
    return [
        verb
        for verb in WORKFLOW
        if verb in verbs
        and not skips_a_step(case.kind, verb, case.state)
        and (verb is not Verb.TAKE_BACK or len(path) > 1)
    ]


def _advanced(row: NeutralityCase, verb: Verb, said: MoveSaid, by: Person) -> CaseState:
    """`advance`, which alone knows the table; a reason that is missing is missed in the note."""
    try:
        return advance(
            WORKFLOW,
            verb,
            CaseState(row.state),
            permissions=permissions_in(by, row.region_code),
            had_a_hand=had_a_hand(row.id, by),
            reason=said.note,
        )
    except Invalid as refusal:
        raise Invalid(refusal.message, note=refusal.message) from None


def _hold(case: CaseRow, version: int) -> NeutralityCase:
    """The row, locked until the commit; NotNow when it is not the version that the person saw."""
    here = (NeutralityCase.id == case.id, NeutralityCase.version == version)
    held = db.session.execute(update(NeutralityCase).where(*here).values(version=version))
    if not isinstance(held, CursorResult) or held.rowcount != 1:
        raise NotNow(TOO_LATE)
    row = db.session.get(NeutralityCase, case.id, populate_existing=True)
    assert row is not None  # noqa: S101  (just locked)
    return row


def _state_before(row: NeutralityCase) -> CaseState:
    before = stood_before(_steps(row.id))
    if before is None:
        raise NotNow("Tidak ada langkah yang dapat dibatalkan. Hentikan kasus ini bila salah dicatat.")
    return before


def _steps(case_id: int) -> list[tuple[str, CaseState]]:
    query = (
        select(NeutralityMove.verb, NeutralityMove.state)
        .where(NeutralityMove.case_id == case_id)
        .order_by(NeutralityMove.id)
    )
    return [(verb, CaseState(state)) for verb, state in db.session.execute(query)]


def _in_order(row: NeutralityCase, said: MoveSaid) -> None:
    """Refuse (Invalid) a step that would have been made before the one that it follows."""
    if said.done_on is not None and row.is_since_known and said.done_on < row.state_since:
        day = tanggal_pendek(row.state_since)
        sentence = f"Langkah ini mendahului langkah sebelumnya ({day}). Periksa tanggalnya."
        raise Invalid(sentence, done_on=sentence)
