"""Reading people as whoever manages them: the list with its filters, and what one person holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.domain.accounts.appointing import today_of
from app.domain.accounts.authority import in_force, is_open, known_to, lasts, own_regions
from app.domain.accounts.models import Account, Appointment, LoginAttempt, Unit
from app.domain.accounts.queries import mandate_from
from app.domain.accounts.rules import Mandate, Person, Role
from app.domain.accounts.throttle import waiting_minutes
from app.domain.regions import Region, subtree
from app.extensions import db

SOON = dt.timedelta(days=14)
"""An end within these days is worth a look."""


class State(StrEnum):
    """Where an account stands today, the first that fits."""

    CLOSED = "ditutup"
    OVER = "habis"
    NEVER = "belum-masuk"
    IDLE = "tanpa-penugasan"
    ENDING = "akan-berakhir"
    ACTIVE = "aktif"


class PeopleFilters(NamedTuple):
    """What narrows the list of people; empty or None means no limit."""

    text: str = ""
    role: Role | None = None
    region: str = ""
    unit_code: str = ""
    state: State | None = None


class Held(NamedTuple):
    """One appointment with what stands on paper about it."""

    mandate: Mandate
    rank: str
    employee_number: str
    signs: bool
    document: str
    on_behalf_of: str = ""
    through: str = ""

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed in its region."""
        last = self.mandate.ends_on
        return last is not None and last < today_of(self.mandate.region_code)

    @property
    def is_coming(self) -> bool:
        """Whether its first day is still to come in its region."""
        return self.mandate.starts_on > today_of(self.mandate.region_code)

    @property
    def is_in_force(self) -> bool:
        """Whether it gives its rights today."""
        return not self.is_over and not self.is_coming


class PersonRow(NamedTuple):
    """A person as the list shows them."""

    id: int
    username: str
    name: str
    is_demo: bool
    is_disabled: bool
    expires_on: dt.date | None
    last_signed_in_at: dt.datetime | None
    held: tuple[Held, ...]

    def state(self, today: dt.date) -> State:
        """Where the account stands, in one word."""
        if self.is_disabled:
            return State.CLOSED
        if self.expires_on is not None and self.expires_on < today:
            return State.OVER
        current = [held.mandate for held in self.held if held.is_in_force]
        if not current:
            return State.IDLE
        if self.last_signed_in_at is None:
            return State.NEVER
        ends = [day for day in (self.expires_on, *(mandate.ends_on for mandate in current)) if day]
        return State.ENDING if ends and min(ends) <= today + SOON else State.ACTIVE


def people_page(
    by: Person, filters: PeopleFilters, *, page: int, per_page: int = 50
) -> tuple[list[PersonRow], int]:
    """One page of the people whom this admin manages, the shut ones last, and how many there are. Three statements."""
    wanted = _wanted(by, filters)
    total = count_people(by, filters)
    order = (Account.is_disabled, func.lower(Account.name), Account.id)
    query = select(Account).where(wanted).order_by(*order).limit(per_page).offset((page - 1) * per_page)
    found = list(db.session.scalars(query))
    held = held_by(account.id for account in found)
    return [_row(account, held.get(account.id, [])) for account in found], total


def count_people(by: Person, filters: PeopleFilters) -> int:
    """How many of the people whom this admin manages the filters leave. One statement."""
    return db.session.scalar(select(func.count()).select_from(Account).where(_wanted(by, filters))) or 0


def _wanted(by: Person, filters: PeopleFilters) -> ColumnElement[bool]:
    today = today_of(own_regions(by)[0])
    return and_(known_to(by, today), *_narrowed(filters, today))


def _row(account: Account, held: list[Held]) -> PersonRow:
    return PersonRow(
        id=account.id,
        username=account.username,
        name=account.name,
        is_demo=account.is_demo,
        is_disabled=account.is_disabled,
        expires_on=account.expires_on,
        last_signed_in_at=account.last_signed_in_at,
        held=tuple(held),
    )


