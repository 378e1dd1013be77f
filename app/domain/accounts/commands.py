"""Verbs of the accounts room: create, appoint, end, disable, set a password. Each is in the audit trail."""

from __future__ import annotations

import datetime as dt
import re

from sqlalchemy import select, update

from app.domain import audit, clock
from app.domain.accounts.models import Account, Appointment, Unit
from app.domain.accounts.passwords import check_password, hash_password, matches
from app.domain.accounts.rules import Role, Standing
from app.domain.accounts.sessions import end_sessions
from app.domain.errors import Invalid, NotFound
from app.domain.regions import find as find_region
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
        created_by=None if by is None else by.id,
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


def check_username(username: str) -> None:
    """Refuse (Invalid) what no account may be called."""
    if not USERNAME.fullmatch(username):
        raise Invalid("Nama akun tidak sah.", username="Huruf kecil, angka, titik, garis; 3 sampai 80 tanda.")


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
