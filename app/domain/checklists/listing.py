"""The list of entries, a page at a time. Each shape of it, whatever its values, is translated into SQL once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, func, literal_column, select

from app.domain.accounts import Permission, Person
from app.domain.checklists import progress
from app.domain.checklists.filters import STANDING_GROUPS, Filters, narrowed, shape_of, values_of
from app.domain.checklists.models import Entry, Item, ItemVersion
from app.domain.checklists.progress import AsOf
from app.domain.checklists.queries import of_election, visible_to
from app.domain.checklists.rows import EntryRow, joined, row_of
from app.domain.regions import Region, below_given, given
from app.domain.stages import Election
from app.extensions import db
from app.statements import Fixed


class EntryPage(NamedTuple):
    """One page of a list and how many rows there are in all."""

    rows: list[EntryRow]
    total: int
    page: int
    per_page: int

    @property
    def pages(self) -> int:
        """How many pages, at least one."""
        return max(1, -(-self.total // self.per_page))


class Shape(NamedTuple):
    """What the text of a list's statements hangs on."""

    filters: Filters
    """Without values."""
    roots: int | None
    """How many subtrees the person may read; None where the region asked for lies in one of them."""
    database: str


class Cut(NamedTuple):
    """Which part of a list a page shows: so many rows, after others or not, and of known days or not."""

    rows: int
    is_first: bool
    by_day: bool


def list_page(
    person: Person, election: Election, filters: Filters, as_of: AsOf, *, page: int = 1, per_page: int = 60
) -> EntryPage:
    """One page of entries by due date, code and region. Two statements, however many rows."""
    reach = person.reach(Permission.CHECKLIST_READ)
    reaches_all = filters.region and person.may(Permission.CHECKLIST_READ, region=filters.region)
    shape = Shape(shape_of(filters), None if reaches_all else len(reach), db.engine.dialect.name)
    values = {**values_of(filters, as_of), **given(reach), "election": election.id}
    days = _counted(person, election, filters, as_of)
    if days is None:
        total = int((_total(shape).first(**values) or (0,))[0])
    else:
        total = sum(count for _, count in days)
    page = max(1, min(page, max(1, -(-total // per_page))))
    skipped = (page - 1) * per_page
    if days is not None:
        # Only the days that this page shows are looked through, and not thousands of entries to sort sixty.
        values["since"], values["until"], before = _days_of_page(days, skipped, per_page)
        skipped -= before
    shown = _shown(shape, Cut(per_page, not skipped, days is not None))
    rows = shown.all(**values, skipped=skipped)
    return EntryPage([row_of(row) for row in rows], total, page, per_page)


@lru_cache(maxsize=128)
def _total(shape: Shape) -> Fixed:
    return Fixed(_bare(shape).with_only_columns(func.count(), maintain_column_froms=True))


@lru_cache(maxsize=256)
def _shown(shape: Shape, cut: Cut) -> Fixed:
    wanted = _bare(shape)
    if cut.by_day:
        wanted = wanted.where(Entry.due_on >= bindparam("since"), Entry.due_on <= bindparam("until"))
        if shape.database == "sqlite":
            # The index gives each region's entries by day; named one by one, the regions let SQLite go right to the
            # days. PostgreSQL finds its own way.
            places = select(Region.code).where(
                Region.code >= bindparam("region"), Region.code < bindparam("region_end")
            )
            wanted = wanted.where(Entry.region_code.in_(places))
    if not (shape.filters.item or shape.filters.text):
        wanted = wanted.join(Item, Item.id == Entry.item_id)
    order = (Entry.due_on, Item.sort, Entry.region_code, Entry.period, Entry.id)
    shown = wanted.order_by(*order).limit(literal_column(str(cut.rows)))
    if not cut.is_first:
        shown = shown.offset(bindparam("skipped", type_=Integer))
    # Thousands of numbers are sorted instead of thousands of wide rows; only those shown are read whole.
    return Fixed(joined().where(Entry.id.in_(shown)).order_by(*order))


def _counted(
    person: Person, election: Election, filters: Filters, as_of: AsOf
) -> list[tuple[dt.date, int]] | None:
    """How many entries of a list are due each day, from the counters; None where they cannot tell.

    They can for a whole kabupaten/kota or province, also by area or stage and by standing: what most lists are.
    """
    else_narrowed = filters.level or filters.item or filters.text or filters.due or filters.unit is not None
    if else_narrowed or (filters.area and filters.stage) or len(filters.region) not in (2, 5):
        return None
    if not person.may(Permission.CHECKLIST_READ, region=filters.region):
        return None
    wanted = STANDING_GROUPS.get(filters.standing, (filters.standing,))
    picked = [not filters.standing or name in wanted for name in progress.BUCKETS]
    days = progress.counts_by_day(election, filters.region, as_of, area=filters.area, stage=filters.stage)
    return [(day, sum(compress(counts, picked))) for day, counts in days]


def _days_of_page(
    days: Sequence[tuple[dt.date, int]], skipped: int, per_page: int
) -> tuple[dt.date, dt.date, int]:
    """First and last due day on a page, and how many entries are due before; the last days where there is none."""
    since, until, before, seen = dt.date.min, dt.date.max, 0, 0
    for day, count in days:
        if seen <= skipped:
            since, before = day, seen
        seen += count
        if seen >= skipped + per_page:
            until = day
            break
    return since, until, before


def _bare(shape: Shape) -> Select[Any]:
    """The numbers of the entries of a list, joined with no more tables than its filters ask for."""
    filters = shape.filters
    query: Select[Any] = select(Entry.id).select_from(Entry)
    if filters.item or filters.text:
        query = query.join(Item, Item.id == Entry.item_id)
    if filters.text:
        query = query.join(ItemVersion, ItemVersion.id == Entry.version_id)
        query = query.join(Region, Region.code == Entry.region_code)
    if shape.roots is not None:
        query = query.where(below_given(Entry.region_code, shape.roots))
    election: Any = bindparam("election")
    # One item's entries have an index of their own, which begins with the election.
    is_of_it = Entry.election_id == election if filters.item else of_election(election)
    return narrowed(query.where(is_of_it), filters)


def rows_for(
    person: Person, election: Election, filters: Filters, as_of: AsOf, limit: int = 50_000
) -> list[EntryRow]:
    """All rows of a filtered list, for papers and grids; at most `limit`."""
    query = narrowed(visible_to(person).where(of_election(election.id)), filters)
    ordered = query.order_by(Item.sort, Entry.region_code, Entry.due_on, Entry.period, Entry.id).limit(limit)
    return [row_of(row) for row in db.session.execute(ordered, values_of(filters, as_of))]
