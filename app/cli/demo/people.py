"""The demo's people: invented, few, and marked as such; `<role>.<place>`, all with one password."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select, update

from app.domain import accounts
from app.domain.accounts import Account, Role, Standing
from app.extensions import db

SINCE = dt.date(2024, 11, 1)
PAPER = "Contoh demo, tanpa surat penugasan"


@dataclass(frozen=True)
class Place:
    """A desk of the demo: its account name, code, name for accounts and in full."""

    key: str
    code: str
    short: str
    full: str

    @property
    def is_city(self) -> bool:
        """Whether a wali kota heads it."""
        return self.full.startswith("Kota ")


KALTIM = Place("kaltim", "64", "Kaltim", "Provinsi Kalimantan Timur")
DISTRICTS = (
    Place("paser", "64.01", "Paser", "Kabupaten Paser"),
    Place("kukar", "64.02", "Kukar", "Kabupaten Kutai Kartanegara"),
    Place("berau", "64.03", "Berau", "Kabupaten Berau"),
    Place("kubar", "64.07", "Kubar", "Kabupaten Kutai Barat"),
    Place("kutim", "64.08", "Kutim", "Kabupaten Kutai Timur"),
    Place("ppu", "64.09", "PPU", "Kabupaten Penajam Paser Utara"),
    Place("mahulu", "64.11", "Mahulu", "Kabupaten Mahakam Ulu"),
    Place("balikpapan", "64.71", "Balikpapan", "Kota Balikpapan"),
    Place("samarinda", "64.72", "Samarinda", "Kota Samarinda"),
    Place("bontang", "64.74", "Bontang", "Kota Bontang"),
)
KECAMATAN = (
    Place("sambaliung", "64.03.03", "Sambaliung", "Kecamatan Sambaliung"),
    Place("telukbayur", "64.03.09", "Teluk Bayur", "Kecamatan Teluk Bayur"),
)
ACTING = {
    "pimpinan.kaltim": Standing.PJ,
    "pimpinan.balikpapan": Standing.PJS,
    "penyelia.bontang": Standing.PLT,
}
"""Seed 001 speaks of a Pj. Gubernur and a Pjs. Wali Kota of Balikpapan; the Plt. is an example."""
DESK_ROLES = (Role.OPERATOR, Role.SUPERVISOR, Role.LEADER, Role.INSPECTOR, Role.ADMIN)


def appoint_all(password: str) -> None:
    """Make all demo accounts with their appointments.

    The password is hashed once: hashing is slow on purpose.
    """
    ready_hash = accounts.hash_password(password)
    for place in (KALTIM, *DISTRICTS):
        for role in DESK_ROLES:
            _appoint(place, role, password, ready_hash)
    for place in KECAMATAN:
        for role in (Role.OPERATOR, Role.SUPERVISOR):
            _appoint(place, role, password, ready_hash)
    observer = Place("kpu-berau", "64.03", "KPU Berau", "Kabupaten Berau")
    _appoint(observer, Role.OBSERVER, password, ready_hash, unit_code="kpu")


def _appoint(place: Place, role: Role, password: str, ready_hash: str, unit_code: str | None = None) -> None:
    username = f"{role.value}.{place.key}"
    account = accounts.create_account(
        username,
        f"{role.label} {place.short} (demo)",
        password,
        must_change=False,
        is_demo=True,
        ready_hash=ready_hash,
    )
    accounts.appoint(
        account.id,
        role,
        place.code,
        starts_on=SINCE,
        unit_code=unit_code,
        standing=ACTING.get(username, Standing.DEFINITIVE),
        position=_position(place, role),
        signs=role is Role.SUPERVISOR,
        document=PAPER,
    )


def _position(place: Place, role: Role) -> str:
    if role is Role.SUPERVISOR:
        if place in KECAMATAN:
            return f"Camat {place.short}"
        return f"Kepala Badan Kesatuan Bangsa dan Politik {place.full}"
    if role is Role.LEADER:
        if place is KALTIM:
            return "Gubernur Kalimantan Timur"
        region = place.full.removeprefix("Kabupaten ").removeprefix("Kota ")
        return f"{'Wali Kota' if place.is_city else 'Bupati'} {region}"
    return ""


def keep_password(password: str) -> None:
    """Let a changed DESK_DEMO_PASSWORD open the demo accounts that still share the former one."""
    query = (
        select(Account.password_hash)
        .where(Account.is_demo.is_(True))
        .group_by(Account.password_hash)
        .order_by(func.count().desc())
        .limit(1)
    )
    shared = db.session.scalar(query)
    if shared is not None and not accounts.matches(shared, password):
        db.session.execute(
            update(Account)
            .where(Account.is_demo.is_(True), Account.password_hash == shared)
            .values(password_hash=accounts.hash_password(password))
        )
