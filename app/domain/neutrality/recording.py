"""Recording cases: one from its form, many from a sheet, by the same rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import count
from typing import NamedTuple

from app.domain import audit, clock, secrecy, stages
from app.domain.accounts import Mandate, Permission, Person
from app.domain.audit import Deed
from app.domain.counting import count_up
from app.domain.errors import Invalid
from app.domain.neutrality.models import NeutralityCase, NeutralityCounter
from app.domain.neutrality.queries import SUBJECT
from app.domain.neutrality.reach import mandate_in
from app.domain.neutrality.rules import CaseState, Kind
from app.domain.neutrality.saying import CaseSaid, MoveSaid, checked_beginning, checked_case
from app.domain.neutrality.writing import RECORD, move_of, stand, write_facts
from app.domain.regions import Level, find, level_of, zone_of
from app.extensions import db

AT_ONCE = 500


class NewCase(NamedTuple):
    """A case as it will be recorded, checked already: its facts, how far it had gone, and by which step."""

    region: str
    kind: Kind
    said: CaseSaid
    state: CaseState
    step: MoveSaid


def has_cases(region: str) -> bool:
    """Whether cases are recorded in this region: in provinces and kabupaten/kota."""
    return level_of(region) in (Level.PROVINCE, Level.REGENCY)


def checked_new(region: str, kind: Kind, said: CaseSaid, state: CaseState, step: MoveSaid | None) -> NewCase:
    """The case as it will be recorded; reads nothing but the clock. Refuses (Invalid) at its field what cannot be."""
    kept = checked_case(said, region)
    return NewCase(
        region, kind, kept, state, checked_beginning(state, kind, step or MoveSaid(said.known_on), region)
    )


def record(
    region: str,
    kind: Kind,
    said: CaseSaid,
    *,
    by: Person,
    state: CaseState = CaseState.RECORDED,
    step: MoveSaid | None = None,
) -> int:
    """Record a case under the next number of its region and year; returns its id.

    `state` later than "dicatat", with its `step`, is for cases that went some way before the desk heard of them.
    Refuses who is not appointed to handle cases in exactly this province or kabupaten/kota (NotAllowed), and
    what cannot be (Invalid, at its field).
    """
    find(region)
    if not has_cases(region):
        raise Invalid("Kasus dicatat di kabupaten/kota atau provinsi.", region="Pilih wilayah lain.")
    mandate_in(by, Permission.NEUTRALITY_HANDLE, region)
    return record_many([checked_new(region, kind, said, state, step)], by=by)[0]


def record_many(
    cases: Sequence[NewCase], *, by: Person, progress: Callable[[int, int], None] = lambda done, total: None
) -> list[int]:
    """Record cases of regions that exist, in their order; returns their ids. A few statements for every 500.

    Refuses who is not appointed to handle cases in exactly one of their regions (NotAllowed). Names are locked first,
    since from the first number on nobody else records there.
    """
    codes = sorted({one.region for one in cases})
    mandates = {code: mandate_in(by, Permission.NEUTRALITY_HANDLE, code) for code in codes}
    election_id = stages.current_election().id
    locked = [secrecy.lock(one.said.name) if one.said.name else "" for one in cases]
    numbered = _numbered(cases, codes)
    ids: list[int] = []
    deeds: list[Deed] = []
    for start in range(0, len(cases), AT_ONCE):
        progress(start, len(cases))
        some = range(start, min(start + AT_ONCE, len(cases)))
        rows = [_row(cases[at], numbered[at], locked[at], by, election_id) for at in some]
        db.session.add_all(rows)
        db.session.flush()
        for at, row in zip(some, rows, strict=True):
            mandate = mandates[row.region_code]
            db.session.add(move_of(row, RECORD, cases[at].step, by, mandate))
            deeds.append(_deed(row, mandate))
            ids.append(row.id)
        db.session.flush()
    audit.record_many(deeds, by=by)
    return ids


def _numbered(cases: Sequence[NewCase], codes: Sequence[str]) -> list[tuple[int, int, int]]:
    """Year, number and number of its kind for each case; taken in one order always, so that two who record never
    wait for one another.
    """
    years = {code: clock.today(zone_of(code)).year for code in codes}
    wanted = Counter(
        (one.region, series) for one in cases for series in (str(years[one.region]), one.kind.value)
    )
    following = {
        (region, series): count(
            count_up(NeutralityCounter, some, region_code=region, series=series) - some + 1
        )
        for (region, series), some in sorted(wanted.items())
    }
    return [
        (
            years[one.region],
            next(following[one.region, str(years[one.region])]),
            next(following[one.region, one.kind.value]),
        )
        for one in cases
    ]


def _row(
    one: NewCase, numbers: tuple[int, int, int], name_locked: str, by: Person, election_id: int
) -> NeutralityCase:
    year, number, kind_number = numbers
    row = NeutralityCase(
        election_id=election_id,
        region_code=one.region,
        year=year,
        number=number,
        kind=one.kind.value,
        kind_number=kind_number,
        name_locked=name_locked,
        version=1,
        recorded_at=clock.now(),
        recorded_by=by.id,
        recorded_by_name=by.name,
    )
    write_facts(row, one.said)
    stand(row, one.state, one.step.done_on, clock.today(zone_of(one.region)))
    return row


def _deed(row: NeutralityCase, mandate: Mandate) -> Deed:
    """As `tell` puts it on the trail: what it is, never what it says."""
    changes = {"state": [None, row.state], "kind": [None, row.kind]}
    return Deed(f"neutrality:case:{RECORD}", (SUBJECT, row.id), row.region_code, changes, mandate.text)
