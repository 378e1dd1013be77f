"""Events: the entry of a per-event item for something that happened."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy import func, select

from app.domain import audit
from app.domain.accounts import Permission, Person
from app.domain.checklists import progress
from app.domain.checklists.deeds import TABLE
from app.domain.checklists.gaps import NEW_ENTRY
from app.domain.checklists.judging import FARTHEST
from app.domain.checklists.library import item_by_code, window
from app.domain.checklists.rows import SUBJECT
from app.domain.checklists.rules import (
    EVENT,
    Recurrence,
    Standing,
)
from app.domain.errors import Invalid
from app.domain.regions import Region
from app.domain.stages import Election, stages_of
from app.extensions import db
from app.statements import inserting
from app.words import tanggal_pendek


def open_event(
    election: Election, code: str, region_code: str, *, by: Person, title: str, due_on: dt.date | None = None
) -> int:
    """Make the entry of a per-event item for something that happened, and return its id.

    Refuses (Invalid) an item that is not per event or was retired, an empty title, a level the item is not
    for, and a deadline before the item opens or far after it.
    """
    item, version = item_by_code(code)
    if item.retired_at is not None:
        raise Invalid("Butir ini sudah dipensiunkan.", code="Pilih butir yang masih dipakai.")
    if Recurrence(version.recurrence) is not Recurrence.PER_EVENT:
        raise Invalid("Butir ini tidak dicatat per kejadian.", code="Pilih butir per kejadian.")
    mandate = by.mandate_for(
        Permission.CHECKLIST_FILL, region=region_code, area=version.area, unit=version.unit_id
    )
    if not title.strip() or len(title) > 160:
        raise Invalid("Sebutkan kejadiannya.", title="Isi 1 sampai 160 tanda, tanpa nama orang.")
    level = db.session.scalar(select(Region.level).where(Region.code == region_code))
    if level not in version.levels.split():
        raise Invalid(
            "Butir ini bukan untuk tingkat wilayah itu.", region="Pilih wilayah pada tingkat yang tepat."
        )
    opens_on, last_day = window(version, election, {stage.code: stage for stage in stages_of(election)})
    if due_on is not None and not opens_on <= due_on <= opens_on + FARTHEST:
        raise Invalid(
            "Tenggat itu di luar masa butir ini.",
            due_on=f"Pilih hari sejak {tanggal_pendek(opens_on)}, paling lama dua tahun sesudahnya.",
        )
    blank: dict[str, Any] = dict.fromkeys(NEW_ENTRY, "")
    values = blank | {
        "election_id": election.id,
        "item_id": item.id,
        "version_id": version.id,
        "region_code": region_code,
        "level": level,
        "area": version.area,
        "stage": version.stage,
        "unit_id": version.unit_id,
        "event_title": title.strip(),
        "opens_on": opens_on,
        "due_on": due_on or last_day,
        "standing": Standing.NOT_STARTED.value,
        "evidence_count": 0,
        "version": 1,
    }
    entry_id = _insert_event(values)
    made = _Key(election.id, region_code, version.area, version.stage, opens_on, values["due_on"])
    progress.move(made, None, Standing.NOT_STARTED)
    audit.record(
        "checklist:entry:open_event",
        by=by,
        subject=(SUBJECT, entry_id),
        region=region_code,
        changes={"event_title": [None, title.strip()]},
        office=mandate.text,
    )
    return entry_id


def _insert_event(values: dict[str, Any]) -> int:
    """Add an event under the next free number; two who add one at the same moment get two numbers."""
    same = [TABLE.c[name] == values[name] for name in ("election_id", "item_id", "region_code")]
    number = db.session.scalar(select(func.count()).where(*same, TABLE.c.period.startswith(EVENT))) or 0
    adding = (
        inserting(TABLE)
        .on_conflict_do_nothing(index_elements=["election_id", "item_id", "region_code", "period"])
        .returning(TABLE.c.id)
    )
    while True:
        number += 1
        made = db.session.scalar(adding, values | {"period": f"{EVENT}{number:03d}"})
        if made is not None:
            return int(made)


class _Key(NamedTuple):
    election_id: int
    region_code: str
    area: str
    stage: str
    opens_on: dt.date
    due_on: dt.date
