"""What is different: between two versions of a report, and between what was known then and what is known now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.domain.accounts import Permission, Person
from app.domain.all_facts import facts_of
from app.domain.registers import Fact
from app.domain.reports.reach import permissions_in
from app.domain.reports.rules import STANDING, State
from app.domain.reports.snapshot import Part, Snapshot

NOTHING = "(kosong)"


class Difference(NamedTuple):
    """One thing that two versions say differently; either side may be empty."""

    where: str
    before: str
    after: str


class Moved(NamedTuple):
    """A figure of a report as it was known then, and as the desk knows it now."""

    then: Fact
    now: Fact


def now_beside_then(snapshot: Snapshot, person: Person) -> tuple[Moved, ...]:
    """The figures of the report that the desk knows otherwise now, in the report's order.

    Nothing for a person who does not read this desk's reports. What stands in no register any more, and what was not
    asked then, is left out: neither can have moved. At most the statements of `facts_of`.
    """
    if Permission.REPORT_READ not in permissions_in(person, snapshot.region_code):
        return ()
    live = {fact.key: fact for fact in facts_of(snapshot.region_code)}
    pairs = ((fact, live.get(fact.key)) for fact in snapshot.reading.figures)
    return tuple(Moved(then, now) for then, now in pairs if now is not None and now.said != then.said)


def differences(older: Snapshot, newer: Snapshot) -> tuple[Difference, ...]:
    """What the newer version says otherwise than the older one, in the order of the page."""
    found = [
        *_pair("Sifat laporan", _nil(older), _nil(newer)),
        *_pair("Situasi umum", older.of_grade.label, newer.of_grade.label),
        *_pair("Alasan situasi", older.grade_reason, newer.grade_reason),
        *_keyed(_texts(older), _texts(newer)),
        *_keyed(_figures(older), _figures(newer)),
        *_pair("Perubahan sejak laporan sebelumnya", _lines(older), _lines(newer)),
        *_keyed(_reasons(older), _reasons(newer)),
        *_keyed(_parts(older), _parts(newer)),
    ]
    return tuple(found)


def _pair(where: str, before: str, after: str) -> Iterator[Difference]:
    if before != after:
        yield Difference(where, before or NOTHING, after or NOTHING)


Said = dict[str, tuple[str, str]]
"""Key -> (where it stands, what it says)."""


def _keyed(before: Said, after: Said) -> Iterator[Difference]:
    for key in [*before, *(key for key in after if key not in before)]:
        where = (after.get(key) or before[key])[0]
        yield from _pair(where, before.get(key, ("", ""))[1], after.get(key, ("", ""))[1])


def _nil(snapshot: Snapshot) -> str:
    return "Laporan nihil" if snapshot.is_nil else "Laporan berisi"


def _texts(snapshot: Snapshot) -> Said:
    return {one.key: (one.title, one.text) for one in snapshot.sections}


def _figures(snapshot: Snapshot) -> Said:
    known: Iterable[Fact] = (fact for fact in snapshot.reading.figures if not fact.is_silent)
    return {fact.key: (fact.label, fact.said) for fact in known}


def _lines(snapshot: Snapshot) -> str:
    return " ".join(change.text for change in snapshot.changes)


def _reasons(snapshot: Snapshot) -> Said:
    return {one.rule: (one.finding, one.reason) for one in snapshot.explained}


def _parts(snapshot: Snapshot) -> Said:
    return {part.region_code: (part.region_name, _part(part)) for part in snapshot.parts}


def _part(part: Part) -> str:
    if not part.is_included:
        return "tidak disertakan" if State(part.state) in STANDING else "belum melapor"
    return f"versi {part.version}, {State(part.state).label.lower()}"
