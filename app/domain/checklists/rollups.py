"""Items of the levels below a region, one line over all its regions: 12 of 13 done, who is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, and_, bindparam, case, func, literal_column, select
from sqlalchemy.orm import aliased

from app.domain.accounts import Permission, Person
from app.domain.checklists.models import Entry, Item, ItemVersion
from app.domain.checklists.progress import AsOf
from app.domain.checklists.rules import OPEN, Standing
from app.domain.regions import Region
from app.domain.stages import Election
from app.statements import Fixed, one_of

ANY_DAY = dt.date(9999, 12, 31)
NEW_LINE: Any = literal_column("'\n'")


class RollUp(NamedTuple):
    """One item of the levels below, over all its regions: how many are done, and which are not."""

    code: str
    title: str
    area: str
    level: str
    period: str
    due_on: dt.date
    done: int
    verified: int
    total: int
    remaining: tuple[str, ...]
    """Names of the first regions that are not done yet."""


def roll_ups(
    person: Person,
    election: Election,
    root: str,
    as_of: AsOf,
    *,
    levels: Sequence[str],
    since: dt.date | None = None,
    until: dt.date | None = None,
    few: int = 12,
) -> list[RollUp]:
    """Items of lower levels whose entries have opened, one line an item, level and period, by due date.

    `since` is the earliest deadline to show (default: since the desk began), `until` the latest (default: any).
    The regions still open are named where they are at most `few`. One statement.
    """
    person.require(Permission.CHECKLIST_READ, region=root)
    rows = _lines(tuple(levels)).all(
        election_id=election.id,
        low=root,
        high=f"{root}/",
        since=since or as_of.in_use_from,
        until=until or ANY_DAY,
        today=as_of.today,
        few=few,
    )
    return [
        RollUp(
            code, title, area, level, period, due_on, int(done), int(verified), int(total), _names(left or "")
        )
        for code, title, area, level, period, due_on, done, verified, total, left in rows
    ]


def _names(left: str) -> tuple[str, ...]:
    """The names in the order of their codes, of lines that begin with the code."""
    return tuple(line.partition(" ")[2] for line in sorted(left.split("\n"))) if left else ()


def _scope(levels: tuple[str, ...]) -> ColumnElement[bool]:
    """The entries of the regions of these levels below the root, due and opened in the days asked for.

    Region by region, so that SQLite's index (region, due) reads only those days; "+ 0" keeps the planner from
    reading a whole election instead. PostgreSQL, which would look at every entry, takes the range of the root
    from the same index. An entry has its region's level.
    """
    place = aliased(Region)
    places = select(place.code).where(
        one_of(place.level, levels), place.code >= bindparam("low"), place.code < bindparam("high")
    )
    return and_(
        Entry.election_id + 0 == bindparam("election_id"),
        Entry.region_code >= bindparam("low"),
        Entry.region_code < bindparam("high"),
        Entry.region_code.in_(places),
        Entry.due_on >= bindparam("since", type_=Date),
        Entry.due_on <= bindparam("until", type_=Date),
        Entry.opens_on <= bindparam("today", type_=Date),
    )


@lru_cache(maxsize=16)
def _lines(levels: tuple[str, ...]) -> Fixed:
    """code, title, area, level, period, due day, done, verified, total, and the regions that are not done: a line each,
    its code and its name; None where there are none or too many.
    """
    is_done = one_of(Entry.standing, (Standing.DONE.value, Standing.VERIFIED.value))
    is_waived = one_of(Entry.standing, (Standing.NOT_APPLICABLE.value, Standing.WAIVER_VERIFIED.value))
    is_open = one_of(Entry.standing, sorted(OPEN))
    left = func.sum(case((is_open, 1), else_=0))
    names = func.aggregate_strings(case((is_open, Region.code + " " + Region.name)), NEW_LINE)
    grouped = (
        select(
            Entry.item_id,
            Entry.level,
            Entry.period,
            func.min(Entry.due_on).label("due_on"),
            func.sum(case((is_done, 1), else_=0)).label("done"),
            func.sum(case((Entry.standing == Standing.VERIFIED.value, 1), else_=0)).label("verified"),
            func.sum(case((is_waived, 0), else_=1)).label("total"),
            case((left <= bindparam("few"), names)).label("names"),
        )
        .join(Region, Region.code == Entry.region_code)
        .where(_scope(levels))
        .group_by(Entry.item_id, Entry.level, Entry.period)
        .subquery()
    )
    shown = (column for column in grouped.c if column.key != "item_id")
    return Fixed(
        select(Item.code, ItemVersion.title, ItemVersion.area, *shown)
        .join(Item, Item.id == grouped.c.item_id)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .order_by(grouped.c.due_on, Item.sort, grouped.c.level)
    )
