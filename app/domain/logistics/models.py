"""Tables of logistics. A number, day or hour that is not known is empty, never zero."""

import datetime as dt

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.registers import Record
from app.extensions import Model, unique_where


class LogisticsStock(Record, Model):
    """What a region has of one kind."""

    __tablename__ = "logistics_stock"

    goods: Mapped[str] = mapped_column(String(30))
    received: Mapped[int | None]
    good: Mapped[int | None]
    damaged: Mapped[int | None]
    short: Mapped[int | None]
    replaced: Mapped[int | None]
    need_said: Mapped[int | None]
    """What KPU says is needed, where the rule of the kind cannot tell, or tells something else."""
    counted_on: Mapped[dt.date | None]
    note: Mapped[str] = mapped_column(String(300))


class LogisticsMovement(Record, Model):
    """One way of goods from one place to the next; its region is where they go."""

    __tablename__ = "logistics_movement"

    leg: Mapped[str] = mapped_column(String(20))
    origin: Mapped[str] = mapped_column(String(160))
    destination: Mapped[str] = mapped_column(String(160))
    cargo: Mapped[str] = mapped_column(Text)
    left_on: Mapped[dt.date | None]
    left_at: Mapped[str] = mapped_column(String(5))
    arrived_on: Mapped[dt.date | None]
    arrived_at: Mapped[str] = mapped_column(String(5))
    transport: Mapped[str] = mapped_column(String(20))
    escort: Mapped[str] = mapped_column(String(160))
    handover_paper: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(String(300))


class LogisticsOversight(Record, Model):
    """One look at printing, sorting, folding, packing or destroying."""

    __tablename__ = "logistics_oversight"

    activity: Mapped[str] = mapped_column(String(20))
    goods: Mapped[str] = mapped_column(String(30))
    place: Mapped[str] = mapped_column(String(160))
    seen_on: Mapped[dt.date]
    checked_count: Mapped[int | None]
    faulty_count: Mapped[int | None]
    findings: Mapped[str] = mapped_column(Text)


class LogisticsProblem(Record, Model):
    """Something that is short, broken, late or in the wrong place."""

    __tablename__ = "logistics_problem"

    problem: Mapped[str] = mapped_column(String(20))
    goods: Mapped[str] = mapped_column(String(30))
    about: Mapped[str] = mapped_column(Text)
    missing_count: Mapped[int | None]
    station: Mapped[str] = mapped_column(String(20))
    known_on: Mapped[dt.date]
    owner: Mapped[str] = mapped_column(String(120))
    due_on: Mapped[dt.date | None]


class LogisticsReadiness(Record, Model):
    """What a kabupaten/kota says of its logistics as a whole."""

    __tablename__ = "logistics_readiness"

    readiness: Mapped[str] = mapped_column(String(20))
    complete_on: Mapped[dt.date | None]
    adequacy: Mapped[str] = mapped_column(String(20))
    told_on: Mapped[dt.date]
    source: Mapped[str] = mapped_column(String(300))


class LogisticsTarget(Record, Model):
    """The day by which logistics are to be at a level."""

    __tablename__ = "logistics_target"

    reach: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[dt.date]
    source: Mapped[str] = mapped_column(String(300))


class LogisticsSupport(Record, Model):
    """What the government gives to bring goods to places that are far."""

    __tablename__ = "logistics_support"

    support: Mapped[str] = mapped_column(String(20))
    receiver: Mapped[str] = mapped_column(String(120))
    places: Mapped[str] = mapped_column(String(300))
    given_on: Mapped[dt.date | None]
    units_given: Mapped[int | None]
    about: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(300))


class LogisticsArrival(Record, Model):
    """How far logistics have come to one kecamatan, kelurahan/desa or TPS (`station`, empty for the region itself)."""

    __tablename__ = "logistics_arrival"
    __table_args__ = (
        unique_where(
            "withdrawn_at IS NULL", "uq_logistics_arrival_place", "election_id", "region_code", "station"
        ),
    )
    # Two people may click the same place first: the database lets only one of them record it.

    station: Mapped[str] = mapped_column(String(20))
    special: Mapped[bool]
    stand: Mapped[str] = mapped_column(String(10))
    due_on: Mapped[dt.date | None]
    arrived_on: Mapped[dt.date | None]
    arrived_at: Mapped[str] = mapped_column(String(5))
    returned_on: Mapped[dt.date | None]
    voters: Mapped[int | None]
    remote: Mapped[bool]
    note: Mapped[str] = mapped_column(String(300))
