"""What all rooms tell reports and the situation room of a region."""

from __future__ import annotations

import datetime as dt
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

from app.domain import (
    audit,
    circulars,
    clock,
    identity_cards,
    incidents,
    logistics,
    meetings,
    neutrality,
    outreach,
    polling,
    security,
    support,
)
from app.domain.once import asked_once
from app.domain.regions import zone_of
from app.domain.registers import Fact
from app.extensions import db

Key = tuple[str, str, dt.date]
"""Database, region, day."""
Kept = tuple[float, audit.Head, tuple[Fact, ...]]
"""When it was put together, up to which link of the trail it holds, and what was told."""

ROOMS: tuple[Callable[[Sequence[str]], list[Fact]], ...] = (
    logistics.facts,
    neutrality.facts,
    circulars.facts,
    identity_cards.facts,
    outreach.facts,
    incidents.facts,
    security.facts,
    support.facts,
    meetings.facts,
    polling.facts,
)
"""One door of each room, in the order of the areas of work."""


MOST_KEPT = 64
"""Regions whose figures one process remembers."""
OLDEST = 60.0
"""Seconds: what is loaded from the command line without a deed is seen after that at the latest."""
QUIET = ("checklist:entry:", "account:", "evidence:", "job:", "paper:", "report:")
"""How deeds begin on the trail that move no figure of a register; most of an evening's are ticks of the checklist."""
_kept: OrderedDict[Key, Kept] = OrderedDict()


def facts_of(region: str) -> tuple[Fact, ...]:
    """Every figure of a region and all below it, room by room. A few statements for each room, whatever the number of
    records.

    Asked again on the same day, while nobody has done there what could move one, it costs one statement, or the two
    that find this out: a wall of screens asks all day long.
    """
    key, head = (str(db.engine.url), region, clock.today(zone_of(region))), audit.head()
    kept = _kept.get(key)
    if kept is not None and time.monotonic() - kept[0] < OLDEST and _still_holds(kept[1], head, region):
        _kept[key] = (kept[0], head, kept[2])
        return kept[2]
    with asked_once():
        facts = tuple(fact for room in ROOMS for fact in room([region]))
    _kept[key] = (time.monotonic(), head, facts)
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return facts


def forget() -> None:
    """Let the next question be asked anew: for measuring what that costs."""
    _kept.clear()


def _still_holds(kept: audit.Head, head: audit.Head, region: str) -> bool:
    return kept == head or (kept[0] < head[0] and audit.is_quiet_since(kept, QUIET, region))
