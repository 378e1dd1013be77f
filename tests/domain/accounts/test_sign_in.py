"""Signing in and out: sessions, the throttle, and what a change of office does to them."""

from __future__ import annotations

import datetime as dt

import pytest

from app.domain import accounts, clock
from app.domain.accounts import Permission
from app.domain.accounts.throttle import TRIES_PER_ADDRESS, TRIES_PER_NAME
from app.domain.errors import Invalid, NotFound
from app.extensions import db
from tests.cast import BERAU, PASSWORD, person
from tests.counting import statements

HOUR = dt.timedelta(hours=1)
HERE = "10.0.0.9"


def sign_in(username: str = "operator.berau", password: str = PASSWORD, address: str = HERE):
    return accounts.sign_in(username, password, address=address, browser="uji", lifetime=HOUR)


def test_the_right_password_opens_a_session(session, operator):
    opened = sign_in()
    found = accounts.signed_in_person(opened.session_id, opened.token)
    assert found.username == "operator.berau"
    assert found.may(Permission.CHECKLIST_FILL, region=BERAU)


def test_the_database_keeps_no_secret_of_the_session(session):
    opened = sign_in()
    kept = session.get(accounts.LoginSession, opened.session_id)
    assert opened.token not in (kept.token_hash, str(kept.__dict__))


@pytest.mark.parametrize("username", ["operator.berau", "tidak.ada"])
def test_a_wrong_password_and_a_name_that_does_not_exist_look_the_same(session, username: str):
    assert sign_in(username, "bukan-kata-sandinya") is None


def test_another_token_opens_nothing(session):
    opened = sign_in()
    assert accounts.signed_in_person(opened.session_id, "lain") is None


def test_a_session_ends_when_its_lifetime_is_over(session, monkeypatch: pytest.MonkeyPatch):
    opened = sign_in()
    later = clock.real_now() + HOUR + dt.timedelta(seconds=1)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    assert accounts.signed_in_person(opened.session_id, opened.token) is None


def test_a_session_can_be_revoked_by_its_owner_only(session, operator, stranger):
    opened = sign_in()
    assert not accounts.end_session(opened.session_id, stranger.id)
    assert accounts.signed_in_person(opened.session_id, opened.token) is not None
    assert accounts.end_session(opened.session_id, operator.id)
    assert accounts.signed_in_person(opened.session_id, opened.token) is None
    assert not accounts.end_session(opened.session_id, operator.id), "it has ended already"


def test_a_disabled_account_is_out_at_once_and_stays_out(session, operator):
    opened = sign_in()
    accounts.disable_account(operator.id)
    assert accounts.signed_in_person(opened.session_id, opened.token) is None
    assert sign_in() is None


def test_an_appointment_that_is_ended_takes_its_rights_with_the_next_request(session, operator):
    opened = sign_in()
    assert accounts.signed_in_person(opened.session_id, opened.token).may(Permission.CHECKLIST_FILL)
    accounts.end_appointment(operator.appointments[0].id, on=dt.date(2024, 11, 24))
    assert not accounts.signed_in_person(opened.session_id, opened.token).may(Permission.CHECKLIST_FILL)


def test_an_appointment_that_runs_out_takes_its_rights_at_midnight(session, operator):
    opened = sign_in()
    accounts.end_appointment(operator.appointments[0].id, on=dt.date(2024, 11, 25))
    assert accounts.signed_in_person(opened.session_id, opened.token).appointments
    clock.set_frozen(dt.datetime.fromisoformat("2024-11-26T00:00:00+08:00"))
    assert accounts.signed_in_person(opened.session_id, opened.token).appointments == ()


def test_five_wrong_tries_close_the_name_for_a_while(session):
    for _ in range(TRIES_PER_NAME):
        assert accounts.waiting_minutes("operator.berau", HERE) == 0
        sign_in(password="bukan-kata-sandinya")
    assert 1 <= accounts.waiting_minutes("operator.berau", "10.0.0.77") <= 15
    assert accounts.waiting_minutes("operator.paser", HERE) == 0, "another name is not closed"


