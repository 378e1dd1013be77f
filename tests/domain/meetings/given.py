"""Meetings, attendance, visits and follow-ups for tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.domain import registers
from app.domain.accounts import Person
from app.domain.meetings import ATTENDANCES, FOLLOW_UPS, MEETINGS, VISITS
from app.domain.registers import RecordRow, Register
from tests import cast

MEETING: dict[str, Any] = {
    "kind": "senin",
    "name": "Rapat Senin",
    "held_on": dt.date(2024, 11, 18),
    "starts_at": "09.00",
    "place": "",
    "link": "https://zoom.us/j/1",
    "chair": "Sekretaris Daerah",
    "agenda": "",
    "summary": "",
    "source": "",
}
ATTENDANCE: dict[str, Any] = {
    "institution": "desk",
    "unit": "",
    "presence": "daring",
    "people": 3,
    "speaker": "",
    "companions": "",
    "note": "",
}
VISIT: dict[str, Any] = {
    "standing": "terlaksana",
    "team_of": "provinsi",
    "team": "Kesbangpol dan Forkopimda",
    "people": 4,
    "planned_on": None,
    "visited_on": dt.date(2024, 11, 20),
    "purpose": "Kesiapan logistik",
    "place": "",
    "transport": "darat",
    "findings": "",
    "source": "",
}
TASK: dict[str, Any] = {
    "task": "Kirim laporan harian",
    "owner": "Kepala Kesbangpol",
    "decided_on": dt.date(2024, 11, 18),
    "due_on": dt.date(2024, 11, 22),
    "source": "",
}


def made(register: Register, by: Person, values: dict[str, Any], region: str, **of: int | None) -> RecordRow:
    """A record, as it stands."""
    return registers.find(register, registers.record(register, region, values, by=by, parents=of), by)


def meeting(by: Person, region: str = "64", **said: Any) -> RecordRow:
    """A meeting."""
    return made(MEETINGS, by, MEETING | said, region)


def attendance(by: Person, of: RecordRow, region: str = cast.BERAU, **said: Any) -> RecordRow:
    """Who came to it from a region."""
    return made(ATTENDANCES, by, ATTENDANCE | said, region, meeting_id=of.id)


def visit(by: Person, region: str = cast.BERAU, **said: Any) -> RecordRow:
    """A visit."""
    return made(VISITS, by, VISIT | said, region)


def task(by: Person, region: str = cast.BERAU, *, of: dict[str, int] | None = None, **said: Any) -> RecordRow:
    """A follow-up."""
    return made(FOLLOW_UPS, by, TASK | said, region, **(of or {}))
