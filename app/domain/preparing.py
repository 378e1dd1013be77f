"""What a desk still lacks before its people can work: told to its admin until all is in place.

Nothing is ticked off here by hand: each step looks at what is really there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, false, or_, select

from app.domain import accounts, backups, clock, jobs, letterheads, regions, stages
from app.domain.accounts import Account, Appointment, PeopleFilters, Permission, Person, Role, State, Unit
from app.domain.checklists import Entry
from app.domain.errors import NotFound
from app.domain.regions import FigureKind, Level
from app.domain.stages import EVERYWHERE, Election, Holiday, HolidayKind, Stage
from app.extensions import db
from app.words import angka

NAMED = 5
"""So many regions are named; the others are counted."""
WORKING = {Role.OPERATOR: "operator", Role.SUPERVISOR: "penyelia"}
KNOWN = (FigureKind.POLLING_STATIONS, FigureKind.VOTERS)


class Step(NamedTuple):
    """One thing that is missing: its name, what it is, and why it matters or whom it concerns."""

    name: str
    title: str
    words: str


class There(NamedTuple):
    """What the whole election has: stages, entries of this region, units, and the closed days of its year."""

    stages: bool
    entries: bool
    units: bool
    institutions: bool
    holidays: bool
    shared_leave: bool


def missing_steps(person: Person, region_code: str, *, data: Path) -> list[Step]:
    """What the desk of this region, and those one level below a province, still lack; empty when all is in place.

    `data` is where a backup leaves its note. What all desks of the election share is told only to whoever governs it
    and can put it right. For whoever manages people there; raises NotAllowed for anybody else. At most nine statements.
    """
    person.require(Permission.PEOPLE_MANAGE, region=region_code)
    day = clock.today(regions.zone_of(region_code))
    try:
        election: Election | None = stages.current_election()
    except NotFound:
        election = None
    desks, there = _desks(region_code), _there(election, region_code)
    steps = [
        _election(election, there),
        _entries(election, there),
        *_people(desks, day),
        _figures(desks),
        _letterhead(region_code),
        _newcomers(person, region_code),
        *(_shared(election, there, data) if _governs(person, region_code, election) else ()),
        _worker(),
    ]
    return [step for step in steps if step is not None]


def _desks(region_code: str) -> dict[str, str]:
    """Code -> name of the desks this admin answers for: the own one and, of a province, its kabupaten/kota."""
    if regions.level_of(region_code) is not Level.PROVINCE:
        return {region_code: regions.find(region_code).title}
    return {row.code: row.title for row in regions.with_children([region_code])}


def _there(election: Election | None, region_code: str) -> There:
    """Look for one row of each. One statement."""
    working = select(Unit.id).where(Unit.is_source_only.is_(False), Unit.retired_on.is_(None))
    institutions = select(Unit.id).where(Unit.is_source_only.is_(True), Unit.retired_on.is_(None))
    found: list[ColumnElement[bool]] = [working.exists(), institutions.exists()]
    if election is None:
        found = [false(), false(), *found, false(), false()]
    else:
        year = election.voting_day.year
        of_stages = select(Stage.id).where(Stage.election_id == election.id)
        entries = select(Entry.id).where(
            Entry.election_id == election.id, regions.subtree(Entry.region_code, region_code)
        )
        closed = select(Holiday.id).where(
            Holiday.day.between(dt.date(year, 1, 1), dt.date(year, 12, 31)),
            Holiday.region_code == EVERYWHERE,
            Holiday.removed_at.is_(None),
        )
        leave = closed.where(Holiday.kind == HolidayKind.SHARED_LEAVE.value)
        found = [of_stages.exists(), entries.exists(), *found, closed.exists(), leave.exists()]
    return There(*map(bool, db.session.execute(select(*found)).one()))


def _election(election: Election | None, there: There) -> Step | None:
    if election is None:
        return Step(
            "election",
            "Pemilihan belum disiapkan",
            "Tanpa hari pemungutan suara tidak ada tahapan, tenggat, atau isian.",
        )
    if not there.stages:
        return Step("stages", "Tahapan belum ada", f"Pemilihan {election.name} belum bertahapan.")
    return None


def _entries(election: Election | None, there: There) -> Step | None:
    if election is None or there.entries:
        return None
    return Step(
        "entries",
        "Daftar periksa masih kosong",
        "Belum ada isian untuk wilayah ini. Terbitkan butir pustaka yang berlaku di sini.",
    )


def _people(desks: dict[str, str], day: dt.date) -> Iterable[Step | None]:
    """Desks where nobody who may sign in today fills, verifies, or signs. One statement."""
    query = (
        select(Appointment.region_code, Appointment.role, Appointment.signs)
        .join(Account, Account.id == Appointment.account_id)
        .where(
            Appointment.region_code.in_(desks),
            accounts.is_open(day),
            Appointment.starts_on <= day,
            or_(Appointment.ends_on.is_(None), Appointment.ends_on >= day),
        )
    )
    held: Sequence[Any] = db.session.execute(query).all()
    for role, word in WORKING.items():
        served = {row.region_code for row in held if row.role == role.value}
        yield _where(
            f"people-{role.value}", f"Belum ada {word}", [desks[c] for c in desks if c not in served]
        )
    signed = {row.region_code for row in held if row.signs}
    yield _where(
        "signatory",
        "Belum ada penanda tangan laporan",
        [desks[code] for code in desks if code not in signed],
    )


def _figures(desks: dict[str, str]) -> Step | None:
    """Kabupaten/kota whose number of TPS or of voters nobody has said. One statement."""
    places = {code: name for code, name in desks.items() if regions.level_of(code) is Level.REGENCY}
    known = regions.current_figures(list(places))
    lacking = [
        name
        for code, name in places.items()
        if any((code, kind) not in known or known[code, kind].value is None for kind in KNOWN)
    ]
    return _where("figures", "Jumlah TPS atau DPT belum diketahui", lacking)


def _letterhead(region_code: str) -> Step | None:
    """Neither the desk nor one above it has a letterhead of its own. One statement."""
    if letterheads.in_force(region_code) is not None:
        return None
    return Step(
        "letterhead",
        "Kop surat masih bawaan aplikasi",
        "Laporan tercetak tanpa logo, alamat, dan pola nomor desk ini.",
    )


def _newcomers(person: Person, region_code: str) -> Step | None:
    """People of the list of people who have never come. One statement."""
    count = accounts.count_people(person, PeopleFilters(region=region_code, state=State.NEVER))
    if not count:
        return None
    return Step(
        "newcomers",
        f"{angka(count)} orang belum pernah masuk",
        "Tanyakan apakah kata sandi sementaranya sudah diterima, atau atur ulang.",
    )


def _governs(person: Person, region_code: str, election: Election | None) -> bool:
    """Whether the person can change what all desks share; before there is an election, whose desk is a province's."""
    if election is None:
        return regions.level_of(region_code) is Level.PROVINCE
    return stages.may_govern(person, Permission.CALENDAR_MANAGE, election)


