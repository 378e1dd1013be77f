"""Tables of the regions room."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, RegionCode


class Region(Model):
    """A province, kabupaten/kota, kecamatan or kelurahan/desa by its Kemendagri code."""

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(RegionCode, primary_key=True)
    parent_code: Mapped[str | None] = mapped_column(RegionCode, ForeignKey("region.code"), index=True)
    level: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    """provinsi, kabupaten, kota, kecamatan, kelurahan, desa, desa adat."""
    local_term: Mapped[str | None] = mapped_column(String(30))
    """What people here call it, for instance "kampung"."""
    source_version: Mapped[str] = mapped_column(String(60))
    retired_on: Mapped[dt.date | None]
    """A region that no longer exists keeps its past and gets no new entries."""


class PollingStation(Model):
    """A TPS that somebody entered; a special one says who hosts it.

    Counts without a list are reference figures.
    """

    __tablename__ = "polling_station"
    __table_args__ = (
        CheckConstraint("voters IS NULL OR voters >= 0", name="voters_not_negative"),
        UniqueConstraint("region_code", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"))
    number: Mapped[str] = mapped_column(String(20))
    host_kind: Mapped[str | None] = mapped_column(String(30))
    """None for an ordinary TPS; lapas, perusahaan, rumah_sakit, kampus, pesantren, lainnya for a special one.
    """
    host_name: Mapped[str | None] = mapped_column(String(120))
    voters: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(300))


class Figure(Model):
    """A reference figure of one region, as one source gave it. Never changed: a newer row takes its place.

    `value` None means that the source says it is unknown; zero means zero.
    """

    __tablename__ = "reference_figure"
    __table_args__ = (Index("ix_reference_figure_lookup", "region_code", "kind", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"))
    kind: Mapped[str] = mapped_column(String(40))
    value: Mapped[Decimal | None] = mapped_column(Numeric(18, 3))
    source: Mapped[str] = mapped_column(String(400))
    document: Mapped[str] = mapped_column(String(200), default="")
    dated_on: Mapped[dt.date | None]
    note: Mapped[str] = mapped_column(String(300), default="")
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[str] = mapped_column(String(80))


class FigureChoice(Model):
    """Which of several sources counts for one figure, as somebody said with a reason. The latest one holds."""

    __tablename__ = "figure_choice"
    __table_args__ = (Index("ix_figure_choice_lookup", "region_code", "kind", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"))
    kind: Mapped[str] = mapped_column(String(40))
    figure_id: Mapped[int] = mapped_column(ForeignKey("reference_figure.id"))
    """A statement of the source that was chosen; what that source says later counts too."""
    seen_id: Mapped[int]
    """The newest version of this figure at that moment: who speaks later has not been weighed."""
    reason: Mapped[str] = mapped_column(String(400))
    chosen_at: Mapped[dt.datetime]
    chosen_by: Mapped[str] = mapped_column(String(120))