def test_the_throttle_outlives_the_process_because_it_is_in_the_database(session):
    for _ in range(TRIES_PER_NAME):
        sign_in(password="bukan-kata-sandinya")
    session.commit()
    session.remove()
    db.engine.dispose()
    assert accounts.waiting_minutes("operator.berau", HERE) > 0


def test_many_wrong_tries_from_one_address_close_the_address(session):
    for number in range(TRIES_PER_ADDRESS):
        row = accounts.models.LoginAttempt(username=f"n{number}", address=HERE, at=clock.real_now())
        session.add(row)
    session.flush()
    assert accounts.waiting_minutes("siapa.saja", HERE) > 0
    assert accounts.waiting_minutes("siapa.saja", "10.0.0.10") == 0


def test_the_wait_ends_by_itself(session, monkeypatch: pytest.MonkeyPatch):
    for _ in range(TRIES_PER_NAME):
        sign_in(password="bukan-kata-sandinya")
    later = clock.real_now() + dt.timedelta(minutes=16)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    assert accounts.waiting_minutes("operator.berau", HERE) == 0


def test_a_right_password_forgets_the_wrong_ones(session):
    for _ in range(TRIES_PER_NAME - 1):
        sign_in(password="bukan-kata-sandinya")
    sign_in()
    sign_in(password="bukan-kata-sandinya")
    assert accounts.waiting_minutes("operator.berau", HERE) == 0


def test_a_changed_password_ends_all_other_sessions(session, operator):
    here, elsewhere = sign_in(), sign_in()
    accounts.change_password(operator.id, old=PASSWORD, new="sandi yang lain 7", keep_session=here.session_id)
    assert accounts.signed_in_person(here.session_id, here.token) is not None
    assert accounts.signed_in_person(elsewhere.session_id, elsewhere.token) is None
    assert sign_in() is None
    assert sign_in(password="sandi yang lain 7") is not None


def test_a_password_that_was_reset_ends_every_session_and_must_be_changed(session, operator):
    opened = sign_in()
    accounts.set_password(operator.id, "sementara-2024", must_change=True)
    assert accounts.signed_in_person(opened.session_id, opened.token) is None
    again = sign_in(password="sementara-2024")
    assert accounts.signed_in_person(again.session_id, again.token).must_change_password


@pytest.mark.parametrize(
    "password", ["pendek", "operator.berau1", "aaaaaaaaaaaa", "ababababab", "x" * 200 + "yz1"]
)
def test_a_weak_password_is_refused(session, operator, password: str):
    with pytest.raises(Invalid, match="Kata sandi"):
        accounts.set_password(operator.id, password, must_change=False)


@pytest.mark.parametrize(
    "password",
    ["pilkada2024", "Desk-Pilkada-2024", "KESBANGPOL!!123", "katasandi12", "1234567890", "9876543210"],
)
def test_a_password_of_words_that_everybody_here_would_try_is_refused(session, operator, password: str):
    with pytest.raises(Invalid, match="mudah ditebak"):
        accounts.set_password(operator.id, password, must_change=False)


@pytest.mark.parametrize(
    "password",
    ["pilkada damai di hulu", "2718281828", "kuda-lumping-merah-7", "!!@@##$$%%^^", "ab-12345678!!"],
)
def test_any_other_password_of_any_signs_is_taken(session, operator, password: str):
    accounts.set_password(operator.id, password, must_change=False)


def test_a_change_wants_the_old_password_and_a_new_one(session, operator):
    with pytest.raises(Invalid, match="lama tidak cocok"):
        accounts.change_password(operator.id, old="salah", new="sandi yang lain 7", keep_session=0)
    with pytest.raises(Invalid, match="sama"):
        accounts.change_password(operator.id, old=PASSWORD, new=PASSWORD, keep_session=0)


