"""Names are cleared some time after their case has ended, and never while the election is open or contested."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from app.domain import audit, clock, neutrality, stages
from app.domain.errors import Invalid, NotFound
from app.domain.neutrality import CaseRow, CaseState, Forgotten, NeutralityCase, Verb
from app.domain.stages import StageOverride
from app.extensions import db
from tests.cast import BERAU, PASER, person
from tests.domain.neutrality.cases import NAME, WAY, do, recorded
from tests.domain.neutrality.test_secrets import everything

ENDED_ON = dt.date(2024, 11, 25)
OVER = dt.date(2025, 2, 20)
"""The last day of the last stage of the election of 27 November 2024."""


@pytest.fixture(autouse=True)
def moment() -> Iterator[None]:
    """Whatever day a test goes to, the next one begins where it began."""
    kept = clock.setting()
    yield
    clock.put_back(kept)


def on(day: dt.date) -> None:
    clock.set_frozen(clock.at(day, dt.time(9), "Asia/Makassar"))


def ended(state: CaseState = CaseState.STOPPED, **facts: Any) -> CaseRow:
    """A case of Berau with a name that has come to this end today."""
    case = recorded(name=NAME, nip_tail="1001", **facts)
    for verb in WAY[state]:
        case = do(case, verb)
    return case


def forget(days: int = 365, *, pretend: bool = False) -> Forgotten:
    found = neutrality.forget_names(days, pretend=pretend)
    db.session.commit()
    return found


def kept(case: CaseRow) -> tuple[bool, str]:
    row = db.session.get_one(NeutralityCase, case.id, populate_existing=True)
    return bool(row.name_locked), row.nip_tail


@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.STOPPED, CaseState.NOT_A_BREACH])
def test_a_year_after_the_end_the_name_is_gone_and_the_case_stays(session: Any, state: CaseState):
    case = ended(state)
    on(ENDED_ON + dt.timedelta(days=364))
    assert (forget().cleared, kept(case)) == (0, (True, "1001"))
    on(ENDED_ON + dt.timedelta(days=365))
    assert (forget().cleared, kept(case)) == (1, (False, ""))
    after = neutrality.find(case.id, person("operator.kaltim"))
    assert (after.state, after.pseudonym, after.number) == (state, "PNS-1", "1/2024")
    row = db.session.get_one(NeutralityCase, case.id)
    assert (row.agency, row.account) == (
        "Dinas di lingkungan pemerintah kabupaten",
        "Membagikan unggahan calon.",
    )


def test_a_second_time_finds_nothing_more(session: Any):
    ended()
    on(ENDED_ON + dt.timedelta(days=400))
    assert [forget().cleared, forget().cleared] == [1, 0]
    assert audit.verify().first_break is None


def test_trying_counts_and_changes_nothing(session: Any):
    case = ended()
    on(ENDED_ON + dt.timedelta(days=400))
    assert (forget(pretend=True).cleared, kept(case)) == (1, (True, "1001"))
    assert audit.history_of(neutrality.SUBJECT, case.id)[0].action == "neutrality:case:stop"


def test_each_is_on_the_trail_with_what_was_cleared_and_never_with_the_name(session: Any):
    both, tail = ended(), recorded(nip_tail="2002")
    do(tail, Verb.STOP)
    on(ENDED_ON + dt.timedelta(days=400))
    forget()
    for case, facts in ((both, ["name", "nip_tail"]), (tail, ["nip_tail"])):
        entry = audit.history_of(neutrality.SUBJECT, case.id)[0]
        assert (entry.action, entry.changed) == ("neutrality:case:forget", {"facts": [None, facts]})
        assert (entry.actor_name, entry.region_code) == ("Sistem", BERAU)
    for part in (NAME, *NAME.split()):
        assert part not in everything()


def test_an_open_case_keeps_its_name_however_old(session: Any):
    case = recorded(name=NAME)
    on(ENDED_ON + dt.timedelta(days=4_000))
    assert forget() == Forgotten(0, 0, 0, ())
    assert kept(case)[0]


def test_a_case_that_was_closed_in_arrears_counts_from_the_day_it_was_recorded(session: Any):
    case = recorded(name=NAME, occurred_on=dt.date(2023, 1, 2), known_on=dt.date(2023, 1, 2))
    do(case, Verb.STOP, done_on=dt.date(2023, 1, 3), letter_date=dt.date(2023, 1, 3))
    on(OVER + dt.timedelta(days=1))
    assert (forget().recent, kept(case)[0]) == (1, True)


def test_one_that_was_reopened_is_open_again(session: Any):
    case = ended()
    do(case, Verb.REOPEN)
    on(ENDED_ON + dt.timedelta(days=400))
    assert (forget().cleared, kept(case)[0]) == (0, True)


def test_a_name_that_was_cleared_cannot_be_shown(session: Any):
    case = ended()
    on(ENDED_ON + dt.timedelta(days=400))
    forget()
    with pytest.raises(NotFound, match="Nama tidak dicatat"):
        neutrality.reveal(case, by=person("operator.berau"), reason="Klarifikasi")


class TestOpenElection:
    def test_nothing_is_cleared_up_to_the_last_day_of_the_last_stage(self, session: Any):
        case = ended()
        on(OVER)
        assert forget(days=1) == Forgotten(0, 0, 1, (("Pemilihan Serentak 2024", OVER),))
        assert kept(case)[0]
        on(OVER + dt.timedelta(days=1))
        assert forget(days=1).cleared == 1

    @pytest.mark.parametrize("region", [BERAU, PASER, "64"])
    def test_a_revote_anywhere_holds_every_name_until_it_is_over(self, session: Any, region: str):
        case = ended()
        until = dt.date(2026, 6, 30)
        again = _revote(region, dt.date(2026, 6, 1), until)
        for day in (dt.date(2026, 5, 1), dt.date(2026, 6, 15), until):
            on(day)
            assert forget().held_by == (("Pemilihan Serentak 2024", until),)
        assert kept(case)[0]
        again.withdrawn_at = clock.now()
        db.session.commit()
        assert forget().cleared == 1

    def test_an_election_without_stages_is_not_known_to_be_over(self, session: Any):
        case = ended()
        db.session.execute(db.delete(stages.StageOverride))
        db.session.execute(db.delete(stages.Stage))
        db.session.commit()
        on(dt.date(2030, 1, 1))
        assert forget().held_by == (("Pemilihan Serentak 2024", None),)
        assert kept(case)[0]


def _revote(region: str, starts_on: dt.date, ends_on: dt.date) -> StageOverride:
    made = StageOverride(
        election_id=stages.current_election().id,
        stage_code="PUNGUT_HITUNG",
        region_code=region,
        starts_on=starts_on,
        ends_on=ends_on,
        runs_again=True,
        reason="Putusan MK",
        made_by="Sistem",
        made_at=clock.now(),
    )
    db.session.add(made)
    db.session.commit()
    return made


def test_less_than_a_day_is_refused(session: Any):
    with pytest.raises(Invalid):
        neutrality.forget_names(0)
