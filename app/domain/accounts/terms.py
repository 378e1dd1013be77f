"""Who holds what on a day, for an election that is handed over: appointments belong to a decree, not to an election."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select, update

from app.domain import audit
from app.domain.accounts.authority import in_force
from app.domain.accounts.bringing import pieces, raise_versions
from app.domain.accounts.commands import SUBJECT
from app.domain.accounts.models import Account, Appointment
from app.domain.accounts.rules import Permission, Person, Role
from app.domain.regions import Region, subtree
from app.extensions import db


class Term(NamedTuple):
    """One appointment in force, for a list."""

    id: int
    account_id: int
    name: str
    role: Role
    region_code: str
    region_name: str
    starts_on: dt.date
    ends_on: dt.date | None


class Terms(NamedTuple):
    """The first of them, and how many there are: those that end by themselves before a day, and the others."""

    shown: tuple[Term, ...]
    ending: int
    lasting: int


def terms_under(roots: Sequence[str], on: dt.date, until: dt.date, *, limit: int) -> Terms:
    """The appointments in force on `on` in these subtrees, but admins'; `until` divides ending from lasting ones."""
    here = _desk_of(roots, on)
    query = (
        select(Appointment, Account.name, Region.name)
        .join(Account, Account.id == Appointment.account_id)
        .join(Region, Region.code == Appointment.region_code)
        .where(here)
        .order_by(Appointment.region_code, Appointment.role, Account.name, Appointment.id)
        .limit(limit)
    )
    shown = tuple(
        Term(
            row.id,
            row.account_id,
            name,
            Role(row.role),
            row.region_code,
            region_name,
            row.starts_on,
            row.ends_on,
        )
        for row, name, region_name in db.session.execute(query)
    )
    counts = select(func.count(), func.count(Appointment.id).filter(Appointment.ends_on < until))
    counts = counts.join(Account, Account.id == Appointment.account_id).where(here)
    total, ending = db.session.execute(counts).one()
    return Terms(shown, ending, total - ending)


def end_terms(roots: Sequence[str], on: dt.date, *, by: Person) -> int:
    """Let every appointment of `terms_under` that does not end by then end after `on`; returns how many.

    Admins keep theirs: they give the new ones. Each end is on the trail. Refuses who does not manage the people of
    all these subtrees (NotAllowed). A few statements whatever their number.
    """
    for root in roots:
        by.require(Permission.PEOPLE_MANAGE, region=root)
    query = (
        select(Appointment.id, Appointment.account_id, Appointment.region_code, Appointment.ends_on)
        .join(Account, Account.id == Appointment.account_id)
        .where(_desk_of(roots, on), (Appointment.ends_on.is_(None)) | (Appointment.ends_on > on))
        .order_by(Appointment.id)
    )
    ending = db.session.execute(query).all()
    for some in pieces(ending):
        ended = update(Appointment).where(Appointment.id.in_([row.id for row in some]))
        db.session.execute(ended.values(ends_on=on))
    for numbers in pieces(sorted({row.account_id for row in ending})):
        raise_versions(numbers)
    audit.record_many(
        (
            audit.Deed(
                "account:appointment:end",
                (SUBJECT, row.account_id),
                row.region_code,
                {"ends_on": [row.ends_on, on], "appointment": [row.id, row.id]},
            )
            for row in ending
        ),
        by=by,
    )
    return len(ending)


def _desk_of(roots: Sequence[str], on: dt.date) -> ColumnElement[bool]:
    return and_(
        subtree(Appointment.region_code, *roots),
        Appointment.role != Role.ADMIN.value,
        Account.is_disabled.is_(False),
        in_force(on),
    )
