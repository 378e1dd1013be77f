"""Tables of circulars and pledges."""

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.registers import Record
from app.extensions import Model


class Circular(Record, Model):
    """A letter or a pledge on neutrality that went to many."""

    __tablename__ = "circular"

    kind: Mapped[str] = mapped_column(String(20))
    letter_number: Mapped[str] = mapped_column(String(80))
    dated_on: Mapped[dt.date]
    about: Mapped[str] = mapped_column(Text)
    signed_by: Mapped[str] = mapped_column(String(120))
    recipients: Mapped[str] = mapped_column(String(400))
    recipient_count: Mapped[int | None]


class Acknowledgement(Record, Model):
    """A unit that has received a circular, or signed a pledge."""

    __tablename__ = "circular_acknowledgement"

    circular_id: Mapped[int | None] = mapped_column(ForeignKey("circular.id"))
    unit: Mapped[str] = mapped_column(String(160))
    received_on: Mapped[dt.date]
    people: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(200))
