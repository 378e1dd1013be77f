"""What an admin does to people: every deed looks first at who does it to whom. The terminal uses the verbs themselves.

Each takes `seen`, the account's `access_version` as the admin saw it: a deed that comes too late raises NotNow
and changes nothing. A stranger's account is NotFound, a deed beyond one's own reach NotAllowed.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import delete, select, update

from app.domain.accounts import authority, commands, namesakes
from app.domain.accounts.appointing import (
    appoint,
    end_appointment,
    extend_appointment,
    today_of,
    withdraw_appointment,
)
from app.domain.accounts.models import Account, Appointment, LoginAttempt, Unit
from app.domain.accounts.naming import suggest_username
from app.domain.accounts.passwords import temporary_password
from app.domain.accounts.rules import Person, Role, Standing
from app.domain.accounts.second_factor import reset_second_factor
from app.domain.accounts.sessions import end_sessions
from app.domain.audit import record
from app.domain.errors import Invalid, NotFound, NotNow
from app.extensions import db
from app.words import tanggal_pendek

NOT_TO_ONESELF = "Tidak ada orang yang memberi atau memperpanjang penugasannya sendiri. Minta admin lain."
LONGEST_REASON = 300
NOT_ONES_OWN = (
    "Akun Anda sendiri tidak dapat Anda tutup, supaya tidak ada yang terkunci di luar tanpa sengaja. Minta admin lain "
    "di wilayah Anda atau di atasnya; bila tidak ada, jadikan orang lain admin dahulu."
)
OWN_PAGE = "Kata sandi dan sesi Anda sendiri diatur di Akun saya."


class Proposal(NamedTuple):
    """An appointment to be given, as a form or a sheet says it."""

    role: Role
    region: str
    starts_on: dt.date
    ends_on: dt.date | None = None
    unit_code: str | None = None
    areas: tuple[str, ...] = ()
    standing: Standing = Standing.DEFINITIVE
    position: str = ""
    rank: str = ""
    employee_number: str = ""
    signs: bool = False
    on_behalf_of: str = ""
    through: str = ""
    document: str = ""


class Handed(NamedTuple):
    """An account whose temporary password is to be handed over: the only place where it can be read."""

    account_id: int
    username: str
    name: str
    password: str


def open_account(
    name: str, username: str, proposal: Proposal, *, by: Person, is_other: bool = False
) -> Handed:
    """Make an account with its first appointment; an empty `username` is made from the name.

    Refuses what `create_account` and `appoint` refuse (Invalid), a NIP that stands on another account, a name that
    somebody in the desk has already unless two NIPs tell them apart or the admin says that it `is_other`, and an
    appointment beyond one's own (NotAllowed).
    """
    authority.check_gift(by, proposal.region, _unit_id(proposal.unit_code), proposal.areas)
    username = username.strip().lower() or suggest_username(name)
    password = temporary_password(username)
    authority.take_turn()
    roots, number = authority.own_regions(by), proposal.employee_number
    namesakes.check_number_is_free(number, roots=roots)
    if not is_other:
        namesakes.check_no_namesake(name, proposal.region, has_number=bool(number), roots=roots)
    account = commands.create_account(username, name, password, must_change=True, by=by)
    _appoint(account.id, proposal, by)
    return Handed(account.id, username, account.name, password)


def give(account_id: int, proposal: Proposal, *, by: Person, seen: int = 0) -> Appointment:
    """Appoint somebody else. Refuses what `appoint` refuses and a NIP that stands on another account (Invalid),
    oneself and more than one holds (NotAllowed).
    """
    authority.known_account(account_id, by)
    authority.check_another(by, account_id, NOT_TO_ONESELF)
    authority.check_gift(by, proposal.region, _unit_id(proposal.unit_code), proposal.areas)
    _claim(account_id, seen)
    roots = authority.own_regions(by)
    namesakes.check_number_is_free(proposal.employee_number, but=account_id, roots=roots)
    return _appoint(account_id, proposal, by)


def extend(
    account_id: int,
    appointment_id: int,
    *,
    until: dt.date | None,
    document: str = "",
    by: Person,
    seen: int = 0,
) -> None:
    """Let somebody else's appointment last longer; one that is over needs a new one (NotNow)."""
    appointment = _theirs(account_id, appointment_id, by)
    authority.check_another(by, account_id, NOT_TO_ONESELF)
    _claim(account_id, seen)
    _refuse_over(appointment)
    extend_appointment(appointment_id, until=until, document=document, by=by)