def _shared(election: Election | None, there: There, data: Path) -> Iterable[Step | None]:
    """What every desk of the election works with: units, days off, and a copy of it all."""
    if not (there.units and there.institutions):
        yield Step(
            "units",
            "Lembaga sumber angka belum ada" if there.units else "Perangkat daerah belum ada",
            "Angka acuan menyebut sumbernya, misalnya KPU dan Bawaslu."
            if there.units
            else "Penugasan dan butir menyebut perangkat daerah yang bertanggung jawab.",
        )
    if election is not None and not there.shared_leave:
        year = election.voting_day.year
        yield Step(
            "holidays",
            f"Cuti bersama {year} belum dicatat" if there.holidays else f"Hari libur {year} belum dicatat",
            "Penghitungan hari kerja baru melewati Sabtu dan Minggu. Isilah setelah keputusan bersama tiga menteri "
            "terbit.",
        )
    if not backups.last_backup(data):
        yield Step(
            "backup",
            "Cadangan belum pernah dibuat",
            "Bila server rusak, semua isian hilang. Minta pengelola server menjalankan flask cadangan buat.",
        )


def _worker() -> Step | None:
    if jobs.worker_alive():
        return None
    return Step(
        "worker",
        "Pekerja latar tidak berjalan",
        "Laporan PDF dan impor menunggu sampai pekerja dijalankan di server.",
    )


def _where(name: str, title: str, regions_named: Sequence[str]) -> Step | None:
    """A step about these desks; None where there are none."""
    if not regions_named:
        return None
    named = ", ".join(regions_named[:NAMED])
    more = len(regions_named) - NAMED
    return Step(name, title, f"{named}{f', dan {more} lagi' if more > 0 else ''}.")
