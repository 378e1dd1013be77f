"""Every row of the one table: where each deed is allowed, where it is refused, and by whom."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from app.domain import accounts, audit, checklists, evidence
from app.domain.accounts import Permission, Role
from app.domain.checklists import WORKFLOW, Entry, EntryRow, Filling, Standing, Verb
from app.domain.checklists.rules import OPEN, VERIFIED, WAITING
from app.domain.errors import Invalid, NotAllowed, NotNow
from tests.cast import BERAU, MARATUA, add_person, entry_of, person

S = Standing


def put(session: Any, entry: EntryRow, standing: Standing) -> EntryRow:
    """Set an entry into a standing, as if somebody else had brought it there."""
    changed = update(Entry).where(Entry.id == entry.id).values(standing=standing.value)
    session.execute(changed)
    checklists.progress.move(entry, entry.standing, standing)
    return checklists.fresh(entry.id)


def do(verb: Verb, entry: EntryRow, by: accounts.Person, reason: str = "karena begitu") -> None:
    """One deed with all it asks for."""
    filling = Filling(reason=reason, no_evidence_reason="menyusul", note="catatan")
    if verb in checklists.FILL_DEEDS:
        checklists.FILL_DEEDS[verb](entry, by=by, version=entry.version, filling=filling)
    elif verb in (Verb.VERIFY, Verb.ACCEPT):
        checklists.verify(entry, by=by, version=entry.version)
    elif verb is Verb.RETURN:
        checklists.send_back(entry, by=by, version=entry.version, reason=reason)
    elif verb is Verb.REOPEN:
        checklists.reopen(entry, by=by, version=entry.version, reason=reason)
    elif verb is Verb.RESCHEDULE:
        checklists.reschedule(entry, by=by, version=entry.version, due_on=entry.due_on, reason=reason)
    else:
        checklists.attach(entry, evidence.inspect(b"a,b\n1,2\n", "bukti.csv"), by=by)


def doer(verb: Verb) -> accounts.Person:
    """Who of Berau may do it."""
    return person(
        "operator.berau" if WORKFLOW[verb].permission is not Permission.CHECKLIST_VERIFY else "penyelia.berau"
    )


VERBS = [pytest.param(verb, id=verb.value) for verb in WORKFLOW]
SAME_COMMAND = {(Verb.VERIFY, S.NOT_APPLICABLE), (Verb.ACCEPT, S.DONE)}
"""verify() does both: what is done is verified, what does not apply is accepted."""
ROWS = [
    pytest.param(verb, standing, id=f"{verb.value}-{standing.value}")
    for verb in WORKFLOW
    for standing in Standing
    if (verb, standing) not in SAME_COMMAND
]


@pytest.mark.parametrize("verb, standing", ROWS)
def test_a_deed_leads_where_the_table_says_and_is_refused_elsewhere(session, verb: Verb, standing: Standing):
    step = WORKFLOW[verb]
    entry = put(session, entry_of("LOG-12", MARATUA), standing)
    if standing in step.sources:
        do(verb, entry, doer(verb))
        now = checklists.fresh(entry.id)
        assert now.standing is (step.target or standing)
        assert now.version == entry.version + 1
        assert checklists.history(entry.id)[0].action == f"checklist:entry:{verb.value}"
    else:
        with pytest.raises(NotNow):
            do(verb, entry, doer(verb))
        assert checklists.fresh(entry.id) == entry


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", list(Role))
def test_only_the_role_with_the_permission_may(session, verb: Verb, role: Role):
    step = WORKFLOW[verb]
    who = f"{role.value}.berau" if role is not Role.OBSERVER else "pengamat.kpu-berau"
    source = sorted(step.sources)[0]
    entry = put(session, entry_of("LOG-12", MARATUA), Standing(source))
    if step.permission in accounts.PERMISSIONS[role]:
        do(verb, entry, person(who))
    else:
        with pytest.raises(NotAllowed):
            do(verb, entry, person(who))
        assert checklists.fresh(entry.id) == entry


@pytest.mark.parametrize("verb", VERBS)
def test_a_stranger_and_one_who_left_may_nothing(session, stranger, left, verb: Verb):
    entry = put(session, entry_of("LOG-12", MARATUA), Standing(sorted(WORKFLOW[verb].sources)[0]))
    for who in (stranger, left, person("penyelia.paser"), person("operator.sambaliung")):
        with pytest.raises(NotAllowed):
            do(verb, entry, who)


@pytest.mark.parametrize("verb", [p for p in VERBS if WORKFLOW[p.values[0]].needs_reason])
def test_a_deed_that_wants_a_reason_gets_one_or_is_refused(session, verb: Verb):
    entry = put(session, entry_of("LOG-12", MARATUA), Standing(sorted(WORKFLOW[verb].sources)[0]))
    with pytest.raises(Invalid):
        do(verb, entry, doer(verb), reason="  ")
    assert checklists.fresh(entry.id) == entry


def test_the_table_leaves_no_standing_without_a_way_on():
    for standing in Standing:
        assert any(standing in step.sources for step in WORKFLOW.values()), standing
    assert set(Standing) == OPEN | WAITING | VERIFIED


class TestFourEyes:
    """Nobody judges what they had a hand in, through no second appointment either (F14)."""

    @pytest.fixture
    def both(self, session: Any) -> accounts.Person:
        """Operator of Berau and supervisor of the province: in reach of both deeds."""
        return person("rangkap.berau")

    def test_not_what_they_ticked(self, both):
        entry = entry_of("KTP-11", BERAU, "2024-11-25")
        checklists.tick(entry, by=both, version=entry.version)
        for verb in (Verb.VERIFY, Verb.RETURN):
            with pytest.raises(NotAllowed, match="orang lain"):
                do(verb, checklists.fresh(entry.id), both)

    def test_not_what_they_waived(self, both):
        entry = entry_of("KTP-11", BERAU, "2024-11-25")
        checklists.waive(entry, by=both, version=entry.version, filling=Filling(reason="tidak ada"))
        with pytest.raises(NotAllowed, match="orang lain"):
            checklists.verify(checklists.fresh(entry.id), by=both, version=entry.version + 1)

    def test_not_what_somebody_else_ticked_after_they_wrote_the_figures(self, both, operator):
        entry = entry_of("KTP-11", BERAU, "2024-11-25")
        checklists.note(entry, by=both, version=entry.version, filling=Filling(note="angka dari saya"))
        entry = checklists.fresh(entry.id)
        checklists.tick(entry, by=operator, version=entry.version)
        with pytest.raises(NotAllowed, match="orang lain"):
            do(Verb.VERIFY, checklists.fresh(entry.id), both)

    def test_not_what_they_brought_a_file_to(self, both, operator):
        entry = entry_of("LOG-12", MARATUA)
        do(Verb.ATTACH, entry, both)
        entry = checklists.fresh(entry.id)
        checklists.tick(entry, by=operator, version=entry.version)
        with pytest.raises(NotAllowed, match="orang lain"):
            do(Verb.VERIFY, checklists.fresh(entry.id), both)

    def test_not_an_event_they_opened(self, both, operator, election):
        entry_id = checklists.open_event(election, "ASN-09", BERAU, by=both, title="dugaan satu PNS")
        entry = checklists.fresh(entry_id)
        checklists.tick(
            entry, by=operator, version=entry.version, filling=Filling(no_evidence_reason="menyusul")
        )
        with pytest.raises(NotAllowed, match="orang lain"):
            do(Verb.VERIFY, checklists.fresh(entry_id), both)

    def test_not_long_after_either(self, both, operator, supervisor):
        """Their deed was returned, mended by another, and is still theirs too."""
        entry = entry_of("KTP-11", BERAU, "2024-11-25")
        checklists.tick(entry, by=both, version=entry.version)
        do(Verb.RETURN, checklists.fresh(entry.id), supervisor)
        do(Verb.TICK, checklists.fresh(entry.id), operator)
        with pytest.raises(NotAllowed, match="orang lain"):
            do(Verb.VERIFY, checklists.fresh(entry.id), both)

    def test_but_what_they_had_no_hand_in(self, both, operator):
        entry = entry_of("KTP-11", BERAU, "2024-11-25")
        checklists.tick(entry, by=operator, version=entry.version)
        do(Verb.VERIFY, checklists.fresh(entry.id), both)
        assert checklists.fresh(entry.id).standing is S.VERIFIED

    def test_ones_own_deeds_are_not_in_ones_queue(self, both, operator, election):
        mine, others = (entry_of("KTP-11", BERAU, day) for day in ("2024-11-24", "2024-11-25"))
        checklists.tick(mine, by=both, version=1)
        checklists.tick(others, by=operator, version=1)
        rows, total = checklists.waiting_for(both, election)
        assert ([row.id for row in rows], total) == ([others.id], 1)

    def test_the_buttons_know_it_too(self):
        held = accounts.PERMISSIONS[Role.OPERATOR] | accounts.PERMISSIONS[Role.SUPERVISOR]
        assert Verb.VERIFY in checklists.verbs_for(S.DONE, held)
        assert Verb.VERIFY not in checklists.verbs_for(S.DONE, held, had_a_hand=True)
        assert Verb.UNDO in checklists.verbs_for(S.DONE, held, had_a_hand=True)


class TestQueue:
    def test_a_supervisor_limited_to_an_area_sees_that_area_only(self, session, operator, election):
        limited = add_person(
            "penyelia.logistik",
            (Role.SUPERVISOR, BERAU, {"starts_on": election.in_use_from, "areas": ("LOG",)}),
        )
        for code, region, period in (("KTP-11", BERAU, "2024-11-25"), ("LOG-12", MARATUA, "")):
            do(Verb.TICK, entry_of(code, region, period), operator)
        assert [row.code for row in checklists.waiting_for(limited, election)[0]] == ["LOG-12"]
        assert checklists.waiting_for(person("penyelia.berau"), election)[1] == 2
        assert checklists.waiting_for(person("penyelia.paser"), election)[1] == 0
        assert checklists.waiting_for(operator, election)[1] == 0


def test_an_appointment_without_the_area_or_the_unit_does_not_fill(session):
    logistics, dukcapil = person("logistik.berau"), person("disdukcapil.berau")
    ktp, log = entry_of("KTP-11", BERAU, "2024-11-25"), entry_of("LOG-14", BERAU)
    with pytest.raises(NotAllowed):
        do(Verb.START, ktp, logistics)
    with pytest.raises(NotAllowed):
        do(Verb.START, log, dukcapil)
    do(Verb.START, log, logistics)
    do(Verb.START, ktp, dukcapil)


def test_the_deed_is_told_under_the_office_it_was_done_in(session, camat):
    entry = entry_of("LOG-12", "64.03.03")
    do(Verb.TICK, entry, camat)
    now = checklists.fresh(entry.id)
    assert now.filled_office == "Operator, Sambaliung"
    link = audit.history_of(checklists.SUBJECT, entry.id)[0]
    assert link.office == "Operator, Sambaliung"
    assert link.changed["standing"] == ["belum", "selesai"]
    assert link.changed["no_evidence_reason"] == ["", "menyusul"]
