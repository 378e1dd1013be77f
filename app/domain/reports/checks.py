"""How often anybody may check a seal: wrong codes and compared files are counted by who asks, for a quarter of an hour.

Who is signed in is counted alone, everybody else by address: so one person cannot close the page to a colleague who
is signed in behind the same address. A right code costs nothing. Rows outlive a restart, are shared by all processes
and are deleted when they count no more.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, delete, select, text

from app.domain import clock
from app.domain.errors import NotNow
from app.domain.reports.models import SealCheck
from app.extensions import db
from app.statements import Fixed

WINDOW = dt.timedelta(minutes=15)
WRONG_CODES = 30
COMPARISONS = 30
CODE, FILE = "kode", "berkas"
# Any fixed number of its own: on PostgreSQL checks are counted one after the other.
TURN = Fixed(text("SELECT pg_advisory_xact_lock(7226)"))


class TooManyChecks(NotNow):
    """Too many checks by one asker; `minutes` says when the next is looked at."""

    def __init__(self, minutes: int) -> None:
        super().__init__(
            f"Dari alamat atau akun ini sudah terlalu banyak yang dicek. Coba lagi {minutes} menit lagi. "
            "Bila Anda punya akun di desk ini, masuk dahulu: hitungannya sendiri."
        )
        self.minutes = minutes


def asker(account_id: int | None, address: str) -> str:
    """Who is counted: the account of somebody signed in, else the address."""
    return f"akun {account_id}" if account_id else f"alamat {address[:45]}"


def refuse_closed(who: str) -> None:
    """Raise TooManyChecks when so many codes of theirs were wrong that no more is looked up now."""
    _refuse(who, CODE, WRONG_CODES)


def note_wrong_code(who: str) -> None:
    """Count a code that was never given. The caller commits."""
    _add(who, CODE)


def begin_comparison(who: str) -> None:
    """Count a file before it is looked at; the caller commits. Raises TooManyChecks, and then has counted nothing."""
    if db.engine.dialect.name == "postgresql":
        TURN.change()
    row = _add(who, FILE)  # on SQLite from here on nobody else writes
    try:
        _refuse(who, FILE, COMPARISONS + 1)
    except TooManyChecks:
        db.session.delete(row)
        db.session.flush()
        raise


def _add(who: str, kind: str) -> SealCheck:
    db.session.execute(delete(SealCheck).where(~_counts(clock.real_now())))
    row = SealCheck(who=who, kind=kind, at=clock.real_now())
    db.session.add(row)
    db.session.flush()
    return row


def _refuse(who: str, kind: str, count: int) -> None:
    """Raise when there are so many of that kind in the window, until the oldest of them falls out of it."""
    now = clock.real_now()
    mine = select(SealCheck.at).where(SealCheck.who == who, SealCheck.kind == kind, _counts(now))
    oldest = db.session.scalar(mine.order_by(SealCheck.at.desc()).offset(count - 1).limit(1))
    if oldest is not None:
        left = min(oldest, now) + WINDOW - now
        raise TooManyChecks(max(1, -(-int(left.total_seconds()) // 60)))


def _counts(now: dt.datetime) -> ColumnElement[bool]:
    """SQL condition: what still counts. Not what a clock that was set back since has dated far ahead."""
    return SealCheck.at.between(now - WINDOW, now + WINDOW)
