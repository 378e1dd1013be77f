"""What a kind of work is handed and what it hands back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain import accounts
from app.domain.accounts import Account, Person
from app.domain.errors import NotAllowed
from app.domain.jobs import Claim
from app.extensions import db
from app.jobs.press import Press, Progress


@dataclass(frozen=True)
class Task:
    """A claimed job with all that doing it needs. `is_over` says when nobody waits for it any more.

    `progress` is written down at once, in a session of its own: not while this job's transaction has written
    anything, or it would wait for itself on SQLite. `note` leaves the writing to the heartbeat, so it may be called
    at any time.
    """

    claim: Claim
    press: Press
    progress: Progress
    note: Progress
    is_over: Callable[[], bool]


@dataclass(frozen=True)
class Made:
    """A finished file."""

    content: bytes
    name: str
    media_type: str


def asker_of(claim: Claim, thing: str) -> Person:
    """Who asked, with the appointments in force now. Raises NotAllowed when the account was closed since."""
    account = db.session.get(Account, claim.account_id)
    person = None if account is None or account.is_disabled else accounts.person_of(account.username)
    if person is None:
        raise NotAllowed(f"Akun yang meminta {thing} ini sudah ditutup.")
    return person
