"""Whom an admin manages, and what an admin may give: never more than held, never to oneself, never the last key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select, text

from app.domain.accounts.appointing import today_of
from app.domain.accounts.models import Account, Appointment
from app.domain.accounts.rules import Permission, Person, Role
from app.domain.errors import NotAllowed, NotFound, NotNow
from app.domain.regions import Region, ancestors, subtree
from app.extensions import db
from app.statements import Fixed
from app.words import tanggal_pendek

# Any fixed number: what admins do to each other is done one after the other, or two could remove each other at once.
TURN = Fixed(text("SELECT pg_advisory_xact_lock(7206)"))


def known_to(by: Person, today: dt.date) -> ColumnElement[bool]:
    """SQL condition on `account`: whom this admin sees.

    Who was ever appointed in the admin's subtrees. Accounts that nobody has appointed yet are seen by who made
    them and by the admins of that place; those that the terminal made, by the admins whom no other reaches beyond.
    """
    roots = by.reach(Permission.PEOPLE_MANAGE)
    here = select(Appointment.account_id).where(subtree(Appointment.region_code, *roots))
    elsewhere = exists().where(
        Appointment.role == Role.ADMIN.value, in_force(today), not_(subtree(Appointment.region_code, *roots))
    )
    unplaced = ~exists().where(Appointment.account_id == Account.id)
    makers = or_(
        Account.created_by == by.id,
        Account.created_by.in_(here),
        and_(Account.created_by.is_(None), ~elsewhere),
    )
    return or_(Account.id.in_(here), and_(unplaced, makers))


def in_force(today: dt.date) -> ColumnElement[bool]:
    """SQL condition on `appointment`: it holds on that day."""
    return and_(Appointment.starts_on <= today, lasts(today))


def lasts(today: dt.date) -> ColumnElement[bool]:
    """SQL condition on `appointment`: it is not over on that day; it may be yet to come."""
    return or_(Appointment.ends_on.is_(None), Appointment.ends_on >= today)


def is_open(today: dt.date) -> ColumnElement[bool]:
    """SQL condition on `account`: it may be used on that day, being neither shut nor past its last day."""
    return and_(
        Account.is_disabled.is_(False), or_(Account.expires_on.is_(None), Account.expires_on >= today)
    )


def known_account(account_id: int, by: Person) -> Account:
    """An account that this admin sees. Raises NotFound for any other, as for one that does not exist."""
    known = known_to(by, today_of(own_regions(by)[0]))
    fresh = select(Account).where(Account.id == account_id, known).execution_options(populate_existing=True)
    account = db.session.scalar(fresh)
    if account is None:
        raise NotFound("Orang itu tidak ada atau di luar wilayah penugasan Anda.")
    return account


def holds(by: Person, region: str, unit_id: int | None, areas: Iterable[str]) -> bool:
    """Whether an appointment there, of that unit and those areas (none: all), lies within what this admin holds."""
    wanted = set(areas)
    return any(
        mandate.gives(Permission.PEOPLE_MANAGE, region)
        and mandate.unit_id in (None, unit_id)
        and (not mandate.areas or (bool(wanted) and wanted <= mandate.areas))
        for mandate in by.appointments
    )


def check_gift(by: Person, region: str, unit_id: int | None, areas: Iterable[str]) -> None:
    """Raise NotAllowed where an admin would give, extend or end more than they hold themselves."""
    if holds(by, region, unit_id, areas):
        return
    if not by.may(Permission.PEOPLE_MANAGE, region=region):
        raise NotAllowed(
            "Wilayah itu di luar atau di atas penugasan Anda sebagai admin. Minta admin yang wilayahnya mencakupnya."
        )
    raise NotAllowed(
        "Penugasan Anda sebagai admin terbatas pada perangkat daerah atau bidang tertentu, jadi hanya itu yang "
        "dapat Anda berikan atau ubah."
    )


def check_another(by: Person, account_id: int, why: str) -> None:
    """Raise NotAllowed where somebody does to themselves what takes a second person."""
    if by.id == account_id:
        raise NotAllowed(why)


def why_not_whole(account_id: int, by: Person) -> str:
    """Why this admin may not change the account as a whole (its name, password, sessions, end); "" where they may."""
    rows = db.session.execute(
        select(Appointment.region_code, Appointment.unit_id, Appointment.areas, Region.name)
        .join(Region, Region.code == Appointment.region_code)
        .where(Appointment.account_id == account_id, lasts(today_of(own_regions(by)[0])))
    ).all()
    beyond = {row.name for row in rows if not holds(by, row.region_code, row.unit_id, row.areas.split())}
    if not beyond:
        return ""
    return (
        f"Orang ini juga bertugas di luar wewenang Anda ({', '.join(sorted(beyond))}), jadi akunnya hanya diubah "
        "oleh admin yang mencakup semua penugasannya. Penugasan di wilayah Anda tetap dapat Anda atur."
    )


def require_whole(account_id: int, by: Person) -> None:
    """Raise NotAllowed unless this admin holds all that the account is appointed to."""
    why = why_not_whole(account_id, by)
    if why:
        raise NotAllowed(why)


def take_turn() -> None:
    """Wait until no other admin is changing people; SQLite's writers stand in a line anyway."""
    if db.engine.dialect.name == "postgresql":
        TURN.change()


