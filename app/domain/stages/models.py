"""Tables of the stages room: elections, their races, stages and the
moves of a stage or a deadline in one region.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, RegionCode


class Election(Model):
    """One voting day with its races. Several can be kept; one is the current one."""

    __tablename__ = "election"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    voting_day: Mapped[dt.date]
    is_current: Mapped[bool] = mapped_column(default=False)
    in_use_from: Mapped[dt.date]
    """The day the desk began to record here. What was due before is asked for, but never counted as late."""


class Race(Model):
    """One office to be filled in one region: gub, bup or wali."""

    __tablename__ = "race"
    __table_args__ = (UniqueConstraint("election_id", "kind", "region_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    kind: Mapped[str] = mapped_column(String(4))
    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"))


class Stage(Model):
    """A stage of the desk's own linear calendar, as days from voting day (H-3 is -3)."""

    __tablename__ = "stage"
    __table_args__ = (
        UniqueConstraint("election_id", "code"),
        CheckConstraint("start_offset <= end_offset", name="ordered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    start_offset: Mapped[int]
    end_offset: Mapped[int]
    sort: Mapped[int]


class StageStep(Model):
    """An official step of the national calendar (PKPU 2/2024), shown beside the stages with its source."""

    __tablename__ = "stage_step"
    __table_args__ = (UniqueConstraint("election_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    code: Mapped[str] = mapped_column(String(10))
    stage_code: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    start_offset: Mapped[int | None]
    end_offset: Mapped[int | None]
    legal_basis: Mapped[str] = mapped_column(String(160))
    source: Mapped[str] = mapped_column(Text)


class StageOverride(Model):
    """A stage that runs on other dates in one region and below, with
    the reason (a court's revote, for instance).
    """

    __tablename__ = "stage_override"
    __table_args__ = (CheckConstraint("starts_on <= ends_on", name="ordered"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    stage_code: Mapped[str] = mapped_column(String(20))
    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"))
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    reason: Mapped[str] = mapped_column(String(400))
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[dt.datetime]
