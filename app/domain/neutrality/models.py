"""Tables of the neutrality room."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, RegionCode


class NeutralityCase(Model):
    """One alleged breach of neutrality by one person, who is known by a pseudonym."""

    __tablename__ = "neutrality_case"
    __table_args__ = (
        UniqueConstraint("region_code", "year", "number"),
        UniqueConstraint("region_code", "kind", "kind_number"),
        CheckConstraint("length(nip_tail) <= 4", name="only_a_tail"),
        CheckConstraint("occurred_on IS NOT NULL OR occurred_note <> ''", name="unknown_day_has_note"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"))
    year: Mapped[int]
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    kind_number: Mapped[int]
    """Makes the pseudonym: the second PNS of a region is PNS-2 for ever."""
    agency: Mapped[str] = mapped_column(String(160))
    breach: Mapped[str] = mapped_column(String(8))
    breach_words: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(24))
    occurred_on: Mapped[dt.date | None]
    occurred_note: Mapped[str] = mapped_column(String(200))
    """Why the day is not known."""
    known_on: Mapped[dt.date]
    place: Mapped[str] = mapped_column(String(200))
    account: Mapped[str] = mapped_column(Text)
    name_locked: Mapped[str] = mapped_column(Text)
    """The name behind app/domain/secrecy.py, or empty."""
    nip_tail: Mapped[str] = mapped_column(String(4))
    state: Mapped[str] = mapped_column(String(20))
    state_since: Mapped[dt.date]
    """The day of the last step, or, where that is not known, the day on which it was recorded."""
    is_since_known: Mapped[bool]
    version: Mapped[int] = mapped_column(default=1)
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_by_name: Mapped[str] = mapped_column(String(120))


class NeutralityMove(Model):
    """One step of a case, as it was recorded; never changed."""

    __tablename__ = "neutrality_move"
    __table_args__ = (Index("ix_neutrality_move_case_id_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("neutrality_case.id"))
    verb: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(20))
    """Where the case stood afterwards."""
    done_on: Mapped[dt.date | None]
    letter_number: Mapped[str] = mapped_column(String(80))
    letter_date: Mapped[dt.date | None]
    sender: Mapped[str] = mapped_column(String(120))
    receiver: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    office: Mapped[str] = mapped_column(String(240))


class NeutralityCounter(Model):
    """The last number of a region in a series: a year for case numbers, a kind for pseudonyms."""

    __tablename__ = "neutrality_counter"

    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"), primary_key=True)
    series: Mapped[str] = mapped_column(String(20), primary_key=True)
    last: Mapped[int]


class NeutralityClock(Model):
    """How many working days a step may take, where it was set otherwise than by default; 0 is no limit."""

    __tablename__ = "neutrality_clock"

    state: Mapped[str] = mapped_column(String(20), primary_key=True)
    working_days: Mapped[int]
    version: Mapped[int]
    set_at: Mapped[dt.datetime]
    set_by_name: Mapped[str] = mapped_column(String(120))
