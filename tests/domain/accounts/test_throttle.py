"""The sign-in throttle: ten guesses an account in five minutes, from wherever and however many at once."""

from __future__ import annotations

import datetime as dt
from threading import Barrier, Thread

import pytest

from app.domain import accounts, clock
from app.domain.accounts import TooMany, passwords, throttle
from app.domain.accounts.models import LoginAttempt
from app.extensions import db
from tests.cast import PASSWORD

HOUR = dt.timedelta(hours=1)
HERE, THERE = "10.0.0.9", "10.0.0.77"
NAME = "operator.berau"


def begin_and_sign_in(password: str, address: str = HERE, username: str = NAME):
    """As the browser's door does it."""
    begun = accounts.begin_try(username, address)
    db.session.commit()
    opened = accounts.sign_in(username, password, address=address, browser="uji", lifetime=HOUR, begun=begun)
    db.session.commit()
    return opened


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch):
    """`now(minutes=5)`: the computer's clock, which stands still, is moved on."""
    moment = [dt.datetime(2024, 11, 25, 1, 0, tzinfo=dt.UTC)]
    monkeypatch.setattr(clock, "real_now", lambda: moment[0])

    def move(**by: float) -> None:
        moment[0] += dt.timedelta(**by)

    return move


def close_address(session, address: str = HERE) -> None:
    for number in range(throttle.TRIES_PER_ADDRESS):
        session.add(LoginAttempt(username=f"orang.{number}", address=address, at=clock.real_now()))
    session.commit()


def shut_out(password: str, username: str = NAME) -> None:
    """Nobody looks at it: the address stays closed for no longer than it is, and no name has one guess less."""
    before = db.session.query(LoginAttempt).count()
    with pytest.raises(TooMany):
        begin_and_sign_in(password, username=username)
    db.session.commit()
    assert db.session.query(LoginAttempt).count() == before


def test_a_try_counts_before_its_password_is_looked_at(session):
    for _ in range(throttle.TRIES_PER_NAME):
        accounts.begin_try(NAME, HERE)
    with pytest.raises(TooMany) as refusal:
        accounts.begin_try(NAME, THERE)
    assert 1 <= refusal.value.minutes <= 15
    assert session.query(LoginAttempt).count() == throttle.TRIES_PER_NAME


def test_tries_at_the_same_moment_are_no_more_than_one_after_the_other(app, session):
    """Twelve threads with a connection each, let go at once."""
    begun, barrier = [], Barrier(12)

    def guess() -> None:
        with app.app_context():
            barrier.wait()
            try:
                begun.append(accounts.begin_try(NAME, HERE))
                db.session.commit()
            except TooMany:
                db.session.rollback()
            finally:
                db.session.remove()

    threads = [Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(begun) == throttle.TRIES_PER_NAME


def test_a_right_password_is_no_guess(session):
    for _ in range(throttle.TRIES_PER_NAME + 1):
        assert begin_and_sign_in(PASSWORD) is not None
    assert session.query(LoginAttempt).count() == 0


def test_the_right_password_of_an_account_that_is_over_is_no_guess(session, operator):
    session.get(accounts.Account, operator.id).expires_on = dt.date(2024, 11, 24)
    session.commit()
    begun = accounts.begin_try(NAME, HERE)
    with pytest.raises(accounts.AccountOver):
        accounts.sign_in(NAME, PASSWORD, address=HERE, browser="uji", lifetime=HOUR, begun=begun)
    assert session.query(LoginAttempt).count() == 0


def test_whoever_gets_in_elsewhere_does_not_help_who_is_guessing_here(session):
    for _ in range(throttle.TRIES_PER_NAME - 1):
        begin_and_sign_in("bukan-kata-sandinya", HERE)
    assert begin_and_sign_in(PASSWORD, THERE) is not None
    begin_and_sign_in("bukan-kata-sandinya", HERE)
    with pytest.raises(TooMany):
        accounts.begin_try(NAME, HERE)


def test_its_owner_signing_in_again_and_again_allows_ten_guesses_in_five_minutes(session, now):
    """From the very address of the owner, who gets in as soon as the name is nearly closed."""
    guesses = 0
    for _ in range(20):
        try:
            while session.query(LoginAttempt).count() < throttle.TRIES_PER_NAME - 1:
                begin_and_sign_in("bukan-kata-sandinya")
                guesses += 1
            begin_and_sign_in(PASSWORD)
        except TooMany:
            break
        if session.query(LoginAttempt).count() == throttle.TRIES_PER_NAME - 1:
            begin_and_sign_in("bukan-kata-sandinya")
            guesses += 1
        now(seconds=10)
    assert guesses <= 10
    with pytest.raises(TooMany):
        accounts.begin_try(NAME, HERE)


def test_a_closed_address_stays_open_to_whoever_signed_in_there_before(session):
    assert begin_and_sign_in(PASSWORD) is not None
    close_address(session)
    assert begin_and_sign_in(PASSWORD) is not None
    shut_out(PASSWORD, "penyelia.berau")  # the right one, of somebody new here
    assert begin_and_sign_in(PASSWORD, THERE, "penyelia.berau") is not None


def test_somebody_known_at_a_closed_address_has_no_more_guesses_than_elsewhere(session):
    begin_and_sign_in(PASSWORD)
    close_address(session)
    for _ in range(throttle.TRIES_PER_NAME):
        assert begin_and_sign_in("bukan-kata-sandinya") is None
    with pytest.raises(TooMany):
        accounts.begin_try(NAME, HERE)


def test_an_address_is_somebodys_for_three_months(session, now):
    begin_and_sign_in(PASSWORD)
    now(days=91)
    close_address(session)
    shut_out(PASSWORD)


def test_the_name_that_nobody_has_is_compared_at_the_same_cost():
    assert not passwords.HASHER.check_needs_rehash(passwords.NOBODYS)
    assert not accounts.matches(passwords.NOBODYS, "")


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("username", [NAME, "tidak.ada", "tutup.berau", "penyelia.berau"])
def test_every_wrong_try_costs_one_comparison(session, monkeypatch, username: str, closed: bool):
    """An account, none, a shut one, and one that was never here: what takes the time is done once for each."""
    shut = accounts.create_account("tutup.berau", "Tutup", PASSWORD, must_change=False)
    accounts.disable_account(shut.id)
    begin_and_sign_in(PASSWORD)
    if closed:
        close_address(session)
    compared: list[str] = []
    plain = passwords.HASHER.verify

    class Counting:
        def verify(self, stored: str, password: str) -> bool:
            compared.append(stored)
            return plain(stored, password)

    monkeypatch.setattr(passwords, "HASHER", Counting())
    if closed and username != NAME:
        shut_out("bukan-kata-sandinya", username)
    else:
        assert begin_and_sign_in("bukan-kata-sandinya", username=username) is None
    assert len(compared) == 1
    assert compared[0].split("$")[1:4] == ["argon2id", "v=19", "m=19456,t=2,p=1"]


def test_old_tries_are_forgotten(session, now):
    close_address(session)
    now(days=31)
    accounts.begin_try(NAME, HERE)
    assert accounts.forget_tries(clock.real_now() - dt.timedelta(days=30)) == throttle.TRIES_PER_ADDRESS
    assert session.query(LoginAttempt).count() == 1