def end(account_id: int, appointment_id: int, *, on: dt.date, by: Person, seen: int = 0) -> None:
    """Let an appointment end after the day `on`. Refuses a day before it began or after it ends anyway (Invalid),
    one that is over and the last admin's (NotNow).
    """
    appointment = _theirs(account_id, appointment_id, by)
    _claim(account_id, seen)
    _refuse_over(appointment)
    if appointment.ends_on is not None and on >= appointment.ends_on:
        raise Invalid(
            "Penugasan ini berakhir lebih dahulu.",
            on=f"Hari terakhirnya sudah {tanggal_pendek(appointment.ends_on)}. Untuk menambah hari, pakai Perpanjang.",
        )
    authority.check_an_admin_remains([appointment], on, whole_account=False)
    end_appointment(appointment_id, on=on, by=by)


def withdraw(account_id: int, appointment_id: int, *, by: Person, seen: int = 0) -> None:
    """Take back an appointment that has not begun (NotNow for one that has)."""
    _theirs(account_id, appointment_id, by)
    _claim(account_id, seen)
    withdraw_appointment(appointment_id, by=by)


def rename(account_id: int, name: str, *, by: Person, seen: int = 0) -> None:
    """Correct a name."""
    _whole(account_id, by, seen)
    commands.rename_account(account_id, name, by=by)


def close(account_id: int, reason: str, *, by: Person, seen: int = 0) -> None:
    """Shut somebody else's account with the reason; its sessions end now. Refuses one that is shut, and the last
    admin's (NotNow).
    """
    authority.check_another(by, account_id, NOT_ONES_OWN)
    account = _whole(account_id, by, seen)
    if account.is_disabled:
        raise NotNow("Akun ini sudah ditutup.")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid(
            "Alasan wajib diisi.", reason="Tuliskan mengapa akun ini ditutup, paling banyak 300 tanda."
        )
    today, held = _today(by), _all_of(account_id)
    for last_day in (today - dt.timedelta(days=1), today):  # now, and still tomorrow
        authority.check_an_admin_remains(held, last_day, whole_account=True)
    commands.disable_account(account_id, reason=reason.strip(), by=by)


def reopen(account_id: int, *, by: Person, seen: int = 0) -> None:
    """Open a shut account again (NotNow for one that is open)."""
    if not _whole(account_id, by, seen).is_disabled:
        raise NotNow("Akun ini tidak sedang ditutup.")
    commands.enable_account(account_id, by=by)


def reset_password(account_id: int, *, by: Person, seen: int = 0) -> Handed:
    """Give somebody else a temporary password; their sessions end now, and wrong tries are forgotten."""
    authority.check_another(by, account_id, OWN_PAGE)
    account = _whole(account_id, by, seen)
    if account.is_disabled:
        raise NotNow("Akun ini ditutup. Buka kembali dahulu, baru atur ulang kata sandinya.")
    password = temporary_password(account.username)
    db.session.execute(delete(LoginAttempt).where(LoginAttempt.username == account.username))
    commands.set_password(account_id, password, must_change=True, by=by)
    return Handed(account_id, account.username, account.name, password)


def reset_two_steps(account_id: int, *, by: Person, seen: int = 0) -> None:
    """Take the second factor off somebody else who lost phone and codes; their sessions end now."""
    authority.check_another(by, account_id, OWN_PAGE)
    _whole(account_id, by, seen)
    reset_second_factor(account_id, by=by)


