"""The e-KTP drive (F84): how far enrolment stands, certificates, and where people were served. Counts only."""

from app.domain.identity_cards.facts import facts
from app.domain.identity_cards.models import Certificate, Enrolment, Service
from app.domain.identity_cards.queries import (
    Served,
    Standing,
    certificates,
    held,
    newest,
    remaining,
    series,
    share,
    together,
)
from app.domain.identity_cards.registers import CERTIFICATES, ENROLMENTS, REGISTERS, SERVICES
from app.domain.identity_cards.words import HELD, KINDS, PLANNED
from app.domain.pace import Burn, Point, burn

__all__ = [
    "CERTIFICATES",
    "ENROLMENTS",
    "HELD",
    "KINDS",
    "PLANNED",
    "REGISTERS",
    "SERVICES",
    "Burn",
    "Certificate",
    "Enrolment",
    "Point",
    "Served",
    "Service",
    "Standing",
    "burn",
    "certificates",
    "facts",
    "held",
    "newest",
    "remaining",
    "series",
    "share",
    "together",
]
