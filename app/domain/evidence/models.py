"""Tables of the evidence room: the files, and what each of them proves."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, and_
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, RegionCode


class EvidenceFile(Model):
    """One file as it is kept. Its content never changes; a better version is another row."""

    __tablename__ = "evidence_file"
    __table_args__ = (
        CheckConstraint("size > 0", name="size_positive"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="whole_position"),
        CheckConstraint(
            "(proposed_latitude IS NULL) = (proposed_longitude IS NULL)", name="whole_proposed_position"
        ),
        Index("ix_evidence_file_uploaded_by_id", "uploaded_by", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    """Of the bytes as kept. Not unique: the same photo may be uploaded for two regions."""
    original_sha256: Mapped[str] = mapped_column(String(64))
    """Of the bytes as uploaded, before a photo was redrawn: its owner can show the original."""
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(120))
    storage_key: Mapped[str] = mapped_column(String(80))
    thumbnail_key: Mapped[str | None] = mapped_column(String(80))
    """Of a small JPEG; none for what is no picture, and for pictures kept before there were small ones."""
    width: Mapped[int | None]
    height: Mapped[int | None]
    pages: Mapped[int | None]
    taken_at: Mapped[dt.datetime | None]
    latitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    longitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    place: Mapped[str] = mapped_column(String(200), default="")
    """In words, as a person wrote or confirmed it."""
    proposed_taken_at: Mapped[dt.datetime | None]
    """What the photo said of itself; emptied as soon as a person confirms or declines it."""
    proposed_latitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    proposed_longitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"), index=True)
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    uploaded_by_name: Mapped[str] = mapped_column(String(120))
    office: Mapped[str] = mapped_column(String(240))
    """The appointment under which it was uploaded, in words, as it was then."""
    uploaded_at: Mapped[dt.datetime]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("evidence_file.id"))
    """The earlier revision, which stays."""


class EvidenceUse(Model):
    """A file proves a subject. Taking it away or replacing it is a mark; the row stays."""

    __tablename__ = "evidence_use"
    __table_args__ = (
        CheckConstraint("removed_at IS NULL OR removed_reason <> ''", name="removal_has_reason"),
        CheckConstraint("verdict IN ('', 'sah', 'ditolak', 'kedaluwarsa')", name="known_verdict"),
        CheckConstraint("verdict IN ('', 'sah') OR verdict_reason <> ''", name="verdict_has_reason"),
        Index("ix_evidence_use_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("evidence_file.id"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"))
    """The subject's region: a file of Berau may prove something for the province."""
    added_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    added_by_name: Mapped[str] = mapped_column(String(120))
    added_at: Mapped[dt.datetime]
    revises_id: Mapped[int | None] = mapped_column(ForeignKey("evidence_use.id"), unique=True)
    """The use whose place this one took; unique, so that a use is replaced only once."""
    superseded_at: Mapped[dt.datetime | None]
    """When a newer revision took its place."""
    removed_at: Mapped[dt.datetime | None]
    removed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    removed_by_name: Mapped[str] = mapped_column(String(120), default="")
    removed_reason: Mapped[str] = mapped_column(String(500), default="")
    verdict: Mapped[str] = mapped_column(String(12), default="", server_default="")
    """`rules.Verdict`, or empty. Of this use: the same file may be right for one subject and not for another."""
    verdict_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    verdict_by_name: Mapped[str] = mapped_column(String(120), default="", server_default="")
    verdict_at: Mapped[dt.datetime | None]
    verdict_reason: Mapped[str] = mapped_column(String(500), default="", server_default="")


LIVE = and_(EvidenceUse.removed_at.is_(None), EvidenceUse.superseded_at.is_(None))
"""The condition for a use that counts: neither taken away nor replaced by a newer revision."""
