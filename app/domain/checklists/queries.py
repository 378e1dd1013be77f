"""Reading entries: always from what the person may see, a fixed number of statements a page."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Date, Select, and_, bindparam, func, or_, select

from app.domain.accounts import Permission, Person
from app.domain.checklists.models import Entry, Item
from app.domain.checklists.progress import AsOf
from app.domain.checklists.rows import EntryRow, joined, row_of
from app.domain.checklists.rules import (
    OPEN,
    WAITING,
    Standing,
)
from app.domain.errors import NotFound
from app.domain.regions import (
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


def of_election(number: Any) -> Any:
    """Entries of the election of this number, or of the name that it is bound to.

    On SQLite "+ 0" keeps the planner from reading all of it instead of a region's part; PostgreSQL knows from its
    statistics how many rows there are, and would be misled by it.
    """
    if db.engine.dialect.name == "sqlite":
        return Entry.election_id + 0 == number
    return Entry.election_id == number


def blocked_in(election: Election, code: str, as_of: AsOf, limit: int) -> list[EntryRow]:
    """What is blocked in a region and below it, whoever asks, by deadline: for the desk's report. One statement."""
    query = joined().where(
        subtree(Entry.region_code, code),
        of_election(election.id),
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
        of_election(election.id),
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


def _count_of(query: Select[Any]) -> Select[Any]:
    return query.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)


def left_with(account_id: int, election: Election, roots: tuple[str, ...]) -> int:
    """How many begun or returned entries of these subtrees wait for the person who filled them. One statement."""
    standings = (Standing.IN_PROGRESS, Standing.BLOCKED, Standing.RETURNED, Standing.REOPENED)
    query = select(Entry.id).where(
        of_election(election.id),
        Entry.standing.in_([standing.value for standing in standings]),
        subtree(Entry.region_code, *roots),
        Entry.filled_by == account_id,
    )
    return db.session.scalar(_count_of(query)) or 0
