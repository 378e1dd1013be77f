"""Signing in and out: sessions and their ends."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import NamedTuple

from sqlalchemy import select, update

from app.domain import clock
from app.domain.accounts import throttle
from app.domain.accounts.models import Account, Appointment, LoginSession
from app.domain.accounts.passwords import HASHER, NOBODYS, matches
from app.domain.accounts.rules import require_open
from app.domain.accounts.throttle import TooMany, Try
from app.extensions import db


class SignIn(NamedTuple):
    """A successful sign-in: the new session's row and the secret that only the cookie knows."""

    session_id: int
    account_id: int
    token: str


class Halfway(NamedTuple):
    """The right password of an account that wants a code too: no session yet, and no right."""

    account_id: int
    username: str
    access_version: int


def sign_in(
    username: str,
    password: str,
    *,
    address: str,
    browser: str,
    lifetime: dt.timedelta,
    begun: Try | None = None,
) -> SignIn | Halfway | None:
    """Open a session, or leave the wrong try on record and return None; Halfway where a second factor is on.

    Takes as long for a name that does not exist. At a closed address (`begun`) nobody's password is looked at who is
    unknown there: TooMany, and the try is taken back, for it guessed nothing. Raises AccountOver for the right password
    after the last day.
    """
    account = db.session.scalar(select(Account).where(Account.username == username))
    is_shut_out = begun is not None and begun.closed_minutes > 0
    if account is not None and is_shut_out and throttle.is_known_at(account, address):
        is_shut_out = False
    stored = account.password_hash if account is not None else NOBODYS
    is_right = matches(stored, password) and account is not None and not account.is_disabled
    if begun is not None and is_shut_out:
        throttle.take_back(begun)
        raise TooMany(begun.closed_minutes)
    if account is None or not is_right:
        throttle.note_wrong(username, address, begun)
        return None
    throttle.take_back(begun)
    require_open(account.expires_on, _regions_of(account))
    if HASHER.check_needs_rehash(stored):
        account.password_hash = HASHER.hash(password)
    if account.has_second_factor:  # the wrong tries stay: a right password must not open five more codes
        db.session.flush()
        return Halfway(account.id, account.username, account.access_version)
    return open_session(account, address=address, browser=browser, lifetime=lifetime)


def open_session(account: Account, *, address: str, browser: str, lifetime: dt.timedelta) -> SignIn:
    """A new session of somebody who has proven who they are; the wrong tries for the name are forgotten."""
    throttle.forgive(account, address)
    token = secrets.token_urlsafe(32)
    session = LoginSession(
        token_hash=hash_token(token),
        account_id=account.id,
        started_at=clock.real_now(),
        expires_at=clock.real_now() + lifetime,
        address=address[:45],
        browser=browser[:200],
    )
    db.session.add(session)
    account.last_signed_in_at = session.started_at
    db.session.flush()
    return SignIn(session.id, account.id, token)


def _regions_of(account: Account) -> list[str]:
    if account.expires_on is None:
        return []
    return list(
        db.session.scalars(select(Appointment.region_code).where(Appointment.account_id == account.id))
    )


def hash_token(token: str) -> str:
    """What the database keeps of a session's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def end_session(session_id: int, account_id: int) -> bool:
    """End one session of that account; False when it is not theirs or has ended already."""
    done = db.session.execute(
        update(LoginSession)
        .where(
            LoginSession.id == session_id,
            LoginSession.account_id == account_id,
            LoginSession.ended_at.is_(None),
        )
        .values(ended_at=clock.real_now())
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def end_sessions(account_id: int, *, but: int | None = None) -> int:
    """End all sessions of an account, optionally but one; returns how many."""
    query = update(LoginSession).where(LoginSession.account_id == account_id, LoginSession.ended_at.is_(None))
    if but is not None:
        query = query.where(LoginSession.id != but)
    return int(db.session.execute(query.values(ended_at=clock.real_now())).rowcount)  # type: ignore[attr-defined]
