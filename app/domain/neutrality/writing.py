"""What the verbs of the neutrality room write: numbers, facts, steps, the trail; of use within a deed only."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.domain import audit, clock
from app.domain.accounts import Mandate, Person
from app.domain.neutrality.models import NeutralityCase, NeutralityMove
from app.domain.neutrality.queries import SUBJECT
from app.domain.neutrality.rules import ROUTES, CaseState, Kind, Verb
from app.domain.neutrality.saying import CaseSaid, MoveSaid
from app.extensions import db

RECORD = "record"


def record_export(cases: int, filters: str, *, by: Person, region: str) -> None:
    """Note that a list of so many cases went out as a file, narrowed by these filters (F125)."""
    changes: dict[str, list[Any]] = {"cases": [None, cases], "filters": [None, filters]}
    audit.record("neutrality:list:export", by=by, subject=(SUBJECT, ""), region=region, changes=changes)


def stand(row: NeutralityCase, state: CaseState, done_on: dt.date | None, today: dt.date) -> None:
    """Let the case stand in a state since a day, or, where that is not known, since today."""
    row.state, row.state_since = state.value, done_on or today
    row.is_since_known = done_on is not None


FACTS = (
    "agency",
    "breach",
    "breach_words",
    "occurred_on",
    "occurred_note",
    "known_on",
    "place",
    "account",
    "nip_tail",
)


def write_facts(row: NeutralityCase, said: CaseSaid) -> list[str]:
    """Write what was said, but the name; returns the names of the facts that changed."""
    values = {name: getattr(said, name) for name in FACTS} | {"source": said.source.value}
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def add_move(row: NeutralityCase, verb: str, said: MoveSaid, by: Person, mandate: Mandate) -> None:
    """Keep a step."""
    db.session.add(move_of(row, verb, said, by, mandate))
    db.session.flush()


def move_of(row: NeutralityCase, verb: str, said: MoveSaid, by: Person, mandate: Mandate) -> NeutralityMove:
    """A step of a case that has its id, with who acts in it by the route of its kind; not kept yet."""
    route = ROUTES[Kind(row.kind)]
    senders = {
        Verb.RECOMMEND: route.recommends,
        Verb.SANCTION: route.decides,
        Verb.REPORT_BACK: route.decides,
    }
    senders |= {Verb.STUDY: "Bawaslu", Verb.EXAMINE: route.decides}
    return NeutralityMove(
        case_id=row.id,
        verb=verb,
        state=row.state,
        done_on=said.done_on,
        letter_number=said.letter_number,
        letter_date=said.letter_date,
        sender={key.value: words for key, words in senders.items()}.get(verb, ""),
        receiver=said.receiver,
        note=said.note,
        at=clock.now(),
        by_id=by.id,
        by_name=by.name,
        office=mandate.text,
    )


def tell(row: NeutralityCase, verb: str, by: Person, mandate: Mandate, changes: dict[str, list[Any]]) -> None:
    """Put a deed on the trail: what it changed, never what the case says."""
    audit.record(
        f"neutrality:case:{verb}",
        by=by,
        subject=(SUBJECT, row.id),
        region=row.region_code,
        changes=changes,
        office=mandate.text,
    )
