"""A next election made from an earlier one: every date shifted, nobody's appointment taken along, nothing lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select

from app import data
from app.domain import accounts, audit, checklists, clock, stages
from app.domain.accounts import Appointment, Role
from app.domain.checklists import Entry
from app.domain.errors import Invalid, NotAllowed, NotNow
from tests import cast
from tests.cast import BERAU, entry_of
from tests.counting import statements

NEXT = dt.date(2029, 11, 28)
START = dt.date(2029, 1, 1)
TODAY = dt.date(2024, 11, 25)


@pytest.fixture
def held(session: Any) -> stages.Election:
    election = stages.find_election(stages.current_election().id)
    if not stages.races(election):
        stages.add_race(election, "gub", "64")
        stages.add_race(election, "bup", BERAU)
        stages.load_steps(election, data.rows("tahapan_pilkada_2024.csv"))
    return election


def clone(held: stages.Election, by: Any, **other: Any) -> stages.Election:
    given: dict[str, Any] = {
        "code": "pilkada-2029",
        "name": "Pemilihan 2029",
        "voting_day": NEXT,
        "in_use_from": START,
        "day": TODAY,
    } | other
    return checklists.clone_election(held, **given, by=by)


def counted(election: stages.Election) -> dict[str, int]:
    query = (
        select(Entry.item_id, func.count()).where(Entry.election_id == election.id).group_by(Entry.item_id)
    )
    return {row[0]: row[1] for row in cast.db.session.execute(query)}


def test_every_date_is_as_far_from_the_new_voting_day(session, held, admin):
    made = clone(held, admin)
    old, new = stages.windows_in(held, BERAU), stages.windows_in(made, BERAU)
    assert [one.code for one in old] == [one.code for one in new]
    for one, other in zip(old, new, strict=True):
        assert one.starts_on - held.voting_day == other.starts_on - NEXT
        assert one.ends_on - held.voting_day == other.ends_on - NEXT
    there = {race.region_code: race.kind for race in stages.races(made)}
    assert there == {race.region_code: race.kind for race in stages.races(held)}
    dues = select(Entry.due_on).where(
        Entry.election_id == made.id, Entry.region_code == BERAU, Entry.stage == "MASA_TENANG"
    )
    assert {(day - NEXT).days for day in session.scalars(dues)} <= {-3, -2, -1}


def test_the_same_entries_are_asked_but_for_days_of_the_week(session, held, admin):
    made = clone(held, admin)
    old, new = counted(held), counted(made)
    weekly, _ = checklists.item_by_code("KAM-05")
    old.pop(weekly.id), new.pop(weekly.id)
    assert old == new
    assert checklists.progress.check(made) == []


def test_the_official_steps_say_that_they_are_copies(session, held, admin):
    made = clone(held, admin)
    again = clone(made, admin, code="pilkada-2034", voting_day=dt.date(2034, 11, 22))
    for election in (made, again):
        steps = stages.steps_of(election)
        assert len(steps) == 35
        assert all(step.source.count("Disalin dari") == 1 for step in steps)


def test_moves_of_single_regions_are_not_taken_along(session, held, admin):
    stages.override_stage(
        held,
        "MASA_TENANG",
        BERAU,
        starts_on=dt.date(2024, 11, 25),
        ends_on=dt.date(2024, 11, 28),
        reason="uji",
        by=admin,
    )
    assert stages.moves_of(clone(held, admin)) == []


def test_nobodys_appointment_is_touched(session, held, admin):
    before = session.scalar(select(func.count()).select_from(Appointment))
    clone(held, admin)
    assert session.scalar(select(func.count()).select_from(Appointment)) == before


def test_it_is_prepared_but_not_current(session, held, admin):
    made = clone(held, admin)
    assert stages.current_election().id == held.id
    assert checklists.entries_of_election(made) > 3_000
    told = audit.history_of("election", made.id)[0]
    assert told.action == "calendar:election:clone"


@pytest.mark.parametrize(
    "about",
    [
        {"code": "pilkada-2024"},
        {"code": "X Y"},
        {"name": " "},
        {"voting_day": dt.date(2024, 11, 27)},
        {"voting_day": dt.date(2229, 11, 27)},
        {"voting_day": dt.date(2019, 11, 27), "in_use_from": dt.date(2019, 1, 1)},
        {"voting_day": dt.date(2024, 11, 26), "in_use_from": dt.date(2024, 11, 1)},
        {"voting_day": dt.date(2098, 11, 27)},
        {"in_use_from": dt.date(2029, 11, 29)},
    ],
)
def test_what_cannot_be_is_refused(session, held, admin, about: dict[str, Any]):
    with pytest.raises(Invalid):
        clone(held, admin, **about)


def test_an_admin_of_one_kabupaten_may_not(session, held):
    with pytest.raises(NotAllowed):
        clone(held, cast.person("admin.berau"))


class TestHandingOver:
    def switch(self, election: stages.Election, by: Any, *, instead_of: int, is_ready: bool = True) -> None:
        checklists.make_current(election, instead_of=instead_of, is_ready=is_ready, by=by)

    def test_there_and_back_loses_nothing(self, session, held, admin, operator):
        entry = entry_of("LOG-14", BERAU)
        checklists.start(entry, by=operator, version=entry.version)
        before = counted(held)
        made = clone(held, admin)
        self.switch(made, admin, instead_of=held.id)
        assert stages.current_election().id == made.id
        assert entry_of("LOG-14", BERAU).standing is checklists.Standing.NOT_STARTED
        self.switch(held, admin, instead_of=made.id)
        assert stages.current_election().id == held.id
        assert counted(held) == before
        assert entry_of("LOG-14", BERAU).standing is checklists.Standing.IN_PROGRESS
        assert checklists.progress.check(held) == checklists.progress.check(made) == []

    def test_what_the_library_got_meanwhile_is_asked_too(self, session, held, admin):
        made = clone(held, admin)
        _, version = checklists.item_by_code("LOG-14")
        wording = checklists.library.wording_of(version)
        checklists.publish("LOG-98", wording, sort=1)
        self.switch(made, admin, instead_of=held.id)
        assert entry_of("LOG-98", BERAU).due_on == NEXT - dt.timedelta(days=2)

    def test_one_that_is_not_prepared_is_refused(self, session, held, admin):
        made = clone(held, admin)
        with pytest.raises(NotNow, match="belum selesai"):
            self.switch(made, admin, instead_of=held.id, is_ready=False)
        bare = stages.clone_election(held, "kosong", "Kosong", NEXT, in_use_from=START, day=TODAY, by=admin)
        with pytest.raises(NotNow, match="belum selesai"):
            self.switch(bare, admin, instead_of=held.id)

    def test_who_comes_second_is_told(self, session, held, admin):
        made = clone(held, admin)
        other = clone(held, admin, code="lain")
        self.switch(made, admin, instead_of=held.id)
        with pytest.raises(NotNow, match="baru saja"):
            self.switch(other, admin, instead_of=held.id)
        with pytest.raises(NotNow):
            self.switch(made, admin, instead_of=made.id)

    def test_a_large_one_is_prepared_in_parts(self, session, held, admin, monkeypatch):
        monkeypatch.setattr(checklists.elections, "AT_ONCE", 10)
        made = clone(held, admin)
        assert checklists.is_large(held)
        assert checklists.entries_of_election(made) == 0
        for roots, levels in checklists.parts_of(made):
            checklists.prepare_part(made, roots, levels)
        whole = counted(made)
        checklists.expect(made)
        assert counted(made) == whole
        assert checklists.progress.check(made) == []


class TestAppointments:
    TODAY = dt.date(2024, 11, 25)

    def test_who_needs_a_new_one_is_told_and_admins_are_not(self, session, held):
        found = accounts.terms_under(("64",), self.TODAY, START, limit=500)
        assert len(found.shown) == found.ending + found.lasting
        assert Role.ADMIN not in {term.role for term in found.shown}
        assert "Mantan Berau" not in {term.name for term in found.shown}
        assert len(accounts.terms_under(("64",), self.TODAY, START, limit=3).shown) == 3

    def test_ending_them_leaves_admins_and_is_on_the_trail(self, session, held, admin):
        lasting = accounts.terms_under(("64",), self.TODAY, START, limit=1).lasting
        assert accounts.end_terms(("64",), self.TODAY, by=admin) == lasting > 10
        after = accounts.terms_under(("64",), self.TODAY, START, limit=1)
        assert (after.lasting, after.ending > 0) == (0, True)
        clock.set_frozen(dt.datetime(2024, 11, 26, 1, tzinfo=dt.UTC))
        assert cast.person("operator.berau").appointments == ()
        assert cast.person("admin.kaltim").appointments != ()

    def test_they_end_in_a_few_statements_however_many_they_are(self, session, held, admin):
        with statements() as asked:
            accounts.end_terms(("64",), self.TODAY, by=admin)
        assert len(asked) <= 8

    def test_who_does_not_manage_all_of_them_ends_none(self, session, held):
        with pytest.raises(NotAllowed):
            accounts.end_terms(("64",), self.TODAY, by=cast.person("admin.berau"))
        assert cast.person("operator.berau").appointments != ()
