"""Tables of the e-KTP drive. People are counts here; whoever is not yet 17 is a child, so nothing names anyone."""

import datetime as dt

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.registers import Record
from app.extensions import Model


class Enrolment(Record, Model):
    """How far a region's enrolment stands on one day; every figure is cumulative, None is not known."""

    __tablename__ = "identity_enrolment"

    counted_on: Mapped[dt.date]
    obliged: Mapped[int | None]
    obliged_male: Mapped[int | None]
    obliged_female: Mapped[int | None]
    enrolled: Mapped[int | None]
    enrolled_male: Mapped[int | None]
    enrolled_female: Mapped[int | None]
    unenrolled: Mapped[int | None]
    unenrolled_male: Mapped[int | None]
    unenrolled_female: Mapped[int | None]
    printed: Mapped[int | None]
    printed_male: Mapped[int | None]
    printed_female: Mapped[int | None]
    blank_cards: Mapped[int | None]
    turning: Mapped[int | None]
    """Who turns 17 until and on voting day."""
    turning_enrolled: Mapped[int | None]
    turning_left: Mapped[int | None]
    turning_elsewhere: Mapped[int | None]
    on_the_day: Mapped[int | None]
    """Of these, who turns 17 on voting day itself."""
    on_the_day_enrolled: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(300))
    fall_reason: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(Text)


class Certificate(Record, Model):
    """Certificates (surat keterangan, biodata) issued on one day to who has no card yet."""

    __tablename__ = "identity_certificate"

    issued_on: Mapped[dt.date]
    applicants: Mapped[int | None]
    issued: Mapped[int]
    issued_male: Mapped[int | None]
    issued_female: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(Text)


class Service(Record, Model):
    """A service point or a mobile visit, planned or held."""

    __tablename__ = "identity_service"

    kind: Mapped[str] = mapped_column(String(20))
    progress: Mapped[str] = mapped_column(String(20))
    served_on: Mapped[dt.date | None]
    hours: Mapped[str] = mapped_column(String(20))
    begins_at: Mapped[str] = mapped_column(String(5))
    ends_at: Mapped[str] = mapped_column(String(5))
    place: Mapped[str] = mapped_column(String(160))
    for_turning: Mapped[bool]
    aimed_at: Mapped[int | None]
    served: Mapped[int | None]
    served_male: Mapped[int | None]
    served_female: Mapped[int | None]
    served_enrolled: Mapped[int | None]
    served_printed: Mapped[int | None]
    result: Mapped[str] = mapped_column(Text)
    obstacle: Mapped[str] = mapped_column(String(20))
    obstacle_people: Mapped[int | None]
    obstacle_note: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(300))
