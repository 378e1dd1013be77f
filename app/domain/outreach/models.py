"""Tables of outreach and of turnout: people are counts, invited figures are kinds, and no vote is counted."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.registers import Record
from app.extensions import Model


class OutreachEvent(Record, Model):
    """Something that was done so that people come and vote, planned or held."""

    __tablename__ = "outreach_event"

    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    progress: Mapped[str] = mapped_column(String(20))
    held_on: Mapped[dt.date | None]
    place: Mapped[str] = mapped_column(String(160))
    organiser: Mapped[str] = mapped_column(String(160))
    for_first_voters: Mapped[bool]
    for_youth: Mapped[bool]
    for_women: Mapped[bool]
    for_families: Mapped[bool]
    for_disabled: Mapped[bool]
    for_special_needs: Mapped[bool]
    for_elderly: Mapped[bool]
    for_marginal: Mapped[bool]
    for_customary: Mapped[bool]
    for_religious: Mapped[bool]
    for_communities: Mapped[bool]
    for_workers: Mapped[bool]
    for_netizens: Mapped[bool]
    for_everyone: Mapped[bool]
    with_community_figures: Mapped[bool]
    with_customary_figures: Mapped[bool]
    with_religious_figures: Mapped[bool]
    with_youth_figures: Mapped[bool]
    with_women_figures: Mapped[bool]
    reached: Mapped[int | None]
    reached_male: Mapped[int | None]
    reached_female: Mapped[int | None]
    material: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(Text)


class Turnout(Record, Model):
    """One statement on participation: what it was last time, shall be, is expected to be, or was."""

    __tablename__ = "turnout"

    kind: Mapped[str] = mapped_column(String(20))
    race: Mapped[str] = mapped_column(String(20))
    of_election: Mapped[str] = mapped_column(String(120))
    percent: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    voters: Mapped[int | None]
    """Who used the right to vote."""
    entitled: Mapped[int | None]
    stated_on: Mapped[dt.date | None]
    source: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(Text)
