"""What a desk still lacks before its people can work: told to its admin until all is in place.

Nothing is ticked off here by hand: each step looks at what is really there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from app.domain import clock, jobs, letterheads, regions, stages
from app.domain.accounts import Account, Appointment, Permission, Person, Role
from app.domain.checklists import Entry
from app.domain.errors import NotFound
from app.domain.regions import FigureKind, Level
from app.domain.stages import Election
from app.extensions import db

NAMED = 5
"""So many regions are named; the others are counted."""
WORKING = {Role.OPERATOR: "operator", Role.SUPERVISOR: "penyelia"}
KNOWN = (FigureKind.POLLING_STATIONS, FigureKind.VOTERS)


@dataclass(frozen=True)
class Step:
    """One thing that is missing: its name, what it is, and why it matters or whom it concerns."""

    name: str
    title: str
    words: str


def missing_steps(person: Person, region_code: str) -> list[Step]:
    """What the desk of this region, and those one level below a province, still lack; empty when all is in place.

    For whoever manages people there; raises NotAllowed for anybody else. At most ten statements.
    """
    person.require(Permission.PEOPLE_MANAGE, region=region_code)
    day = clock.today(regions.zone_of(region_code))
    try:
        election: Election | None = stages.current_election()
    except NotFound:
        election = None
    desks = _desks(region_code)
    steps = [
        _election(election),
        _entries(election, region_code),
        *_people(desks, day),
        _figures(desks),
        _letterhead(region_code),
        _newcomers(region_code),
        _worker(),
    ]
    return [step for step in steps if step is not None]


def _desks(region_code: str) -> dict[str, str]:
    """Code -> name of the desks this admin answers for: the own one and, of a province, its kabupaten/kota."""
    own = regions.find(region_code)
    below = regions.children_of(region_code) if own.level is Level.PROVINCE else []
    return {row.code: row.title for row in (own, *below)}


def _election(election: Election | None) -> Step | None:
    if election is None:
        return Step(
            "election",
            "Pemilihan belum disiapkan",
            "Tanpa hari pemungutan suara tidak ada tahapan, tenggat, atau isian.",
        )
    if not stages.stages_of(election):
        return Step("stages", "Tahapan belum ada", f"Pemilihan {election.name} belum bertahapan.")
    return None


def _entries(election: Election | None, region_code: str) -> Step | None:
    if election is None:
        return None
    any_entry = (
        select(Entry.id)
        .where(Entry.election_id == election.id, regions.subtree(Entry.region_code, region_code))
        .limit(1)
    )
    if db.session.scalar(any_entry) is not None:
        return None
    return Step(
        "entries",
        "Daftar periksa masih kosong",
        "Belum ada isian untuk wilayah ini. Terbitkan butir pustaka yang berlaku di sini.",
    )


def _people(desks: dict[str, str], day: dt.date) -> Iterable[Step | None]:
    """Desks where nobody fills, nobody verifies, or nobody signs today. One statement."""
    query = (
        select(Appointment.region_code, Appointment.role, Appointment.signs)
        .join(Account, Account.id == Appointment.account_id)
        .where(
            Appointment.region_code.in_(desks),
            Account.is_disabled.is_(False),
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


def _newcomers(region_code: str) -> Step | None:
    """People who were given a password and have not come. One statement."""
    there = select(Appointment.account_id).where(regions.subtree(Appointment.region_code, region_code))
    waiting = (
        select(func.count())
        .select_from(Account)
        .where(Account.id.in_(there), Account.must_change_password.is_(True), Account.is_disabled.is_(False))
    )
    count = db.session.scalar(waiting) or 0
    if not count:
        return None
    return Step(
        "newcomers",
        f"{count} orang belum pernah masuk",
        "Kata sandi sementaranya belum diganti. Tanyakan apakah sudah diterima.",
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
