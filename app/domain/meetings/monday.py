"""What a Monday opens with: what is still to be done, and who came the last time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from app.domain.meetings.models import Attendance, FollowUp, Meeting
from app.domain.meetings.registers import ATTENDANCES, FOLLOW_UPS, MEETINGS
from app.domain.meetings.rules import ABSENT, MONDAY, OPEN
from app.domain.regions import RegionRow, children_of, contains, subtree
from app.domain.registers import RecordRow, counting, known_sum, rows_of, today_in
from app.extensions import db


def is_overdue(row: RecordRow, today: dt.date) -> bool:
    """Whether a follow-up that is still to be done is past its day."""
    due = row.values["due_on"]
    return due is not None and due < today and FOLLOW_UPS.flow is not None and row.state in set(OPEN)


def open_follow_ups(codes: Sequence[str]) -> list[RecordRow]:
    """What is still to be done in these subtrees: overdue first, then by deadline, those without one last.

    Two statements, one more where days off matter.
    """
    query = select(FollowUp).where(
        counting(FollowUp), subtree(FollowUp.region_code, *codes), FollowUp.state.in_(sorted(OPEN))
    )
    rows = rows_of(FOLLOW_UPS, list(db.session.scalars(query)))
    return sorted(rows, key=_by_deadline)


def _by_deadline(row: RecordRow) -> tuple[dt.date, dt.date, int]:
    return row.values["due_on"] or dt.date.max, row.values["decided_on"] or dt.date.max, row.id


class Attended(NamedTuple):
    """How one region attended a meeting; `rows` are its records, the desk's own first."""

    region: RegionRow
    rows: tuple[RecordRow, ...]

    @property
    def is_recorded(self) -> bool:
        """Whether anything was said of it."""
        return bool(self.rows)

    @property
    def came(self) -> bool:
        """Whether anybody came, in the room or from afar."""
        return any(row.values["presence"] != ABSENT for row in self.rows)

    @property
    def people(self) -> int | None:
        """How many came; None where nobody counted."""
        return known_sum(row.values["people"] for row in self.rows)


class LastMonday(NamedTuple):
    """The last Monday meeting that was held in a region, and how the regions right below it attended."""

    meeting: RecordRow
    attended: tuple[Attended, ...]

    @property
    def came(self) -> int:
        """How many of them were there."""
        return sum(one.came for one in self.attended)

    @property
    def absent(self) -> list[RegionRow]:
        """Who did not come, as somebody recorded."""
        return [one.region for one in self.attended if one.is_recorded and not one.came]

    @property
    def untold(self) -> list[RegionRow]:
        """Of whom nobody said whether they came."""
        return [one.region for one in self.attended if not one.is_recorded]


def last_monday(code: str, until: dt.date | None = None) -> LastMonday | None:
    """Of a region itself, held by today or by the day `until`; None where none was recorded.

    At most three statements.
    """
    query = (
        select(Meeting)
        .where(
            counting(Meeting),
            Meeting.region_code == code,
            Meeting.kind == MONDAY,
            Meeting.held_on <= min(today_in(code), until or dt.date.max),
        )
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
        .limit(1)
    )
    meeting = db.session.scalar(query)
    if meeting is None:
        return None
    return attended_by(rows_of(MEETINGS, [meeting])[0], attendance_of(meeting.id))


def mondays_on(code: str, day: dt.date) -> list[RecordRow]:
    """The Monday meetings of a region itself on that day; more than one only while two are just being recorded.

    At most two statements.
    """
    query = select(Meeting).where(
        counting(Meeting), Meeting.region_code == code, Meeting.kind == MONDAY, Meeting.held_on == day
    )
    return rows_of(MEETINGS, list(db.session.scalars(query.order_by(Meeting.id))))


def attended_by(meeting: RecordRow, attendances: Sequence[RecordRow]) -> LastMonday:
    """How the regions right below a meeting's own attended it, by its attendances. One statement."""
    return LastMonday(
        meeting,
        tuple(
            Attended(place, tuple(row for row in attendances if contains(place.code, row.region_code)))
            for place in children_of(meeting.region_code)
        ),
    )


def attendance_of(meeting_id: int) -> list[RecordRow]:
    """Every attendance of a meeting that counts, the desks' own first. Two statements."""
    query = select(Attendance).where(counting(Attendance), Attendance.meeting_id == meeting_id)
    rows = rows_of(ATTENDANCES, list(db.session.scalars(query.order_by(Attendance.id))))
    return sorted(rows, key=lambda row: row.values["institution"] != "desk")
