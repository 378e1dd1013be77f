"""Tables of the reports room."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, RegionCode


class ReportRhythm(Model):
    """When a kind of report is owed, as a desk set it for itself and for those below that have none of their own."""

    __tablename__ = "report_rhythm"

    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    owed: Mapped[bool]
    """Whether it is owed at all."""
    districts_owe: Mapped[bool]
    """Whether kecamatan owe it too."""
    first_offset: Mapped[int]
    """Days from voting day, before it negative: the first day for which it is owed."""
    last_offset: Mapped[int]
    cut_off: Mapped[dt.time]
    """The hour of the figures, in the desk's own zone."""
    due: Mapped[dt.time]
    due_days: Mapped[int]
    """Days after the report's day on which the deadline falls."""
    grace_minutes: Mapped[int]
    """From the deadline to the lock; in between it is late, afterwards only an exception lets it in."""
    tight_cut_offs: Mapped[str] = mapped_column(String(40))
    """Further hours of the quiet period and voting day, "08.00 12.00"; each makes a report of its own."""
    escalate_minutes: Mapped[int] = mapped_column(default=120, server_default="120")
    """From sending until a report that nobody verified is shown to the desk above too."""
    version: Mapped[int]
    set_at: Mapped[dt.datetime]
    set_by_name: Mapped[str] = mapped_column(String(120))


class Report(Model):
    """One report that a desk owes for a period; the row is there before anyone writes, so missing is a row."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("election_id", "region_code", "kind", "day", "slot"),
        Index("ix_report_election_id_kind_day", "election_id", "kind", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"))
    kind: Mapped[str] = mapped_column(String(8))
    day: Mapped[dt.date]
    """The day it speaks of; of a Monday's report the Monday."""
    slot: Mapped[int]
    """0 is the day's own; 1, 2, ... those of a tightened rhythm, and briefs of one day."""
    title: Mapped[str] = mapped_column(String(160))
    """Of a brief, what it is for; else empty."""
    cut_off_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    locks_at: Mapped[dt.datetime]
    state: Mapped[str] = mapped_column(String(16))
    number: Mapped[int]
    """The version that was sent last; 0 before the first."""
    is_nil: Mapped[bool]
    """Whether that version is a nil report."""
    first_sent_at: Mapped[dt.datetime | None]
    """Decides whether it was on time; a version after a return does not make it late."""
    sent_at: Mapped[dt.datetime | None]
    returned_section: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]


class ReportDraft(Model):
    """What is being written. One a report; it stays, so that a returned report begins with what was sent."""

    __tablename__ = "report_draft"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True, autoincrement=False)
    content: Mapped[str] = mapped_column(Text)
    """JSON of app/domain/reports/drafting.py's Draft."""
    reading: Mapped[str] = mapped_column(Text)
    """JSON of a Reading of its own, newer than that of the cut-off; empty where it has none."""
    read_at: Mapped[dt.datetime | None]
    version: Mapped[int]
    saved_at: Mapped[dt.datetime]
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    saved_by_name: Mapped[str] = mapped_column(String(120))


class ReportCompilation(Model):
    """What the figures of a draft were summed from. One a report; a new compilation takes the place of the old one."""

    __tablename__ = "report_compilation"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True, autoincrement=False)
    parts: Mapped[str] = mapped_column(Text)
    """JSON: one of app/domain/reports/snapshot.py's Part for every desk below that owes a report of the kind."""
    version: Mapped[int]
    compiled_at: Mapped[dt.datetime]
    compiled_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    compiled_by_name: Mapped[str] = mapped_column(String(120))


class ReportReading(Model):
    """What a desk knew at a report's cut-off: taken by the worker then, whether or not anybody was writing."""

    __tablename__ = "report_reading"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True, autoincrement=False)
    reading: Mapped[str] = mapped_column(Text)
    """JSON of app/domain/reports/snapshot.py's Reading."""
    read_at: Mapped[dt.datetime]


