"""The steps of a follow-up: open, under way, done with a proof, closed by a second person; dropped; opened again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import evidence, registers
from app.domain.accounts import Permission, Person, Role
from app.domain.errors import Invalid, NotAllowed, NotNow
from app.domain.meetings import FOLLOW_UPS, STEPS, Stand, Verb
from app.domain.registers import RecordRow, StepSaid
from tests import cast
from tests.domain.meetings.given import TASK, task

SAID = StepSaid(note="Laporan sudah dikirim.")
PATHS: dict[Stand, tuple[Verb, ...]] = {
    Stand.OPEN: (),
    Stand.UNDER_WAY: (Verb.START,),
    Stand.DONE: (Verb.START, Verb.FINISH),
    Stand.CLOSED: (Verb.FINISH, Verb.CLOSE),
    Stand.DROPPED: (Verb.DROP,),
}
JUDGING = {verb for verb, step in STEPS.items() if step.permission == Permission.REGISTER_JUDGE}


def again(row: RecordRow, by: Person) -> RecordRow:
    return registers.find(FOLLOW_UPS, row.id, by)


def take(row: RecordRow, verb: Verb, said: StepSaid = SAID) -> RecordRow:
    by = cast.person("penyelia.berau" if verb in JUDGING else "operator.berau")
    registers.step(row, verb, said, by=by, version=row.version)
    return again(row, by)


def standing(operator: Person, state: Stand) -> RecordRow:
    row = task(operator)
    for verb in PATHS[state]:
        row = take(row, verb)
    return row


@pytest.mark.parametrize("state", list(Stand))
@pytest.mark.parametrize("verb", list(Verb))
def test_each_step_starts_and_ends_as_the_table_says(operator: Person, state: Stand, verb: Verb):
    row = standing(operator, state)
    step = STEPS[verb]
    if state in step.sources:
        assert take(row, verb).state == step.target
    else:
        with pytest.raises(NotNow):
            take(row, verb)
        assert again(row, operator).state == state


@pytest.mark.parametrize("verb", list(Verb))
def test_a_step_is_refused_to_the_wrong_role(operator: Person, supervisor: Person, verb: Verb):
    source = sorted(STEPS[verb].sources)[0]
    row = standing(operator, Stand(source))
    wrong = operator if verb in JUDGING else supervisor
    with pytest.raises(NotAllowed):
        registers.step(row, verb, SAID, by=wrong, version=row.version)


@pytest.mark.parametrize("verb", [Verb.SEND_BACK, Verb.DROP, Verb.REOPEN])
def test_going_back_needs_a_reason(operator: Person, verb: Verb):
    row = standing(operator, Stand(sorted(STEPS[verb].sources)[0]))
    with pytest.raises(Invalid) as told:
        take(row, verb, StepSaid())
    assert "note" in told.value.fields


def test_done_wants_a_note_or_a_file(operator: Person):
    row = task(operator)
    with pytest.raises(Invalid) as told:
        take(row, Verb.FINISH, StepSaid())
    assert "note" in told.value.fields
    registers.attach(row, evidence.inspect(b"Sudah.\n", "laporan.txt"), by=operator)
    assert take(again(row, operator), Verb.FINISH, StepSaid()).state == Stand.DONE


def test_who_worked_on_it_does_not_close_it(operator: Person):
    row = standing(operator, Stand.DONE)
    since = {"starts_on": dt.date(2024, 11, 1)}
    both = cast.add_person(
        "dua.berau", (Role.OPERATOR, cast.BERAU, since), (Role.SUPERVISOR, cast.BERAU, since)
    )
    registers.step(
        take(row, Verb.SEND_BACK), Verb.FINISH, SAID, by=both, version=again(row, operator).version
    )
    row = again(row, operator)
    with pytest.raises(NotAllowed):
        registers.step(row, Verb.CLOSE, SAID, by=both, version=row.version)


def test_who_sent_it_back_may_close_it_when_it_is_done_again(operator: Person):
    row = take(standing(operator, Stand.DONE), Verb.SEND_BACK)
    assert take(take(again(row, operator), Verb.FINISH), Verb.CLOSE).state == Stand.CLOSED


def test_the_second_click_is_too_late(operator: Person):
    row = task(operator)
    take(row, Verb.START)
    with pytest.raises(NotNow):
        registers.step(row, Verb.START, SAID, by=operator, version=row.version)


def test_what_is_closed_is_corrected_only_after_it_was_opened_again(operator: Person):
    row = standing(operator, Stand.CLOSED)
    with pytest.raises(NotNow):
        registers.change(row, TASK | {"owner": "Sekretaris Daerah"}, by=operator, version=row.version)
    row = take(row, Verb.REOPEN)
    assert registers.change(row, TASK | {"owner": "Sekretaris Daerah"}, by=operator, version=row.version)


def test_the_page_says_each_step_on_the_trail_in_words(client: Any, session: Any, operator: Person):
    row = standing(operator, Stand.CLOSED)
    session.commit()
    page = cast.signed_in(client, "penyelia.berau").get(f"/register/tindak-lanjut/{row.id}").text
    for words in ("«Tandai selesai»", "«Tutup»"):
        assert words in page
