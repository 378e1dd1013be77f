"""Moving: what a change of the calendar does to entries, said beforehand and then done by the same conditions.

Open entries take the dates of the new calendar; one that a supervisor dated keeps what they said, and what was
answered stays as it was. A recurring item's days that are asked for no more vanish where nobody began them and they
are not over; new ones appear. docs/decisions/0020 says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, delete, func, not_, or_, select, true, update

from app.domain.checklists.expecting import MOVED
from app.domain.checklists.gaps import entries_of, in_plan, missing, untouched
from app.domain.checklists.library import codes_of
from app.domain.checklists.models import Entry, ItemVersion
from app.domain.checklists.plans import Plan, today
from app.domain.checklists.rules import AGAIN, OPEN, Period, Recurrence
from app.domain.regions import contains, subtree
from app.domain.stages import Election
from app.extensions import db

OPEN_NOW = Entry.standing.in_(sorted(standing.value for standing in OPEN))
DATED_BY_CALENDAR = or_(Entry.due_reason == "", Entry.due_reason.startswith(MOVED))
"""Not by a supervisor who gave this entry a deadline of its own."""


class Dated(NamedTuple):
    """The dates of one period of an item below `root` ("": everywhere), but not below `but`."""

    key: str
    opens_on: dt.date
    due_on: dt.date
    root: str
    but: tuple[str, ...]
    reason: str

    @property
    def there(self) -> ColumnElement[bool]:
        """The period's entries in its regions."""
        return and_(
            Entry.period == self.key,
            subtree(Entry.region_code, self.root) if self.root else true(),
            not_(subtree(Entry.region_code, *self.but)) if self.but else true(),
        )

    @property
    def differs(self) -> ColumnElement[bool]:
        """Entries that have other dates now, or the same ones for another reason."""
        return or_(
            Entry.opens_on != self.opens_on, Entry.due_on != self.due_on, Entry.due_reason != self.reason
        )


def dated_periods(plan: Plan) -> Iterator[Dated]:
    """The periods of a plan whose entries follow its dates; a day of a daily item is never another day."""
    if not plan.dates_follow:
        return
    aside = [move.root for move in plan.moves]
    for run in plan.runs:
        for period in run.periods:
            but = tuple(aside) if period.key == "" else run.but
            yield Dated(period.key, period.opens_on, period.due_on, run.root, but, "")
    for move in plan.moves:
        inside = tuple(root for root in aside if root != move.root and contains(move.root, root))
        reason = f"{MOVED}{move.reason}"[:300]
        yield Dated("", move.opens_on, move.due_on, move.root, inside, reason)


@dataclass(frozen=True)
class Counts:
    """How many entries move, come and go; how many stay as they are answered or dated by a supervisor; and of those
    that move, how many are late no more, and how many are late only then.
    """

    moved: int = 0
    added: int = 0
    dropped: int = 0
    answered: int = 0
    own_date: int = 0
    freed: int = 0
    late: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(one + two for one, two in zip(self._all, other._all, strict=True)))

    def __bool__(self) -> bool:
        return any(self._all)

    @property
    def _all(self) -> tuple[int, ...]:
        return (
            self.moved,
            self.added,
            self.dropped,
            self.answered,
            self.own_date,
            self.freed,
            self.late,
        )


class ItemMove(NamedTuple):
    """What a change does to one item: its dates before and after where they change, and to how many entries."""

    code: str
    title: str
    area: str
    before: tuple[dt.date, dt.date]
    after: tuple[dt.date, dt.date]
    counts: Counts


class Preview(NamedTuple):
    """What a change of the calendar would do now: by item, by kabupaten/kota (or province), and in all."""

    items: tuple[ItemMove, ...]
    regions: dict[str, Counts]

    @property
    def total(self) -> Counts:
        """All regions together."""
        return sum(self.regions.values(), Counts())


def look_ahead(
    election: Election, before: Sequence[Plan], after: Sequence[Plan], *, root: str = "", day: dt.date
) -> Preview:
    """Count what `settle()` would do with these plans, and what `expect()` would then add. Only reads.

    `before` are the plans in force of the same items; `root` is the region that is looked at with all below it ("":
    everywhere), `day` the day by which something is late.
    """
    regions: dict[str, Counts] = {}
    items: list[ItemMove] = []
    codes = codes_of([plan.version.item_id for plan in after])
    roots = [root] if root else []
    for old, new in zip(before, after, strict=True):
        by_region = _counted(election, old, new, roots, day)
        counts = sum(by_region.values(), Counts())
        spans = span_in(old, root), span_in(new, root)
        if counts or spans[0] != spans[1]:
            version = new.version
            items.append(ItemMove(codes[version.item_id], version.title, version.area, *spans, counts))
        for code, one in by_region.items():
            regions[code] = regions.get(code, Counts()) + one
    return Preview(tuple(items), dict(sorted(regions.items())))


