"""The library: items (butir) and their wordings, and the window in which an item is worked on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import or_, select

from app.domain import audit, clock
from app.domain.checklists.conditions import Condition, token
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
    last = db.session.get(ItemVersion, item.current_version_id or 0)
    if last is not None and wording_of(last) == wording:
        return last
    version = add_version(item, last, wording, by=by)
    item.sort = sort
    if wording.condition or (last is not None and last.condition):
        relink()
    audit.record(
        "library:item:publish",
        by=by,
        subject=("checklist_item", code),
        changes=changes_between(None if last is None else wording_of(last), wording),
    )
    return version


def add_version(
    item: Item, last: ItemVersion | None, wording: Wording, *, by: audit.Actor | None
) -> ItemVersion:
    """Put a wording in force; whoever calls it looks after conditions, entries and the trail."""
    version = ItemVersion(
        item_id=item.id,
        number=1 if last is None else last.number + 1,
        published_at=clock.now(),
        published_by="Sistem" if by is None else by.name,
        **asdict(wording),
    )
    db.session.add(version)
    db.session.flush()
    item.current_version_id = version.id
    return version


def wording_of(version: ItemVersion) -> Wording:
    """What a version says."""
    return Wording(**{name: getattr(version, name) for name in CONTENT})


def changes_between(old: Wording | None, new: Wording) -> dict[str, list[Any]]:
    """Field -> [old, new] of what differs; all of it for an item that is new."""
    return {
        name: [None if old is None else getattr(old, name), getattr(new, name)]
        for name in CONTENT
        if old is None or getattr(old, name) != getattr(new, name)
    }


def relink() -> None:
    """Tell every item which wordings in force wait for an answer to it (`Item.dependents`)."""
    query = (
        select(Item.code, ItemVersion.id, ItemVersion.condition)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .where(Item.retired_at.is_(None), ItemVersion.condition != "")
        .order_by(ItemVersion.id)
    )
    waiting: dict[str, list[str]] = {}
    for row in db.session.execute(query):
        condition = Condition.read(row.condition)
        if condition is not None:
            waiting.setdefault(condition.code, []).append(token(row.id, condition))
    for item in db.session.scalars(select(Item).where(or_(Item.dependents != "", Item.code.in_(waiting)))):
        item.dependents = " ".join(waiting.get(item.code, []))
    db.session.flush()


def window(version: ItemVersion, election: Election, stages: dict[str, Stage]) -> tuple[dt.date, dt.date]:
    """First and last day of an item: its own start, else its stage's, else its due day."""
    due = shifted(election.voting_day, version.due_offset)
    if version.start_offset is not None:
        return shifted(election.voting_day, version.start_offset), due
    stage = stages.get(version.stage)
    start = due if stage is None else shifted(election.voting_day, stage.start_offset)
    return min(start, due), due


def record_library_export(election: Election, *, by: audit.Actor) -> None:
    """Note that the whole library went out as a sheet (F125)."""
    audit.record("library:item:export", by=by, subject=("election", election.id))


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
