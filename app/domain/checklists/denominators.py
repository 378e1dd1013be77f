"""What hangs on a reference figure: the entries whose total it is, and what becomes of them when it changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import case, func, select

from app.domain.checklists.measures import COUNTED
from app.domain.checklists.models import Entry, Item, ItemVersion
from app.domain.checklists.rules import OPEN, TotalRule, total_rule
from app.domain.regions import FigureKind
from app.domain.stages import Election
from app.extensions import db

EXAMPLES = 5
Change = tuple[int | None, int | None]
"""A figure before and after; None is unknown."""


class MovedEntry(NamedTuple):
    """An entry that hangs on the figure: its measure, and its total before and after."""

    id: int
    code: str
    title: str
    due_on: dt.date
    value: int | None
    before: int | None
    after: int | None


class Moves(NamedTuple):
    """What a change of figures does: open entries take the new total, those with a recorded one keep it."""

    moved: int = 0
    kept: int = 0
    examples: tuple[MovedEntry, ...] = ()
    kept_examples: tuple[MovedEntry, ...] = ()


def moves_of(
    election: Election, changes: Mapping[tuple[str, FigureKind], Change], *, examples: int = EXAMPLES
) -> Moves:
    """What these changed figures, by (region code, kind), do to the entries of those very regions.

    `kept` counts entries, answered or not, whose own recorded total stays. Three statements, however many
    changes; four with examples.
    """
    rules = _rules({kind for _, kind in changes})
    changed = {key: change for key, change in changes.items() if change[0] != change[1]}
    if not rules or not changed:
        return Moves()
    follows = Entry.measure_total.is_(None) & Entry.standing.in_([standing.value for standing in OPEN])
    keeps = Entry.measure_total.is_not(None)
    query = (
        select(
            Entry.region_code,
            ItemVersion.measure_total,
            func.sum(case((follows, 1), else_=0)),
            func.sum(case((keeps, 1), else_=0)),
        )
        .join(ItemVersion, ItemVersion.id == Entry.version_id)
        .where(
            Entry.election_id == election.id,
            Entry.region_code.in_({code for code, _ in changed}),
            ItemVersion.measure_total.in_(rules),
        )
        .group_by(Entry.region_code, ItemVersion.measure_total)
    )
    moved = kept = 0
    for code, text, following, keeping in db.session.execute(query):
        if (code, FigureKind(rules[text].kind)) in changed:
            moved, kept = moved + int(following), kept + int(keeping)
    if not examples or not (moved or kept):
        return Moves(moved, kept)
    return Moves(
        moved,
        kept,
        _examples(election, changed, rules, follows, examples),
        _examples(election, changed, rules, keeps, examples),
    )


def _rules(kinds: set[FigureKind]) -> dict[str, TotalRule]:
    """The library's wordings of a total that name one of these figures; counts of regions are no figures."""
    wordings = db.session.scalars(
        select(ItemVersion.measure_total).where(ItemVersion.measure_total != "").distinct()
    )
    read = {text: rule for text in wordings if (rule := total_rule(text)) is not None}
    names = {kind.value for kind in kinds} - COUNTED.keys()
    return {text: rule for text, rule in read.items() if rule.kind in names}


def _examples(
    election: Election,
    changed: Mapping[tuple[str, FigureKind], Change],
    rules: Mapping[str, TotalRule],
    condition: object,
    limit: int,
) -> tuple[MovedEntry, ...]:
    """A few entries, those with a measure first, then by deadline; of a recurring item only its first."""
    nth = func.row_number().over(
        partition_by=(Entry.item_id, Entry.region_code),
        order_by=(Entry.measure_value.is_(None), Entry.due_on, Entry.id),
    )
    query = (
        select(
            Entry.id,
            Item.code,
            ItemVersion.title,
            Entry.due_on,
            Entry.measure_value,
            Entry.measure_total,
            Entry.region_code,
            ItemVersion.measure_total.label("rule"),
            nth.label("nth"),
        )
        .join(ItemVersion, ItemVersion.id == Entry.version_id)
        .join(Item, Item.id == Entry.item_id)
        .where(
            Entry.election_id == election.id,
            Entry.region_code.in_({code for code, _ in changed}),
            ItemVersion.measure_total.in_(rules),
            condition,  # type: ignore[arg-type]
        )
        .subquery()
    )
    firsts = (
        select(query)
        .where(query.c.nth == 1)
        .order_by(query.c.measure_value.is_(None), query.c.due_on, query.c.code, query.c.id)
        .limit(limit)
    )
    found = []
    for row in db.session.execute(firsts):
        rule = rules[row.rule]
        before, after = changed.get((row.region_code, FigureKind(rule.kind)), (None, None))
        own = row.measure_total
        found.append(
            MovedEntry(
                row.id,
                row.code,
                row.title,
                row.due_on,
                row.measure_value,
                rule.value(before) if own is None else own,
                rule.value(after) if own is None else own,
            )
        )
    return tuple(found)
