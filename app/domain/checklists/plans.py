"""Plans: which entries an item should have, where and when.

The one account of it: `expect()` makes it so, a preview counts what would change, and a deed on an item that others
wait for follows it too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import select

from app.domain import clock
from app.domain.checklists.conditions import Condition, Link, waits_by_period
from app.domain.checklists.library import window
from app.domain.checklists.models import Item, ItemVersion
from app.domain.checklists.rules import AGAIN, ON_THE_DAY, Period, Recurrence, periods
from app.domain.regions import contains
from app.domain.stages import Election, Stage, StageOverride, moves_of, shifted, stages_of, starts_after
from app.extensions import db

WESTERNMOST = "Asia/Jakarta"
"""A day is over for everybody only when it is over here."""


@dataclass(frozen=True)
class Run:
    """Periods that are asked below `root` ("": everywhere), but not below `but`, where others take their place."""

    periods: tuple[Period, ...]
    root: str = ""
    but: tuple[str, ...] = ()


class Move(NamedTuple):
    """Other dates for the open entries of a single item where its stage was moved."""

    root: str
    opens_on: dt.date
    due_on: dt.date
    reason: str


@dataclass(frozen=True)
class Plan:
    """What one wording asks for in one election."""

    election_id: int
    version: ItemVersion
    recurrence: Recurrence
    """As it works out: a "daily" item of one day is that one deed."""
    usual: Move
    """Its dates where its stage was not moved."""
    runs: tuple[Run, ...]
    moves: tuple[Move, ...] = ()
    since: dt.date | None = None
    """What was due before is not made any more."""
    link: Link | None = None

    @property
    def dates_follow(self) -> bool:
        """Whether an entry's dates may change while its period stays, as for a single item."""
        return self.recurrence is Recurrence.ONCE or self.recurrence in ON_THE_DAY


def today() -> dt.date:
    """The day that is not over yet anywhere."""
    return clock.today(WESTERNMOST)


def plans_of(
    election: Election,
    versions: Sequence[ItemVersion],
    firsts: dict[str, ItemVersion] | None = None,
    *,
    stages: dict[str, Stage] | None = None,
    moves: Sequence[StageOverride] | None = None,
) -> list[Plan]:
    """The plans of these wordings, which need not be published yet.

    `firsts` gives wordings by code for the items that conditions name, where they differ from those in force;
    `stages` and `moves` give a calendar that is not in force yet.
    """
    stages = {stage.code: stage for stage in stages_of(election)} if stages is None else stages
    moves = moves_of(election) if moves is None else moves
    ids = {version.item_id for version in versions}
    since = {
        row.id: row.expected_from
        for row in db.session.execute(select(Item.id, Item.expected_from).where(Item.id.in_(ids)))
    }
    known = _firsts(versions) | (firsts or {})
    return [
        plan_of(election, version, stages, moves, since.get(version.item_id), known) for version in versions
    ]


