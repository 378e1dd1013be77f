"""Tables of incidents, obstacles, and what desks say of their situation."""

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.registers import Record
from app.extensions import Model


class Incident(Record, Model):
    """Something that happened and that a desk must know of: an incident or an alleged violation."""

    __tablename__ = "incident"

    category: Mapped[str] = mapped_column(String(20))
    severity: Mapped[str] = mapped_column(String(10))
    happened_on: Mapped[dt.date]
    happened_at: Mapped[str] = mapped_column(String(5))
    place: Mapped[str] = mapped_column(String(160))
    actor: Mapped[str] = mapped_column(String(20))
    pair_number: Mapped[int | None]
    """Of the candidate pair: its number is all that is kept of it."""
    source: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(Text)
    handling: Mapped[str] = mapped_column(Text)
    victims: Mapped[int | None]
    legal_basis: Mapped[str] = mapped_column(String(200))
    is_restricted: Mapped[bool]
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), index=True)
    """The record that tells of the same incident. It holds while this one is out of the count since `duplicate_at`."""
    duplicate_at: Mapped[dt.datetime | None]


class Obstacle(Record, Model):
    """What stands in the way of the election somewhere, and who takes it away."""

    __tablename__ = "obstacle"

    area: Mapped[str] = mapped_column(String(3))
    what: Mapped[str] = mapped_column(Text)
    since: Mapped[dt.date]
    owner: Mapped[str] = mapped_column(String(160))
    solution: Mapped[str] = mapped_column(Text)
    due_on: Mapped[dt.date | None]
    source: Mapped[str] = mapped_column(String(200))


class Situation(Record, Model):
    """What a desk says of its region on one day; "nothing happened" is said here, never inferred from silence."""

    __tablename__ = "situation"

    dated_on: Mapped[dt.date]
    status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    incidents: Mapped[str] = mapped_column(String(10))
    obstacles: Mapped[str] = mapped_column(String(10))
    campaign: Mapped[str] = mapped_column(String(10))
    account: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(200))
