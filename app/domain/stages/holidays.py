"""The days on which offices are closed: national holidays, shared leave (cuti bersama), and those of a region."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import or_, select, update

from app.domain import audit, clock
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.regions import ancestors
from app.domain.regions import find as find_region
from app.domain.stages.models import Holiday
from app.domain.stages.queries import current_election, govern
from app.domain.stages.workdays import add_working_days
from app.extensions import db

EVERYWHERE = ""
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2100, 12, 31)


class HolidayKind(StrEnum):
    """Who set the day: the state, the state as shared leave, or a region."""

    NATIONAL = "nasional"
    SHARED_LEAVE = "cuti_bersama"
    REGIONAL = "daerah"

    @property
    def label(self) -> str:
        """In words for people."""
        return {
            "nasional": "Libur nasional",
            "cuti_bersama": "Cuti bersama",
            "daerah": "Libur daerah",
        }[self.value]


class Day(NamedTuple):
    """A day as somebody says it; `region_code` is empty for the whole country."""

    day: dt.date
    name: str
    kind: HolidayKind
    source: str
    region_code: str = EVERYWHERE


def holidays_in(year: int, region_code: str) -> list[Holiday]:
    """The days of a year that count in a region, in order: those of the country, and of the region and those above."""
    query = (
        select(Holiday)
        .where(
            Holiday.day.between(dt.date(year, 1, 1), dt.date(year, 12, 31)),
            Holiday.removed_at.is_(None),
            Holiday.region_code.in_([EVERYWHERE, *ancestors(region_code)]),
        )
        .order_by(Holiday.day, Holiday.region_code)
    )
    return list(db.session.scalars(query))


def years_with_holidays() -> list[int]:
    """The years for which any day of the whole country is known."""
    query = select(Holiday.day).where(Holiday.removed_at.is_(None), Holiday.region_code == EVERYWHERE)
    return sorted({day.year for day in db.session.scalars(query)})


def free_days(region_code: str, first: dt.date, last: dt.date) -> frozenset[dt.date]:
    """The closed days of a region between two days, both inside; Saturdays and Sundays are not told."""
    query = select(Holiday.day).where(
        Holiday.day.between(first, last),
        Holiday.removed_at.is_(None),
        or_(Holiday.region_code == EVERYWHERE, Holiday.region_code.in_(ancestors(region_code))),
    )
    return frozenset(db.session.scalars(query))


def nth_working_day(day: dt.date, number: int, region_code: str) -> dt.date:
    """The `number`th working day after `day` in a region, by the days known today. One statement."""
    reach = dt.timedelta(days=abs(number) * 2 + 60)
    return add_working_days(day, number, free_days(region_code, day - reach, day + reach))


def find_holiday(holiday_id: int) -> Holiday:
    """One day of the list; raises NotFound, for one that was taken off too."""
    found = db.session.get(Holiday, holiday_id)
    if found is None or found.removed_at is not None:
        raise NotFound("Hari libur itu tidak ada atau sudah dihapus dari daftar.")
    return found


def _require_setting(by: Person | None, *region_codes: str) -> None:
    """Raise NotAllowed unless the person may set days there: those of the whole country by who governs all of it.

    None is the terminal, which may.
    """
    if by is None:
        return
    for code in region_codes:
        if code == EVERYWHERE:
            govern(by, Permission.CALENDAR_MANAGE, current_election())
        else:
            by.require(Permission.CALENDAR_MANAGE, region=code)


def add_holiday(said: Day, *, by: Person | None) -> Holiday:
    """Put a day on the list; `by` None is the terminal.

    Refuses who may not set days there (NotAllowed), what `check_day` refuses, or one that is there already (Invalid).
    """
    check_holiday(said, by=by)
    holiday = _row(said)
    db.session.add(holiday)
    db.session.flush()
    audit.record_many([_arrival(holiday)], by=by)
    return holiday


def check_holiday(said: Day, *, by: Person | None, instead_of: Holiday | None = None) -> None:
    """Refuse what `add_holiday` refuses, or `change_holiday` of `instead_of`, without doing it."""
    _require_setting(by, said.region_code, *([] if instead_of is None else [instead_of.region_code]))
    check_day(said)
    if _known(said, but=0 if instead_of is None else instead_of.id):
        raise Invalid("Hari itu sudah ada dalam daftar.", day="Ubah yang sudah ada, atau pilih hari lain.")


def unknown_of(days: Sequence[Day]) -> list[Day]:
    """Those of the days that are not on the list yet. One statement."""
    on_list = select(Holiday.day, Holiday.region_code).where(Holiday.removed_at.is_(None))
    known = {(day, code) for day, code in db.session.execute(on_list)}
    return [said for said in days if (said.day, said.region_code) not in known]


def check_day(said: Day) -> None:
    """Refuse (Invalid) a day without name or source, far off, or whose kind and region do not fit together."""
    if not EARLIEST <= said.day <= LATEST:
        raise Invalid("Tahunnya tidak masuk akal.", day="Isi tanggal antara tahun 2000 dan 2100.")
    if not said.name.strip() or len(said.name.strip()) > 120:
        raise Invalid("Nama hari libur wajib diisi.", name="Tuliskan 1 sampai 120 tanda.")
    if not said.source.strip() or len(said.source.strip()) > 300:
        raise Invalid(
            "Sumber wajib diisi.", source="Sebutkan keputusannya, misalnya SKB 855/2023; 1 sampai 300 tanda."
        )
    if (said.kind is HolidayKind.REGIONAL) is (said.region_code == EVERYWHERE):
        raise Invalid(
            "Jenis dan wilayah tidak cocok.",
            region_code="Libur daerah memerlukan wilayah; libur nasional dan cuti bersama tidak.",
        )
    if said.region_code:
        find_region(said.region_code)


def _known(said: Day, but: int = 0) -> bool:
    query = select(Holiday.id).where(
        Holiday.day == said.day,
        Holiday.region_code == said.region_code,
        Holiday.removed_at.is_(None),
        Holiday.id != but,
    )
    return db.session.scalar(query) is not None


def change_holiday(holiday: Holiday, said: Day, *, version: int, by: Person) -> None:
    """Say a day otherwise. Refuses what `add_holiday` refuses, or one changed since `version` (NotNow)."""
    check_holiday(said, by=by, instead_of=holiday)
    new = {
        "day": said.day,
        "name": said.name.strip(),
        "kind": said.kind.value,
        "region_code": said.region_code,
        "source": said.source.strip(),
    }
    changes = {name: [getattr(holiday, name), value] for name, value in new.items()}
    _write(holiday, version, new)
    audit.record(
        "calendar:holiday:change",
        by=by,
        subject=("holiday", holiday.id),
        region=said.region_code or None,
        changes={name: pair for name, pair in changes.items() if pair[0] != pair[1]},
    )


def remove_holiday(holiday: Holiday, *, version: int, by: Person) -> None:
    """Take a day off the list; the row and the trail keep it.

    Refuses who may not set days there (NotAllowed), or one changed since `version` (NotNow).
    """
    _require_setting(by, holiday.region_code)
    _write(holiday, version, {"removed_at": clock.now()})
    audit.record(
        "calendar:holiday:remove",
        by=by,
        subject=("holiday", holiday.id),
        region=holiday.region_code or None,
        changes={"day": [holiday.day, None], "name": [holiday.name, None]},
    )


def _write(holiday: Holiday, version: int, values: Mapping[str, object]) -> None:
    done = db.session.execute(
        update(Holiday)
        .where(Holiday.id == holiday.id, Holiday.version == version, Holiday.removed_at.is_(None))
        .values(**values, version=version + 1)
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise NotNow("Hari libur ini baru saja diubah orang lain. Lihat yang terbaru, lalu putuskan.")


def add_unknown(days: Sequence[Day], *, by: Person | None) -> int:
    """Add those that are not on the list yet, all or none; returns how many. Refuses what `add_holiday` refuses."""
    _require_setting(by, *{said.region_code for said in days})
    new = unknown_of(days)
    for said in new:
        check_day(said)
    rows = [_row(said) for said in new]
    db.session.add_all(rows)
    db.session.flush()
    audit.record_many((_arrival(row) for row in rows), by=by)
    return len(rows)


def _row(said: Day) -> Holiday:
    return Holiday(
        day=said.day,
        name=said.name.strip(),
        kind=said.kind.value,
        region_code=said.region_code,
        source=said.source.strip(),
        version=1,
    )


def _arrival(row: Holiday) -> audit.Deed:
    """A day that came onto the list, as the trail tells it."""
    return audit.Deed(
        "calendar:holiday:add",
        subject=("holiday", row.id),
        region=row.region_code or None,
        changes={"day": [None, row.day], "name": [None, row.name], "source": [None, row.source]},
    )


def days_from_rows(rows: Iterable[Mapping[str, str]]) -> list[Day]:
    """The days of a shipped file. Columns: day, kind, name, source."""
    return [
        Day(dt.date.fromisoformat(row["day"]), row["name"], HolidayKind(row["kind"]), row["source"])
        for row in rows
    ]
