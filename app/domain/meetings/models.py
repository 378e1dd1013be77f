"""Tables of meetings with their attendance, field visits, and what was to be done after both."""

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.registers import Record
from app.extensions import Model


class Meeting(Record, Model):
    """A meeting of a desk: the Monday one, one with the leaders of the region, a hearing."""

    __tablename__ = "meeting"

    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    held_on: Mapped[dt.date]
    starts_at: Mapped[str] = mapped_column(String(5))
    place: Mapped[str] = mapped_column(String(200))
    link: Mapped[str] = mapped_column(String(300))
    chair: Mapped[str] = mapped_column(String(160))
    agenda: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(300))


class Attendance(Record, Model):
    """Who came to a meeting from one region and institution."""

    __tablename__ = "meeting_attendance"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    institution: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(160))
    presence: Mapped[str] = mapped_column(String(20))
    people: Mapped[int | None]
    speaker: Mapped[str] = mapped_column(String(160))
    companions: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(String(400))


class Visit(Record, Model):
    """A visit of a team to a place, planned or made."""

    __tablename__ = "field_visit"

    standing: Mapped[str] = mapped_column(String(20))
    team_of: Mapped[str] = mapped_column(String(20))
    team: Mapped[str] = mapped_column(String(300))
    people: Mapped[int | None]
    planned_on: Mapped[dt.date | None]
    visited_on: Mapped[dt.date | None]
    purpose: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    transport: Mapped[str] = mapped_column(String(20))
    findings: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(300))


class FollowUp(Record, Model):
    """Something to be done after a meeting, a visit, an incident or for a risk: by whom and by when."""

    __tablename__ = "follow_up"

    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("field_visit.id"), index=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), index=True)
    risk_id: Mapped[int | None] = mapped_column(ForeignKey("risk.id"), index=True)
    task: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(160))
    decided_on: Mapped[dt.date | None]
    due_on: Mapped[dt.date | None]
    source: Mapped[str] = mapped_column(String(300))
