"""What tests of the neutrality room say about a case, and the deeds that bring one somewhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.domain import clock, neutrality, stages
from app.domain.accounts import Person
from app.domain.neutrality import CaseRow, CaseSaid, CaseState, Kind, MoveSaid, NeutralityCase, Source, Verb
from app.extensions import db
from tests.cast import BERAU, person

MONDAY = dt.date(2024, 11, 25)
NAME = "Haryanto Rahasiawan"


def said(**other: Any) -> CaseSaid:
    """The facts of some case."""
    facts: dict[str, Any] = {
        "agency": "Dinas di lingkungan pemerintah kabupaten",
        "breach": "DS2",
        "source": Source.BAWASLU,
        "known_on": MONDAY,
        "account": "Membagikan unggahan calon.",
        "occurred_note": "Belum disebut dalam laporan.",
    }
    return CaseSaid(**(facts | other))


def letter(**other: Any) -> MoveSaid:
    """A step made today by letter."""
    made: dict[str, Any] = {
        "done_on": MONDAY,
        "letter_number": "100/B-1/XI/2024",
        "letter_date": MONDAY,
        "note": "karena begitu",
    }
    return MoveSaid(**(made | other))


def recorded(
    kind: Kind = Kind.PNS, region: str = BERAU, who: str = "operator.berau", **other: Any
) -> CaseRow:
    """A case as it stands after recording."""
    by = person(who)
    case_id = neutrality.record(region, kind, said(**other), by=by)
    db.session.commit()
    return neutrality.find(case_id, by)


def do(case: CaseRow, verb: Verb, by: Person | None = None, **other: Any) -> CaseRow:
    """One step by who may do it in Berau, unless said otherwise."""
    judges = verb in (Verb.CLOSE, Verb.STOP, Verb.REOPEN)
    by = by or person("penyelia.berau" if judges else "operator.berau")
    now = neutrality.find(case.id, by)
    receiver = neutrality.ROUTES[case.kind].receivers[0] if verb is Verb.FORWARD else ""
    neutrality.step(now, verb, letter(receiver=receiver, **other), by=by, version=now.version)
    db.session.commit()
    return neutrality.find(case.id, by)


WAY = {
    CaseState.RECORDED: (),
    CaseState.STUDIED: (Verb.STUDY,),
    CaseState.NOT_A_BREACH: (Verb.STUDY, Verb.CLEAR),
    CaseState.FORWARDED: (Verb.STUDY, Verb.FORWARD),
    CaseState.RECOMMENDED: (Verb.STUDY, Verb.FORWARD, Verb.RECOMMEND),
    CaseState.STOPPED: (Verb.STOP,),
}
_EXAMINED = (Verb.STUDY, Verb.FORWARD, Verb.RECOMMEND, Verb.EXAMINE)
WAY[CaseState.EXAMINED] = _EXAMINED
WAY[CaseState.SANCTIONED] = (*_EXAMINED, Verb.SANCTION)
WAY[CaseState.REPORTED_BACK] = (*_EXAMINED, Verb.SANCTION, Verb.REPORT_BACK)
WAY[CaseState.CLOSED] = (*_EXAMINED, Verb.SANCTION, Verb.REPORT_BACK, Verb.CLOSE)
"""The deeds that lead to each state."""


def brought_to(state: CaseState, kind: Kind = Kind.PNS) -> CaseRow:
    """A case of Berau that stands in `state`, by the deeds that lead there."""
    case = recorded(kind)
    for verb in WAY[state]:
        case = do(case, verb)
    assert case.state is state
    return case


def many(number: int) -> None:
    """So many cases of Berau, written at once, in all states and of all kinds."""
    kinds, states = list(Kind), list(CaseState)
    by = person("operator.berau")
    election = stages.current_election().id
    db.session.add_all(
        NeutralityCase(
            election_id=election,
            region_code=BERAU,
            year=2024,
            number=one,
            kind=kinds[one % len(kinds)].value,
            kind_number=one,
            agency="Dinas",
            breach="DS2",
            breach_words="",
            source=Source.BAWASLU.value,
            occurred_on=None,
            occurred_note="tidak disebut",
            known_on=MONDAY,
            place="",
            account="Membagikan unggahan.",
            name_locked="",
            nip_tail="",
            state=states[one % len(states)].value,
            state_since=MONDAY - dt.timedelta(days=one % 60),
            is_since_known=True,
            recorded_at=clock.now(),
            recorded_by=by.id,
            recorded_by_name=by.name,
        )
        for one in range(1, number + 1)
    )
    db.session.commit()
