"""Reading entries: always from what the person may see, a fixed number of statements a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import compress
from typing import Any, NamedTuple

from sqlalchemy import Date, Select, and_, bindparam, func, or_, select

from app.domain.accounts import Permission, Person
from app.domain.checklists import progress
from app.domain.checklists.filters import STANDING_GROUPS, Filters, narrowed
from app.domain.checklists.models import Entry, Item, ItemVersion
from app.domain.checklists.progress import AsOf
from app.domain.checklists.rows import EntryRow, joined, row_of
from app.domain.checklists.rules import (
    OPEN,
    WAITING,
    Standing,
)
from app.domain.errors import NotFound
from app.domain.regions import (
    Region,
    subtree,
)
from app.domain.stages import Election
from app.extensions import db
from app.statements import Fixed, one_of

_ONE = Fixed(joined().where(Entry.id == bindparam("id")))


def visible_to(person: Person) -> Select[Any]:
    """All entries that the person may see; every list, detail, export and report starts here."""
    return joined().where(subtree(Entry.region_code, *person.reach(Permission.CHECKLIST_READ)))


def find(entry_id: int, person: Person) -> EntryRow:
    """One entry; raises NotFound for a stranger's as for one that does not exist. One statement."""
    row = _ONE.first(id=entry_id)
    entry = None if row is None else row_of(row)
    if entry is None or not person.may(Permission.CHECKLIST_READ, region=entry.region_code):
        raise NotFound("Isian daftar periksa ini tidak ada atau di luar wilayah penugasan Anda.")
    return entry


def fresh(entry_id: int) -> EntryRow:
    """An entry again after a deed on it, drawn from the database; the caller has checked who sees it."""
    return row_of(_ONE.first(id=entry_id))


def expected(election: Election, code: str, region_code: str, period: str = "") -> EntryRow:
    """The entry of an item, region and period, whoever asks: for the command line, imports and tests.

    Or NotFound.
    """
    row = db.session.execute(
        joined().where(
            Entry.election_id == election.id,
            Item.code == code,
            Entry.region_code == region_code,
            Entry.period == period,
        )
    ).one_or_none()
    if row is None:
        raise NotFound(f"Isian {code} {period} untuk wilayah {region_code} tidak ada.")
    return row_of(row)


def _of(election: Election) -> Any:
    """Entries of an election.

    On SQLite "+ 0" keeps the planner from reading all of it instead of a region's part; PostgreSQL knows from its
    statistics how many rows there are, and would be misled by it.
    """
    if db.engine.dialect.name == "sqlite":
        return Entry.election_id + 0 == election.id
    return Entry.election_id == election.id


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


