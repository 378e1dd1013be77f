"""Tables of the stages room: elections, their races, stages, the moves of a stage in one region, and the days
on which offices are closed.
"""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, RegionCode, unique_where


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
    calendar_version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    """Raised by every change of voting day, stages or moves; one made on an older calendar came too late."""


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
    """A stage that runs on other dates in one region and below, with the reason (a court's revote, for instance).

    One that was withdrawn or replaced stays here, with when, by whom and why.
    """

    __tablename__ = "stage_override"
    __table_args__ = (CheckConstraint("starts_on <= ends_on", name="ordered"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    stage_code: Mapped[str] = mapped_column(String(20))
    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"))
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    runs_again: Mapped[bool] = mapped_column(default=False)
    """The stage was run there, and runs once more (a revote): what it asks for is asked again. Else it runs on other
    days, and what it asks for goes along, however late (a vote that was postponed).
    """
    reason: Mapped[str] = mapped_column(String(400))
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[dt.datetime]
    document: Mapped[str] = mapped_column(String(160), default="", server_default=text("''"))
    """What it rests on: the number of the court's decision or of the KPU's."""
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_by: Mapped[str] = mapped_column(String(120), default="", server_default=text("''"))
    withdrawn_reason: Mapped[str] = mapped_column(String(400), default="", server_default=text("''"))


class Holiday(Model):
    """A day on which offices are closed: everywhere (no region), or in one region and below.

    One that was taken off the list stays here and counts no more.
    """

    __tablename__ = "holiday"
    __table_args__ = (
        CheckConstraint("kind IN ('nasional', 'cuti_bersama', 'daerah')", name="known_kind"),
        CheckConstraint("(kind = 'daerah') = (region_code <> '')", name="regional_has_region"),
        unique_where("removed_at IS NULL", "uq_holiday_day_region_code", "day", "region_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[dt.date]
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(12))
    region_code: Mapped[str] = mapped_column(RegionCode, default="")
    source: Mapped[str] = mapped_column(String(300))
    version: Mapped[int] = mapped_column(default=1)
    removed_at: Mapped[dt.datetime | None]
