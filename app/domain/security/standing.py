"""What holds of many statements: the last day's in each region, and a region's own before what lies below it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from app.domain.regions import contains
from app.domain.registers import RecordRow
from app.domain.security.registers import ALL_STATIONS, INSTITUTIONS, STATION_CLASSES_OF, TOGETHER


class Strength(NamedTuple):
    """The personnel of a region: the whole, by institution, and by class of polling station."""

    people: int
    by_institution: Mapping[str, int]
    by_class: Mapping[str, int]
    dated_on: dt.date
    source: str
    regions: int = 1
    """Of how many regions' statements it is the sum."""


class Classes(NamedTuple):
    """The polling stations of a region by class; None is not known."""

    total: int | None
    by_class: Mapping[str, int | None]
    dated_on: dt.date
    regions: int = 1


@dataclass(frozen=True)
class _Day:
    day: dt.date
    rows: list[RecordRow] = field(default_factory=list)


def _last_days(rows: Iterable[RecordRow], day: str) -> dict[str, _Day]:
    """Region -> the records of its last day: what is said for a day is said as a whole."""
    found: dict[str, _Day] = {}
    for row in rows:
        at: dt.date = row.values[day]
        if row.region_code not in found or found[row.region_code].day < at:
            found[row.region_code] = _Day(at)
        if found[row.region_code].day == at:
            found[row.region_code].rows.append(row)
    return found


def strengths(rows: Iterable[RecordRow]) -> dict[str, Strength]:
    """Region -> its personnel, of the regions that state any."""
    return {code: _strength(one) for code, one in _last_days(rows, "dated_on").items()}


def _strength(said: _Day) -> Strength:
    people: dict[str, int] = {}
    for institution in INSTITUTIONS:
        own = [row for row in said.rows if row.values["institution"] == institution]
        if own:
            whole = [row for row in own if row.values["station_class"] == ALL_STATIONS]
            people[institution] = sum(row.values["people"] for row in whole or own)
    together = people.pop(TOGETHER, None)
    sources = dict.fromkeys(row.values["source"] for row in said.rows if row.values["source"])
    return Strength(
        sum(people.values()) if together is None else together,
        people,
        {name: _of_class(said.rows, name) for name in STATION_CLASSES_OF},
        said.day,
        "; ".join(sources),
    )


def _of_class(rows: Sequence[RecordRow], name: str) -> int:
    own = [row for row in rows if row.values["station_class"] == name]
    together = [row for row in own if row.values["institution"] == TOGETHER]
    return sum(row.values["people"] for row in together or own)


def strength_of(region: str, stated: Mapping[str, Strength]) -> Strength | None:
    """A region's own statement, else the sum of those below it; None where nobody has stated any."""
    return _own_or_sum(region, stated, _added)


def _added(parts: Sequence[Strength]) -> Strength:
    def summed(pick: Callable[[Strength], Mapping[str, int]]) -> dict[str, int]:
        return {
            name: sum(pick(one).get(name, 0) for one in parts)
            for name in dict.fromkeys(name for one in parts for name in pick(one))
        }

    return Strength(
        sum(one.people for one in parts),
        summed(lambda one: one.by_institution),
        summed(lambda one: one.by_class),
        max(one.dated_on for one in parts),
        "; ".join(dict.fromkeys(one.source for one in parts if one.source)),
        len(parts),
    )


T = TypeVar("T")
COLUMNS = {"aman": "safe", "rawan": "vulnerable", "sangat_rawan": "very_vulnerable"}


def classes(rows: Iterable[RecordRow]) -> dict[str, Classes]:
    """Region -> its polling stations by class, of the regions that state any."""
    return {
        code: Classes(
            said.rows[0].values["total"],
            {name: said.rows[0].values[column] for name, column in COLUMNS.items()},
            said.day,
        )
        for code, said in _last_days(rows, "dated_on").items()
    }


def classes_of(region: str, stated: Mapping[str, Classes]) -> Classes | None:
    """A region's own statement, else the sum of those below it, where what one does not know stays unknown."""

    def added(parts: Sequence[Classes]) -> Classes:
        return Classes(
            _whole([one.total for one in parts]),
            {name: _whole([one.by_class[name] for one in parts]) for name in COLUMNS},
            max(one.dated_on for one in parts),
            len(parts),
        )

    return _own_or_sum(region, stated, added)


def _whole(parts: Sequence[int | None]) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _own_or_sum(region: str, stated: Mapping[str, T], add: Callable[[Sequence[T]], T]) -> T | None:
    if region in stated:
        return stated[region]
    below = [code for code in stated if contains(region, code)]
    tops = [code for code in below if not any(contains(other, code) for other in below if other != code)]
    return add([stated[code] for code in tops]) if tops else None


def latest_published(rows: Iterable[RecordRow], what: str) -> dict[tuple[str, str], RecordRow]:
    """(region, dataset or indicator) -> the record that was published last."""
    ordered = sorted(rows, key=lambda row: (row.values["published_on"], row.id))
    return {(row.region_code, row.values[what]): row for row in ordered}
