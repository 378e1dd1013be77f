"""The table of voting day: stations and people are counts, and no vote is counted."""

import datetime as dt

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.registers import Record
from app.extensions import Model


class PollingCount(Record, Model):
    """How far voting is in a region at one hour; every figure counts from the morning on, None is not known."""

    __tablename__ = "polling_count"

    counted_on: Mapped[dt.date]
    counted_at: Mapped[str] = mapped_column(String(5))
    """On the clocks of the region, 08.00."""
    stations: Mapped[int | None]
    """How many there are, where it is not the reference figure."""
    opened: Mapped[int | None]
    late: Mapped[int | None]
    """Of the opened, those that opened after the hour that is set."""
    halted: Mapped[int | None]
    """Where voting could not begin or had to stop: it will be held or continued on another day."""
    closed: Mapped[int | None]
    """Where voting is over."""
    counted: Mapped[int | None]
    """Where the votes are counted."""
    voters: Mapped[int | None]
    """Who has come so far."""
    cause: Mapped[str] = mapped_column(String(300))
    """Why some are late or halted."""
    source: Mapped[str] = mapped_column(String(300))
    fall_reason: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(Text)
