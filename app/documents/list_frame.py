"""What a list on paper says of itself, whatever it lists: whose paper, which places and filters, who made it, when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from app.documents import office
from app.documents.snapshot import AuditHead, Letterhead
from app.domain import audit, clock, regions, stages
from app.domain.accounts import Person


class ListFrame(NamedTuple):
    """The parts of a RegisterList that do not depend on its lines."""

    region_name: str
    region_code: str
    places: str
    election_name: str
    desk_name: str
    letterhead: Letterhead
    filters: tuple[str, ...]
    audit_head: AuditHead
    made_by: str
    made_at: dt.datetime
    zone: str
    paper: str
    simulated: bool


def frame_of(region: str, covered: Sequence[str], filters: tuple[str, ...], *, by: Person) -> ListFrame:
    """On the paper of this region's desk, of the lines of `covered` subtrees, made now by this person."""
    path = regions.path_of(region)
    stationery = office.stationery_of(path)
    zone = regions.zone_of(region)
    return ListFrame(
        region_name=path[-1].title,
        region_code=region,
        places=", ".join(f"{regions.find(code).title} ({code})" for code in covered),
        election_name=stages.current_election().name,
        desk_name=office.desk_name(path[-1]),
        letterhead=stationery.letterhead,
        filters=filters,
        audit_head=AuditHead(*audit.head()),
        made_by=by.name,
        made_at=clock.local(clock.now(), zone),
        zone=clock.abbreviation(zone),
        paper=stationery.paper,
        simulated=clock.is_simulated(),
    )
