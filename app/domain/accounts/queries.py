"""Reading people: who is signed in, what they hold, their sessions, who signs for a desk."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from threading import Lock
from typing import Any, NamedTuple

from sqlalchemy import String, bindparam, cast, or_, select, union_all

from app.domain import audit, clock
from app.domain.accounts.models import Account, Appointment, LoginSession, Unit
from app.domain.accounts.rules import Mandate, Person, Role, Standing, require_open
from app.domain.accounts.sessions import hash_token
from app.domain.regions import Region, subtree, zone_of
from app.extensions import db
from app.statements import Fixed, copy_of, whole

_UNITS = Fixed(whole(Unit).where(Unit.retired_on.is_(None)).order_by(Unit.name))
_SIGNED_IN = Fixed(
    select(
        LoginSession.account_id,
        Account.username,
        Account.name,
        Account.access_version,
        Account.must_change_password,
        LoginSession.expires_at,
        Account.expires_on,
        Account.has_second_factor,
    )
    .join(Account, Account.id == LoginSession.account_id)
    .where(
        LoginSession.id == bindparam("session_id"),
        LoginSession.token_hash == bindparam("token_hash"),
        LoginSession.ended_at.is_(None),
        Account.is_disabled.is_(False),
    )
)


class _MandateCache:
    """Appointments by (account, access version): a change raises the
    version, so a stale entry is never asked for.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[tuple[int, int, int], tuple[Mandate, ...]] = OrderedDict()
        self._lock = Lock()

    def get(self, account_id: int, version: int) -> tuple[Mandate, ...]:
        key = (id(db.engine), account_id, version)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        mandates = mandates_of(account_id)
        with self._lock:
            self._kept[key] = mandates
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return mandates

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


_cache = _MandateCache(2_000)
forget_cached_mandates = _cache.clear


def mandates_of(account_id: int) -> tuple[Mandate, ...]:
    """All appointments of an account, past and future ones too, oldest first."""
    query = (
        select(Appointment, Region.name, Unit.name)
        .join(Region, Region.code == Appointment.region_code)
        .outerjoin(Unit, Unit.id == Appointment.unit_id)
        .where(Appointment.account_id == account_id)
        .order_by(Appointment.id)
    )
    return tuple(mandate_from(*row) for row in db.session.execute(query))


