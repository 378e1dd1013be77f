"""Expecting: an entry of every region and period exists before anyone works, also when one of them appears later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, case, delete, false, insert, not_, or_, select, text, true, update

from app.domain.checklists import progress
from app.domain.checklists.gaps import (
    NEW_ENTRY,
    entries_of,
    missing,
    not_begun,
    stale,
    superfluous,
    withdrawn,
)
from app.domain.checklists.library import current_versions
from app.domain.checklists.models import Entry, ItemVersion, Remark
from app.domain.checklists.plans import Move, Plan, plans_of
from app.domain.checklists.rules import AGAIN, OPEN, Recurrence
from app.domain.regions import Level, regions_under, subtree
from app.domain.stages import Election, StageOverride, moves_of, provinces_of
from app.extensions import db

TABLE = Entry.__table__


def expect(election: Election, *, roots: Sequence[str] = (), codes: Sequence[str] = ()) -> int:
    """Make every entry that should exist and does not; returns how many were made.

    Safe to repeat at any time.

    Call it when a region, an item, a period or a moved stage appears. Entries not yet begun take the current
    wording and dates; begun ones keep theirs; untouched ones that a new wording no longer asks for, or whose
    condition does not hold, go. Counters of the touched kabupaten/kota are counted afresh.
    """
    return expect_of(election, current_versions(codes), roots=roots)


def expect_of(
    election: Election,
    versions: Sequence[ItemVersion],
    *,
    roots: Sequence[str] = (),
    levels: Sequence[str] = (),
    retired: Sequence[int] = (),
) -> int:
    """The same for these wordings alone, and for retired items by number: what is untouched and not over goes.

    `levels` limits it to regions of these levels right at the roots.
    """
    hold_entries()
    made = 0
    plans = plans_of(election, versions)
    for plan in plans:
        db.session.execute(delete(TABLE).where(entries_of(plan, roots, levels), superfluous(plan)))
        _refresh_wording(plan, roots, levels)
        made += sum(_added(rows) for rows in missing(plan, roots, levels))
    over = _moves_that_are_over(election)
    _drop_superseded(election, over)
    for plan in plans:
        for move in over:
            if move.stage_code == plan.version.stage and plan.recurrence is Recurrence.ONCE:
                _move(plan, move.region_code, plan.usual, Entry.due_reason.startswith(MOVED))
        for now in plan.moves:  # a supervisor's own word stays
            said = or_(Entry.due_reason == "", Entry.due_reason.startswith(MOVED))
            _move(plan, now.root, now, said)
    _withdraw(election, retired, roots, levels)
    progress.rebuild(election, roots, alone=bool(levels))
    if made > MANY:
        _tell_the_planner()
    return made


MANY = 5_000


def parts_of(election: Election) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(roots, levels) of the parts in which many entries are made, each in a transaction of its own.

    The provinces' own entries come first, then each kabupaten/kota with all below it.
    """
    provinces = provinces_of(election)
    below = [((row.code,), ()) for row in regions_under(provinces, Level.REGENCY)]
    return [(provinces, (Level.PROVINCE.value,)), *below]


def hold_entries() -> None:
    """Let deeds on entries wait until the transaction ends, those under way first.

    Call it before anything else that deeds lock too, or the two would wait for each other.
    """
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE checklist_entry IN SHARE ROW EXCLUSIVE MODE"))
    else:  # a write that changes nothing takes the one writer's turn, so that what is read next is the newest
        db.session.execute(update(TABLE).where(false()).values(version=TABLE.c.version))


def _tell_the_planner() -> None:
    """After a bulk insert PostgreSQL plans by the old sizes until its
    own daemon comes by: 20 times slower reads.
    """
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("ANALYZE region, checklist_entry, checklist_progress"))


def _added(rows: Select[Any]) -> int:
    """Add these rows; returns how many they were."""
    adding = insert(TABLE).from_select([*NEW_ENTRY], rows)
    done = db.session.execute(adding, execution_options={"preserve_rowcount": True})  # else psycopg tells -1
    return int(done.rowcount)  # type: ignore[attr-defined]


def _withdraw(election: Election, items: Sequence[int], roots: Sequence[str], levels: Sequence[str]) -> None:
    """Remove what is untouched and not over of retired items."""
    if items:
        gone = delete(TABLE).where(
            Entry.election_id == election.id,
            Entry.item_id.in_(items),
            subtree(Entry.region_code, *roots) if roots else true(),
            Entry.level.in_(levels) if levels else true(),
            withdrawn(),
        )
        db.session.execute(gone)


def _refresh_wording(plan: Plan, roots: Sequence[str], levels: Sequence[str]) -> None:
    """Let entries that nobody has begun take the current wording; a single item takes its dates too."""
    version = plan.version
    values: dict[str, Any] = {
        "version_id": version.id,
        "area": version.area,
        "stage": version.stage,
        "unit_id": version.unit_id,
    }
    if plan.dates_follow:
        dated = [period for run in plan.runs for period in run.periods]
        for name in ("opens_on", "due_on"):
            said = {period.key: getattr(period, name) for period in dated}
            if said:
                values[name] = case(said, value=TABLE.c.period, else_=TABLE.c[name])
        values["due_reason"] = ""
    wanted = and_(entries_of(plan, roots, levels), stale(plan))
    db.session.execute(update(TABLE).where(wanted).values(values))


def _drop_superseded(election: Election, superseded: Sequence[StageOverride]) -> None:
    """Forget what a move that another one replaced had asked for again, where nobody has begun it."""
    for move in superseded:
        discussed = select(Remark.id).where(Remark.entry_id == Entry.id).exists()
        db.session.execute(
            delete(TABLE).where(
                Entry.election_id == election.id,
                subtree(Entry.region_code, move.region_code),
                or_(
                    Entry.period == f"{AGAIN}{move.id}",
                    Entry.period.startswith(f"{AGAIN}{move.id} "),
                ),
                not_begun(),
                not_(discussed),
            )
        )


def _moves_that_are_over(election: Election) -> list[StageOverride]:
    """Moves of stages that were withdrawn, or replaced by a later one for the same region."""
    in_force = {move.id for move in moves_of(election)}
    query = select(StageOverride).where(StageOverride.election_id == election.id)
    return [move for move in db.session.scalars(query) if move.id not in in_force]


def _move(plan: Plan, root: str, to: Move, said: Any) -> None:
    """Give the open entries of a single item other dates in a region, where their deadline's reason is as `said`."""
    moved = and_(
        entries_of(plan, [root]),
        Entry.period == "",
        Entry.standing.in_([standing.value for standing in OPEN]),
        said,
    )
    reason = f"{MOVED}{to.reason}"[:300] if to.reason else ""
    dates: dict[str, dt.date] = {"opens_on": to.opens_on, "due_on": to.due_on}
    db.session.execute(update(TABLE).where(moved).values(**dates, due_reason=reason))


MOVED = "Tahapan dipindahkan: "
