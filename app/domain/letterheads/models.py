"""Tables of the letterheads room."""

import datetime as dt

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, RegionCode, unique_where

DRAFT = "published_at IS NULL AND ended_at IS NULL"
IN_FORCE = "published_at IS NOT NULL AND ended_at IS NULL"


class LetterheadLogo(Model):
    """An emblem that was drawn anew as PNG, kept once by the hash of its bytes."""

    __tablename__ = "letterhead_logo"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]


class Letterhead(Model):
    """A desk's letterhead: one draft and one in force a region at most; those that ended stay."""

    __tablename__ = "letterhead"
    __table_args__ = (
        unique_where(DRAFT, "uq_letterhead_draft", "region_code"),
        unique_where(IN_FORCE, "uq_letterhead_in_force", "region_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    """Raised by every saving of the draft."""
    lines: Mapped[str] = mapped_column(Text)
    """JSON: [text, size, bold] a line."""
    address: Mapped[str] = mapped_column(String(300), default="")
    """One or two lines."""
    logo_sha256: Mapped[str | None] = mapped_column(String(64), ForeignKey("letterhead_logo.sha256"))
    number_pattern: Mapped[str] = mapped_column(String(120), default="")
    classification: Mapped[str] = mapped_column(String(40), default="")
    attachment: Mapped[str] = mapped_column(String(80), default="")
    subject: Mapped[str] = mapped_column(String(200), default="")
    copies: Mapped[str] = mapped_column(Text, default="")
    """One line each."""
    paper: Mapped[str] = mapped_column(String(2), default="F4")
    preview_job_id: Mapped[int | None]
    """The job that drew the last preview."""
    saved_at: Mapped[dt.datetime]
    saved_by_name: Mapped[str] = mapped_column(String(120))
    published_at: Mapped[dt.datetime | None]
    published_by_name: Mapped[str] = mapped_column(String(120), default="")
    ended_at: Mapped[dt.datetime | None]
    ended_by_name: Mapped[str] = mapped_column(String(120), default="")


class PaperNumber(Model):
    """The last number that a desk gave to a paper in a year."""

    __tablename__ = "paper_number"

    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
