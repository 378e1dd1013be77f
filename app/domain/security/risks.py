"""A risk that came true: it is tied to the incident that it became."""

from __future__ import annotations

from sqlalchemy import select

from app.domain.accounts import Person
from app.domain.errors import Invalid
from app.domain.incidents import INCIDENTS, Incident
from app.domain.regions import contains, kabkota_of, subtree
from app.domain.registers import RecordRow, StepSaid, counting, find, rows_of, step, visible
from app.domain.security.models import Risk
from app.domain.security.rules import RiskVerb
from app.extensions import db

OFFERED = 50


def incidents_to_choose(row: RecordRow, person: Person) -> list[RecordRow]:
    """The newest incidents of the risk's kabupaten/kota or province that the person may read."""
    query = (
        select(Incident)
        .where(
            visible(INCIDENTS, person),
            counting(Incident),
            subtree(Incident.region_code, kabkota_of(row.region_code)),
        )
        .order_by(Incident.happened_on.desc(), Incident.id.desc())
        .limit(OFFERED)
    )
    return rows_of(INCIDENTS, list(db.session.scalars(query)))


def came_true(row: RecordRow, incident_id: int, said: StepSaid, *, by: Person, version: int) -> str:
    """Take the step that says a risk came true, and tie it to its incident; returns the state.

    Refuses an incident out of reach (NotFound), one of another region or that does not count (Invalid, at
    "incident"); and as `registers.step` does.
    """
    incident = find(INCIDENTS, incident_id, by)
    here, there = row.region_code, incident.region_code
    if kabkota_of(here) != kabkota_of(there) and not (contains(here, there) or contains(there, here)):
        sentence = (
            f"Kejadian {incident.number} terjadi di {incident.region_name}, di luar wilayah risiko ini."
        )
        raise Invalid(sentence, incident=sentence)
    if incident.is_withdrawn:
        sentence = f"Kejadian {incident.number} sudah dibatalkan. Pilih kejadian yang masih dihitung."
        raise Invalid(sentence, incident=sentence)
    stands = step(row, RiskVerb.COME_TRUE, said, by=by, version=version)
    db.session.get_one(Risk, row.id).incident_id = incident.id
    db.session.flush()
    return stands
