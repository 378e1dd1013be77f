"""What a paper says of a checklist: its scope, totals and entries. Lower levels are gathered in gathering.py.

Whatever counts here counts on the screen too (`AsOf`), so a paper and a page of the same moment cannot differ.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy import and_, func, select

from app.domain.accounts import Permission, Person
from app.domain.checklists.models import Entry, Item
from app.domain.checklists.progress import AsOf, counted_entries
from app.domain.checklists.queries import visible_to
from app.domain.checklists.rows import EntryRow, row_of
from app.domain.checklists.totals import Totals
from app.domain.regions import subtree
from app.domain.stages import Election
from app.extensions import db


class Scope(NamedTuple):
    """What a paper covers: a region with all below it, and limits of which each empty one means none.

    `since` and `until` are the first and the last deadline.
    """

    region: str
    area: str = ""
    stage: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


def within(person: Person, election: Election, scope: Scope, as_of: AsOf) -> Any:
    """The condition on entries. Raises NotAllowed for a region that the person may not read."""
    person.require(Permission.CHECKLIST_READ, region=scope.region)
    return and_(
        Entry.election_id == election.id,
        subtree(Entry.region_code, scope.region),
        counted_entries(as_of),
        *_limits(scope),
    )


def _limits(scope: Scope) -> list[Any]:
    wanted: list[Any] = []
    if scope.area:
        wanted.append(Entry.area == scope.area)
    if scope.stage:
        wanted.append(Entry.stage == scope.stage)
    if scope.since:
        wanted.append(Entry.due_on >= scope.since)
    if scope.until:
        wanted.append(Entry.due_on <= scope.until)
    return wanted


def totals_in(person: Person, election: Election, scope: Scope, as_of: AsOf) -> dict[str, Totals]:
    """Totals per area of work, in no order; an area without entries is absent. One statement."""
    query = (
        select(Entry.area, Entry.standing, func.count())
        .where(within(person, election, scope, as_of))
        .group_by(Entry.area, Entry.standing)
    )
    found: dict[str, dict[str, int]] = {}
    for area, standing, count in db.session.execute(query):
        found.setdefault(area, {})[standing] = count
    return {area: Totals(**counts) for area, counts in found.items()}


def count_in(person: Person, election: Election, scope: Scope, as_of: AsOf) -> int:
    """How many entries a paper of that scope is about. One statement."""
    query = select(func.count()).select_from(Entry).where(within(person, election, scope, as_of))
    return db.session.scalar(query) or 0


def entries_in(
    person: Person,
    election: Election,
    scope: Scope,
    as_of: AsOf,
    *,
    own: bool = False,
    standing: str = "",
    with_evidence: bool = False,
) -> list[EntryRow]:
    """The entries by item, region and deadline; only the region's `own`, of one standing, or with files."""
    query = visible_to(person).where(within(person, election, scope, as_of))
    if own:
        query = query.where(Entry.region_code == scope.region)
    if standing:
        query = query.where(Entry.standing == standing)
    if with_evidence:
        query = query.where(Entry.evidence_count > 0)
    ordered = query.order_by(Item.sort, Entry.region_code, Entry.due_on, Entry.period, Entry.id)
    return [row_of(row) for row in db.session.execute(ordered)]


def expected_own(person: Person, election: Election, scope: Scope) -> list[EntryRow]:
    """All entries of exactly this region, those that open later too: for the sheet that is filled in by hand."""
    query = visible_to(person).where(
        Entry.election_id == election.id, Entry.region_code == scope.region, *_limits(scope)
    )
    ordered = query.order_by(Item.sort, Entry.due_on, Entry.period, Entry.id)
    return [row_of(row) for row in db.session.execute(ordered)]


__all__ = ["Scope", "count_in", "entries_in", "expected_own", "totals_in"]
