"""The second factor: setting it up, signing in with it, doing without it again.

Its secret lies locked in the database (app/domain/secrecy.py), a recovery code only as its keyed fingerprint.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import delete, func, select, update

from app.domain import audit, clock, secrecy
from app.domain.accounts import codes, throttle
from app.domain.accounts.models import Account, RecoveryCode, SecondFactor
from app.domain.accounts.passwords import matches
from app.domain.accounts.rules import Person, Role
from app.domain.accounts.sessions import Halfway, SignIn, end_sessions, open_session
from app.domain.accounts.throttle import Try
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from app.extensions import db

SUBJECT = "account"


class WrongCode(Invalid):
    """The code or the password was wrong, and the try is on record: commit, or guessing would be free."""


class Enrolment(NamedTuple):
    """What somebody photographs (`uri`) or types (`secret`) into an authenticator, until a first code confirms it."""

    secret: str
    uri: str


class FactorState(NamedTuple):
    """How the second factor of an account stands: off, being set up (`enrolment`), or on `since` a moment."""

    since: dt.datetime | None = None
    enrolment: Enrolment | None = None
    codes_left: int = 0


def owes_second_factor(person: Person, roles: frozenset[Role]) -> bool:
    """Whether one of these roles is the person's today while a second factor is not."""
    return not person.has_second_factor and any(held.role in roles for held in person.appointments)


def second_factor_of(account_id: int) -> FactorState:
    """How it stands with an account; a secret that cannot be read any more was never confirmed and counts for off."""
    factor = db.session.get(SecondFactor, account_id)
    if factor is None:
        return FactorState()
    if factor.confirmed_at is not None:
        return FactorState(since=factor.confirmed_at, codes_left=_codes_left(account_id))
    try:
        secret = secrecy.unlock(factor.locked_secret)
    except secrecy.Unreadable:
        return FactorState()
    return FactorState(enrolment=Enrolment(secret, codes.address_of(secret, _account(account_id).username)))


def begin_second_factor(account_id: int, *, by: audit.Actor) -> None:
    """Draw a new secret, which counts for nothing until it is confirmed. Refuses (NotNow) when it is on already."""
    factor = db.session.get(SecondFactor, account_id)
    if factor is None:
        factor = SecondFactor(account_id=account_id, last_step=0)
        db.session.add(factor)
    elif factor.confirmed_at is not None:
        raise NotNow("Masuk dua langkah sudah menyala. Matikan dahulu bila ponselnya berganti.")
    factor.locked_secret = secrecy.lock(codes.new_secret())
    factor.begun_at = clock.real_now()
    db.session.flush()
    audit.record("account:second_factor:begin", by=by, subject=(SUBJECT, account_id))


def cancel_second_factor(account_id: int, *, by: audit.Actor) -> None:
    """Forget a secret that was not confirmed. Refuses (NotNow) when there is none."""
    unconfirmed = (SecondFactor.account_id == account_id) & SecondFactor.confirmed_at.is_(None)
    done = db.session.execute(delete(SecondFactor).where(unconfirmed))
    if not done.rowcount:  # type: ignore[attr-defined]
        raise NotNow("Tidak ada penyiapan yang dapat dibatalkan. Muat ulang halaman ini.")
    audit.record("account:second_factor:cancel", by=by, subject=(SUBJECT, account_id))


def confirm_second_factor(account_id: int, code: str, *, keep_session: int, by: audit.Actor) -> list[str]:
    """Turn it on by a first code and return the recovery codes, in clear for this one time.

    Ends all other sessions, which were opened with a password alone. Refuses a code that does not fit (Invalid), and
    what is on already or was never begun (NotNow).
    """
    factor = db.session.get(SecondFactor, account_id)
    if factor is None or factor.confirmed_at is not None:
        raise NotNow("Penyiapan ini sudah selesai atau dibatalkan. Muat ulang halaman ini.")
    step = _step_of(factor, codes.bare(code))
    if step is None:
        raise Invalid("Kode tidak cocok.", code=_why_not(code))
    factor.confirmed_at, factor.last_step = clock.real_now(), step
    _set_mark(account_id, True)
    end_sessions(account_id, but=keep_session)
    drawn = _replace_codes(account_id)
    audit.record("account:second_factor:confirm", by=by, subject=(SUBJECT, account_id))
    return drawn


def renew_recovery_codes(person: Person, code: str, *, address: str, begun: Try | None = None) -> list[str]:
    """Put new recovery codes in the place of all old ones; `code` is of the phone or one of the old ones.

    Raises WrongCode, or NotNow when no second factor is on.
    """
    _prove(_account(person.id), code, address=address, by=person, begun=begun)
    drawn = _replace_codes(person.id)
    audit.record("account:second_factor:renew", by=person, subject=(SUBJECT, person.id))
    return drawn


def turn_off_second_factor(
    person: Person, *, password: str, code: str, address: str, begun: Try | None = None
) -> None:
    """Sign in with the password alone from now on. Raises WrongCode, or NotNow when no second factor is on."""
    account = _account(person.id)
    if not matches(account.password_hash, password):
        _note_wrong_try(account, address, by=person, begun=begun)
        raise WrongCode("Kata sandi tidak cocok.", password="Periksa kembali kata sandi Anda.")  # noqa: S106
    _prove(account, code, address=address, by=person, begun=begun)
    _forget(person.id)
    audit.record("account:second_factor:turn_off", by=person, subject=(SUBJECT, person.id))


