"""Tables of the situation room."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, RegionCode


class Threshold(Model):
    """From how many percent an area of work counts as ready, or as nearly so, at one desk and below it."""

    __tablename__ = "situation_threshold"
    __table_args__ = (CheckConstraint("0 < watch AND watch <= ready AND ready <= 100", name="in_order"),)

    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"), primary_key=True)
    area: Mapped[str] = mapped_column(String(8), primary_key=True)
    watch: Mapped[int]
    ready: Mapped[int]
    version: Mapped[int]
    set_at: Mapped[dt.datetime]
    set_by_name: Mapped[str] = mapped_column(String(120))
