"""An entry as a plain row with its wording and names: what lists, pages and papers are made of."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from app.domain import clock
from app.domain.accounts import Unit
from app.domain.checklists.models import Entry, Item, ItemVersion
from app.domain.checklists.rules import (
    OPEN,
    Standing,
)
from app.domain.regions import (
    Region,
    zone_of,
)

SUBJECT = "checklist_entry"


class EntryRow(NamedTuple):
    """An entry with its wording and names, as pages and papers need it."""

    id: int
    election_id: int
    item_id: int
    version_id: int
    code: str
    title: str
    region_code: str
    region_name: str
    level: str
    area: str
    stage: str
    unit_id: int | None
    unit_name: str | None
    roles: str
    recurrence: str
    period: str
    event_title: str
    opens_on: dt.date
    due_on: dt.date
    due_time: str
    due_reason: str
    evidence_needed: str
    measure_unit: str
    measure_rule: str
    legal_basis: str
    wording: int
    standing: Standing
    measure_value: int | None
    measure_total: int | None
    measure_reason: str
    note: str
    reason: str
    help_wanted: str
    no_evidence_reason: str
    evidence_count: int
    filled_by: int | None
    filled_by_name: str
    filled_office: str
    filled_at: dt.datetime | None
    reviewed_by: int | None
    reviewed_by_name: str
    reviewed_office: str
    reviewed_at: dt.datetime | None
    review_reason: str
    review_fix: str
    version: int
    condition: str = ""
    dependents: str = ""
    """The wordings that wait for an answer here, as `Item.dependents` has them."""

    @property
    def name(self) -> str:
        """The title, with what the event was about."""
        return f"{self.title}: {self.event_title}" if self.event_title else self.title

    def is_overdue(self, now: dt.datetime) -> bool:
        """Whether its deadline (in the region's own time) is over and somebody still has to act."""
        if self.standing not in OPEN:
            return False
        local = clock.local(now, zone_of(self.region_code))
        return (self.due_on, self.due_time or "24:00") < (local.date(), f"{local:%H:%M}")


COLUMNS = (
    Entry.id,
    Entry.election_id,
    Entry.item_id,
    Entry.version_id,
    Item.code,
    ItemVersion.title,
    Entry.region_code,
    Region.name.label("region_name"),
    Entry.level,
    Entry.area,
    Entry.stage,
    Entry.unit_id,
    Unit.name.label("unit_name"),
    ItemVersion.roles,
    ItemVersion.recurrence,
    Entry.period,
    Entry.event_title,
    Entry.opens_on,
    Entry.due_on,
    Entry.due_time,
    Entry.due_reason,
    ItemVersion.evidence.label("evidence_needed"),
    ItemVersion.measure_unit,
    ItemVersion.measure_total.label("measure_rule"),
    ItemVersion.legal_basis,
    ItemVersion.number.label("wording"),
    Entry.standing,
    Entry.measure_value,
    Entry.measure_total,
    Entry.measure_reason,
    Entry.note,
    Entry.reason,
    Entry.help_wanted,
    Entry.no_evidence_reason,
    Entry.evidence_count,
    Entry.filled_by,
    Entry.filled_by_name,
    Entry.filled_office,
    Entry.filled_at,
    Entry.reviewed_by,
    Entry.reviewed_by_name,
    Entry.reviewed_office,
    Entry.reviewed_at,
    Entry.review_reason,
    Entry.review_fix,
    Entry.version,
    ItemVersion.condition,
    Item.dependents,
)
_STANDING = [column.key for column in COLUMNS].index("standing")
_STANDINGS = {standing.value: standing for standing in Standing}


def row_of(values: Any) -> EntryRow:
    return EntryRow._make((*values[:_STANDING], _STANDINGS[values[_STANDING]], *values[_STANDING + 1 :]))


def joined() -> Select[Any]:
    query: Select[Any] = select(*COLUMNS)  # type: ignore[assignment]
    return (
        query.join(ItemVersion, ItemVersion.id == Entry.version_id)
        .join(Item, Item.id == Entry.item_id)
        .join(Region, Region.code == Entry.region_code)
        .outerjoin(Unit, Unit.id == Entry.unit_id)
    )
