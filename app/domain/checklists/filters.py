"""Narrowing a list of entries: the filters of the page, and what their deadlines mean."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, or_

from app.domain.checklists.models import Entry, Item, ItemVersion
from app.domain.checklists.progress import AsOf
from app.domain.checklists.rules import (
    OPEN,
    VERIFIED,
    WAITING,
    Standing,
)
from app.domain.regions import (
    Region,
    subtree,
)


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


def narrowed(query: Select[Any], filters: Filters, as_of: AsOf) -> Select[Any]:
    """Apply the filters; `as_of` says what today is and since when things can be late."""
    if filters.region:
        query = query.where(subtree(Entry.region_code, filters.region))
    if filters.level:
        query = query.where(Entry.level == filters.level)
    if filters.area:
        query = query.where(Entry.area == filters.area)
    if filters.stage:
        query = query.where(Entry.stage == filters.stage)
    if filters.unit is not None:
        query = query.where(Entry.unit_id == filters.unit)
    if filters.item:
        query = query.where(Item.code == filters.item)
    if filters.standing:
        query = query.where(Entry.standing.in_(STANDING_GROUPS.get(filters.standing, (filters.standing,))))
    if filters.text:
        for word in filters.text.split()[:6]:
            query = query.where(
                or_(
                    ItemVersion.title.icontains(word, autoescape=True),
                    Item.code.icontains(word, autoescape=True),
                    Region.name.icontains(word, autoescape=True),
                    Entry.event_title.icontains(word, autoescape=True),
                )
            )
    return query.where(_due(filters.due, as_of))


def _due(due: str, as_of: AsOf) -> Any:
    is_open = Entry.standing.in_([standing.value for standing in OPEN])
    today = as_of.today
    if due == "overdue":
        return and_(Entry.due_on < today, Entry.due_on >= as_of.in_use_from, is_open)
    if due == "today":
        return Entry.due_on == today
    if due == "week":
        return and_(Entry.due_on >= today, Entry.due_on <= today + dt.timedelta(days=7))
    if due == "later":
        return Entry.opens_on > today
    if due == "before":
        return and_(Entry.due_on < as_of.in_use_from, Entry.standing == Standing.NOT_STARTED.value)
    return and_(
        Entry.opens_on <= today,
        or_(Entry.due_on >= as_of.in_use_from, Entry.standing != Standing.NOT_STARTED.value),
    )
