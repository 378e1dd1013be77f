"""Tables of security: who is there to protect, which polling stations need it, what is published, what may happen."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.registers import Record
from app.extensions import Model


class Personnel(Record, Model):
    """How many people of one institution stood ready in a region on one day, per class of polling station or of all."""

    __tablename__ = "security_personnel"

    institution: Mapped[str] = mapped_column(String(20))
    station_class: Mapped[str] = mapped_column(String(20))
    dated_on: Mapped[dt.date]
    people: Mapped[int]
    source: Mapped[str] = mapped_column(String(200))


class StationClass(Record, Model):
    """How many polling stations of a region are of each class, on one day."""

    __tablename__ = "station_class"

    dated_on: Mapped[dt.date]
    total: Mapped[int | None]
    safe: Mapped[int | None]
    vulnerable: Mapped[int | None]
    very_vulnerable: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(200))


class Vulnerability(Record, Model):
    """What one published measurement says of a region; the measurements are never added up or compared."""

    __tablename__ = "vulnerability"

    dataset: Mapped[str] = mapped_column(String(20))
    score: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    level: Mapped[str] = mapped_column(String(10))
    place: Mapped[str] = mapped_column(String(120))
    """Its rank in the words of the publication."""
    published_on: Mapped[dt.date]
    source: Mapped[str] = mapped_column(String(300))


class VulnerableStations(Record, Model):
    """How many polling stations of a region show one indicator of Bawaslu's mapping."""

    __tablename__ = "vulnerable_stations"

    indicator: Mapped[str] = mapped_column(String(3))
    stations: Mapped[int | None]
    published_on: Mapped[dt.date]
    source: Mapped[str] = mapped_column(String(300))


class Risk(Record, Model):
    """What may happen: a possibility, not a condition, with what is done against it."""

    __tablename__ = "risk"

    what: Mapped[str] = mapped_column(Text)
    dimension: Mapped[str] = mapped_column(String(20))
    likelihood: Mapped[str] = mapped_column(String(10))
    impact: Mapped[str] = mapped_column(String(10))
    mitigation: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(160))
    review_on: Mapped[dt.date | None]
    source: Mapped[str] = mapped_column(String(200))
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), index=True)
    """The incident that it became."""
