"""Verbs of the accounts room: create, appoint, end, sign in and out, passwords."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, or_, select, update

from app.domain import audit, clock
from app.domain.accounts.models import Account, Appointment, LoginAttempt, LoginSession, Unit
from app.domain.accounts.rules import Role, Standing
from app.domain.errors import Invalid, NotFound
from app.domain.regions import find as find_region
from app.extensions import db

# 19 MiB, 2 passes, 1 lane: OWASP's lower setting, 0.05 s on a small office server.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
DUMMY_HASH = HASHER.hash("nobody has this password")

WINDOW = dt.timedelta(minutes=15)
TRIES_PER_NAME = 5
TRIES_PER_ADDRESS = 30
SHORTEST_PASSWORD = 10
SUBJECT = "account"
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,79}")


@dataclass(frozen=True)
class SignIn:
    """A successful sign-in: the new session's row and the secret that only the cookie knows."""

    session_id: int
    account_id: int
    token: str


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
    if not USERNAME.fullmatch(username):
        raise Invalid("Nama akun tidak sah.", username="Huruf kecil, angka, titik, garis; 3 sampai 80 tanda.")
    if not name.strip() or len(name) > 120:
        raise Invalid("Nama wajib diisi.", name="Tuliskan nama orangnya, paling banyak 120 tanda.")
    if db.session.scalar(select(Account.id).where(Account.username == username)) is not None:
        raise Invalid("Nama akun sudah dipakai.", username=f"{username} sudah ada.")
    check_password(password, username)
    account = Account(
        username=username,
        name=name.strip(),
        password_hash=ready_hash or hash_password(password),
        must_change_password=must_change,
        is_demo=is_demo,
        created_at=clock.now(),
    )
    db.session.add(account)
    db.session.flush()
    audit.record(
        "account:account:create",
        by=by,
        subject=(SUBJECT, account.id),
        changes={"username": [None, username], "name": [None, account.name]},
    )
    return account


def hash_password(password: str) -> str:
    """What the database keeps of a password."""
    return HASHER.hash(password)