def reset_second_factor(account_id: int, *, by: audit.Actor | None = None) -> None:
    """Take the second factor off somebody who lost phone and codes; ends all sessions of the account.

    Refuses one's own (NotAllowed): that takes a code. Refuses (NotNow) where there is none. Whether `by` may do this
    to this person is the caller's question; needs no key, so it also mends a desk that has lost it.
    """
    if by is not None and by.id == account_id:
        raise NotAllowed("Masuk dua langkah milik sendiri dimatikan di Akun saya, dengan kode.")
    _account(account_id)
    if db.session.get(SecondFactor, account_id) is None:
        raise NotNow("Orang ini tidak memakai masuk dua langkah; tidak ada yang perlu diatur ulang.")
    _forget(account_id)
    end_sessions(account_id)
    audit.record("account:second_factor:reset", by=by, subject=(SUBJECT, account_id))


def finish_sign_in(
    halfway: Halfway,
    code: str,
    *,
    address: str,
    browser: str,
    lifetime: dt.timedelta,
    begun: Try | None = None,
) -> SignIn:
    """Open the session of somebody whose password was right, by a code of the phone or a recovery code.

    Raises WrongCode, or NotNow when the account has changed since the password was given.
    """
    account = db.session.get(Account, halfway.account_id)
    if account is None or account.is_disabled or account.access_version != halfway.access_version:
        raise NotNow("Akun ini baru saja berubah. Masuk lagi dari awal.")
    _prove(account, code, address=address, by=None, begun=begun)
    return open_session(account, address=address, browser=browser, lifetime=lifetime)


def _prove(account: Account, code: str, *, address: str, by: audit.Actor | None, begun: Try | None) -> None:
    """Use up a code: a time step with all before it, or a recovery code. Raises WrongCode, NotNow."""
    factor = db.session.get(SecondFactor, account.id)
    if factor is None or factor.confirmed_at is None:
        raise NotNow(
            "Masuk dua langkah akun ini tidak menyala. Muat ulang halaman, atau masuk lagi dari awal."
        )
    said = codes.bare(code)
    if not codes.is_of_phone(said):
        if _spend_recovery_code(account.id, said):
            throttle.take_back(begun)
            left = _codes_left(account.id)
            said_of_it = {"codes_left": [left + 1, left]}
            audit.record(
                "account:second_factor:recover", by=by, subject=(SUBJECT, account.id), changes=said_of_it
            )
            return
        why = "Bukan kode enam angka, dan bukan kode cadangan yang masih berlaku. Periksa ketikannya."
    else:
        step = _step_of(factor, said)
        if step is not None and _spend_step(account.id, step):
            throttle.take_back(begun)
            return
        why = (
            _why_not(code)
            if step is None
            else "Kode ini sudah dipakai. Tunggu yang berikutnya, setengah menit."
        )
    _note_wrong_try(account, address, by=by, begun=begun)
    raise WrongCode("Kode tidak cocok.", code=why)


def _why_not(code: str) -> str:
    if codes.is_of_phone(codes.bare(code)):
        return "Kode tidak cocok. Pakai yang sedang tampil, dan setel jam ponsel ke otomatis."
    return "Tuliskan enam angka yang sedang tampil di ponsel."


def _note_wrong_try(account: Account, address: str, *, by: audit.Actor | None, begun: Try | None) -> None:
    """Counted together with wrong passwords: neither is guessed beside the other."""
    throttle.note_wrong(account.username, address, begun)
    audit.record("account:second_factor:refuse", by=by, subject=(SUBJECT, account.id))


def _step_of(factor: SecondFactor, said: str) -> int | None:
    try:
        return codes.step_of(secrecy.unlock(factor.locked_secret), said)
    except secrecy.Unreadable:
        raise NotNow(
            "Server tidak dapat membaca kunci kode Anda, biasanya karena kunci server berganti. "
            "Minta admin desk mengatur ulang masuk dua langkah Anda."
        ) from None


def _spend_step(account_id: int, step: int) -> bool:
    """Whether this step was still unused; of two at the same moment only one is told so."""
    done = db.session.execute(
        update(SecondFactor)
        .where(SecondFactor.account_id == account_id, SecondFactor.last_step < step)
        .values(last_step=step)
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def _spend_recovery_code(account_id: int, said: str) -> bool:
    done = db.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.fingerprint == codes.fingerprint(account_id, said), RecoveryCode.used_at.is_(None)
        )
        .values(used_at=clock.real_now())
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def _codes_left(account_id: int) -> int:
    query = select(func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(query) or 0


def _replace_codes(account_id: int) -> list[str]:
    drawn = codes.draw_recovery_codes()
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    db.session.add_all(
        RecoveryCode(account_id=account_id, fingerprint=codes.fingerprint(account_id, code)) for code in drawn
    )
    db.session.flush()
    return [codes.in_groups(code) for code in drawn]


def _account(account_id: int) -> Account:
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound("Akun itu tidak ada.")
    return account


def _set_mark(account_id: int, is_on: bool) -> None:
    """Say it in the account's row, which every request reads anyway; whoever is halfway in starts again."""
    db.session.execute(
        update(Account)
        .where(Account.id == account_id)
        .values(has_second_factor=is_on, access_version=Account.access_version + 1)
    )


def _forget(account_id: int) -> None:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    db.session.execute(delete(SecondFactor).where(SecondFactor.account_id == account_id))
    _set_mark(account_id, False)
