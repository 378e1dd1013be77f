"""When reports are owed: our editable proposal, and what a desk sets for itself and for those below it.

Nobody states hours (docs/decisions/0024-reports-are-owed-by-rhythm.md). The proposal is the province's; a desk below
it that has none of its own is due earlier (`LEAD`), so that the one above can compile, and locks with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.domain import audit, clock
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.regions import Level, ancestors, level_of
from app.domain.reports.models import ReportRhythm
from app.domain.reports.rules import Kind
from app.extensions import db

SUBJECT = "report_rhythm"
FARTHEST = 730
"""Days from voting day, as in the calendar."""
MOST_TIGHT = 5
MOST_GRACE = 60 * 24 * 60
"""Minutes: two months."""
LEAST_TIME = 15
"""Minutes between the cut-off and the deadline of the lowest desk."""
LEAST_SILENCE, MOST_SILENCE = 15, 7 * 24 * 60
"""Minutes that a verifier may be silent before the desk above is told."""
USUAL_SILENCE = 120
_DAY = 24 * 60
LEAD: dict[Kind, dict[Level, int]] = {
    Kind.DAILY: {Level.PROVINCE: 0, Level.REGENCY: 60, Level.DISTRICT: 90},
    Kind.WEEKLY: {Level.PROVINCE: 0, Level.REGENCY: 60, Level.DISTRICT: 90},
    Kind.FINAL: {Level.PROVINCE: 0, Level.REGENCY: 7 * _DAY, Level.DISTRICT: 10 * _DAY},
}
"""Minutes by which the deadline of a level comes before the province's."""


class Rhythm(NamedTuple):
    """What a desk sets; its deadline is its own, those below that have none of their own come before it."""

    owed: bool
    districts_owe: bool
    first_offset: int
    last_offset: int
    cut_off: dt.time
    due: dt.time
    due_days: int
    grace_minutes: int
    tight_cut_offs: tuple[dt.time, ...] = ()
    escalate_minutes: int = USUAL_SILENCE
    """From sending until a report that nobody verified is shown to the desk above too."""

    @property
    def minutes_to_write(self) -> int:
        """From the cut-off to the deadline."""
        return self.due_days * _DAY + _minutes(self.due) - _minutes(self.cut_off)


class RhythmRow(NamedTuple):
    """The rhythm of one kind as it holds in a region: its own deadline, already before that of the desk above."""

    region_code: str
    kind: Kind
    said: Rhythm
    set_in: str = ""
    """Whose rhythm it is; empty for the proposal, whose first and last day follow the stages."""
    version: int = 0
    """Of the region's own; 0 where it has none."""
    set_at: dt.datetime | None = None
    set_by_name: str = ""

    @property
    def is_owed(self) -> bool:
        """Whether a desk of this region's level owes it."""
        if level_of(self.region_code) is Level.DISTRICT:
            return self.said.owed and self.said.districts_owe
        return self.said.owed


PROPOSED: dict[Kind, Rhythm] = {
    Kind.DAILY: Rhythm(True, False, -63, 19, dt.time(15), dt.time(17), 0, 19 * 60),
    Kind.WEEKLY: Rhythm(True, False, -63, 19, dt.time(9), dt.time(11), 0, 25 * 60),
    Kind.FINAL: Rhythm(True, False, 13, 13, dt.time(16), dt.time(16), 17, 14 * _DAY),
}
"""For a province: daily due 17.00 (kabupaten/kota 16.00), locked the next day at 12.00; Monday's due 11.00 (10.00),
locked on Tuesday at 12.00; the final one speaks of H+13 (seed 002) and is due on H+30 (H+23).
"""


def rhythm_of(region: str, kind: Kind) -> RhythmRow:
    """The rhythm of a kind in a region. One statement. Raises NotFound for a kind that is made on demand."""
    _require_expected(kind)
    query = select(ReportRhythm).where(
        ReportRhythm.kind == kind.value, ReportRhythm.region_code.in_(ancestors(region))
    )
    return effective(_read(query), region, kind)


def own_rhythms(region: str) -> dict[Kind, RhythmRow]:
    """The rhythms of all expected kinds in a region. One statement."""
    query = select(ReportRhythm).where(ReportRhythm.region_code.in_(ancestors(region)))
    found = _read(query)
    return {kind: effective(found, region, kind) for kind in PROPOSED}