def span_in(plan: Plan, root: str) -> tuple[dt.date, dt.date]:
    """First and last day of an item in a region: where its stage runs again the second run, else as it was moved,
    else the usual.
    """
    here = [run.periods for run in plan.runs[1:] if run.periods and root and contains(run.root, root)]
    again = [periods for periods in here if periods[0].key.startswith(AGAIN)]
    if again:
        return _ends(again[-1])
    moved = [move for move in plan.moves if root and contains(move.root, root)]
    if moved:
        return moved[-1].opens_on, moved[-1].due_on
    usual = (plan.usual.opens_on, plan.usual.due_on)
    if not here:
        return usual
    first, last = _ends(here[-1])
    if any(contains(one, root) for one in plan.runs[0].but):
        return first, last
    return min(first, usual[0]), max(last, usual[1])


def _ends(periods: Sequence[Period]) -> tuple[dt.date, dt.date]:
    return min(period.opens_on for period in periods), max(period.due_on for period in periods)


def _counted(
    election: Election, old: Plan, plan: Plan, roots: Sequence[str], day: dt.date
) -> dict[str, Counts]:
    found: dict[str, Counts] = {}

    def add(code: str, counts: Counts) -> None:
        if counts:
            found[code] = found.get(code, Counts()) + counts

    for dated in dated_periods(plan):
        for code, counts in _moves(election, plan, dated, roots, day):
            add(code, counts)
    for code, number in _by_region(select(KABKOTA, func.count()).where(unasked(plan, roots))):
        add(code, Counts(dropped=number))
    for rows in missing(_what_is_new(old, plan), roots):
        table = rows.subquery()
        at = func.substr(table.c.region_code, 1, 5)
        for code, number in _by_region(select(at, func.count()), at):
            add(code, Counts(added=number))
    return found


KABKOTA = func.substr(Entry.region_code, 1, 5)


def _by_region(query: Any, at: Any = KABKOTA) -> list[tuple[str, int]]:
    return [(row[0], row[1]) for row in db.session.execute(query.group_by(at))]


def _what_is_new(old: Plan, plan: Plan) -> Plan:
    """The runs in which something may be missing: a single item's usual entries are there, if it was single before."""
    stays_single = old.recurrence is plan.recurrence is Recurrence.ONCE
    return replace(plan, runs=plan.runs[1:]) if stays_single else plan


def _moves(
    election: Election, plan: Plan, dated: Dated, roots: Sequence[str], day: dt.date
) -> Iterator[tuple[str, Counts]]:
    moves = and_(OPEN_NOW, DATED_BY_CALENDAR)
    was_late = and_(Entry.due_on < day, Entry.due_on >= election.in_use_from)
    is_late = election.in_use_from <= dated.due_on < day
    kinds = {
        "moved": moves,
        "answered": not_(OPEN_NOW),
        "own_date": and_(OPEN_NOW, not_(DATED_BY_CALENDAR)),
        "freed": and_(moves, was_late) if not is_late else None,
        "late": and_(moves, not_(was_late)) if is_late else None,
    }
    sums = {name: kind for name, kind in kinds.items() if kind is not None}
    columns = [func.sum(case((kind, 1), else_=0)) for kind in sums.values()]
    other_dates = or_(Entry.opens_on != dated.opens_on, Entry.due_on != dated.due_on)
    query = (
        select(KABKOTA, *columns).where(entries_of(plan, roots), dated.there, other_dates).group_by(KABKOTA)
    )
    for code, *numbers in db.session.execute(query).all():
        yield code, Counts(**dict(zip(sums, map(int, numbers), strict=True)))


def unasked(plan: Plan, roots: Sequence[str] = ()) -> ColumnElement[bool]:
    """Entries that the plan does not ask for, that nobody has begun, and that are not over: what was missed stays."""
    return and_(entries_of(plan, roots), untouched(), not_(in_plan(plan)), Entry.due_on >= today())


def settle(plans: Sequence[Plan], roots: Sequence[str] = ()) -> None:
    """Let the entries below the roots follow these plans; `expect()` then adds what is missing and counts afresh."""
    table = Entry.__table__
    for plan in plans:
        for dated in dated_periods(plan):
            follows = and_(entries_of(plan, roots), dated.there, dated.differs, OPEN_NOW, DATED_BY_CALENDAR)
            db.session.execute(
                update(table)
                .where(follows)
                .values(opens_on=dated.opens_on, due_on=dated.due_on, due_reason=dated.reason)
            )
        db.session.execute(delete(table).where(unasked(plan, roots)))


def take_over(old: ItemVersion, new: ItemVersion, election: Election) -> None:
    """Let open entries of a wording take one that says the same on other days."""
    db.session.execute(
        update(Entry.__table__)
        .where(
            Entry.election_id == election.id,
            Entry.item_id == old.item_id,
            Entry.version_id == old.id,
            OPEN_NOW,
        )
        .values(version_id=new.id)
    )
