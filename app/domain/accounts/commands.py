"""Verbs on accounts: create, rename, limit, disable, enable, set a password. Each is in the audit trail."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from sqlalchemy import select, update

from app.domain import audit, clock
from app.domain.accounts.models import Account
from app.domain.accounts.naming import LONGEST, free_username
from app.domain.accounts.passwords import check_password, hash_password, matches
from app.domain.accounts.sessions import end_sessions
from app.domain.errors import Invalid, NotFound
from app.extensions import db

SUBJECT = "account"
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,79}")


def create_account(
    username: str,
    name: str,
    password: str,
    *,
    must_change: bool = True,
    is_demo: bool = False,
    ready_hash: str = "",
    by: audit.Actor | None = None,
) -> Account:
    """Add an account without any right. Refuses a bad or taken name, or a weak password (Invalid).

    `ready_hash` is `hash_password(password)`, for many accounts with one password: hashing is slow on
    purpose.
    """
    check_username(username)
    name = check_name(name)
    if db.session.scalar(select(Account.id).where(Account.username == username)) is not None:
        free = free_username(username[:LONGEST])
        raise Invalid("Nama akun sudah dipakai.", username=f"{username} sudah ada. Yang bebas: {free}.")
    check_password(password, username)
    account = Account(
        username=username,
        name=name,
        password_hash=ready_hash or hash_password(password),
        must_change_password=must_change,
        is_demo=is_demo,
        created_at=clock.now(),
        created_by=None if by is None else by.id,
    )
    db.session.add(account)
    db.session.flush()
    audit.record(
        "account:account:create",
        by=by,
        subject=(SUBJECT, account.id),
        changes={"username": [None, username], "name": [None, name]},
    )
    return account


def check_username(username: str) -> None:
    """Refuse (Invalid) what no account may be called."""
    if not USERNAME.fullmatch(username):
        raise Invalid("Nama akun tidak sah.", username="Huruf kecil, angka, titik, garis; 3 sampai 80 tanda.")


def check_name(name: str) -> str:
    """The name with single blanks; refuses (Invalid) an empty, too long or unprintable one."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > 120:
        raise Invalid("Nama wajib diisi.", name="Tuliskan nama orangnya, paling banyak 120 tanda.")
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn") for sign in tidy):
        raise Invalid(
            "Nama tidak sah.", name="Nama memuat tanda yang tidak dapat dicetak. Ketik ulang namanya."
        )
    return tidy


def rename_account(account_id: int, name: str, *, by: audit.Actor | None = None) -> None:
    """Correct a person's name; what was recorded before keeps the former one. Raises NotFound, Invalid."""
    account = _existing(account_id)
    before, account.name = account.name, check_name(name)
    raise_version(account_id)
    _record("account:account:rename", account_id, by, name=[before, account.name])


def limit_account(account_id: int, last_day: dt.date | None, *, by: audit.Actor | None = None) -> None:
    """Let the account be used until `last_day` (that day included), None: without an end. Raises NotFound."""
    account = _existing(account_id)
    before, account.expires_on = account.expires_on, last_day
    raise_version(account_id)
    _record("account:account:limit", account_id, by, expires_on=[before, last_day])


def disable_account(account_id: int, *, reason: str = "", by: audit.Actor | None = None) -> None:
    """Shut an account: every session of it ends now. Raises NotFound."""
    account = _existing(account_id)
    account.is_disabled, account.disabled_reason = True, reason
    raise_version(account_id)
    end_sessions(account_id)
    _record("account:account:disable", account_id, by, is_disabled=[False, True], reason=[None, reason])


def enable_account(account_id: int, *, by: audit.Actor | None = None) -> None:
    """Open a shut account again: its password and appointments are as they were. Raises NotFound."""
    account = _existing(account_id)
    before = account.disabled_reason
    account.is_disabled, account.disabled_reason = False, ""
    raise_version(account_id)
    _record("account:account:enable", account_id, by, is_disabled=[True, False], reason=[before, None])


def _existing(account_id: int) -> Account:
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound("Akun itu tidak ada.")
    return account


def _record(action: str, account_id: int, by: audit.Actor | None, **changes: list[object]) -> None:
    db.session.flush()
    told = {name: pair for name, pair in changes.items() if any(value not in ("", None) for value in pair)}
    audit.record(action, by=by, subject=(SUBJECT, account_id), changes=told)


def raise_version(account_id: int) -> None:
    """Let every process read the person's rights afresh, and let whoever saw them before come too late."""
    db.session.execute(
        update(Account).where(Account.id == account_id).values(access_version=Account.access_version + 1)
    )


def change_password(
    account_id: int, *, old: str, new: str, keep_session: int, by: audit.Actor | None = None
) -> None:
    """Set a new password and end all other sessions. Refuses a wrong old one or a weak new one (Invalid)."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound("Akun itu tidak ada.")
    if not matches(account.password_hash, old):
        raise Invalid("Kata sandi lama tidak cocok.", old="Periksa kembali kata sandi lama Anda.")
    if old == new:
        raise Invalid(
            "Kata sandi baru sama dengan yang lama.",
            password="Pilih kata sandi yang lain.",  # noqa: S106
        )
    _keep_password(account, new, must_change=False)
    end_sessions(account_id, but=keep_session)
    audit.record("account:password:change", by=by, subject=(SUBJECT, account_id))


def set_password(account_id: int, password: str, *, must_change: bool, by: audit.Actor | None = None) -> None:
    """Set another's password, as an admin does, and end all its sessions; refuses a weak one (Invalid)."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound("Akun itu tidak ada.")
    _keep_password(account, password, must_change=must_change)
    end_sessions(account_id)
    audit.record("account:password:reset", by=by, subject=(SUBJECT, account_id))


def _keep_password(account: Account, password: str, *, must_change: bool) -> None:
    check_password(password, account.username)
    account.password_hash = hash_password(password)
    account.must_change_password = must_change
    account.access_version += 1
    db.session.flush()
