"""Tables of government support: grants with their tranches, staff, rooms, health checks and transport lent."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.registers import Record
from app.extensions import Model


class GrantAgreement(Record, Model):
    """A naskah perjanjian hibah daerah: what a region grants to one recipient for its election."""

    __tablename__ = "grant_agreement"

    institution: Mapped[str] = mapped_column(String(20))
    recipient: Mapped[str] = mapped_column(String(160))
    letter_number: Mapped[str] = mapped_column(String(80))
    signed_on: Mapped[dt.date | None]
    total: Mapped[int | None] = mapped_column(BigInteger)
    """Rupiah."""
    source: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(String(400))


class GrantTranche(Record, Model):
    """A part of a grant: what is due by when, and what was transferred."""

    __tablename__ = "grant_tranche"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("grant_agreement.id"), index=True)
    ordinal: Mapped[int]
    due_on: Mapped[dt.date | None]
    amount: Mapped[int | None] = mapped_column(BigInteger)
    transferred: Mapped[int | None] = mapped_column(BigInteger)
    transferred_on: Mapped[dt.date | None]
    source: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(String(400))


class Measured(Record):
    """The columns of support that has a target: how many are wanted, how many there are, as of a day."""

    target: Mapped[int | None]
    real: Mapped[int | None]
    counted_on: Mapped[dt.date | None]
    source: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(String(400))


class SecondedStaff(Measured, Model):
    """Civil servants that the government lends to the secretariat of an organiser."""

    __tablename__ = "seconded_staff"

    body: Mapped[str] = mapped_column(String(30))
    letter_number: Mapped[str] = mapped_column(String(80))


class AdHocStaff(Measured, Model):
    """Members of an ad hoc body of the election."""

    __tablename__ = "ad_hoc_staff"

    body: Mapped[str] = mapped_column(String(30))


class LentRoom(Measured, Model):
    """Rooms and offices that the government lends to a body."""

    __tablename__ = "lent_room"

    body: Mapped[str] = mapped_column(String(30))
    place: Mapped[str] = mapped_column(String(200))


class HealthCheck(Measured, Model):
    """Health checks for those who will serve in a body."""

    __tablename__ = "health_check"

    body: Mapped[str] = mapped_column(String(30))
    place: Mapped[str] = mapped_column(String(200))


class LentTransport(Measured, Model):
    """Vehicles and boats that the government lends, and for what."""

    __tablename__ = "lent_transport"

    kind: Mapped[str] = mapped_column(String(20))
    purpose: Mapped[str] = mapped_column(String(200))