def check_an_admin_remains(leaving: Iterable[Appointment], last_day: dt.date, *, whole_account: bool) -> None:
    """Raise NotNow where a region would have no admin any more after `last_day`, and say who could be made one.

    `leaving` are appointments that end then, by themselves or (`whole_account`) with their account. An admin of a
    region above is one too; one limited to a unit or to areas is none, for they could not give everything back, and
    neither is one who ends before the leaving one would have.
    """
    after = last_day + dt.timedelta(days=1)
    for appointment in leaving:
        if appointment.role != Role.ADMIN.value or appointment.unit_id is not None or appointment.areas:
            continue
        expires_on = db.session.scalar(select(Account.expires_on).where(Account.id == appointment.account_id))
        own_end = _earlier(appointment.ends_on, expires_on)
        if appointment.starts_on > after or (own_end is not None and own_end <= last_day):
            continue
        ends = _ends_of_others(appointment, after, whole_account=whole_account)
        if not ends:
            raise NotNow(_last_admin(appointment, after))
        if None in ends:
            continue
        latest = max(filter(None, ends))
        if own_end is None or latest < own_end:
            raise NotNow(_ends_too_soon(appointment, latest))


def _ends_of_others(leaving: Appointment, after: dt.date, *, whole_account: bool) -> list[dt.date | None]:
    """Until when each other admin of the region or above stays who is one on that day, None: without an end."""
    others = Appointment.id != leaving.id
    if whole_account:
        others = Appointment.account_id != leaving.account_id
    query = select(Appointment.ends_on, Account.expires_on).join(
        Account, Account.id == Appointment.account_id
    )
    rows = db.session.execute(
        query.where(
            others,
            Appointment.role == Role.ADMIN.value,
            Appointment.unit_id.is_(None),
            Appointment.areas == "",
            Appointment.region_code.in_(ancestors(leaving.region_code)),
            in_force(after),
            is_open(after),
        )
    )
    return [_earlier(ends_on, expires_on) for ends_on, expires_on in rows]


def _earlier(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    """The earlier of two ends, None: without an end."""
    return min(filter(None, (one, other)), default=None)


def _ends_too_soon(leaving: Appointment, latest: dt.date) -> str:
    place = db.session.scalar(select(Region.name).where(Region.code == leaving.region_code))
    return (
        f"Ini admin terakhir untuk {place} sesudah {tanggal_pendek(latest)}, hari terakhir admin yang lain. "
        "Perpanjang penugasan atau masa akun admin itu, atau jadikan orang lain admin dahulu."
    )


def _last_admin(appointment: Appointment, after: dt.date) -> str:
    place = db.session.scalar(select(Region.name).where(Region.code == appointment.region_code))
    query = (
        select(Account.name)
        .join(Appointment, Appointment.account_id == Account.id)
        .where(
            Appointment.region_code == appointment.region_code,
            Account.id != appointment.account_id,
            Account.is_disabled.is_(False),
            in_force(after),
        )
        .distinct()
        .order_by(Account.name)
        .limit(3)
    )
    names = list(db.session.scalars(query))
    hint = f", misalnya {', '.join(names)}" if names else ""
    return (
        f"Ini admin terakhir untuk {place}; tanpa admin tidak ada lagi yang dapat mengatur orang di sana. "
        f"Jadikan orang lain admin dahulu{hint}."
    )


def own_regions(by: Person) -> tuple[str, ...]:
    """The roots of the subtrees in which this admin manages people. Raises NotAllowed where there is none."""
    roots = by.reach(Permission.PEOPLE_MANAGE)
    if not roots:
        raise NotAllowed("Orang dan penugasan dikelola oleh admin desk.")
    return roots
