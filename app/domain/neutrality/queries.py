"""Reading cases: the list with its counts, one case, its steps. Names are never read here."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, select

from app.domain.accounts import Permission, Person
from app.domain.errors import NotFound
from app.domain.neutrality.breaches import breach_title
from app.domain.neutrality.clocks import Calendar, Silence
from app.domain.neutrality.models import NeutralityCase, NeutralityMove
from app.domain.neutrality.reach import own_regions, roots
from app.domain.neutrality.rules import CaseState, Kind, Source, breach_words
from app.domain.regions import Level, Region, RegionRow, contains, names_of, subtree, with_children
from app.domain.registers import of_election
from app.extensions import db

SUBJECT = "neutrality_case"


class Facts(NamedTuple):
    """What only those appointed in exactly the case's region read; the name is not among it."""

    agency: str
    breach: str
    breach_title: str
    source: Source
    occurred_on: dt.date | None
    occurred_note: str
    known_on: dt.date
    place: str
    account: str
    nip_tail: str
    has_name: bool
    recorded_by_name: str


class CaseRow(NamedTuple):
    """A case as this person may know it; `facts` is None for who only learns pseudonym and step."""

    id: int
    number: str
    region_code: str
    region_name: str
    kind: Kind
    kind_words: str
    pseudonym: str
    state: CaseState
    state_since: dt.date
    is_since_known: bool
    silence: Silence
    version: int
    recorded_at: dt.datetime
    facts: Facts | None

    @property
    def state_words(self) -> str:
        """Where it stands, naming who has it."""
        return self.state.words(self.kind)

    @property
    def breach_words(self) -> str:
        """The breach with "Dugaan:" until a decision; nothing for who may not know it."""
        return "" if self.facts is None else breach_words(self.facts.breach_title, self.state)


class MoveRow(NamedTuple):
    """A step of a case; letters, institutions, notes and people only where the facts are read too."""

    verb: str
    state: CaseState
    done_on: dt.date | None
    at: dt.datetime
    letter_number: str = ""
    letter_date: dt.date | None = None
    sender: str = ""
    receiver: str = ""
    note: str = ""
    by_name: str = ""


class CaseFilters(NamedTuple):
    """What narrows the list; empty or None means no limit."""

    region: str = ""
    kind: Kind | None = None
    state: CaseState | None = None
    silent_only: bool = False


class Listed(NamedTuple):
    """One page of cases, the silent ones first, and what all that match add up to."""

    rows: list[CaseRow]
    total: int
    silent: int
    counts: list[tuple[str, int]]
    """Kind as people say it there, and how many."""

    @property
    def in_words(self) -> str:
        """As people say it: 3 kasus: 1 kepala kampung, 1 PNS, 1 PPPK."""
        parts = ", ".join(f"{number} {words}" for words, number in self.counts)
        return f"{self.total} kasus: {parts}" if parts else "Belum ada kasus"


def listed(person: Person, filters: CaseFilters, *, page: int, per_page: int = 50) -> Listed:
    """The cases of this person's reach that match, the most overdue first, then the newest.

    A region out of reach is NotFound. A page after the last one is empty. Five statements whatever the number.
    """
    light = _light(person, filters)
    calendar = Calendar(case.state_since for case in light)
    found = [
        (case, calendar.silence(case.region_code, CaseState(case.state), case.state_since)) for case in light
    ]
    silent = [one for one in found if one[1].over > 0]
    if filters.silent_only:
        found = silent
    ordered = sorted(found, key=lambda one: (-max(one[1].over, 0), -one[0].id))
    shown = ordered[(page - 1) * per_page : page * per_page]
    terms = village_terms({case.region_code for case, _ in found})
    counts = Counter(Kind(case.kind).words(terms[case.region_code]) for case, _ in found)
    return Listed(
        _rows([case.id for case, _ in shown], person, {case.id: one for case, one in shown}, terms),
        len(found),
        len(silent),
        sorted(counts.items(), key=lambda one: (-one[1], one[0].casefold())),
    )


_LIGHT: tuple[Any, ...] = (
    NeutralityCase.id,
    NeutralityCase.region_code,
    NeutralityCase.kind,
    NeutralityCase.state,
    NeutralityCase.state_since,
)