def matches(stored: str, password: str) -> bool:
    """Whether the password is the one behind this stored hash. Takes 0.05 s."""
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def check_password(password: str, username: str) -> None:
    """Refuse (Invalid) a password that is too short, all one kind of
    repetition, or holds the account's name.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid("Kata sandi terlalu pendek.", password=f"Sedikitnya {SHORTEST_PASSWORD} tanda.")
    if len(password) > 200:
        raise Invalid("Kata sandi terlalu panjang.", password="Paling banyak 200 tanda.")  # noqa: S106
    if username.lower() in password.lower() or len(set(password)) < 4:
        raise Invalid(
            "Kata sandi mudah ditebak.",
            password="Jangan memuat nama akun atau tanda yang berulang.",  # noqa: S106
        )


def appoint(
    account_id: int,
    role: Role,
    region_code: str,
    *,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    unit_code: str | None = None,
    areas: tuple[str, ...] = (),
    standing: Standing = Standing.DEFINITIVE,
    position: str = "",
    rank: str = "",
    employee_number: str = "",
    signs: bool = False,
    document: str = "",
    by: audit.Actor | None = None,
) -> Appointment:
    """Give a person a dated role in a region.

    Refuses an end before the start (Invalid), an unknown region or unit (NotFound).
    """
    if ends_on is not None and ends_on < starts_on:
        raise Invalid(
            "Penugasan berakhir sebelum mulai.",
            ends_on="Tanggal akhir harus sama atau sesudah tanggal mulai.",
        )
    if employee_number and not (employee_number.isdigit() and len(employee_number) == 18):
        raise Invalid("NIP tidak sah.", employee_number="Isi 18 angka, atau kosongkan.")
    for field, text, limit in (("position", position, 160), ("rank", rank, 80), ("document", document, 160)):
        if len(text) > limit:
            raise Invalid("Isian terlalu panjang.", **{field: f"Paling banyak {limit} tanda."})
    if db.session.get(Account, account_id) is None:
        raise NotFound("Akun itu tidak ada.")
    region = find_region(region_code)
    unit_id = None
    if unit_code is not None:
        unit_id = db.session.scalar(select(Unit.id).where(Unit.code == unit_code))
        if unit_id is None:
            raise NotFound(f"Perangkat daerah {unit_code} tidak ada.")
    appointment = Appointment(
        account_id=account_id,
        role=role.value,
        region_code=region_code,
        unit_id=unit_id,
        areas=" ".join(areas),
        standing=standing.value,
        position=position,
        rank=rank,
        employee_number=employee_number,
        signs=signs,
        starts_on=starts_on,
        ends_on=ends_on,
        document=document,
        created_at=clock.now(),
    )
    db.session.add(appointment)
    _raise_version(account_id)
    db.session.flush()
    said = {
        "role": role,
        "region": region.title,
        "unit": unit_code,
        "areas": " ".join(areas),
        "standing": standing,
        "position": position,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "document": document,
    }
    audit.record(
        "account:appointment:create",
        by=by,
        subject=(SUBJECT, account_id),
        region=region_code,
        changes={name: [None, value] for name, value in said.items() if value},
    )
    return appointment


def end_appointment(appointment_id: int, *, on: dt.date, by: audit.Actor | None = None) -> None:
    """Let an appointment end after the day `on`; its rights are gone
    with the first request of the day after.
    """
    appointment = db.session.get(Appointment, appointment_id)
    if appointment is None:
        raise NotFound("Penugasan itu tidak ada.")
    if on < appointment.starts_on:
        raise Invalid(
            "Penugasan berakhir sebelum mulai.", on="Tanggal akhir harus sama atau sesudah tanggal mulai."
        )
    before, appointment.ends_on = appointment.ends_on, on
    _raise_version(appointment.account_id)
    db.session.flush()
    audit.record(
        "account:appointment:end",
        by=by,
        subject=(SUBJECT, appointment.account_id),
        region=appointment.region_code,
        changes={"ends_on": [before, on], "appointment": [appointment.id, appointment.id]},
    )


def disable_account(account_id: int, *, by: audit.Actor | None = None) -> None:
    """Shut an account: every session of it ends now. Raises NotFound."""
    done = db.session.execute(update(Account).where(Account.id == account_id).values(is_disabled=True))
    if not done.rowcount:  # type: ignore[attr-defined]
        raise NotFound("Akun itu tidak ada.")
    _raise_version(account_id)
    end_sessions(account_id)
    audit.record(
        "account:account:disable",
        by=by,
        subject=(SUBJECT, account_id),
        changes={"is_disabled": [False, True]},
    )


def _raise_version(account_id: int) -> None:
    db.session.execute(
        update(Account).where(Account.id == account_id).values(access_version=Account.access_version + 1)
    )


def waiting_minutes(username: str, address: str) -> int:
    """How many minutes sign-in is closed for this name or this address; 0 when open."""
    since = clock.real_now() - WINDOW
    mine = func.count().filter(LoginAttempt.username == username)
    theirs = func.count().filter(LoginAttempt.address == address)
    by_name, by_address, newest = db.session.execute(
        select(mine, theirs, func.max(LoginAttempt.at)).where(
            LoginAttempt.at > since, or_(LoginAttempt.username == username, LoginAttempt.address == address)
        )
    ).one()
    if by_name < TRIES_PER_NAME and by_address < TRIES_PER_ADDRESS:
        return 0
    newest = newest if isinstance(newest, dt.datetime) else dt.datetime.fromisoformat(str(newest))
    newest = newest.replace(tzinfo=dt.UTC) if newest.tzinfo is None else newest
    return max(1, -(-int((newest + WINDOW - clock.real_now()).total_seconds()) // 60))


def sign_in(
    username: str, password: str, *, address: str, browser: str, lifetime: dt.timedelta
) -> SignIn | None:
    """Open a session, or record the failed try and return None.

    Takes as long for a name that does not exist.
    """
    account = db.session.scalar(select(Account).where(Account.username == username))
    stored = account.password_hash if account is not None else DUMMY_HASH
    try:
        HASHER.verify(stored, password)
        is_right = account is not None and not account.is_disabled
    except (VerificationError, InvalidHashError):
        is_right = False
    if account is None or not is_right:
        db.session.add(LoginAttempt(username=username[:80], address=address, at=clock.real_now()))
        db.session.flush()
        return None
    if HASHER.check_needs_rehash(stored):
        account.password_hash = HASHER.hash(password)
    db.session.execute(delete(LoginAttempt).where(LoginAttempt.username == username))
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
    db.session.flush()
    return SignIn(session.id, account.id, token)


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


def change_password(
    account_id: int, *, old: str, new: str, keep_session: int, by: audit.Actor | None = None
) -> None:
    """Set a new password and end all other sessions. Refuses a wrong old one or a weak new one (Invalid)."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound("Akun itu tidak ada.")
    try:
        HASHER.verify(account.password_hash, old)
    except (VerificationError, InvalidHashError):
        raise Invalid("Kata sandi lama tidak cocok.", old="Periksa kembali kata sandi lama Anda.") from None
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