def all_rhythms() -> dict[tuple[str, Kind], RhythmRow]:
    """What desks have set, by region and kind. One statement."""
    return _read(select(ReportRhythm))


def effective(rows: Mapping[tuple[str, Kind], RhythmRow], region: str, kind: Kind) -> RhythmRow:
    """What holds in a region, given what desks have set: the nearest one, moved by the region's level."""
    nearest = next((rows[code, kind] for code in reversed(ancestors(region)) if (code, kind) in rows), None)
    if nearest is None:
        ahead = LEAD[kind][level_of(region)]
        return RhythmRow(region, kind, _earlier(PROPOSED[kind], ahead))
    if nearest.region_code == region:
        return nearest
    ahead = LEAD[kind][level_of(region)] - LEAD[kind][level_of(nearest.region_code)]
    return nearest._replace(region_code=region, said=_earlier(nearest.said, ahead), version=0)


def _earlier(said: Rhythm, minutes: int) -> Rhythm:
    """The same with a deadline so much earlier and the same lock."""
    days, left = divmod(said.due_days * _DAY + _minutes(said.due) - minutes, _DAY)
    return said._replace(
        due=dt.time(left // 60, left % 60), due_days=days, grace_minutes=said.grace_minutes + minutes
    )


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _read(query: Any) -> dict[tuple[str, Kind], RhythmRow]:
    rows = db.session.scalars(query.execution_options(populate_existing=True))
    return {(row.region_code, Kind(row.kind)): _row(row) for row in rows}


def _row(row: ReportRhythm) -> RhythmRow:
    said = Rhythm(
        row.owed,
        row.districts_owe,
        row.first_offset,
        row.last_offset,
        row.cut_off,
        row.due,
        row.due_days,
        row.grace_minutes,
        read_hours(row.tight_cut_offs),
        row.escalate_minutes,
    )
    return RhythmRow(
        row.region_code, Kind(row.kind), said, row.region_code, row.version, row.set_at, row.set_by_name
    )


def read_hours(text: str) -> tuple[dt.time, ...]:
    """Hours as people write them, "08.00 12.00" or "8:00, 12:00", in order and once each. Raises ValueError."""
    words = text.replace(",", " ").replace(";", " ").split()
    return tuple(sorted({_hour(word) for word in words}))


def _hour(word: str) -> dt.time:
    hour, _, minute = word.replace(":", ".").partition(".")
    if not (hour.isdecimal() and (minute or "0").isdecimal() and len(hour) < 3 and len(minute) in (0, 2)):
        raise ValueError(word)
    return dt.time(int(hour), int(minute or 0))


def hours_text(hours: tuple[dt.time, ...]) -> str:
    """The same hours, "08.00 12.00"."""
    return " ".join(f"{hour:%H.%M}" for hour in hours)


def set_rhythm(region: str, kind: Kind, said: Rhythm, *, by: Person, version: int) -> None:
    """Set when a kind is owed by a region and all below that have none of their own; rows follow by `expect()`.

    Refuses who does not arrange reports there (NotAllowed), a kind made on demand or a village (NotFound), what
    `check_rhythm` refuses, and (NotNow) when somebody else was quicker; `version` 0 is none of its own yet.
    """
    by.require(Permission.REPORT_ARRANGE, region=region)
    before = rhythm_of(region, kind)
    check_rhythm(region, kind, said)
    values: dict[str, Any] = {
        **said._asdict(),
        "tight_cut_offs": hours_text(said.tight_cut_offs),
        "set_at": clock.now(),
        "set_by_name": by.name,
    }
    if not (_first(region, kind, values) if version == 0 else _next(region, kind, values, version)):
        raise NotNow("Irama ini baru saja diubah orang lain. Muat ulang untuk melihat yang terbaru.")
    audit.record(
        "report:rhythm:set",
        by=by,
        subject=(SUBJECT, kind.value),
        region=region,
        changes=_changes(before.said, said),
    )


def drop_rhythm(region: str, kind: Kind, *, by: Person, version: int) -> None:
    """Let the region follow the desk above again, or the proposal. Refusals as in `set_rhythm`."""
    by.require(Permission.REPORT_ARRANGE, region=region)
    before = rhythm_of(region, kind)
    here = (ReportRhythm.region_code == region, ReportRhythm.kind == kind.value)
    done = db.session.execute(delete(ReportRhythm).where(*here, ReportRhythm.version == version))
    if not done.rowcount:  # type: ignore[attr-defined]
        raise NotNow("Irama ini baru saja diubah orang lain. Muat ulang untuk melihat yang terbaru.")
    audit.record(
        "report:rhythm:drop",
        by=by,
        subject=(SUBJECT, kind.value),
        region=region,
        changes=_changes(before.said, rhythm_of(region, kind).said),
    )


def _changes(before: Rhythm, after: Rhythm) -> dict[str, list[Any]]:
    pairs = zip(Rhythm._fields, map(_told, before), map(_told, after), strict=True)
    return {name: [old, new] for name, old, new in pairs if old != new}


def _told(value: Any) -> Any:
    if isinstance(value, dt.time):
        return f"{value:%H.%M}"
    return hours_text(value) if isinstance(value, tuple) else value


def _require_expected(kind: Kind) -> None:
    if not kind.is_expected:
        raise NotFound("Laporan sewaktu dibuat saat diminta dan tidak berirama.")


def check_rhythm(region: str, kind: Kind, said: Rhythm) -> None:
    """Refuse (Invalid) days in the wrong order or too far off, a deadline that leaves some desk no time to write, and
    a silence of verifiers that is too short or too long.

    A village owes no report (NotFound).
    """
    _require_expected(kind)
    level = level_of(region)
    if level is Level.VILLAGE:
        raise NotFound("Kelurahan/desa tidak wajib membuat laporan.")
    for name in ("first_offset", "last_offset"):
        if abs(getattr(said, name)) > FARTHEST:
            _refuse(name, f"Paling jauh {FARTHEST} hari dari hari pemungutan suara.")
    if said.last_offset < said.first_offset:
        _refuse("last_offset", "Hari terakhir harus sama atau sesudah hari pertama.")
    if kind is Kind.FINAL and said.last_offset != said.first_offset:
        _refuse("last_offset", "Laporan akhir hanya satu: isi hari yang sama.")
    if not 0 <= said.due_days <= 60:
        _refuse("due_days", "Isi 0 sampai 60 hari.")
    if not 0 <= said.grace_minutes <= MOST_GRACE:
        _refuse("grace_minutes", f"Isi 0 sampai {MOST_GRACE} menit.")
    if len(said.tight_cut_offs) > MOST_TIGHT or said.cut_off in said.tight_cut_offs:
        _refuse("tight_cut_offs", f"Paling banyak {MOST_TIGHT} jam, dan bukan jam data hari itu sendiri.")
    if not LEAST_SILENCE <= said.escalate_minutes <= MOST_SILENCE:
        _refuse("escalate_minutes", f"Isi {LEAST_SILENCE} sampai {MOST_SILENCE} menit.")
    needed = LEAST_TIME + max(LEAD[kind].values()) - LEAD[kind][level]
    if said.minutes_to_write < needed:
        _refuse(
            "due", f"Tenggat harus sedikitnya {_long(needed)} sesudah jam data, agar desk di bawah sempat."
        )


def _long(minutes: int) -> str:
    if minutes >= _DAY:
        return f"{minutes // _DAY} hari {minutes % _DAY} menit"
    return f"{minutes} menit"


def _refuse(field: str, sentence: str) -> None:
    raise Invalid(sentence, **{field: sentence})


def _first(region: str, kind: Kind, values: dict[str, Any]) -> bool:
    try:
        with db.session.begin_nested():
            row = insert(ReportRhythm).values(region_code=region, kind=kind.value, version=1, **values)
            db.session.execute(row)
    except IntegrityError:
        return False
    return True


def _next(region: str, kind: Kind, values: dict[str, Any], version: int) -> bool:
    here = (ReportRhythm.region_code == region, ReportRhythm.kind == kind.value)
    wanted = update(ReportRhythm).where(*here, ReportRhythm.version == version)
    done = db.session.execute(wanted.values(version=version + 1, **values))
    return bool(done.rowcount)  # type: ignore[attr-defined]
