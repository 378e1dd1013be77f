"""When an area of work is called ready: in percent, set by a desk for itself and those below it."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.domain import audit, clock
from app.domain.accounts import Permission, Person
from app.domain.checklists import AREAS
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.regions import ancestors
from app.domain.situation.models import Threshold
from app.extensions import db

READY, WATCH = 90, 60
"""Our own proposal, for nobody states a figure; every desk may set its own."""
SUBJECT = "situation_threshold"


class Limit(NamedTuple):
    """The thresholds of one area as they hold in a region; `region` is whose they are, empty for the default.

    `version` is that of the region's own, 0 where it has none.
    """

    area: str
    watch: int = WATCH
    ready: int = READY
    region: str = ""
    version: int = 0
    set_by_name: str = ""
    set_at: dt.datetime | None = None


def limits_of(region: str) -> dict[str, Limit]:
    """Area -> what holds in the region: its own, else those of the nearest desk above it. One statement."""
    query = (
        select(Threshold)
        .where(Threshold.region_code.in_(ancestors(region)))
        .order_by(func.length(Threshold.region_code))
        .execution_options(populate_existing=True)
    )
    found = {area: Limit(area) for area in AREAS}
    for row in db.session.scalars(query):
        own = row.version if row.region_code == region else 0
        found[row.area] = Limit(
            row.area, row.watch, row.ready, row.region_code, own, row.set_by_name, row.set_at
        )
    return found


def set_limit(region: str, area: str, *, watch: int, ready: int, by: Person, version: int) -> None:
    """Set the thresholds of an area for a region and all below that have none of their own.

    Refuses who does not manage the calendar there (NotAllowed), an unknown area (NotFound), percents that are none or
    stand in the wrong order (Invalid), and (NotNow) when somebody else was quicker.
    """
    by.require(Permission.CALENDAR_MANAGE, region=region)
    if area not in AREAS:
        raise NotFound("Bidang tugas itu tidak ada.")
    _check(watch, ready)
    before = limits_of(region)[area]
    said: dict[str, Any] = {"watch": watch, "ready": ready, "set_at": clock.now(), "set_by_name": by.name}
    done = _first(region, area, said) if version == 0 else _next(region, area, said, version)
    if not done:
        raise NotNow("Ambang ini baru saja diubah orang lain. Muat ulang untuk melihat yang terbaru.")
    audit.record(
        "situation:threshold:set",
        by=by,
        subject=(SUBJECT, area),
        region=region,
        changes={"watch": [before.watch, watch], "ready": [before.ready, ready]},
    )


def _check(watch: int, ready: int) -> None:
    for value, field in ((watch, "watch"), (ready, "ready")):
        if not 1 <= value <= 100:
            sentence = "Isi 1 sampai 100 persen."
            raise Invalid(sentence, **{field: sentence})
    if watch > ready:
        sentence = "Ambang «hampir siap» tidak boleh di atas ambang «siap»."
        raise Invalid(sentence, watch=sentence)


def _first(region: str, area: str, said: dict[str, Any]) -> bool:
    try:
        with db.session.begin_nested():
            db.session.execute(insert(Threshold).values(region_code=region, area=area, version=1, **said))
    except IntegrityError:
        return False
    return True


def _next(region: str, area: str, said: dict[str, Any], version: int) -> bool:
    here = (Threshold.region_code == region, Threshold.area == area, Threshold.version == version)
    done = db.session.execute(update(Threshold).where(*here).values(version=version + 1, **said))
    return bool(done.rowcount)  # type: ignore[attr-defined]
