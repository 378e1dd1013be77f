"""How the regions right below attended a meeting, said at once: one attendance of each desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid, NotNow
from app.domain.meetings.monday import attendance_of
from app.domain.meetings.registers import ATTENDANCES, MEETINGS
from app.domain.meetings.rules import ABSENT
from app.domain.regions import RegionRow, children_of
from app.domain.registers import RecordRow, change, mandate, record

DESK = "desk"
TOO_LATE = "Kehadiran ini baru saja diubah orang lain. Lihat keadaannya sekarang, lalu ulangi."


@dataclass(frozen=True)
class Line:
    """One region of the sheet: what is recorded of its desk, None for nothing yet."""

    region: RegionRow
    row: RecordRow | None


@dataclass(frozen=True)
class Said:
    """What is said of one region's desk. `version` is that of the record which was seen, 0 for none."""

    presence: str
    people: int | None
    version: int


def sheet_of(meeting: RecordRow) -> list[Line]:
    """The regions right below the meeting's, with the attendance of their desks. Three statements."""
    known = {
        row.region_code: row
        for row in attendance_of(meeting.id)
        if row.values["institution"] == DESK and not row.values["unit"]
    }
    return [Line(place, known.get(place.code)) for place in children_of(meeting.region_code)]


def attend(meeting: RecordRow, said: Mapping[str, Said], *, by: Person) -> int:
    """Record or correct the attendance of the desks that something was said of; returns how many changed.

    Refuses who may not record there (NotAllowed), a withdrawn meeting or an attendance that is not the one that was
    seen (NotNow), and what cannot be (Invalid, its fields named by the region's code).
    """
    mandate(by, MEETINGS, Permission.REGISTER_RECORD, meeting.region_code)
    if meeting.is_withdrawn:
        raise NotNow("Rapat ini sudah dibatalkan. Pulihkan dahulu.")
    lines = sheet_of(meeting)
    _check(lines, said)
    changed = 0
    for line in lines:
        words = said.get(line.region.code)
        if words is None or not words.presence:
            continue
        if words.version != (line.row.version if line.row else 0):
            raise NotNow(TOO_LATE)
        changed += _attend(meeting, line, words, by)
    return changed


def _check(lines: Sequence[Line], said: Mapping[str, Said]) -> None:
    wrong: dict[str, str] = {}
    for line in lines:
        words = said.get(line.region.code, Said("", None, 0))
        if not words.presence and words.people is not None:
            wrong[line.region.code] = f"{line.region.title}: pilih kehadirannya."
        elif not words.presence and line.row is not None:
            wrong[line.region.code] = f"{line.region.title}: batalkan catatannya bila keliru."
        elif words.presence == ABSENT and words.people:
            wrong[line.region.code] = f"{line.region.title}: tidak hadir, jadi kosongkan banyak orangnya."
        elif words.presence and words.presence != ABSENT and words.people == 0:
            wrong[line.region.code] = f"{line.region.title}: nol orang berarti tidak hadir."
    if wrong:
        raise Invalid("Ada isian yang perlu diperbaiki.", **wrong)


def _attend(meeting: RecordRow, line: Line, words: Said, by: Person) -> bool:
    told = {"presence": words.presence, "people": words.people}
    if line.row is not None:
        kept = dict(line.row.values) | told
        if words.presence == ABSENT:
            kept |= {"people": None, "speaker": "", "companions": ""}
        return change(line.row, kept, by=by, version=line.row.version)
    fresh = {"institution": DESK, "unit": "", "speaker": "", "companions": "", "note": ""}
    record(ATTENDANCES, line.region.code, fresh | told, by=by, parents={"meeting_id": meeting.id})
    return True