def _firsts(versions: Sequence[ItemVersion]) -> dict[str, ItemVersion]:
    """The wordings in force of the items that these wait for."""
    codes = {found.code for version in versions if (found := Condition.read(version.condition))}
    if not codes:
        return {}
    query = (
        select(Item.code, ItemVersion)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .where(Item.code.in_(codes))
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def plan_of(
    election: Election,
    version: ItemVersion,
    stages: dict[str, Stage],
    overrides: Iterable[StageOverride],
    since: dt.date | None,
    firsts: dict[str, ItemVersion],
) -> Plan:
    """The plan of one wording; nothing is read."""
    first, last = window(version, election, stages)
    recurrence = _works_out_as(version, first, last)
    usual = Run(_periods(version, first, last))
    runs: list[Run] = [usual]
    moves: list[Move] = []
    for override in overrides:  # the wider regions first
        if override.stage_code == version.stage:
            stage = stages[version.stage]
            found = _moved(election, version, stage, override, first, last)
            if isinstance(found, Move):
                moves.append(found)
            elif override.runs_again:
                runs.append(found)
            else:
                runs = _beside(runs, found, is_postponed(election, stage, override))
    return Plan(
        election.id,
        version,
        recurrence,
        Move("", first, last, ""),
        tuple(runs),
        tuple(moves),
        since,
        _link(election, version, recurrence, stages, firsts),
    )


def is_postponed(election: Election, stage: Stage, override: StageOverride) -> bool:
    """Whether a stage begins there only when it is over elsewhere, for the first time."""
    late = starts_after(override.starts_on, stage.end_offset, election.voting_day)
    return late and not override.runs_again


def _beside(runs: list[Run], run: Run, postponed: bool) -> list[Run]:
    """The runs with a moved one: it adds its new periods, or, where its stage is postponed, takes the others' place
    there, as any move inside a postponed region does.
    """
    apart = postponed or any(contains(root, run.root) for root in runs[0].but)
    if not apart:
        known = {period.key for period in runs[0].periods}
        return [*runs, Run(tuple(period for period in run.periods if period.key not in known), run.root)]
    moved = [
        replace(one, but=(*one.but, run.root)) if not _is_again(one) and _holds(one.root, run.root) else one
        for one in runs
    ]
    return [*moved, run]


def _holds(root: str, code: str) -> bool:
    return not root or contains(root, code)


def _is_again(run: Run) -> bool:
    return any(period.key.startswith(AGAIN) for period in run.periods)


def _link(
    election: Election,
    version: ItemVersion,
    recurrence: Recurrence,
    stages: dict[str, Stage],
    firsts: dict[str, ItemVersion],
) -> Link | None:
    condition = Condition.read(version.condition)
    if condition is None:
        return None
    first = firsts.get(condition.code)
    if first is None or first.item_id is None:
        return Link(condition, NOBODY, False)
    by_period = waits_by_period(recurrence, _works_out_as(first, *window(first, election, stages)))
    return Link(condition, first.item_id, by_period)


NOBODY = -1
"""The number of an item that is not in the database yet, so that nothing is found for it."""


def _works_out_as(version: ItemVersion, opens_on: dt.date, due_on: dt.date) -> Recurrence:
    recurrence = Recurrence(version.recurrence)
    return Recurrence.ONCE if recurrence is Recurrence.DAILY and opens_on == due_on else recurrence


def _periods(version: ItemVersion, opens_on: dt.date, due_on: dt.date) -> tuple[Period, ...]:
    recurrence = _works_out_as(version, opens_on, due_on)
    return tuple(periods(recurrence, opens_on, due_on, tuple(version.times.split())))


def _moved(
    election: Election,
    version: ItemVersion,
    stage: Stage,
    override: StageOverride,
    first: dt.date,
    last: dt.date,
) -> Run | Move:
    """What a moved stage asks for in its region; one that runs again asks again, one that is postponed on its new days.

    Source: domain.md 2a (revotes of 2025: within 60 days in Kutai Kartanegara, three months in Mahakam Ulu).
    """
    later_start = override.starts_on - shifted(election.voting_day, stage.start_offset)
    later_end = override.ends_on - shifted(election.voting_day, stage.end_offset)
    opens_on = first + later_start
    if override.runs_again:
        opens_on = min(opens_on, override.ends_on)
        due_on = max(opens_on, min(last + later_start, override.ends_on))
        again = (
            Period(f"{AGAIN}{override.id} {one.key}".strip(), one.opens_on, one.due_on, one.due_time)
            for one in _periods(version, opens_on, due_on)
        )
        return Run(tuple(again), override.region_code)
    due_on = max(opens_on, last + later_end)
    if Recurrence(version.recurrence) is not Recurrence.ONCE:
        return Run(_periods(version, opens_on, due_on), override.region_code)
    return Move(override.region_code, opens_on, due_on, override.reason)
