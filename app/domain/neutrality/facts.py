"""What this room tells reports and the situation room: counts, never a pseudonym."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.domain.neutrality.clocks import Calendar
from app.domain.neutrality.models import NeutralityCase
from app.domain.neutrality.queries import village_terms
from app.domain.neutrality.rules import AREA, OPEN, STATE_WORDS, CaseState, Kind
from app.domain.regions import subtree
from app.domain.registers import Fact, of_election
from app.extensions import db


def facts(codes: Sequence[str]) -> list[Fact]:
    """How many cases by kind of person and by step, and how many are silent beyond their limit. Four statements."""
    here = subtree(NeutralityCase.region_code, *codes) & of_election(NeutralityCase)
    query = select(
        NeutralityCase.region_code,
        NeutralityCase.kind,
        NeutralityCase.state,
        NeutralityCase.state_since,
        NeutralityCase.recorded_at,
    ).where(here)
    cases = db.session.execute(query).all()
    latest = max((case.recorded_at for case in cases), default=None)
    terms = village_terms({case.region_code for case in cases})
    kinds = Counter(Kind(case.kind).words(terms[case.region_code]) for case in cases)
    open_ = [case for case in cases if CaseState(case.state) in OPEN]
    steps = Counter(CaseState(case.state) for case in open_)
    calendar = Calendar(case.state_since for case in open_)
    silent = sum(
        calendar.silence(case.region_code, CaseState(case.state), case.state_since).over > 0 for case in open_
    )
    said: dict[str, Any] = {"source": "Register netralitas", "as_of": latest}
    told = ", ".join(
        f"{count} {words}" for words, count in sorted(kinds.items(), key=lambda one: (-one[1], one[0]))
    )
    stands = ", ".join(
        f"{steps[state]} {words.lower()}" for state, words in STATE_WORDS.items() if steps[state]
    )
    return [
        Fact("netralitas.kasus", AREA, "Kasus netralitas", len(cases), "kasus", words=told, **said),
        Fact(
            "netralitas.berjalan",
            AREA,
            "Kasus yang masih berjalan",
            len(open_),
            "kasus",
            words=stands,
            **said,
        ),
        Fact("netralitas.diam", AREA, "Kasus yang diam melewati batas", silent, "kasus", **said),
    ]
