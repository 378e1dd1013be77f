"""The sign-in throttle: what is tried with a name or from an address is counted before it is looked at.

A try is a row that is committed before the password is compared, so many at the same moment, at several workers or
around a restart are as many as one after the other. A right password takes its own row back.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import delete, func, or_, select, text

from app.domain import clock
from app.domain.accounts.models import Account, LoginAttempt, LoginSession
from app.domain.errors import NotNow
from app.extensions import db
from app.statements import Fixed

WINDOW = dt.timedelta(minutes=15)
TRIES_PER_NAME = 5
TRIES_PER_ADDRESS = 30
KNOWN_FOR = dt.timedelta(days=90)
"""How long an address from which somebody signed in counts as theirs."""
FORGIVEN_ONCE_IN = dt.timedelta(minutes=5)
"""A right password forgets wrong tries once in this time: so never more than ten guesses fall into five minutes."""
# Any fixed number: tries are counted one after the other, or two that come at once would both be the fifth.
TURN = Fixed(text("SELECT pg_advisory_xact_lock(7207)"))


class Try(NamedTuple):
    """A try that is on record already. `closed_minutes`: how long its address is closed to people unknown there."""

    id: int
    closed_minutes: int = 0


class TooMany(NotNow):
    """Too many tries with this name; `minutes` says for how long no more are looked at."""

    def __init__(self, minutes: int) -> None:
        super().__init__(
            f"Terlalu banyak percobaan. Coba lagi {minutes} menit lagi, atau minta admin desk memeriksa akun Anda."
        )
        self.minutes = minutes


class _Waits(NamedTuple):
    name: int
    address: int


def waiting_minutes(username: str, address: str) -> int:
    """How many minutes sign-in is closed for this name or, to people unknown there, this address; 0 when open."""
    return max(_waits(username, address))


def begin_try(username: str, address: str) -> Try:
    """Count a try; the caller commits before anything is compared. Raises TooMany, and then has counted nothing."""
    waits = _waits(username, address)
    if waits.name:
        raise TooMany(waits.name)
    if db.engine.dialect.name == "postgresql":
        TURN.change()
    row = LoginAttempt(username=username[:80], address=address[:45], at=clock.real_now())
    db.session.add(row)
    db.session.flush()  # on SQLite from here on nobody else writes
    waits = _waits(username, address, but=row.id)
    if waits.name:
        db.session.delete(row)
        db.session.flush()
        raise TooMany(waits.name)
    return Try(row.id, waits.address)


def take_back(begun: Try | None) -> None:
    """What was said was right: this try was no guess."""
    if begun is not None:
        db.session.execute(delete(LoginAttempt).where(LoginAttempt.id == begun.id))


def note_wrong(username: str, address: str, begun: Try | None) -> None:
    """A wrong try: on record already where it was begun, else now."""
    if begun is None:
        db.session.add(LoginAttempt(username=username[:80], address=address[:45], at=clock.real_now()))
        db.session.flush()


def forgive(account: Account, address: str) -> None:
    """Forget the wrong tries with an account at the address where its owner gets in; called before the session is.

    What was tried elsewhere stays, and so does everything where this was done a moment ago.
    """
    moment_ago = clock.real_now() - FORGIVEN_ONCE_IN
    if account.last_signed_in_at is not None and account.last_signed_in_at > moment_ago:
        return
    db.session.execute(
        delete(LoginAttempt).where(
            LoginAttempt.username == account.username, LoginAttempt.address == address[:45]
        )
    )


def forget_tries(before: dt.datetime) -> int:
    """Remove tries from before that moment; returns how many. As a name a password is typed now and then."""
    gone = db.session.execute(delete(LoginAttempt).where(LoginAttempt.at < before))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def is_known_at(account: Account, address: str) -> bool:
    """Whether the person has signed in from there of late: a closed address stays open to them."""
    query = select(LoginSession.id).where(
        LoginSession.account_id == account.id,
        LoginSession.address == address[:45],
        LoginSession.started_at > clock.real_now() - KNOWN_FOR,
    )
    return db.session.scalar(query.limit(1)) is not None


def _waits(username: str, address: str, but: int = 0) -> _Waits:
    """Minutes that the name and the address are closed for, not counting one try."""
    name, address, now = username[:80], address[:45], clock.real_now()
    of_name, of_address = LoginAttempt.username == name, LoginAttempt.address == address
    row = db.session.execute(
        select(
            func.count().filter(of_name),
            func.count().filter(of_address),
            func.max(LoginAttempt.at).filter(of_name),
            func.max(LoginAttempt.at).filter(of_address),
        ).where(
            # Not what a clock that was set back since has dated days ahead: nobody is kept out until then.
            LoginAttempt.at.between(now - WINDOW, now + WINDOW),
            LoginAttempt.id != but,
            or_(of_name, of_address),
        )
    ).one()
    by_name, by_address, last_of_name, last_of_address = row
    return _Waits(
        _minutes_from(last_of_name, now) if by_name >= TRIES_PER_NAME else 0,
        _minutes_from(last_of_address, now) if by_address >= TRIES_PER_ADDRESS else 0,
    )


def _minutes_from(newest: dt.datetime | str, now: dt.datetime) -> int:
    moment = newest if isinstance(newest, dt.datetime) else dt.datetime.fromisoformat(str(newest))
    moment = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment
    left = min(WINDOW, moment + WINDOW - now)
    return max(1, -(-int(left.total_seconds()) // 60))
