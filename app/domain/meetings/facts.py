"""What this room tells reports and the situation room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from app.domain.meetings.monday import attended_by, is_overdue
from app.domain.meetings.registers import AREA, ATTENDANCES, FOLLOW_UPS, MEETINGS, VISITS
from app.domain.meetings.rules import ABSENT, DONE, MONDAY, OPEN, Stand
from app.domain.regions import Level, kabkota_of, regions_under
from app.domain.registers import DESK, Fact, RecordRow, records_in, today_in
from app.words import tanggal_panjang


def facts(codes: Sequence[str]) -> list[Fact]:
    """Meetings held, who came on the last Monday, visits, and follow-ups of these subtrees. At most six
    statements and one for each region.
    """
    today = today_in(codes[0]) if codes else dt.date.min
    return [*_of_meetings(codes, today), *_of_visits(codes), *_of_follow_ups(codes, today)]


def _of_meetings(codes: Sequence[str], today: dt.date) -> list[Fact]:
    rows = records_in(MEETINGS, codes)
    held = [row for row in rows if row.values["held_on"] <= today]
    mondays = [row for row in held if row.values["kind"] == MONDAY]
    latest = _latest(rows)
    attendances = records_in(ATTENDANCES, codes)
    came = [row for row in attendances if row.values["presence"] != ABSENT]
    told = [
        _fact("rapat.diadakan", "Rapat tercatat sampai hari ini", len(held), "rapat", latest),
        _fact("rapat.senin", "Rapat Senin tercatat sampai hari ini", len(mondays), "rapat", latest),
        _fact("rapat.direncanakan", "Rapat yang akan datang", len(rows) - len(held), "rapat", latest),
    ]
    told.append(
        _fact(
            "rapat.kehadiran",
            "Wilayah dan lembaga yang hadir di rapat",
            len(came),
            "kehadiran",
            _latest(came),
        )
    )
    for code in codes:
        own = [row for row in mondays if row.region_code == code]
        if own:
            meeting = max(own, key=lambda row: (row.values["held_on"], row.id))
            of_it = [row for row in attendances if row.parents["meeting_id"] == meeting.id]
            last = attended_by(meeting, of_it)
            day = tanggal_panjang(last.meeting.values["held_on"])
            label = f"Wilayah yang hadir di rapat Senin {day}"
            told.append(
                _fact("rapat.senin_hadir", label, last.came, "wilayah", latest, whole=len(last.attended))
            )
    return told


def _of_visits(codes: Sequence[str]) -> list[Fact]:
    rows = records_in(VISITS, codes)
    made = [row for row in rows if row.values["standing"] == DONE]
    places = {place.code for place in regions_under(codes, Level.REGENCY)}
    visited = places & {kabkota_of(row.region_code) for row in made}
    planned = places & {kabkota_of(row.region_code) for row in rows if row.values["standing"] != "batal"}
    latest = _latest(rows)
    return [
        _fact("kunjungan.terlaksana", "Kunjungan lapangan yang terlaksana", len(made), "kunjungan", latest),
        _fact(
            "kunjungan.wilayah",
            "Kabupaten/kota yang dikunjungi",
            len(visited),
            "wilayah",
            latest,
            whole=len(places),
        ),
        _fact(
            "kunjungan.rencana",
            "Kabupaten/kota yang dikunjungi atau direncanakan",
            len(planned),
            "wilayah",
            latest,
            whole=len(places),
        ),
    ]


def _of_follow_ups(codes: Sequence[str], today: dt.date) -> list[Fact]:
    rows = [row for row in records_in(FOLLOW_UPS, codes) if row.state != Stand.DROPPED]
    open_ = [row for row in rows if row.state in set(OPEN)]
    late = [row for row in open_ if is_overdue(row, today)]
    latest = _latest(rows)
    return [
        _fact("tindak_lanjut.terbuka", "Tindak lanjut terbuka", len(open_), "hal", latest, whole=len(rows)),
        _fact(
            "tindak_lanjut.terlambat",
            "Tindak lanjut lewat tenggat",
            len(late),
            "hal",
            latest,
            whole=len(rows),
        ),
        _fact(
            "tindak_lanjut.selesai",
            "Tindak lanjut selesai",
            len(rows) - len(open_),
            "hal",
            latest,
            whole=len(rows),
        ),
    ]


def _latest(rows: Sequence[RecordRow]) -> dt.datetime | None:
    return max((row.changed_at for row in rows), default=None)


def _fact(
    key: str, label: str, value: int, unit: str, latest: dt.datetime | None, whole: int | None = None
) -> Fact:
    return Fact(key, AREA, label, value, unit, whole=whole, source=DESK, as_of=latest)
