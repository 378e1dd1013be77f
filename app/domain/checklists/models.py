"""Tables of the checklists room: the library with its versions,
entries, their discussion, and the progress counters.
"""

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, RegionCode


class Item(Model):
    """A point of the checklist library (butir) across all its wordings."""

    __tablename__ = "checklist_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    sort: Mapped[int]
    current_version_id: Mapped[int | None]
    retired_at: Mapped[dt.datetime | None]
    retired_by: Mapped[str] = mapped_column(String(120), default="")
    retired_reason: Mapped[str] = mapped_column(String(400), default="")
    expected_from: Mapped[dt.date | None]
    """Entries due before this day are not made any more: nobody is late with what was not asked for in time."""
    dependents: Mapped[str] = mapped_column(String(600), default="")
    """The wordings that are asked only after an answer here, as "version:answer" divided by blanks; read with
    every entry, so that a deed on an item without any asks for nothing more."""


class ItemVersion(Model):
    """One wording of an item.

    Never changed after publishing: entries keep the version they were ticked under.
    """

    __tablename__ = "checklist_item_version"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("checklist_item.id"))
    number: Mapped[int]
    published_at: Mapped[dt.datetime]
    area: Mapped[str] = mapped_column(String(3))
    stage: Mapped[str] = mapped_column(String(20))
    levels: Mapped[str] = mapped_column(String(40))
    """Levels of region that get an entry, divided by blanks."""
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """The accountable perangkat daerah."""
    roles: Mapped[str] = mapped_column(String(200))
    """All who take part, as the library words it; KPU, Bawaslu and Polri are sources of data."""
    title: Mapped[str] = mapped_column(String(240))
    recurrence: Mapped[str] = mapped_column(String(20))
    start_offset: Mapped[int | None]
    due_offset: Mapped[int]
    """Days from voting day; for a recurring item the last day."""
    times: Mapped[str] = mapped_column(String(60), default="")
    """Hours of a voting-day item as HH:MM divided by blanks."""
    evidence: Mapped[str] = mapped_column(String(60), default="")
    measure_unit: Mapped[str] = mapped_column(String(120), default="")
    measure_total: Mapped[str] = mapped_column(String(60), default="")
    """Which reference figure is the denominator."""
    legal_basis: Mapped[str] = mapped_column(String(300), default="")
    sla: Mapped[str] = mapped_column(String(80), default="")
    condition: Mapped[str] = mapped_column(String(40), default="")
    """The answer after which alone it is asked: "LOG-04 selesai", "LOG-04 tidak_berlaku", "LOG-04 > 10"."""
    published_by: Mapped[str] = mapped_column(String(120), default="")


class Draft(Model):
    """A change of one item that nobody works by yet: written, looked at, then published or thrown away."""

    __tablename__ = "checklist_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("checklist_item.id"))
    kind: Mapped[str] = mapped_column(String(10))
    """tambah, ubah, pensiun or kembali."""
    content: Mapped[str] = mapped_column(Text)
    """The wording as JSON; the one in force where an item is only retired or brought back."""
    reason: Mapped[str] = mapped_column(String(400), default="")
    base_version_id: Mapped[int | None]
    """The wording in force when the draft was begun; another one since then means that it came too late."""
    author_id: Mapped[int]
    author_name: Mapped[str] = mapped_column(String(120))
    saved_at: Mapped[dt.datetime]
    job_id: Mapped[int | None]
    """The background job that is bringing it in; until it ends nobody may touch the draft."""
    version: Mapped[int] = mapped_column(default=1)
    """Raised by every saving."""


