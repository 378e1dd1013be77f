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
    security,
    support,
)
from app.domain.registers import Fact
from app.extensions import db

Key = tuple[str, tuple[str, ...], tuple[int, str], dt.date]

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
)
"""One door of each room, in the order of the areas of work."""


MOST_KEPT = 64
"""Regions whose figures one process remembers."""
OLDEST = 60.0
"""Seconds: what is loaded from the command line without a deed is seen after that at the latest."""
_kept: OrderedDict[Key, tuple[float, tuple[Fact, ...]]] = OrderedDict()


def facts_of(codes: Sequence[str]) -> tuple[Fact, ...]:
    """Every figure of these subtrees, room by room. A few statements for each room, whatever the number of records.

    Asked again while nobody has done anything (the trail's head is the same, and it is the same day), it costs the one
    statement that finds this out: a wall of screens asks all day long.
    """
    key = (str(db.engine.url), tuple(codes), audit.head(), clock.now().date())
    kept = _kept.get(key)
    if kept is not None and time.monotonic() - kept[0] < OLDEST:
        return kept[1]
    facts = tuple(fact for room in ROOMS for fact in room(codes))
    _kept[key] = (time.monotonic(), facts)
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return facts
