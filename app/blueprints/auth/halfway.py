"""Between the right password and the code: what the browser keeps meanwhile, five minutes at most."""

from __future__ import annotations

from flask import session

from app.domain import clock
from app.domain.accounts import Halfway

KEY = "halfway"
SECONDS = 300


def keep(halfway: Halfway, next_path: str) -> None:
    """Let the signed cookie say who is halfway in and where to; everything that it held before is dropped."""
    session.clear()
    session[KEY] = [halfway.account_id, halfway.username, halfway.access_version, _now(), next_path]


def kept() -> tuple[Halfway, str] | None:
    """Who is halfway in, and the path to go to; None when nobody is, or for too long."""
    found = session.get(KEY)
    if found is None:
        return None
    account_id, username, access_version, since, next_path = found
    if not 0 <= _now() - since <= SECONDS:
        return None
    return Halfway(account_id, username, access_version), next_path


def forget() -> str:
    """Start again from the password; returns the path that was wanted, "" where nobody came halfway."""
    found = session.pop(KEY, None)
    return str(found[-1]) if found else ""


def _now() -> int:
    return int(clock.real_now().timestamp())
