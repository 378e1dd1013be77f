"""Who is there already: what bringing many people in at once compares each of them with, in a few statements."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from itertools import count
from typing import NamedTuple, TypeVar

from sqlalchemy import func, select

from app.domain.accounts.models import Account, Appointment, Unit
from app.domain.accounts.naming import base_of
from app.domain.accounts.rules import Role, Standing
from app.domain.regions import contains, subtree
from app.extensions import db

Value = TypeVar("Value", str, int)
AT_ONCE = 5_000
"""So many values go into one statement."""


class KnownAppointment(NamedTuple):
    """An appointment as another one is compared with it."""

    role: Role
    region_code: str
    unit_code: str | None
    areas: frozenset[str]
    starts_on: dt.date
    ends_on: dt.date | None

    def is_met_by(self, other: KnownAppointment) -> bool:
        """Whether `other` would be the same one again over some of its days (as `appoint` refuses it)."""
        return (
            (self.role, self.region_code, self.unit_code) == (other.role, other.region_code, other.unit_code)
            and (not self.areas or not other.areas or bool(self.areas & other.areas))
            and overlap((self.starts_on, self.ends_on), (other.starts_on, other.ends_on))
        )


class KnownAccount(NamedTuple):
    """An account with all that it was ever appointed to and the employee numbers said there."""

    id: int
    username: str
    name: str
    is_disabled: bool
    expires_on: dt.date | None
    appointments: tuple[KnownAppointment, ...]
    numbers: frozenset[str]

    def serves_in(self, roots: Collection[str]) -> bool:
        """Whether it was ever appointed in one of these subtrees."""
        return any(contains(root, one.region_code) for root in roots for one in self.appointments)


class Served(NamedTuple):
    """An account that is or was appointed in a region, and whether an employee number was said there."""

    username: str
    name: str
    region_code: str
    has_number: bool


class Signing(NamedTuple):
    """Who signs a desk's papers in their own right, from a day to a day."""

    region_code: str
    name: str
    starts_on: dt.date
    ends_on: dt.date | None


Days = tuple[dt.date, dt.date | None]


def overlap(one: Days, other: Days) -> bool:
    """Whether two spans of days (None: without an end) share a day."""
    return (one[1] is None or other[0] <= one[1]) and (other[1] is None or one[0] <= other[1])


def all_usernames() -> set[str]:
    """Every account name there is."""
    return set(db.session.scalars(select(Account.username)))


def all_names() -> list[tuple[str, str]]:
    """(account name, person's name) of everybody, by id."""
    query = select(Account.username, Account.name).order_by(Account.id)
    return [(username, name) for username, name in db.session.execute(query)]


def username_for(name: str, place: str, taken: Collection[str]) -> str:
    """A name that is not taken: "budi.santoso", else with the place, "budi.santoso.berau", else with a number."""
    base = base_of(name)
    where = re.sub(r"[^a-z0-9]+", "-", place.lower()).strip("-")
    for made in (base, f"{base}.{where}"[:70].rstrip(".-")):
        if made not in taken:
            return made
    return next(free for number in count(2) if (free := f"{made}{number}") not in taken)


def known_accounts(usernames: Collection[str], numbers: Collection[str]) -> list[KnownAccount]:
    """The accounts with these names, or with an appointment under these employee numbers, by id."""
    wanted: set[int] = set()
    for some in _pieces(usernames):
        wanted.update(db.session.scalars(select(Account.id).where(Account.username.in_(some))))
    for some in _pieces(numbers):
        held = select(Appointment.account_id).where(Appointment.employee_number.in_(some))
        wanted.update(db.session.scalars(held))
    accounts: list[KnownAccount] = []
    for ids in _pieces(wanted):
        accounts += _accounts(ids)
    return sorted(accounts, key=lambda account: account.id)


def _accounts(ids: list[int]) -> Iterator[KnownAccount]:
    appointments: dict[int, list[KnownAppointment]] = {}
    numbers: dict[int, set[str]] = {}
    rows = (
        select(Appointment, Unit.code)
        .outerjoin(Unit, Unit.id == Appointment.unit_id)
        .where(Appointment.account_id.in_(ids))
    )
    for row, unit_code in db.session.execute(rows):
        appointments.setdefault(row.account_id, []).append(
            KnownAppointment(
                Role(row.role),
                row.region_code,
                unit_code,
                frozenset(row.areas.split()),
                row.starts_on,
                row.ends_on,
            )
        )
        if row.employee_number:
            numbers.setdefault(row.account_id, set()).add(row.employee_number)
    for account in db.session.scalars(select(Account).where(Account.id.in_(ids))):
        yield KnownAccount(
            account.id,
            account.username,
            account.name,
            account.is_disabled,
            account.expires_on,
            tuple(appointments.get(account.id, ())),
            frozenset(numbers.get(account.id, ())),
        )


def served_under(region_code: str) -> list[Served]:
    """Who was ever appointed in this region or below it, region by region, by account. One statement."""
    query = (
        select(Account.username, Account.name, Appointment.region_code, func.max(Appointment.employee_number))
        .join(Account, Account.id == Appointment.account_id)
        .where(subtree(Appointment.region_code, region_code))
        .group_by(Account.id, Account.username, Account.name, Appointment.region_code)
        .order_by(Account.id, Appointment.region_code)
    )
    return [
        Served(username, name, region, bool(number))
        for username, name, region, number in db.session.execute(query)
    ]


def definitive_signatories(region_codes: Collection[str]) -> list[Signing]:
    """Who signs for these desks in their own right, whenever; of a desk there may be one a day."""
    found: list[Signing] = []
    for some in _pieces(region_codes):
        query = (
            select(Appointment.region_code, Account.name, Appointment.starts_on, Appointment.ends_on)
            .join(Account, Account.id == Appointment.account_id)
            .where(
                Appointment.region_code.in_(some),
                Appointment.signs.is_(True),
                Appointment.on_behalf_of == "",
                Appointment.standing == Standing.DEFINITIVE.value,
                Account.is_disabled.is_(False),
            )
        )
        found += [Signing(code, name, first, last) for code, name, first, last in db.session.execute(query)]
    return found


def _pieces(values: Iterable[Value]) -> Iterator[list[Value]]:
    everything = list(values)
    for start in range(0, len(everything), AT_ONCE):
        yield everything[start : start + AT_ONCE]