def _narrowed(filters: PeopleFilters, today: dt.date) -> list[ColumnElement[bool]]:
    conditions = [_named(word) for word in _words(filters.text)]
    appointed: list[ColumnElement[bool]] = []
    if filters.role is not None:
        appointed.append(Appointment.role == filters.role.value)
    if filters.region:
        appointed.append(subtree(Appointment.region_code, filters.region))
    if filters.unit_code:
        unit = select(Unit.id).where(Unit.code == filters.unit_code).scalar_subquery()
        appointed.append(Appointment.unit_id == unit)
    if appointed:
        if filters.state not in (State.CLOSED, State.OVER, State.IDLE):
            appointed.append(lasts(today))
        conditions.append(Account.id.in_(select(Appointment.account_id).where(*appointed)))
    if filters.state is not None:
        conditions.append(_standing(filters.state, today))
    return conditions


def _words(text: str) -> list[str]:
    """The words of a search; a NIP typed in groups is one word."""
    words = text.split()[:6]
    return ["".join(words)] if len(words) > 1 and all(word.isdigit() for word in words) else words


def _named(word: str) -> ColumnElement[bool]:
    named = [Account.name.icontains(word, autoescape=True), Account.username.icontains(word, autoescape=True)]
    if word.isdigit() and len(word) >= 4:
        numbered = select(Appointment.account_id).where(
            Appointment.employee_number.contains(word, autoescape=True)
        )
        named.append(Account.id.in_(numbered))
    return or_(*named)


def _standing(state: State, today: dt.date) -> ColumnElement[bool]:
    """The accounts of a state. "Belum masuk", "akan berakhir" and "aktif" overlap here: each is asked for by itself."""
    now = select(Appointment.account_id).where(in_force(today))
    is_usable = is_open(today)
    ending = now.where(Appointment.ends_on <= today + SOON)
    return {
        State.CLOSED: Account.is_disabled.is_(True),
        State.OVER: and_(Account.is_disabled.is_(False), Account.expires_on < today),
        State.NEVER: and_(is_usable, Account.last_signed_in_at.is_(None)),
        State.IDLE: and_(is_usable, Account.id.not_in(now)),
        State.ENDING: and_(
            is_usable,
            or_(Account.id.in_(ending), and_(Account.id.in_(now), Account.expires_on <= today + SOON)),
        ),
        State.ACTIVE: and_(is_usable, Account.id.in_(now)),
    }[state]


def held_by(account_ids: Iterable[int]) -> dict[int, list[Held]]:
    """All appointments of these accounts, past and coming ones too, oldest first. One statement, none for nobody."""
    ids = list(account_ids)
    if not ids:
        return {}
    query = (
        select(Appointment, Region.name, Unit.name)
        .join(Region, Region.code == Appointment.region_code)
        .outerjoin(Unit, Unit.id == Appointment.unit_id)
        .where(Appointment.account_id.in_(ids))
        .order_by(Appointment.starts_on, Appointment.id)
    )
    found: dict[int, list[Held]] = {}
    for row, region_name, unit_name in db.session.execute(query):
        held = Held(
            mandate_from(row, region_name, unit_name),
            row.rank,
            row.employee_number,
            row.signs,
            row.document,
            row.on_behalf_of,
            row.through,
        )
        found.setdefault(row.account_id, []).append(held)
    return found


@dataclass(frozen=True)
class WrongTries:
    """Failed sign-ins since the last right one, and how long the name must wait."""

    count: int
    newest: dt.datetime | None
    waiting_minutes: int


def wrong_tries(username: str) -> WrongTries:
    """How often somebody failed to sign in under this name since its owner got in. Two statements."""
    last = select(Account.last_signed_in_at).where(Account.username == username).scalar_subquery()
    count, newest = db.session.execute(
        select(func.count(), func.max(LoginAttempt.at)).where(
            LoginAttempt.username == username, or_(last.is_(None), LoginAttempt.at > last)
        )
    ).one()
    return WrongTries(int(count), newest, waiting_minutes(username, ""))


def as_person(account: Account, held: Iterable[Held]) -> Person:
    """The account as the rights see it today, for asking what somebody else may do."""
    mandates = tuple(each.mandate for each in held if each.is_in_force)
    return Person(account.id, account.username, account.name, 0, account.must_change_password, mandates)