def _light(person: Person, filters: CaseFilters) -> Sequence[Any]:
    """What the order and the counts need of every case that matches."""
    reach = roots(person)
    if filters.region and not any(contains(root, filters.region) for root in reach):
        raise NotFound("Wilayah itu tidak ada atau di luar penugasan Anda.")
    query = select(*_LIGHT).where(
        subtree(NeutralityCase.region_code, *([filters.region] if filters.region else reach)),
        of_election(NeutralityCase),
    )
    if filters.kind:
        query = query.where(NeutralityCase.kind == filters.kind.value)
    if filters.state:
        query = query.where(NeutralityCase.state == filters.state.value)
    return db.session.execute(query).all()


def _rows(
    ids: Sequence[int], person: Person, silences: dict[int, Silence], terms: dict[str, str]
) -> list[CaseRow]:
    if not ids:
        return []
    cases = {
        case.id: case for case in db.session.scalars(select(NeutralityCase).where(NeutralityCase.id.in_(ids)))
    }
    names = names_of(case.region_code for case in cases.values())
    own = own_regions(person, Permission.NEUTRALITY_READ)
    return [
        _row(case, names[case.region_code], terms[case.region_code], silences[case.id], own)
        for case in (cases[number] for number in ids if number in cases)
    ]


def _row(case: NeutralityCase, name: str, term: str, silence: Silence, own: tuple[str, ...]) -> CaseRow:
    kind = Kind(case.kind)
    return CaseRow(
        case.id,
        f"{case.number}/{case.year}",
        case.region_code,
        name,
        kind,
        kind.words(term),
        f"{kind.alias}-{case.kind_number}",
        CaseState(case.state),
        case.state_since,
        case.is_since_known,
        silence,
        case.version,
        case.recorded_at,
        _facts(case) if case.region_code in own else None,
    )


def _facts(case: NeutralityCase) -> Facts:
    return Facts(
        case.agency,
        case.breach,
        breach_title(case.breach, case.breach_words),
        Source(case.source),
        case.occurred_on,
        case.occurred_note,
        case.known_on,
        case.place,
        case.account,
        case.nip_tail,
        bool(case.name_locked),
        case.recorded_by_name,
    )


def find(case_id: int, person: Person) -> CaseRow:
    """One case of this person's reach, with what they may know of it. Raises NotFound for any other."""
    here = (NeutralityCase.id == case_id, subtree(NeutralityCase.region_code, *roots(person)))
    query = select(NeutralityCase).where(*here).execution_options(populate_existing=True)
    case = db.session.scalar(query)
    if case is None:
        raise NotFound("Kasus itu tidak ada atau di luar wilayah penugasan Anda.")
    silence = Calendar([case.state_since]).silence(case.region_code, CaseState(case.state), case.state_since)
    return _rows([case.id], person, {case.id: silence}, village_terms([case.region_code]))[0]


def moves_of(case: CaseRow) -> list[MoveRow]:
    """The steps of a case that was found, in their order; as much of each as the person may know."""
    query = select(NeutralityMove).where(NeutralityMove.case_id == case.id).order_by(NeutralityMove.id)
    moves = db.session.scalars(query)
    if case.facts is None:
        return [MoveRow(move.verb, CaseState(move.state), move.done_on, move.at) for move in moves]
    return [
        MoveRow(
            move.verb,
            CaseState(move.state),
            move.done_on,
            move.at,
            move.letter_number,
            move.letter_date,
            move.sender,
            move.receiver,
            move.note,
            move.by_name,
        )
        for move in moves
    ]


def village_terms(codes: Iterable[str]) -> dict[str, str]:
    """What each kabupaten/kota calls its villages: kampung where all desa say so, else desa; "kampung/desa" for a
    province. One statement, none for no codes.
    """
    wanted = set(codes)
    below = func.substr(Region.code, 1, 5)
    said: dict[str, set[str]] = {code: set() for code in wanted if len(code) > 2}
    if said:
        # By their ranges: a question for the part of a code alone reads every village of the country.
        here = subtree(Region.code, *sorted(said))
        query = select(below, Region.local_term).where(Region.kind == "desa", here).distinct()
        for code, term in db.session.execute(query):
            said[code].add(term or "desa")
    return {
        code: "kampung/desa" if code not in said else said[code].pop() if len(said[code]) == 1 else "desa"
        for code in wanted
    }


def places_of(person: Person) -> list[RegionRow]:
    """The provinces and kabupaten/kota of this person's reach, for choosing from. One statement."""
    return [place for place in with_children(roots(person)) if place.level in (Level.PROVINCE, Level.REGENCY)]


def regions_to_record(person: Person) -> list[RegionRow]:
    """Where this person may record a case."""
    own = own_regions(person, Permission.NEUTRALITY_HANDLE)
    return [place for place in places_of(person) if place.code in own] if own else []
