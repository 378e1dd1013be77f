"""What all rooms tell reports and the situation room of a region."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain import (
    circulars,
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


def facts_of(codes: Sequence[str]) -> list[Fact]:
    """Every figure of these subtrees, room by room. A few statements for each room, whatever the number of records."""
    return [fact for room in ROOMS for fact in room(codes)]