def list_page(
    person: Person, election: Election, filters: Filters, as_of: AsOf, *, page: int = 1, per_page: int = 60
) -> EntryPage:
    """One page of entries by due date, code and region. Two statements, however many rows."""
    wanted = _bare(person, election, filters, as_of)
    days = _counted(person, election, filters, as_of)
    if days is None:
        total = db.session.scalar(wanted.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    else:
        total = sum(count for _, count in days)
    page = max(1, min(page, max(1, -(-total // per_page))))
    skipped = (page - 1) * per_page
    if days is not None:
        # Only the days that this page shows are looked through, and not thousands of entries to sort sixty.
        since, until, before = _days_of_page(days, skipped, per_page)
        wanted, skipped = wanted.where(Entry.due_on >= since, Entry.due_on <= until), skipped - before
        if db.engine.dialect.name == "sqlite":
            # The index gives each region's entries by day; named one by one, the regions let SQLite go right to the
            # days. PostgreSQL finds its own way.
            wanted = wanted.where(
                Entry.region_code.in_(select(Region.code).where(subtree(Region.code, filters.region)))
            )
    if not (filters.item or filters.text):
        wanted = wanted.join(Item, Item.id == Entry.item_id)
    order = (Entry.due_on, Item.sort, Entry.region_code, Entry.period, Entry.id)
    shown = wanted.order_by(*order).limit(per_page).offset(skipped)
    # Thousands of numbers are sorted instead of thousands of wide rows; only those shown are read whole.
    rows = _plain(joined().where(Entry.id.in_(shown)).order_by(*order))
    return EntryPage([row_of(row) for row in rows], total, page, per_page)


def _plain(query: Select[Any]) -> Sequence[Any]:
    """The rows without the ORM, which would make each of them anew."""
    db.session.flush()
    return db.session.connection().execute(query).all()


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


def _bare(person: Person, election: Election, filters: Filters, as_of: AsOf) -> Select[Any]:
    """The numbers of the entries of a list, joined with no more tables than its filters ask for."""
    query: Select[Any] = select(Entry.id).select_from(Entry)
    if filters.item or filters.text:
        query = query.join(Item, Item.id == Entry.item_id)
    if filters.text:
        query = query.join(ItemVersion, ItemVersion.id == Entry.version_id)
        query = query.join(Region, Region.code == Entry.region_code)
    if not (filters.region and person.may(Permission.CHECKLIST_READ, region=filters.region)):
        query = query.where(subtree(Entry.region_code, *person.reach(Permission.CHECKLIST_READ)))
    # One item's entries have an index of their own, which begins with the election.
    return narrowed(
        query.where(Entry.election_id == election.id if filters.item else _of(election)), filters, as_of
    )


def _count_of(query: Select[Any]) -> Select[Any]:
    return query.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)


def rows_for(
    person: Person, election: Election, filters: Filters, as_of: AsOf, limit: int = 50_000
) -> list[EntryRow]:
    """All rows of a filtered list, for papers and grids; at most `limit`."""
    query = narrowed(visible_to(person).where(_of(election)), filters, as_of)
    ordered = query.order_by(Item.sort, Entry.region_code, Entry.due_on, Entry.period, Entry.id).limit(limit)
    return [row_of(row) for row in db.session.execute(ordered)]


def blocked_in(election: Election, code: str, as_of: AsOf, limit: int) -> list[EntryRow]:
    """What is blocked in a region and below it, whoever asks, by deadline: for the desk's report. One statement."""
    query = joined().where(
        subtree(Entry.region_code, code),
        _of(election),
        Entry.standing == Standing.BLOCKED.value,
        Entry.opens_on <= as_of.today,
    )
    ordered = query.order_by(Entry.due_on, Item.sort, Entry.region_code, Entry.period, Entry.id).limit(limit)
    return [row_of(row) for row in db.session.execute(ordered)]


def own_work(person: Person, election: Election, region_code: str, as_of: AsOf) -> list[EntryRow]:
    """What the desk of exactly this region still has to do: returned, reopened, late, due today.

    One statement.
    """
    if not person.may(Permission.CHECKLIST_READ, region=region_code):
        return []
    rows = _OWN_WORK.all(
        election_id=election.id, region=region_code, today=as_of.today, in_use_from=as_of.in_use_from
    )
    return [row_of(row) for row in rows]


def _own_work() -> Fixed:
    is_open = one_of(Entry.standing, sorted(OPEN))
    sent_back = one_of(Entry.standing, (Standing.RETURNED.value, Standing.REOPENED.value))
    today = bindparam("today", type_=Date)
    late = and_(Entry.due_on < today, Entry.due_on >= bindparam("in_use_from", type_=Date), is_open)
    return Fixed(
        joined()
        .where(
            Entry.election_id == bindparam("election_id"),
            Entry.region_code == bindparam("region"),
            or_(sent_back, and_(Entry.opens_on <= today, or_(late, Entry.due_on == today))),
        )
        .order_by(Entry.due_on, Item.sort, Entry.id)
        .limit(200)
    )


_OWN_WORK = _own_work()


def waiting_for(
    person: Person, election: Election, *, region: str = "", limit: int = 50
) -> tuple[list[EntryRow], int]:
    """The verification queue: filled entries that this person may judge,
    oldest first, own deeds left out; and how many.
    """
    roots = person.reach(Permission.CHECKLIST_VERIFY)
    query: Select[Any] = select(Entry.id).where(
        _of(election),
        Entry.standing.in_([standing.value for standing in WAITING]),
        subtree(Entry.region_code, *roots),
        or_(Entry.filled_by.is_(None), Entry.filled_by != person.id),
    )
    if region:
        query = query.where(subtree(Entry.region_code, region))
    restricted = _limits(person)
    if restricted is not None:
        query = query.where(restricted)
    total = db.session.scalar(_count_of(query)) or 0
    order = (Entry.filled_at, Entry.id)
    shown = query.order_by(*order).limit(limit)
    rows = db.session.execute(joined().where(Entry.id.in_(shown)).order_by(*order))
    return [row_of(row) for row in rows], total


def _limits(person: Person) -> Any | None:
    """Areas and units of the verifying appointments, where they are limited."""
    parts = []
    for mandate in person.appointments:
        if not mandate.gives(Permission.CHECKLIST_VERIFY):
            continue
        if not mandate.areas and mandate.unit_id is None:
            return None
        part = subtree(Entry.region_code, mandate.region_code)
        if mandate.areas:
            part = and_(part, Entry.area.in_(sorted(mandate.areas)))
        if mandate.unit_id is not None:
            part = and_(part, or_(Entry.unit_id == mandate.unit_id, Entry.unit_id.is_(None)))
        parts.append(part)
    return or_(False, *parts)


def left_with(account_id: int, election: Election, roots: tuple[str, ...]) -> int:
    """How many begun or returned entries of these subtrees wait for the person who filled them. One statement."""
    standings = (Standing.IN_PROGRESS, Standing.BLOCKED, Standing.RETURNED, Standing.REOPENED)
    query = select(Entry.id).where(
        _of(election),
        Entry.standing.in_([standing.value for standing in standings]),
        subtree(Entry.region_code, *roots),
        Entry.filled_by == account_id,
    )
    return db.session.scalar(_count_of(query)) or 0
