"""Tables that all registers share, and the columns that every record has."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, column_property, declared_attr, mapped_column

from app.domain.regions import Region
from app.extensions import Model, RegionCode


class Record:
    """The columns of every record, for a room's own table: `class Movement(Record, Model)`.

    A record is never deleted: withdrawn with its reason, it counts nowhere and can still be read.
    """

    __tablename__: str

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"), index=True)
    year: Mapped[int]
    number: Mapped[int]
    """Runs by register and by year within the kabupaten/kota (or province) that the region belongs to."""
    state: Mapped[str] = mapped_column(String(20), default="")
    """Where it stands in the register's flow; empty in a register without one."""
    state_since: Mapped[dt.date]
    search_words: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_by_name: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[dt.datetime]
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(String(200), default="")

    @declared_attr
    def region_name(cls) -> Mapped[str]:
        """Read with the record itself: every list, board and figure would ask for it by a statement of its own."""
        named = select(Region.name).where(Region.code == cls.region_code).correlate_except(Region)
        return column_property(named.scalar_subquery())


class RegisterMove(Model):
    """One step of a record, as it was recorded; never changed."""

    __tablename__ = "register_move"
    __table_args__ = (Index("ix_register_move_subject_kind_record_id_id", "subject_kind", "record_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int]
    verb: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    """Where the record stood afterwards."""
    done_on: Mapped[dt.date]
    letter_number: Mapped[str] = mapped_column(String(80))
    receiver: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    office: Mapped[str] = mapped_column(String(240))


class RegisterCounter(Model):
    """The last number of a register in a year, of one kabupaten/kota or province."""

    __tablename__ = "register_counter"

    subject_kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
