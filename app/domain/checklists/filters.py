"""Narrowing a list of entries: the filters of the page, and what their deadlines mean."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_

from app.domain.checklists.models import Entry, Item, ItemVersion
from app.domain.checklists.progress import AsOf
from app.domain.checklists.rules import (
    OPEN,
    VERIFIED,
    WAITING,
    Standing,
)
from app.domain.regions import Region
from app.statements import one_of

SET = "x"
"""Stands in a shape for any value."""
MOST_WORDS = 6
SEARCHED = (ItemVersion.title, Item.code, Region.name, Entry.event_title)


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; each empty value means no limit.

    The fields are the query string of the page.
    """

    region: str = ""
    level: str = ""
    area: str = ""
    stage: str = ""
    standing: str = ""
    unit: int | None = None
    due: str = ""
    """overdue, today, week, later, before (due before the desk began), "" for all that have opened."""
    item: str = ""
    text: str = ""


STANDING_GROUPS = {
    "terbuka": tuple(s.value for s in OPEN),
    "menunggu": tuple(s.value for s in WAITING),
    "terverifikasi": tuple(s.value for s in VERIFIED),
}


def shape_of(filters: Filters) -> Filters:
    """The same filters without what is bound to their names: two of one shape are one statement."""
    marks = {name: SET for name in ("region", "level", "area", "stage", "item") if getattr(filters, name)}
    return replace(
        filters,
        **marks,
        unit=None if filters.unit is None else 0,
        text=" ".join(SET for _ in _words(filters)),
    )


def values_of(filters: Filters, as_of: AsOf) -> dict[str, Any]:
    """What the statement of these filters is given: what they name, and what today is."""
    words = {f"word{n}": _escaped(word) for n, word in enumerate(_words(filters))}
    return {
        **{name: getattr(filters, name) for name in ("level", "area", "stage", "unit", "item")},
        **words,
        "region": filters.region,
        "region_end": f"{filters.region}/",
        "today": as_of.today,
        "week": as_of.today + dt.timedelta(days=7),
        "in_use_from": as_of.in_use_from,
    }


def narrowed(query: Select[Any], filters: Filters) -> Select[Any]:
    """The query with the conditions of filters of this shape; `values_of` says what they are bound to."""
    if filters.region:
        query = query.where(
            Entry.region_code >= bindparam("region"), Entry.region_code < bindparam("region_end")
        )
    for name in ("level", "area", "stage"):
        if getattr(filters, name):
            query = query.where(getattr(Entry, name) == bindparam(name))
    if filters.unit is not None:
        query = query.where(Entry.unit_id == bindparam("unit"))
    if filters.item:
        query = query.where(Item.code == bindparam("item"))
    if filters.standing:
        query = query.where(
            one_of(Entry.standing, STANDING_GROUPS.get(filters.standing, (filters.standing,)))
        )
    for number, _ in enumerate(_words(filters)):
        query = query.where(or_(*(_holds(column, f"word{number}") for column in SEARCHED)))
    return query.where(_due(filters.due))


def _words(filters: Filters) -> list[str]:
    return filters.text.split()[:MOST_WORDS]


def _escaped(word: str) -> str:
    for sign in "/%_":
        word = word.replace(sign, f"/{sign}")
    return word


def _holds(column: Any, name: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.icontains(bindparam(name), escape="/")
    return found


def _due(due: str) -> Any:
    today: Any = bindparam("today")
    in_use_from: Any = bindparam("in_use_from")
    if due == "overdue":
        return and_(Entry.due_on < today, Entry.due_on >= in_use_from, one_of(Entry.standing, sorted(OPEN)))
    if due == "today":
        return Entry.due_on == today
    if due == "week":
        return and_(Entry.due_on >= today, Entry.due_on <= bindparam("week"))
    if due == "later":
        return Entry.opens_on > today
    if due == "before":
        return and_(Entry.due_on < in_use_from, Entry.standing == Standing.NOT_STARTED.value)
    return and_(
        Entry.opens_on <= today,
        or_(Entry.due_on >= in_use_from, Entry.standing != Standing.NOT_STARTED.value),
    )