class Entry(Model):
    """The item expected of one region and period. The row exists before anyone works, so missing is a row."""

    __tablename__ = "checklist_entry"
    __table_args__ = (
        UniqueConstraint("election_id", "item_id", "region_code", "period"),
        Index("ix_checklist_entry_region_due", "region_code", "due_on"),
        Index("ix_checklist_entry_level_region_due", "level", "region_code", "due_on"),
        Index("ix_checklist_entry_review", "standing", "region_code"),
        CheckConstraint("measure_value IS NULL OR measure_value >= 0", name="measure_not_negative"),
        CheckConstraint("measure_total IS NULL OR measure_total >= 0", name="total_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("checklist_item.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("checklist_item_version.id"))
    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"))
    level: Mapped[str] = mapped_column(String(10))
    area: Mapped[str] = mapped_column(String(3))
    stage: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int | None]
    period: Mapped[str] = mapped_column(String(32), default="")
    """"" for a single item, a date, "date HH:MM", or "k-001" for an event."""
    event_title: Mapped[str] = mapped_column(String(160), default="")
    opens_on: Mapped[dt.date]
    due_on: Mapped[dt.date]
    due_time: Mapped[str] = mapped_column(String(5), default="")
    due_reason: Mapped[str] = mapped_column(String(300), default="")

    standing: Mapped[str] = mapped_column(String(28), default="belum")
    measure_value: Mapped[int | None] = mapped_column(BigInteger)
    measure_total: Mapped[int | None] = mapped_column(BigInteger)
    measure_reason: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(String(600), default="")
    """Why it is blocked or does not apply."""
    help_wanted: Mapped[str] = mapped_column(String(300), default="")
    no_evidence_reason: Mapped[str] = mapped_column(String(300), default="")
    evidence_count: Mapped[int] = mapped_column(default=0)

    filled_by: Mapped[int | None]
    filled_by_name: Mapped[str] = mapped_column(String(120), default="")
    filled_office: Mapped[str] = mapped_column(String(240), default="")
    filled_at: Mapped[dt.datetime | None]
    reviewed_by: Mapped[int | None]
    reviewed_by_name: Mapped[str] = mapped_column(String(120), default="")
    reviewed_office: Mapped[str] = mapped_column(String(240), default="")
    reviewed_at: Mapped[dt.datetime | None]
    review_reason: Mapped[str] = mapped_column(String(600), default="")
    review_fix: Mapped[str] = mapped_column(String(300), default="")
    """What to mend, as the supervisor said it."""
    version: Mapped[int] = mapped_column(default=1)
    """Raised by every deed; a deed that names an older one came too late."""


class Remark(Model):
    """One word in the discussion of an entry."""

    __tablename__ = "checklist_remark"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("checklist_entry.id"), index=True)
    at: Mapped[dt.datetime]
    by_id: Mapped[int]
    by_name: Mapped[str] = mapped_column(String(120))
    office: Mapped[str] = mapped_column(String(240))
    text: Mapped[str] = mapped_column(String(1000))


class Progress(Model):
    """How many entries stand where, kept by every deed: per
    kabupaten/kota (or province), area, stage and dates.

    Dates are part of the key because what counts today depends on today. Higher levels are summed on reading.
    """

    __tablename__ = "checklist_progress"

    election_id: Mapped[int] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(RegionCode, primary_key=True)
    area: Mapped[str] = mapped_column(String(3), primary_key=True)
    stage: Mapped[str] = mapped_column(String(20), primary_key=True)
    due_on: Mapped[dt.date] = mapped_column(primary_key=True)
    opens_on: Mapped[dt.date] = mapped_column(primary_key=True)
    belum: Mapped[int] = mapped_column(default=0)
    proses: Mapped[int] = mapped_column(default=0)
    selesai: Mapped[int] = mapped_column(default=0)
    terkendala: Mapped[int] = mapped_column(default=0)
    tidak_berlaku: Mapped[int] = mapped_column(default=0)
    dikembalikan: Mapped[int] = mapped_column(default=0)
    dibuka_kembali: Mapped[int] = mapped_column(default=0)
    selesai_diverifikasi: Mapped[int] = mapped_column(default=0)
    tidak_berlaku_diverifikasi: Mapped[int] = mapped_column(default=0)


class DayCount(Model):
    """What a kabupaten/kota (or a province's own desk) had left of all that is due by voting day, on one day.

    Written by the worker every hour, so the last one of a day stays: the days behind the burn-down.
    """

    __tablename__ = "checklist_day"

    election_id: Mapped[int] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(RegionCode, primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    """In the region's own zone."""
    remaining: Mapped[int]
    expected: Mapped[int]
    counted_at: Mapped[dt.datetime]