def end_all_sessions(account_id: int, *, by: Person, seen: int = 0) -> int:
    """Sign somebody else out everywhere; returns how many sessions ended."""
    authority.check_another(by, account_id, OWN_PAGE)
    _whole(account_id, by, seen)
    count = end_sessions(account_id)
    if count:
        subject = (commands.SUBJECT, account_id)
        record("account:session:end_all", by=by, subject=subject, changes={"sessions": [count, 0]})
    return count


def limit(account_id: int, last_day: dt.date | None, *, by: Person, seen: int = 0) -> None:
    """Let somebody else's account be used until a day, None: without an end. Refuses a day that has passed."""
    authority.check_another(by, account_id, "Masa berlaku akun Anda diatur oleh admin lain.")
    _whole(account_id, by, seen)
    if last_day is not None:
        if last_day < _today(by):
            raise Invalid(
                "Hari itu sudah lewat.",
                last_day="Pilih hari ini atau sesudahnya. Untuk menutup sekarang, pakai Tutup akun.",
            )
        authority.check_an_admin_remains(_all_of(account_id), last_day, whole_account=True)
    commands.limit_account(account_id, last_day, by=by)


def _claim(account_id: int, seen: int) -> None:
    """Take the account for this deed: whoever saw it before the last change comes too late."""
    authority.take_turn()
    query = update(Account).where(Account.id == account_id)
    if seen:
        query = query.where(Account.access_version == seen)
    done = db.session.execute(query.values(access_version=Account.access_version + 1))
    if not done.rowcount:  # type: ignore[attr-defined]
        raise NotNow(
            "Akun ini baru saja diubah, mungkin oleh admin lain. Periksa keadaannya di bawah, lalu ulangi bila perlu."
        )


def _whole(account_id: int, by: Person, seen: int) -> Account:
    """The account, claimed, for a deed on all of it."""
    account = authority.known_account(account_id, by)
    _claim(account_id, seen)
    authority.require_whole(account_id, by)
    db.session.refresh(account)
    return account


def _theirs(account_id: int, appointment_id: int, by: Person) -> Appointment:
    """An appointment of an account that this admin sees and may change."""
    authority.known_account(account_id, by)
    query = select(Appointment).where(Appointment.id == appointment_id, Appointment.account_id == account_id)
    appointment = db.session.scalar(query)
    if appointment is None:
        raise NotFound("Penugasan itu tidak ada pada orang ini.")
    authority.check_gift(by, appointment.region_code, appointment.unit_id, appointment.areas.split())
    return appointment


def _refuse_over(appointment: Appointment) -> None:
    db.session.refresh(appointment)
    if appointment.ends_on is not None and appointment.ends_on < today_of(appointment.region_code):
        raise NotNow("Penugasan ini sudah berakhir. Bila masih diperlukan, beri penugasan baru.")


def _all_of(account_id: int) -> list[Appointment]:
    return list(db.session.scalars(select(Appointment).where(Appointment.account_id == account_id)))


def _today(by: Person) -> dt.date:
    return today_of(authority.own_regions(by)[0])


def _unit_id(code: str | None) -> int | None:
    """The unit's id, -1 for one that does not exist: nobody holds it, and `appoint` says that it is not there."""
    if code is None:
        return None
    found = db.session.scalar(select(Unit.id).where(Unit.code == code, Unit.retired_on.is_(None)))
    return -1 if found is None else found


def _appoint(account_id: int, proposal: Proposal, by: Person) -> Appointment:
    return appoint(
        account_id,
        proposal.role,
        proposal.region,
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
        unit_code=proposal.unit_code,
        areas=proposal.areas,
        standing=proposal.standing,
        position=proposal.position,
        rank=proposal.rank,
        employee_number=proposal.employee_number,
        signs=proposal.signs,
        on_behalf_of=proposal.on_behalf_of,
        through=proposal.through,
        document=proposal.document,
        by=by,
    )