@pytest.mark.parametrize("username", ["Ab.cd", "a", "nama pakai spasi", "-awal", "x" * 81])
def test_a_bad_account_name_is_refused(session, username: str):
    with pytest.raises(Invalid):
        accounts.create_account(username, "Nama", PASSWORD)


def test_a_name_that_is_taken_is_refused(session):
    with pytest.raises(Invalid, match="sudah dipakai"):
        accounts.create_account("operator.berau", "Nama", PASSWORD)


def test_the_open_sessions_are_listed_newest_first(session, operator):
    first, second = sign_in(), sign_in()
    assert [row.id for row in accounts.sessions_of(operator.id)] == [second.session_id, first.session_id]
    accounts.end_sessions(operator.id, but=first.session_id)
    assert [row.id for row in accounts.sessions_of(operator.id)] == [first.session_id]


def test_unknown_accounts_are_not_found(session):
    assert accounts.person_of("tidak.ada") is None
    for deed in (
        lambda: accounts.disable_account(999_999),
        lambda: accounts.set_password(999_999, "sandi yang lain 7", must_change=True),
        lambda: accounts.change_password(999_999, old="x", new="sandi yang lain 7", keep_session=0),
    ):
        with pytest.raises(NotFound):
            deed()


def test_people_under_a_region_are_found_even_when_they_left(session):
    names = {account.username for account in accounts.people_under((BERAU,))}
    assert {"operator.berau", "mantan.berau", "operator.sambaliung"} <= names
    assert "operator.paser" not in names
    assert person("operator.paser").username in {account.username for account in accounts.everyone()}


def test_signing_in_notes_when_and_a_click_does_not(session, operator):
    account = session.get(accounts.Account, operator.id)
    assert account.last_signed_in_at is None
    opened = sign_in()
    session.refresh(account)
    seen = account.last_signed_in_at
    assert seen is not None
    assert abs(seen - clock.real_now()) < dt.timedelta(minutes=1)
    accounts.signed_in_person(opened.session_id, opened.token)
    assert sign_in(password="bukan-kata-sandinya") is None
    session.refresh(account)
    assert account.last_signed_in_at == seen


def test_an_account_may_be_used_on_its_last_day_and_not_after_it(session, operator):
    opened = sign_in()
    session.get(accounts.Account, operator.id).expires_on = dt.date(2024, 11, 25)
    session.flush()
    clock.set_frozen(dt.datetime.fromisoformat("2024-11-25T23:59:00+08:00"))
    assert accounts.signed_in_person(opened.session_id, opened.token) is not None
    assert sign_in() is not None
    clock.set_frozen(dt.datetime.fromisoformat("2024-11-26T00:00:00+08:00"))
    with pytest.raises(accounts.AccountOver, match="25 Nov 2024"):
        accounts.signed_in_person(opened.session_id, opened.token)
    with pytest.raises(accounts.AccountOver, match="Hubungi admin desk"):
        sign_in()
    assert sign_in(password="bukan-kata-sandinya") is None, "nothing is told to whoever does not know it"


def test_the_last_day_of_an_account_never_appointed_goes_by_the_capital(session):
    account = accounts.create_account("tamu.desk", "Tamu", PASSWORD, must_change=False)
    account.expires_on = dt.date(2024, 11, 25)
    session.flush()
    clock.set_frozen(dt.datetime.fromisoformat("2024-11-26T00:30:00+08:00"))
    assert sign_in("tamu.desk") is not None, "half past eleven in Jakarta"
    clock.set_frozen(dt.datetime.fromisoformat("2024-11-26T00:00:00+07:00"))
    with pytest.raises(accounts.AccountOver):
        sign_in("tamu.desk")


def test_who_is_signed_in_is_one_statement_whatever_the_account_says(session, operator):
    opened = sign_in()
    session.get(accounts.Account, operator.id).expires_on = dt.date(2024, 12, 1)
    session.commit()
    accounts.signed_in_person(opened.session_id, opened.token)
    with statements() as asked:
        assert accounts.signed_in_person(opened.session_id, opened.token) is not None
    assert len(asked) == 1
