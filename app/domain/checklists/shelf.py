"""The library as its editor sees it: items with their wording, their entries and the drafts on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import case, func, select

from app.domain.checklists.drafting import drafts, every_unit, known_items
from app.domain.checklists.gaps import begun
from app.domain.checklists.library import changes_between, wording_of
from app.domain.checklists.models import Draft, Entry, Item, ItemVersion
from app.domain.stages import Election
from app.extensions import db


class ShelfFilters(NamedTuple):
    """What the list is narrowed to; empty means no limit. `state`: "" in force, "pensiun", "semua" or "rancangan"."""

    area: str = ""
    stage: str = ""
    level: str = ""
    unit: int | None = None
    recurrence: str = ""
    state: str = ""
    text: str = ""


class ShelfRow(NamedTuple):
    """An item with its wording, its place in its area, who answers for it, and what there is of it."""

    item: Item
    wording: ItemVersion
    place: int
    unit_name: str
    draft: Draft | None = None
    entries: int = 0
    begun: int = 0


def shelf(election: Election, filters: ShelfFilters, *, counted: bool = True) -> list[ShelfRow]:
    """The items of a list by area and order, with their entries where these are `counted` (every one of them is read).

    Four statements, however many items they are.
    """
    units = every_unit()
    begun_drafts = {draft.code: draft for draft in drafts()}
    counts = _counts(election) if counted else {}
    rows, places = [], dict[str, int]()
    for item, wording in known_items().values():
        places[wording.area] = places.get(wording.area, 0) + 1
        draft = begun_drafts.get(item.code)
        if _fits(item, wording, draft, filters):
            unit = units.get(wording.unit_id or 0)
            count = counts.get(item.id, (0, 0))
            rows.append(
                ShelfRow(item, wording, places[wording.area], unit.name if unit else "", draft, *count)
            )
    return rows


def _fits(item: Item, wording: ItemVersion, draft: Draft | None, filters: ShelfFilters) -> bool:
    told = f"{item.code} {wording.title} {wording.roles} {wording.legal_basis}".casefold()
    states = {
        "": item.retired_at is None,
        "pensiun": item.retired_at is not None,
        "semua": True,
        "rancangan": draft is not None,
    }
    return (
        states.get(filters.state, True)
        and filters.area in ("", wording.area)
        and filters.stage in ("", wording.stage)
        and (not filters.level or filters.level in wording.levels.split())
        and filters.unit in (None, wording.unit_id)
        and filters.recurrence in ("", wording.recurrence)
        and all(word in told for word in filters.text.casefold().split())
    )


def _counts(election: Election) -> dict[int, tuple[int, int]]:
    """Item id -> its entries and how many of them somebody has begun."""
    query = (
        select(Entry.item_id, func.count(), func.sum(case((begun(), 1), else_=0)))
        .where(Entry.election_id == election.id)
        .group_by(Entry.item_id)
    )
    return {item: (int(count), int(done)) for item, count, done in db.session.execute(query)}


@dataclass(frozen=True)
class Edition:
    """One wording of an item with what it changed and the entries that stand under it, by standing."""

    version: ItemVersion
    changes: Mapping[str, list[object]]
    entries: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All entries under it."""
        return sum(self.entries.values())


def editions(election: Election, item: Item) -> list[Edition]:
    """All wordings of an item, newest first, each beside the one before. Two statements."""
    versions = list(
        db.session.scalars(
            select(ItemVersion).where(ItemVersion.item_id == item.id).order_by(ItemVersion.number)
        )
    )
    query = (
        select(Entry.version_id, Entry.standing, func.count())
        .where(Entry.election_id == election.id, Entry.item_id == item.id)
        .group_by(Entry.version_id, Entry.standing)
    )
    counts: dict[int, dict[str, int]] = {}
    for version_id, standing, count in db.session.execute(query):
        counts.setdefault(version_id, {})[standing] = int(count)
    before = [None, *(wording_of(version) for version in versions)]
    return [
        Edition(
            version,
            {} if old is None else changes_between(old, wording_of(version)),
            counts.get(version.id, {}),
        )
        for old, version in zip(before, versions, strict=False)
    ][::-1]
