"""Every row of the one table: where each step leads, where it is refused, and by whom; words that follow the kind."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import audit, neutrality
from app.domain.accounts import PERMISSIONS, Permission, Role
from app.domain.errors import Invalid, NotAllowed, NotNow
from app.domain.neutrality import (
    BEGINNINGS,
    ENDED,
    ROUTES,
    WITH_LETTER,
    WORKFLOW,
    CaseState,
    Kind,
    MoveSaid,
    Verb,
)
from tests.cast import BERAU, add_person, person
from tests.domain.neutrality.cases import MONDAY, WAY, brought_to, do, letter, recorded, said

S = CaseState
STEPS = [verb for verb in WORKFLOW if verb is not Verb.CHANGE]
NOWHERE_BACK = {(Verb.TAKE_BACK, S.RECORDED)}
SKIPPED = {(Verb.EXAMINE, S.FORWARDED)}
"""Refused for civil servants alone; see below."""


def leads_to(verb: Verb, state: CaseState) -> CaseState:
    """Where the table, or for the two that go back the way itself, says that a step ends."""
    if verb in (Verb.TAKE_BACK, Verb.REOPEN):
        return [*(WORKFLOW[v].target for v in WAY[state][:-1])][-1] if len(WAY[state]) > 1 else S.RECORDED
    return WORKFLOW[verb].target or state


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("verb", STEPS)
def test_a_step_leads_where_the_table_says_and_is_refused_elsewhere(
    session: Any, verb: Verb, state: CaseState
):
    case = brought_to(state)
    allowed = state in WORKFLOW[verb].sources and (verb, state) not in NOWHERE_BACK | SKIPPED
    by = person(
        "penyelia.berau" if WORKFLOW[verb].permission is Permission.NEUTRALITY_JUDGE else "operator.berau"
    )
    assert (verb in neutrality.open_deeds(case, by)) is allowed
    if allowed:
        now = do(case, verb)
        assert now.state is leads_to(verb, state)
        assert now.version == case.version + 1
        assert audit.history_of(neutrality.SUBJECT, case.id)[0].action == f"neutrality:case:{verb.value}"
    else:
        with pytest.raises(NotNow):
            do(case, verb)
        now = neutrality.find(case.id, by)
        assert (now.state, now.version) == (case.state, case.version)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", STEPS)
def test_only_the_role_with_the_permission_may(session: Any, verb: Verb, role: Role):
    state = next(s for s in S if s in WORKFLOW[verb].sources and (verb, s) not in NOWHERE_BACK | SKIPPED)
    case = brought_to(state)
    who = person(f"{role.value}.berau" if role is not Role.OBSERVER else "pengamat.kpu-berau")
    receiver = ROUTES[case.kind].receivers[0]
    if WORKFLOW[verb].permission in PERMISSIONS[role]:
        neutrality.step(case, verb, letter(receiver=receiver), by=who, version=case.version)
    else:
        with pytest.raises(NotAllowed):
            neutrality.step(case, verb, letter(receiver=receiver), by=who, version=case.version)


@pytest.mark.parametrize(
    "who", ["operator.kaltim", "penyelia.kaltim", "operator.paser", "operator.sambaliung"]
)
@pytest.mark.parametrize("verb", STEPS)
def test_nobody_does_a_deed_outside_the_very_region_of_the_appointment(session: Any, verb: Verb, who: str):
    case = brought_to(next(s for s in S if s in WORKFLOW[verb].sources))
    with pytest.raises(NotAllowed):
        neutrality.step(case, verb, letter(), by=person(who), version=case.version)


def test_who_works_on_another_area_does_not_handle_cases(session: Any):
    logistics = person("logistik.berau")
    with pytest.raises(NotAllowed):
        neutrality.record(BERAU, Kind.PNS, said(), by=logistics)
    assert neutrality.roots(logistics) == ()


class TestFourEyes:
    @pytest.mark.parametrize("verb", [verb for verb in STEPS if WORKFLOW[verb].four_eyes])
    def test_who_recorded_the_case_does_not_end_or_reopen_it(self, session: Any, verb: Verb):
        both = add_person(
            "dua.peran",
            (Role.OPERATOR, BERAU, {"starts_on": dt.date(2024, 11, 1)}),
            (Role.SUPERVISOR, BERAU, {"starts_on": dt.date(2024, 11, 1)}),
        )
        case = recorded(who="dua.peran")
        for step in WAY[next(s for s in S if s in WORKFLOW[verb].sources and s is not S.STOPPED)]:
            case = do(case, step)
        assert verb not in neutrality.open_deeds(case, both)
        with pytest.raises(NotAllowed, match="orang lain"):
            do(case, verb, both)
        do(case, verb)

    def test_who_only_took_one_step_does_not_either(self, session: Any):
        both = add_person(
            "dua.peran",
            (Role.OPERATOR, BERAU, {"starts_on": dt.date(2024, 11, 1)}),
            (Role.SUPERVISOR, BERAU, {"starts_on": dt.date(2024, 11, 1)}),
        )
        case = do(recorded(), Verb.STUDY, both)
        with pytest.raises(NotAllowed):
            do(case, Verb.STOP, both)


@pytest.mark.parametrize("verb", [verb for verb in STEPS if WORKFLOW[verb].needs_reason])
def test_a_step_that_wants_a_reason_gets_one_or_is_refused_at_its_field(session: Any, verb: Verb):
    state = next(s for s in S if s in WORKFLOW[verb].sources and (verb, s) not in NOWHERE_BACK)
    case = brought_to(state)
    with pytest.raises(Invalid) as refused:
        do(case, verb, note="  ")
    assert "note" in refused.value.fields


class TestLetters:
    @pytest.mark.parametrize("verb", sorted(WITH_LETTER - {Verb.CLEAR, Verb.SANCTION}))
    @pytest.mark.parametrize("missing", ["letter_number", "letter_date"])
    def test_a_step_by_letter_wants_its_number_and_date_or_why_they_are_not_known(
        self, session: Any, verb: Verb, missing: str
    ):
        case = brought_to(next(s for s in S if s in WORKFLOW[verb].sources))
        absent: dict[str, Any] = {missing: "" if missing == "letter_number" else None}
        with pytest.raises(Invalid) as refused:
            do(case, verb, note="", **absent)
        assert missing in refused.value.fields
        do(case, verb, note="Suratnya belum diterima desk.", **absent)

    def test_a_sanction_says_what_it_is(self, session: Any):
        with pytest.raises(Invalid) as refused:
            do(brought_to(S.EXAMINED), Verb.SANCTION, note="")
        assert "note" in refused.value.fields

    def test_an_unknown_day_wants_a_note_and_the_clock_runs_from_the_day_it_was_recorded(self, session: Any):
        case = recorded()
        with pytest.raises(Invalid) as refused:
            do(case, Verb.STUDY, done_on=None, note="")
        assert "done_on" in refused.value.fields
        case = do(case, Verb.STUDY, done_on=None, note="Tanggal tidak disebut dalam paparan.")
        assert (case.state_since, case.is_since_known) == (MONDAY, False)

    @pytest.mark.parametrize("field", ["done_on", "letter_date"])
    def test_what_is_still_to_come_is_refused(self, session: Any, field: str):
        with pytest.raises(Invalid) as refused:
            do(brought_to(S.STUDIED), Verb.FORWARD, **{field: MONDAY + dt.timedelta(days=1)})
        assert field in refused.value.fields

    def test_a_step_does_not_precede_the_one_before(self, session: Any):
        with pytest.raises(Invalid, match="mendahului") as refused:
            do(brought_to(S.STUDIED), Verb.FORWARD, done_on=MONDAY - dt.timedelta(days=3))
        assert "done_on" in refused.value.fields


class TestKinds:
    @pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.PNS, Kind.PPPK}))
    def test_only_civil_servants_ever_go_to_bkn(self, session: Any, kind: Kind):
        assert all("BKN" not in state.words(kind) for state in S)
        case = do(recorded(kind), Verb.STUDY)
        with pytest.raises(Invalid) as refused:
            neutrality.step(
                case, Verb.FORWARD, letter(receiver="BKN"), by=person("operator.berau"), version=case.version
            )
        assert "receiver" in refused.value.fields

    @pytest.mark.parametrize("kind", [Kind.PNS, Kind.PPPK])
    def test_nobody_examines_a_civil_servant_before_bkn_has_recommended(self, session: Any, kind: Kind):
        case = brought_to(S.FORWARDED, kind)
        assert case.state_words == "Diteruskan ke BKN"
        assert Verb.EXAMINE not in neutrality.open_deeds(case, person("operator.berau"))
        with pytest.raises(NotNow, match="menunggu rekomendasi BKN"):
            do(case, Verb.EXAMINE)

    @pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.PNS, Kind.PPPK}))
    def test_the_others_are_examined_once_they_were_forwarded(self, session: Any, kind: Kind):
        assert do(brought_to(S.FORWARDED, kind), Verb.EXAMINE).state is S.EXAMINED

    def test_organisers_go_to_one_of_three(self, session: Any):
        assert ROUTES[Kind.ORGANISER].receivers == ("KPU", "Bawaslu", "DKPP")
        assert S.FORWARDED.words(Kind.ORGANISER) == "Diteruskan ke KPU, Bawaslu, atau DKPP"

    def test_the_head_of_a_kampung_goes_to_the_bupati(self, session: Any):
        case = brought_to(S.FORWARDED, Kind.VILLAGE_HEAD)
        assert case.kind_words == "kepala kampung"
        assert case.state_words == "Diteruskan ke Bupati/Wali Kota"


def test_it_stays_an_allegation_until_a_decision(session: Any):
    assert brought_to(S.EXAMINED).breach_words.startswith("Dugaan: ")
    assert not brought_to(S.SANCTIONED).breach_words.startswith("Dugaan")
    assert brought_to(S.NOT_A_BREACH).breach_words.startswith("Bukan pelanggaran: ")


def test_reopening_leads_back_to_where_it_stood_however_often(session: Any):
    case = brought_to(S.REPORTED_BACK)
    for _ in range(2):
        case = do(do(case, Verb.CLOSE), Verb.REOPEN)
        assert case.state is S.REPORTED_BACK
    case = do(do(case, Verb.TAKE_BACK), Verb.STOP)
    assert do(case, Verb.REOPEN).state is S.SANCTIONED


class TestBeginnings:
    @pytest.mark.parametrize("state", list(S))
    def test_a_case_may_have_gone_some_way_before_the_desk_heard_of_it(self, session: Any, state: CaseState):
        by = person("operator.berau")
        step = letter(receiver="BKN")
        if state not in BEGINNINGS:
            with pytest.raises(Invalid):
                neutrality.record(BERAU, Kind.PNS, said(), by=by, state=state, step=step)
            return
        case = neutrality.find(neutrality.record(BERAU, Kind.PNS, said(), by=by, state=state, step=step), by)
        assert case.state is state
        assert Verb.TAKE_BACK not in neutrality.open_deeds(case, by)

    def test_its_step_is_checked_like_any_other(self, session: Any):
        with pytest.raises(Invalid) as refused:
            neutrality.record(
                BERAU, Kind.PNS, said(), by=person("operator.berau"), state=S.RECOMMENDED, step=MoveSaid()
            )
        assert "letter_number" in refused.value.fields


def test_the_table_leaves_no_state_without_a_way_on():
    for state in S:
        assert any(state in step.sources for step in WORKFLOW.values()), state
    assert {state for state in S if state not in WORKFLOW[Verb.STOP].sources} == ENDED


def test_an_overtaken_step_changes_nothing(session: Any):
    case = recorded()
    do(case, Verb.NOTE)
    with pytest.raises(NotNow, match="diubah orang lain"):
        neutrality.step(case, Verb.STUDY, letter(), by=person("operator.berau"), version=case.version)
