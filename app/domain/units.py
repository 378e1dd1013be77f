"""The desk's deeds on units: perangkat daerah that work, institutions whose figures are quoted. None is ever deleted.

Beside the rooms, because a unit is bound by appointments below and by the library above.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select, update

from app.domain import audit, checklists, clock, stages
from app.domain.accounts import Account, Appointment, Permission, Person, Role, Unit
from app.domain.checklists import Entry, Item, ItemVersion
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.regions import Region, zone_of
from app.extensions import db

SUBJECT = "unit"
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_CODE, LONGEST_NAME, LONGEST_REASON = 40, 120, 300
TOO_LATE = (
    "Perangkat daerah ini baru saja diubah orang lain. Lihat keadaannya sekarang, lalu ulangi bila perlu."
)


class UnitRow(NamedTuple):
    """A unit with how much binds it: appointments in force or to come, items of the library."""

    id: int
    code: str
    name: str
    is_source_only: bool
    retired_on: dt.date | None
    appointments: int
    items: int

    @property
    def version(self) -> int:
        """A number that every change of the unit changes."""
        said = f"{self.code}|{self.name}|{self.is_source_only}|{self.retired_on}"
        return zlib.crc32(said.encode()) % 10**9


class Served(NamedTuple):
    """An appointment that names the unit, in force or to come."""

    name: str
    role: Role
    region_code: str
    region_name: str
    starts_on: dt.date
    ends_on: dt.date | None


class Bonds(NamedTuple):
    """What names a unit: appointments, items as (code, title), and how many open entries."""

    appointments: tuple[Served, ...]
    items: tuple[tuple[str, str], ...]
    open_entries: int

    @property
    def is_free(self) -> bool:
        """Whether nothing holds it in use; entries of items that moved on do not."""
        return not self.appointments and not self.items


def all_units() -> list[UnitRow]:
    """Every unit by name, those that are no longer used last. Three statements."""
    held: dict[int, int] = {}
    for unit_id, region, ends_on in db.session.execute(
        select(Appointment.unit_id, Appointment.region_code, Appointment.ends_on)
        .join(Account, Account.id == Appointment.account_id)
        .where(Appointment.unit_id.is_not(None), Account.is_disabled.is_(False))
    ):
        if unit_id is not None and _lasts(region, ends_on):
            held[unit_id] = held.get(unit_id, 0) + 1
    counted = (
        select(ItemVersion.unit_id, func.count())
        .join(Item, _is_current())
        .where(_in_force())
        .group_by(ItemVersion.unit_id)
    )
    items = {row[0]: row[1] for row in db.session.execute(counted)}
    rows = db.session.scalars(select(Unit).order_by(Unit.retired_on.is_not(None), Unit.name))
    return [_row(unit, held.get(unit.id, 0), items.get(unit.id, 0)) for unit in rows]


def _row(unit: Unit, appointments: int, items: int) -> UnitRow:
    return UnitRow(unit.id, unit.code, unit.name, unit.is_source_only, unit.retired_on, appointments, items)


def _is_current() -> ColumnElement[bool]:
    return Item.current_version_id == ItemVersion.id


def _in_force() -> ColumnElement[bool]:
    return Item.retired_at.is_(None)


def _lasts(region: str, ends_on: dt.date | None) -> bool:
    return ends_on is None or ends_on >= clock.today(zone_of(region))


def find(unit_id: int) -> UnitRow:
    """One unit; raises NotFound."""
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotFound("Perangkat daerah itu tidak ada.")
    bonds = bonds_of(unit_id)
    return _row(unit, len(bonds.appointments), len(bonds.items))


def bonds_of(unit_id: int) -> Bonds:
    """Who is appointed in the unit, which items name it, and how many open entries carry it. Three statements."""
    served = (
        select(Account.name, Appointment, Region.name)
        .join(Account, Account.id == Appointment.account_id)
        .join(Region, Region.code == Appointment.region_code)
        .where(Appointment.unit_id == unit_id, Account.is_disabled.is_(False))
        .order_by(Appointment.region_code, Account.name)
    )
    items = (
        select(Item.code, ItemVersion.title)
        .join(Item, _is_current())
        .where(ItemVersion.unit_id == unit_id, _in_force())
        .order_by(Item.sort, Item.code)
    )
    waiting = select(func.count()).where(
        Entry.unit_id == unit_id, Entry.standing.in_([standing.value for standing in checklists.OPEN])
    )
    return Bonds(
        tuple(
            Served(name, Role(row.role), row.region_code, region, row.starts_on, row.ends_on)
            for name, row, region in db.session.execute(served)
            if _lasts(row.region_code, row.ends_on)
        ),
        tuple((code, title) for code, title in db.session.execute(items)),
        db.session.scalar(waiting) or 0,
    )


def add(name: str, *, code: str = "", is_source_only: bool, by: Person) -> Unit:
    """Add a unit; its code, by which sheets name it, follows from the name unless it is given, and stays.

    Refuses whoever does not govern the election's people (NotAllowed), a bad or taken name or code (Invalid).
    """
    _may(by)
    name = _checked_name(name)
    wanted = code.strip().lower()
    if wanted and (not CODE.fullmatch(wanted) or len(wanted) > LONGEST_CODE):
        raise Invalid(
            "Kode tidak sah.", code=f"Huruf kecil, angka, dan tanda hubung, paling banyak {LONGEST_CODE}."
        )
    if wanted and wanted in _codes():
        raise Invalid("Kode sudah dipakai.", code=f"Kode {wanted} sudah dipakai. Pilih yang lain.")
    unit = Unit(code=wanted or _free_code(name), name=name, is_source_only=is_source_only)
    db.session.add(unit)
    db.session.flush()
    audit.record(
        "unit:unit:add",
        by=by,
        subject=(SUBJECT, unit.id),
        changes={"name": [None, name], "code": [None, unit.code], "is_source_only": [None, is_source_only]},
    )
    return unit


def change(unit_id: int, *, name: str, is_source_only: bool, by: Person, version: int) -> None:
    """Rename a unit, or say that it is only quoted. Appointments and items keep naming it.

    Refuses (NotNow) who saw an older state, (Invalid) a taken name, and to make a mere source of a unit that
    items hold accountable.
    """
    unit = _taken(unit_id, by, version)
    name = _checked_name(name, but=unit_id)
    if is_source_only and not unit.is_source_only and bonds_of(unit_id).items:
        sentence = "Masih ada butir yang ditanggungjawabinya. Pindahkan dahulu di Pustaka butir."
        raise Invalid(sentence, is_source_only=sentence)
    changes: dict[str, list[str | bool]] = {
        "name": [unit.name, name],
        "is_source_only": [unit.is_source_only, is_source_only],
    }
    changes = {field: change for field, change in changes.items() if change[0] != change[1]}
    if not changes:
        return
    unit.name, unit.is_source_only = name, is_source_only
    _tell_who_serves_there(unit_id)
    db.session.flush()
    audit.record("unit:unit:change", by=by, subject=(SUBJECT, unit_id), changes=changes)


def retire(unit_id: int, *, reason: str, by: Person, version: int) -> None:
    """Take a unit out of use from today; what named it keeps doing so. `restore` undoes it.

    Refuses (NotNow) as long as an appointment in force or to come or an item in force names it, one that is
    retired already, and who saw an older state; (Invalid) no reason.
    """
    unit = _taken(unit_id, by, version)
    if unit.retired_on is not None:
        raise NotNow(f"{unit.name} sudah tidak dipakai.")
    bonds = bonds_of(unit_id)
    if not bonds.is_free:
        raise NotNow(
            f"{unit.name} masih dipakai: {len(bonds.appointments)} penugasan, {len(bonds.items)} butir. "
            "Akhiri atau pindahkan penugasannya di Orang, dan pindahkan butirnya di Pustaka butir."
        )
    _set_retired(unit, clock.today(zone_of(by.reach(Permission.PEOPLE_MANAGE)[0])), "retire", reason, by)


def restore(unit_id: int, *, reason: str, by: Person, version: int) -> None:
    """Use a retired unit again. Refuses (NotNow) one that is in use, (Invalid) a name taken since, no reason."""
    unit = _taken(unit_id, by, version)
    if unit.retired_on is None:
        raise NotNow(f"{unit.name} masih dipakai.")
    _checked_name(unit.name, but=unit_id)
    _set_retired(unit, None, "restore", reason, by)


def _set_retired(unit: Unit, day: dt.date | None, verb: str, reason: str, by: Person) -> None:
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid(
            "Alasan wajib diisi.", reason=f"Tuliskan alasannya, paling banyak {LONGEST_REASON} tanda."
        )
    unit.retired_on = day
    db.session.flush()
    said = {"name": (unit.name, unit.name), "reason": (None, reason)}
    audit.record(f"unit:unit:{verb}", by=by, subject=(SUBJECT, unit.id), changes=said)


def may_change(person: Person) -> bool:
    """Whether the person may add and change units: they are the same for every desk of the election."""
    try:
        return stages.may_govern(person, Permission.PEOPLE_MANAGE, stages.current_election())
    except NotFound:
        return False


def _may(by: Person) -> None:
    stages.govern(by, Permission.PEOPLE_MANAGE, stages.current_election())


def _taken(unit_id: int, by: Person, version: int) -> Unit:
    """The unit, held until the commit, as the person saw it."""
    _may(by)
    # Writing the row as it is takes its lock on PostgreSQL and the writers' turn on SQLite.
    held = db.session.execute(update(Unit).where(Unit.id == unit_id).values(code=Unit.code))
    if not held.rowcount:  # type: ignore[attr-defined]
        raise NotFound("Perangkat daerah itu tidak ada.")
    unit = db.session.get_one(Unit, unit_id, populate_existing=True)
    if _row(unit, 0, 0).version != version:
        raise NotNow(TOO_LATE)
    return unit


def _checked_name(name: str, but: int = 0) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(
            "Nama wajib diisi.", name=f"Tuliskan nama lengkapnya, paling banyak {LONGEST_NAME} tanda."
        )
    same = select(Unit.id).where(
        func.lower(Unit.name) == name.lower(), Unit.id != but, Unit.retired_on.is_(None)
    )
    if db.session.scalar(same.limit(1)) is not None:
        raise Invalid("Nama sudah dipakai.", name=f"«{name}» sudah ada dalam daftar.")
    return name


def _codes() -> Sequence[str]:
    return db.session.scalars(select(Unit.code)).all()


def _free_code(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST_CODE - 4].strip("-") or "unit"
    taken, number, code = set(_codes()), 1, base
    while code in taken:
        number += 1
        code = f"{base}-{number}"
    return code


def _tell_who_serves_there(unit_id: int) -> None:
    """Whoever is appointed there carries the name with their rights: let every process read them afresh."""
    there = select(Appointment.account_id).where(Appointment.unit_id == unit_id)
    db.session.execute(
        update(Account).where(Account.id.in_(there)).values(access_version=Account.access_version + 1)
    )