def mandate_from(row: Appointment, region_name: str, unit_name: str | None) -> Mandate:
    """An appointment with the names of its region and unit, as the rights see it."""
    return Mandate(
        id=row.id,
        role=Role(row.role),
        region_code=row.region_code,
        region_name=region_name,
        unit_id=row.unit_id,
        unit_name=unit_name or "",
        areas=frozenset(row.areas.split()),
        standing=Standing(row.standing),
        position=row.position,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def signed_in_person(session_id: int, token: str) -> Person | None:
    """The person behind a session cookie with today's appointments; None when it ended. One statement.

    Raises AccountOver after the account's last day.
    """
    row = _SIGNED_IN.first(session_id=session_id, token_hash=hash_token(token))
    if row is None:
        return None
    account_id, username, name, access_version, must_change, expires_at, expires_on, has_second_factor = row
    if expires_at < clock.real_now():
        return None
    mandates = _cache.get(account_id, access_version)
    require_open(expires_on, (mandate.region_code for mandate in mandates))
    return Person(
        id=account_id,
        username=username,
        name=name,
        session_id=session_id,
        must_change_password=must_change,
        appointments=tuple(m for m in mandates if m.is_in_force(clock.today(zone_of(m.region_code)))),
        has_second_factor=has_second_factor,
    )


def person_of(username: str) -> Person | None:
    """A person by account name with today's appointments, outside any
    session: for the command line and tests.
    """
    account = db.session.scalar(select(Account).where(Account.username == username))
    if account is None:
        return None
    mandates = tuple(m for m in mandates_of(account.id) if m.is_in_force(clock.today(zone_of(m.region_code))))
    return Person(
        id=account.id,
        username=account.username,
        name=account.name,
        session_id=0,
        must_change_password=account.must_change_password,
        appointments=mandates,
        has_second_factor=account.has_second_factor,
    )


def sessions_of(account_id: int) -> list[LoginSession]:
    """The open sessions of an account, newest first."""
    query = (
        select(LoginSession)
        .where(
            LoginSession.account_id == account_id,
            LoginSession.ended_at.is_(None),
            LoginSession.expires_at > clock.real_now(),
        )
        .order_by(LoginSession.id.desc())
    )
    return list(db.session.scalars(query))


class Holder(NamedTuple):
    """An appointment with the name of who holds it, for region pages and signature blocks."""

    name: str
    role: Role
    region_code: str
    unit_name: str
    standing: Standing
    position: str
    rank: str
    employee_number: str
    starts_on: dt.date
    ends_on: dt.date | None
    is_demo: bool
    on_behalf_of: str = ""
    through: str = ""

    @property
    def manner(self) -> str:
        """What stands before the position in a signature block: a.n., u.b., Plh. and so on; else "definitif"."""
        if self.on_behalf_of:
            return "u.b." if self.through else "a.n."
        return self.standing.value


def _held() -> Fixed:
    on: Any = bindparam("on")
    return Fixed(
        select(
            Account.name,
            Appointment.role,
            Appointment.region_code,
            Unit.name,
            Appointment.standing,
            Appointment.position,
            Appointment.rank,
            Appointment.employee_number,
            Appointment.starts_on,
            Appointment.ends_on,
            Account.is_demo,
            Appointment.on_behalf_of,
            Appointment.through,
            Appointment.signs,
        )
        .join(Account, Account.id == Appointment.account_id)
        .outerjoin(Unit, Unit.id == Appointment.unit_id)
        .where(
            Appointment.region_code == bindparam("region"),
            Account.is_disabled.is_(False),
            Appointment.starts_on <= on,
            or_(Appointment.ends_on.is_(None), Appointment.ends_on >= on),
        )
        .order_by(Appointment.region_code, Appointment.role, Account.name)
    )


_HELD = _held()


def _holder(name: str, role: str, region: str, unit: str | None, standing: str, *rest: Any) -> Holder:
    return Holder(name, Role(role), region, unit or "", Standing(standing), *rest)


def holders_in(region_code: str, on: dt.date) -> list[Holder]:
    """Who holds an appointment in exactly this region on that day."""
    return [_holder(*columns) for *columns, _ in _HELD.all(region=region_code, on=on)]


def signatory(region_code: str, on: dt.date) -> Holder | None:
    """Who signs the desk's papers on that day: the appointment in force
    that is marked so, the newest first.
    """
    found = [_holder(*columns) for *columns, signs in _HELD.all(region=region_code, on=on) if signs]
    return max(found, key=lambda holder: holder.starts_on, default=None)


def people_under(roots: tuple[str, ...]) -> list[Account]:
    """Accounts with an appointment (past or present) in these subtrees."""
    ids = select(Appointment.account_id).where(subtree(Appointment.region_code, *roots))
    return list(db.session.scalars(select(Account).where(Account.id.in_(ids)).order_by(Account.name)))


def known_under(roots: tuple[str, ...]) -> audit.People:
    """Whose deeds without a region an auditor of these subtrees may read: who was ever appointed there."""
    ids = select(Appointment.account_id).where(subtree(Appointment.region_code, *roots))
    names = union_all(
        select(Account.username).where(Account.id.in_(ids)),
        select(cast(Account.id, String)).where(Account.id.in_(ids)),
    ).subquery()
    return audit.People(ids, select(names.c[0]))


def everyone() -> list[Account]:
    """All accounts by account name, those without any appointment too: for whoever has the terminal."""
    return list(db.session.scalars(select(Account).order_by(Account.username)))


def units() -> list[Unit]:
    """The units in use, by name, as copies for reading."""
    return [copy_of(Unit, row) for row in _UNITS.all()]
