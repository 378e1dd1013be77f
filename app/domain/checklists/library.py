"""The library: items (butir) and their wordings, and the window in which an item is worked on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    select,
)

from app.domain import audit, clock
from app.domain.checklists.models import Item, ItemVersion
from app.domain.checklists.rules import AREAS, Recurrence
from app.domain.errors import Invalid, NotFound
from app.domain.stages import Election, Stage, shifted
from app.extensions import db

CROSS_STAGE = "SEMUA"
CONTENT = (
    "area",
    "stage",
    "levels",
    "unit_id",
    "roles",
    "title",
    "recurrence",
    "start_offset",
    "due_offset",
    "times",
    "evidence",
    "measure_unit",
    "measure_total",
    "legal_basis",
    "sla",
    "condition",
)


@dataclass(frozen=True)
class Wording:
    """What an item says; the columns of a version without its number."""

    area: str
    stage: str
    levels: str
    unit_id: int | None
    roles: str
    title: str
    recurrence: str
    start_offset: int | None
    due_offset: int
    times: str = ""
    evidence: str = ""
    measure_unit: str = ""
    measure_total: str = ""
    legal_basis: str = ""
    sla: str = ""
    condition: str = ""


def publish(code: str, wording: Wording, *, sort: int, by: audit.Actor | None = None) -> ItemVersion:
    """Publish an item or a new wording of it; the same wording again publishes nothing.

    Refuses an unknown area or recurrence, or a window that ends before it starts (Invalid).
    Entries ticked under an older wording keep it; those not yet begun take the new one (`expect`).
    """
    if wording.area not in AREAS:
        raise Invalid("Bidang tidak dikenal.", area=f"Pilih salah satu dari {', '.join(AREAS)}.")
    if wording.recurrence not in set(Recurrence):
        raise Invalid("Pengulangan tidak dikenal.", recurrence="Pilih pengulangan dari daftar.")
    if wording.start_offset is not None and wording.start_offset > wording.due_offset:
        raise Invalid(
            "Butir berakhir sebelum mulai.", due_offset="Tenggat harus sama atau sesudah hari mulai."
        )
    item = db.session.scalar(select(Item).where(Item.code == code))
    if item is None:
        item = Item(code=code, sort=sort)
        db.session.add(item)
        db.session.flush()
    last = db.session.scalar(select(ItemVersion).where(ItemVersion.id == item.current_version_id))
    if last is not None and all(getattr(last, name) == getattr(wording, name) for name in CONTENT):
        return last
    version = ItemVersion(
        item_id=item.id,
        number=1 if last is None else last.number + 1,
        published_at=clock.now(),
        **{name: getattr(wording, name) for name in CONTENT},
    )
    db.session.add(version)
    db.session.flush()
    item.current_version_id, item.sort = version.id, sort
    audit.record(
        "library:item:publish",
        by=by,
        subject=("checklist_item", code),
        changes={
            name: [None if last is None else getattr(last, name), getattr(wording, name)]
            for name in CONTENT
            if last is None or getattr(last, name) != getattr(wording, name)
        },
    )
    return version


def window(version: ItemVersion, election: Election, stages: dict[str, Stage]) -> tuple[dt.date, dt.date]:
    """First and last day of an item: its own start, else its stage's, else its due day."""
    due = shifted(election.voting_day, version.due_offset)
    if version.start_offset is not None:
        return shifted(election.voting_day, version.start_offset), due
    stage = stages.get(version.stage)
    start = due if stage is None else shifted(election.voting_day, stage.start_offset)
    return min(start, due), due


def current_versions(codes: Sequence[str] = ()) -> list[ItemVersion]:
    """The wordings in force of all items that are not retired, in the library's order."""
    query = (
        select(ItemVersion)
        .join(Item, Item.current_version_id == ItemVersion.id)
        .where(Item.retired_at.is_(None))
        .order_by(Item.sort)
    )
    if codes:
        query = query.where(Item.code.in_(codes))
    return list(db.session.scalars(query))


def item_by_code(code: str) -> tuple[Item, ItemVersion]:
    """An item with its current wording; raises NotFound."""
    row = db.session.execute(
        select(Item, ItemVersion)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .where(Item.code == code)
    ).one_or_none()
    if row is None:
        raise NotFound(f"Butir {code} tidak ada dalam pustaka.")
    return row[0], row[1]


def codes_of(item_ids: Sequence[int]) -> dict[int, str]:
    """The codes of items by id."""
    rows = db.session.execute(select(Item.id, Item.code).where(Item.id.in_(item_ids)))
    return {row.id: row.code for row in rows}


def codes_and_titles() -> list[tuple[str, str]]:
    """Every item in force as (code, "code · title"), in the library's order: for selects."""
    query = (
        select(Item.code, ItemVersion.title)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .where(Item.retired_at.is_(None))
        .order_by(Item.sort)
    )
    return [(row.code, f"{row.code} · {row.title}") for row in db.session.execute(query)]
