"""Cases as a sheet brings them: what each line will do, or everything that is wrong in it. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid
from app.domain.neutrality.models import NeutralityCase
from app.domain.neutrality.reach import own_regions
from app.domain.neutrality.recording import NewCase, has_cases
from app.domain.neutrality.rules import CaseState, Kind
from app.domain.neutrality.saying import CaseSaid, MoveSaid, checked_beginning, checked_case
from app.domain.neutrality.writing import FACTS
from app.domain.regions import RegionRow, contains, found
from app.extensions import db

KEYS = ("region_code", "kind", "source", *FACTS)
"""What makes two cases word for word the same. Not the name: it stays locked, and only one deed reads it. Not the
step: a case moves on after it came in.
"""
AT_ONCE = 500
"""Regions in one statement: databases limit how many values it may hold."""


class Line(NamedTuple):
    """One line of a sheet: its number, the region it names, and what it says."""

    row: int
    region: str
    kind: Kind
    said: CaseSaid
    state: CaseState
    step: MoveSaid | None


class Planned(NamedTuple):
    """A line that can be recorded; `is_new` is False where the case is there already, word for word."""

    row: int
    place: RegionRow
    case: NewCase
    is_new: bool


class Wrong(NamedTuple):
    """What is wrong in a line, at a field of `CaseSaid` or `MoveSaid`, at "region", or ("") in all of it."""

    row: int
    field: str
    message: str


def plan(lines: Sequence[Line], *, by: Person, within: str) -> tuple[list[Planned], list[Wrong]]:
    """What each line will do, in their order; or everything that is wrong. A few statements whatever the number.

    Lines may name only regions in `within` where the person handles cases, not those below them. Two lines that
    differ in the name only are refused: nobody could tell them apart later.
    """
    places = _places({line.region for line in lines})
    own = own_regions(by, Permission.NEUTRALITY_HANDLE)
    wrong: list[Wrong] = []
    cases: list[tuple[int, NewCase]] = []
    for line in lines:
        fault = _fault_of(line.region, places, own, within)
        if fault:
            wrong.append(Wrong(line.row, "region", fault))
            continue
        case, told = _checked(line)
        wrong += [Wrong(line.row, field, sentence) for field, sentence in told.items()]
        if case is not None:
            cases.append((line.row, case))
    wrong += _repeated(cases)
    if wrong:
        return [], sorted(wrong, key=lambda one: one.row)
    there = _there({case.region for _, case in cases})
    return [Planned(row, places[case.region], case, _key(case) not in there) for row, case in cases], []


def _fault_of(code: str, places: Mapping[str, RegionRow], own: Sequence[str], within: str) -> str:
    """Why no case is recorded there. Never says the code back: a cell in the wrong column may hold a name."""
    if code not in places:
        return "Kode ini tidak ada dalam daftar wilayah. Tulis kodenya sebagai teks, dengan titik dan nolnya."
    if not has_cases(code):
        return "Kasus dicatat di kabupaten/kota atau provinsi. Isi kodenya."
    if code not in own:
        title = places[code].title
        return f"{title} bukan wilayah penugasan Anda sendiri. Minta operator di sana, atau hapus barisnya."
    if not contains(within, code):
        return f"{places[code].title} di luar wilayah yang Anda pilih untuk impor ini."
    return ""


def _checked(line: Line) -> tuple[NewCase | None, dict[str, str]]:
    """The line as a case, or its faults: those of the facts and those of the step, by the rules of the form."""
    faults: dict[str, str] = {}
    said, step = line.said, line.step or MoveSaid(line.said.known_on)
    try:
        said = checked_case(said, line.region)
    except Invalid as refusal:
        faults |= refusal.fields
    try:
        step = checked_beginning(line.state, line.kind, step, line.region)
    except Invalid as refusal:
        faults = refusal.fields | faults
    if faults:
        return None, faults
    return NewCase(line.region, line.kind, said, line.state, step), {}


def _key(case: NewCase) -> tuple[Any, ...]:
    said = case.said
    return (case.region, case.kind.value, said.source.value, *(getattr(said, name) for name in FACTS))


def _repeated(cases: Sequence[tuple[int, NewCase]]) -> list[Wrong]:
    first: dict[tuple[Any, ...], int] = {}
    wrong = []
    for row, case in cases:
        before = first.setdefault(_key(case), row)
        if before != row:
            sentence = (
                f"Isi baris ini, selain nama dan langkahnya, sama dengan baris {before}. Bila satu kasus, hapus salah "
                "satunya; bila dua orang, bedakan uraian atau angka terakhir NIP-nya."
            )
            wrong.append(Wrong(row, "", sentence))
    return wrong


def _there(codes: set[str]) -> set[tuple[Any, ...]]:
    """The cases of these regions by what they say. One statement."""
    columns = [getattr(NeutralityCase, name) for name in KEYS]
    query = select(*columns).where(NeutralityCase.region_code.in_(sorted(codes)))
    return {tuple(row) for row in db.session.execute(query)}


def _places(codes: Iterable[str]) -> dict[str, RegionRow]:
    wanted = sorted(code for code in codes if code)
    places: dict[str, RegionRow] = {}
    for start in range(0, len(wanted), AT_ONCE):
        places |= found(wanted[start : start + AT_ONCE])
    return places