class ReportVersion(Model):
    """A version as it was sent: frozen, and all that screens, papers, sheets and texts of it are made of."""

    __tablename__ = "report_version"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    number: Mapped[int]
    snapshot: Mapped[str] = mapped_column(Text)
    """Canonical JSON of app/domain/reports/snapshot.py; triggers refuse to change or delete it."""
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    """Of the snapshot's bytes in UTF-8."""
    sent_at: Mapped[dt.datetime]
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class ReportMove(Model):
    """One step of a report; never changed. Who had a hand in one is read from here."""

    __tablename__ = "report_move"
    __table_args__ = (Index("ix_report_move_report_id_id", "report_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    number: Mapped[int]
    """The version that it concerns; 0 before the first."""
    verb: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    """Where the report stood afterwards."""
    reason: Mapped[str] = mapped_column(Text)
    section: Mapped[str] = mapped_column(String(16))
    at: Mapped[dt.datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    office: Mapped[str] = mapped_column(String(240))


class ReportException(Model):
    """Leave to send one report after its lock, until a moment."""

    __tablename__ = "report_exception"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    reason: Mapped[str] = mapped_column(String(400))
    until: Mapped[dt.datetime]
    granted_at: Mapped[dt.datetime]
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    granted_by_name: Mapped[str] = mapped_column(String(120))
    ended_at: Mapped[dt.datetime | None]
    """Taken back before its time."""


class ReportChase(Model):
    """Somebody asked a desk for its report: how, whom, what they answered. Never changed."""

    __tablename__ = "report_chase"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    channel: Mapped[str] = mapped_column(String(12))
    """telepon, whatsapp, lain."""
    whom: Mapped[str] = mapped_column(String(160))
    answer: Mapped[str] = mapped_column(String(400))
    asked_at: Mapped[dt.datetime]
    at: Mapped[dt.datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(120))


class ReportTransmission(Model):
    """A version that went to somebody outside: whom, when, by whom, how. Never deleted; withdrawn with a reason."""

    __tablename__ = "report_transmission"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    number: Mapped[int]
    """The version that went."""
    recipient: Mapped[str] = mapped_column(String(200))
    channel: Mapped[str] = mapped_column(String(16))
    sent_at: Mapped[dt.datetime]
    letter_number: Mapped[str] = mapped_column(String(80))
    received_by: Mapped[str] = mapped_column(String(160))
    note: Mapped[str] = mapped_column(String(400))
    at: Mapped[dt.datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(String(200))


class ReportSeal(Model):
    """What a printed code stands for: a version in one state, and the hash of the one document that it makes."""

    __tablename__ = "report_seal"
    __table_args__ = (
        UniqueConstraint("version_id", "state"),
        CheckConstraint("length(code) >= 8", name="long_enough"),
    )

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id"))
    state: Mapped[str] = mapped_column(String(16))
    """dikirim, diverifikasi, disahkan: a document says how far it had come when it was printed."""
    marks: Mapped[str] = mapped_column(Text)
    """JSON: who verified and endorsed it and when, as the document prints them."""
    made_at: Mapped[dt.datetime]
    document_sha256: Mapped[str] = mapped_column(String(64), index=True)
    """Of the PDF; empty until it was first made."""
    signed_sha256: Mapped[str] = mapped_column(String(64), index=True, server_default="")
    """Of the same PDF with the desk's digital signature added; empty where there is none."""
    certificate: Mapped[str] = mapped_column(Text, server_default="")
    """JSON: whose certificate that was; empty where there is none."""


class SealCheck(Model):
    """A wrong code or a compared file at /cek, kept for a quarter of an hour, so that nobody checks without end."""

    __tablename__ = "seal_check"
    __table_args__ = (Index("ix_seal_check_who_at", "who", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(String(60))
    """An account or an address, as `checks.asker` writes them."""
    kind: Mapped[str] = mapped_column(String(8))
    at: Mapped[dt.datetime] = mapped_column(index=True)


class MondayPack(Model):
    """The pack of a Monday meeting as it was made; never changed, only its files are noted."""

    __tablename__ = "monday_pack"
    __table_args__ = (Index("ix_monday_pack_region_code_day", "region_code", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    region_code: Mapped[str] = mapped_column(RegionCode)
    day: Mapped[dt.date]
    text: Mapped[str] = mapped_column(Text)
    """`Pack` as canonical JSON: what screen and paper are drawn from."""
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[dt.datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_by_name: Mapped[str] = mapped_column(String(120))
    paper_sha256: Mapped[str] = mapped_column(String(64))
    screen_sha256: Mapped[str] = mapped_column(String(64))
    sheet_sha256: Mapped[str] = mapped_column(String(64))
    """Of the files; empty until they were first made."""
