"""What the page of a case shows: its steps in words, the forms of what may be done now, its history."""

from __future__ import annotations

from typing import NamedTuple

from flask import render_template

from app.blueprints.neutrality.forms import MoveForm, ProofForm, RevealForm
from app.domain import audit, evidence, neutrality, regions
from app.domain.accounts import Permission
from app.domain.neutrality import SUBJECT, WITH_LETTER, CaseRow, MoveRow, Verb
from app.web.access import current_user
from app.web.context import today_in

ENDPOINTS = {verb: f"neutrality.{verb.value}" for verb in Verb}
"""Of the deeds that are a step; correcting the facts has a page of its own."""
QUIET = frozenset({Verb.NOTE, Verb.TAKE_BACK, Verb.CLEAR, Verb.STOP})
"""Deeds beside the chain: they stand folded below the next step."""
NOTES = {
    Verb.SANCTION: "Sanksi yang dijatuhkan",
    Verb.CLEAR: "Alasan",
    Verb.STOP: "Alasan",
    Verb.REOPEN: "Alasan",
    Verb.TAKE_BACK: "Alasan",
}


UNKNOWN_LETTER = "Bila belum diketahui, kosongkan dan jelaskan di catatan."


class Deed(NamedTuple):
    """A verb that may be used now, as a form in place."""

    verb: Verb
    label: str
    endpoint: str
    form: MoveForm
    by_letter: bool
    picks_receiver: bool
    is_next: bool


def label_of(verb: Verb, case: CaseRow) -> str:
    """The words of a verb's button; whom the case goes to follows its kind."""
    label = neutrality.WORKFLOW[verb].label
    receivers = neutrality.ROUTES[case.kind].receivers
    if verb is Verb.FORWARD and len(receivers) == 1:
        return f"{label} ke {receivers[0]}"
    if verb is Verb.RECOMMEND:
        return f"{label} {neutrality.ROUTES[case.kind].recommends}"
    return label


def step_words(move: MoveRow, case: CaseRow) -> str:
    """A step of the timeline in words."""
    if move.verb == Verb.NOTE.value:
        return "Catatan"
    if move.verb == Verb.TAKE_BACK.value:
        return f"Langkah dibatalkan, kembali ke: {move.state.words(case.kind)}"
    if move.verb == Verb.REOPEN.value:
        return f"Dibuka kembali: {move.state.words(case.kind)}"
    return move.state.words(case.kind)


def deeds_of(case: CaseRow, used: Verb | None = None, form: MoveForm | None = None) -> list[Deed]:
    """The forms of what this person may do now; the one that was just used keeps what was typed."""
    verbs: list[Verb] = [v for v in neutrality.open_deeds(case, current_user) if v != Verb.CHANGE]
    if used is not None and used not in verbs and form is not None:
        verbs = [used, *verbs]
    return [_deed(verb, case, form if verb is used and form else _fresh(case)) for verb in verbs]


def _fresh(case: CaseRow) -> MoveForm:
    form = MoveForm(formdata=None)
    form.done_on.data = today_in(case.region_code)
    return form


def _deed(verb: Verb, case: CaseRow, form: MoveForm) -> Deed:
    form.about(verb, case)
    form.note.label.text = NOTES.get(verb, "Catatan")
    form.note.flags.required = verb in NOTES or verb is Verb.NOTE
    if verb in WITH_LETTER:
        for field in (form.letter_number, form.letter_date):
            field.flags.required, field.description = True, UNKNOWN_LETTER
    return Deed(
        verb,
        label_of(verb, case),
        ENDPOINTS[verb],
        form,
        verb in WITH_LETTER or verb in (Verb.STUDY, Verb.EXAMINE, Verb.STOP),
        verb is Verb.FORWARD and len(neutrality.ROUTES[case.kind].receivers) > 1,
        verb not in QUIET,
    )


def drawn(
    case: CaseRow,
    status: int = 200,
    *,
    used: Verb | None = None,
    form: MoveForm | None = None,
    revealing: RevealForm | None = None,
    proving: ProofForm | None = None,
    overtaken: str = "",
    name: str = "",
) -> tuple[str, int]:
    """The page of a case; `name` only where it was just revealed."""
    own = case.facts is not None
    held = neutrality.permissions_in(current_user, case.region_code)
    page = render_template(
        "neutrality/show.html",
        case=case,
        steps=[(step_words(move, case), move) for move in neutrality.moves_of(case)],
        deeds=deeds_of(case, used, form),
        refused=form,
        revealing=revealing or RevealForm(formdata=None),
        may_reveal=Permission.NEUTRALITY_REVEAL in held and own and case.facts.has_name,  # type: ignore[union-attr]
        may_change=Verb.CHANGE in neutrality.open_deeds(case, current_user),
        may_attach=Permission.NEUTRALITY_HANDLE in held and case.state in neutrality.OPEN,
        proving=proving or ProofForm(formdata=None),
        files=evidence.uses_of(SUBJECT, case.id) if own else [],
        history=audit.history_of(SUBJECT, case.id) if own else [],
        overtaken=overtaken,
        name=name,
        zone=regions.zone_of(case.region_code),
    )
    return page, status
