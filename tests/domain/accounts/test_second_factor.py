"""The second factor: codes count once and for a moment, secrets stay locked, every deed is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyotp
import pytest

from app.domain import accounts, audit, clock, secrecy
from app.domain.accounts import Halfway, Role, WrongCode
from app.domain.accounts.models import LoginAttempt, LoginSession, RecoveryCode, SecondFactor
from app.domain.accounts.throttle import TRIES_PER_NAME
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from tests.cast import PASSWORD, add_person, person
from tests.tables import every_table

HERE = "10.0.0.9"
HOUR = dt.timedelta(hours=1)
NINE = dt.datetime(2024, 11, 25, 1, 0, 10, tzinfo=dt.UTC)
"""Ten seconds into a time step."""


class Watch:
    """The computer's clock of a test; phones agree with it unless told otherwise."""

    def __init__(self) -> None:
        self.moment = NINE

    def now(self) -> dt.datetime:
        return self.moment

    def on(self, seconds: int) -> None:
        self.moment += dt.timedelta(seconds=seconds)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """A real clock that stands still until it is moved."""
    made = Watch()
    monkeypatch.setattr(clock, "real_now", made.now)
    return made


class Phone:
    """An authenticator that was shown the secret."""

    def __init__(self, watch: Watch, secret: str) -> None:
        self.watch = watch
        self.secret = secret

    def code(self, *, ahead: int = 0) -> str:
        """What it shows, `ahead` seconds off the server's clock."""
        moment = self.watch.moment + dt.timedelta(seconds=ahead)
        return pyotp.TOTP(self.secret).at(moment)


@pytest.fixture
def drawn() -> list[str]:
    """The recovery codes that `phone` was given."""
    return []


@pytest.fixture
def phone(session: Any, watch: Watch, operator: accounts.Person, drawn: list[str]) -> Phone:
    """The operator of Berau uses a second factor since one minute ago."""
    accounts.begin_second_factor(operator.id, by=operator)
    enrolment = accounts.second_factor_of(operator.id).enrolment
    assert enrolment is not None
    made = Phone(watch, enrolment.secret)
    drawn += accounts.confirm_second_factor(operator.id, made.code(), keep_session=0, by=operator)
    watch.on(60)
    return made


def half_in(username: str = "operator.berau") -> Any:
    """What the right password gives."""
    return accounts.sign_in(username, PASSWORD, address=HERE, browser="uji", lifetime=HOUR)


def finish(code: str, halfway: Any = None) -> accounts.SignIn:
    """The second step."""
    return accounts.finish_sign_in(halfway or half_in(), code, address=HERE, browser="uji", lifetime=HOUR)


def actions(session: Any) -> list[str]:
    """The deeds of the trail, oldest first."""
    rows = session.query(audit.AuditEntry).order_by(audit.AuditEntry.seq)
    return [link.action for link in rows]


# --- Setting up ---------------------------------------------------------------------------------------------


def test_it_is_off_until_a_first_code_confirms_it(session, watch, operator):
    assert accounts.second_factor_of(operator.id) == accounts.FactorState()
    accounts.begin_second_factor(operator.id, by=operator)
    enrolment = accounts.second_factor_of(operator.id).enrolment
    assert not person("operator.berau").has_second_factor
    assert isinstance(half_in(), accounts.SignIn), "an unconfirmed secret asks nobody for a code"
    codes = accounts.confirm_second_factor(
        operator.id, Phone(watch, enrolment.secret).code(), keep_session=0, by=operator
    )
    state = accounts.second_factor_of(operator.id)
    assert (state.since, state.enrolment, state.codes_left) == (watch.moment, None, 10)
    assert len(set(codes)) == 10
    assert person("operator.berau").has_second_factor


def test_the_address_names_the_desk_and_the_account(session, operator):
    accounts.begin_second_factor(operator.id, by=operator)
    enrolment = accounts.second_factor_of(operator.id).enrolment
    read = pyotp.parse_uri(enrolment.uri)
    assert (read.issuer, read.name, read.secret) == ("Desk Pilkada", "operator.berau", enrolment.secret)


@pytest.mark.parametrize("code", ["000000", "12345", "", "abcdef", "１２３４５６"])
def test_it_refuses_a_first_code_that_does_not_fit_and_stays_off(session, watch, operator, code):
    accounts.begin_second_factor(operator.id, by=operator)
    with pytest.raises(Invalid) as refusal:
        accounts.confirm_second_factor(operator.id, code, keep_session=0, by=operator)
    assert "code" in refusal.value.fields
    assert accounts.second_factor_of(operator.id).since is None


def test_beginning_again_draws_another_secret(session, operator):
    accounts.begin_second_factor(operator.id, by=operator)
    first = accounts.second_factor_of(operator.id).enrolment
    accounts.begin_second_factor(operator.id, by=operator)
    assert accounts.second_factor_of(operator.id).enrolment != first


def test_what_was_begun_can_be_cancelled_once(session, operator):
    accounts.begin_second_factor(operator.id, by=operator)
    accounts.cancel_second_factor(operator.id, by=operator)
    assert accounts.second_factor_of(operator.id).enrolment is None
    with pytest.raises(NotNow):
        accounts.cancel_second_factor(operator.id, by=operator)


def test_it_refuses_to_begin_cancel_or_confirm_what_is_on(session, phone, operator):
    for deed in (
        lambda: accounts.begin_second_factor(operator.id, by=operator),
        lambda: accounts.cancel_second_factor(operator.id, by=operator),
        lambda: accounts.confirm_second_factor(operator.id, phone.code(), keep_session=0, by=operator),
    ):
        with pytest.raises(NotNow):
            deed()


def test_turning_it_on_ends_the_sessions_that_only_had_a_password(session, watch, operator):
    here, elsewhere = half_in(), half_in()
    accounts.begin_second_factor(operator.id, by=operator)
    secret = accounts.second_factor_of(operator.id).enrolment.secret
    accounts.confirm_second_factor(
        operator.id, Phone(watch, secret).code(), keep_session=here.session_id, by=operator
    )
    assert accounts.signed_in_person(here.session_id, here.token).has_second_factor
    assert accounts.signed_in_person(elsewhere.session_id, elsewhere.token) is None


# --- Signing in ---------------------------------------------------------------------------------------------


def test_the_password_alone_opens_no_session(session, phone, operator):
    before = session.query(LoginSession).count()
    assert isinstance(half_in(), Halfway)
    assert session.query(LoginSession).count() == before
    assert accounts.sign_in("operator.berau", "salah-sekali", address=HERE, browser="", lifetime=HOUR) is None


def test_password_and_code_open_one(session, phone):
    opened = finish(phone.code())
    assert accounts.signed_in_person(opened.session_id, opened.token).username == "operator.berau"


@pytest.mark.parametrize("shape", ["{} {}", " {}{} ", "{}-{}", "{}\u00a0{}\n"])
def test_a_code_may_be_written_in_groups(session, phone, shape):
    code = phone.code()
    assert finish(shape.format(code[:3], code[3:]))


@pytest.mark.parametrize("ahead", [-30, 30])
def test_a_phone_may_be_one_step_off(session, phone, ahead):
    assert finish(phone.code(ahead=ahead))


@pytest.mark.parametrize("ahead", [-60, 60, -3600, 86_400])
def test_a_phone_may_not_be_further_off(session, phone, ahead):
    with pytest.raises(WrongCode, match="tidak cocok"):
        finish(phone.code(ahead=ahead))


def test_the_training_day_does_not_bend_the_codes(session, phone):
    clock.set_frozen(dt.datetime.fromisoformat("2030-01-01T00:00:00+08:00"))
    assert finish(phone.code())


def test_a_code_that_was_used_is_refused(session, phone):
    code = phone.code()
    finish(code)
    with pytest.raises(WrongCode) as refusal:
        finish(code)
    assert "sudah dipakai" in refusal.value.fields["code"]


def test_the_code_that_turned_it_on_opens_no_session(session, watch, operator):
    accounts.begin_second_factor(operator.id, by=operator)
    mine = Phone(watch, accounts.second_factor_of(operator.id).enrolment.secret)
    accounts.confirm_second_factor(operator.id, mine.code(), keep_session=0, by=operator)
    with pytest.raises(WrongCode):
        finish(mine.code())


def test_a_code_before_the_last_one_used_is_refused(session, phone, watch):
    older = phone.code()
    finish(phone.code(ahead=30))
    with pytest.raises(WrongCode):
        finish(older)
    watch.on(60)
    assert finish(phone.code()), "the next one counts again"


def test_a_code_of_another_person_opens_nothing(session, phone, watch, stranger):
    accounts.begin_second_factor(stranger.id, by=stranger)
    theirs = Phone(watch, accounts.second_factor_of(stranger.id).enrolment.secret)
    codes = accounts.confirm_second_factor(stranger.id, theirs.code(), keep_session=0, by=stranger)
    for code in (theirs.code(), codes[0]):
        with pytest.raises(WrongCode):
            finish(code)


@pytest.mark.parametrize("change", ["disabled", "reset", "password", "gone"])
def test_an_account_that_changed_since_the_password_starts_again(session, phone, operator, admin, change):
    halfway = half_in()
    if change == "disabled":
        accounts.disable_account(operator.id)
    elif change == "reset":
        accounts.reset_second_factor(operator.id, by=admin)
    elif change == "password":
        accounts.set_password(operator.id, "sementara-2024", must_change=True)
    else:
        halfway = Halfway(999_999, "tidak.ada", 1)
    with pytest.raises(NotNow, match="dari awal"):
        finish(phone.code(), halfway)


# --- Wrong tries --------------------------------------------------------------------------------------------


def test_five_wrong_codes_close_the_name_for_passwords_too(session, phone):
    halfway = half_in()
    for _ in range(TRIES_PER_NAME):
        assert accounts.waiting_minutes("operator.berau", "10.9.9.9") == 0
        with pytest.raises(WrongCode):
            finish("000000", halfway)
    assert accounts.waiting_minutes("operator.berau", "10.9.9.9") > 0


def test_a_right_password_does_not_forget_wrong_codes(session, phone):
    for _ in range(TRIES_PER_NAME):
        with pytest.raises(WrongCode):
            finish("000000")
    assert accounts.waiting_minutes("operator.berau", HERE) > 0


def test_a_whole_sign_in_forgets_them(session, phone):
    for _ in range(TRIES_PER_NAME - 1):
        with pytest.raises(WrongCode):
            finish("000000")
    finish(phone.code())
    assert session.query(LoginAttempt).count() == 0


def test_wrong_tries_of_the_person_count_as_well(session, phone, operator):
    for password, code in ((PASSWORD, "000000"), ("salah-sekali", phone.code())):
        with pytest.raises(WrongCode):
            accounts.turn_off_second_factor(operator, password=password, code=code, address=HERE)
    with pytest.raises(WrongCode):
        accounts.renew_recovery_codes(operator, "aaaaa-aaaaa", address=HERE)
    assert session.query(LoginAttempt).filter_by(username="operator.berau", address=HERE).count() == 3
    assert actions(session)[-3:] == ["account:second_factor:refuse"] * 3


# --- Recovery codes -----------------------------------------------------------------------------------------


def test_a_recovery_code_opens_one_session(session, phone, drawn, operator):
    assert finish(drawn[3])
    assert accounts.second_factor_of(operator.id).codes_left == 9
    with pytest.raises(WrongCode):
        finish(drawn[3])
    assert finish(drawn[4].replace("-", " ").upper()), "as people copy it from paper"


def test_the_use_of_a_recovery_code_is_told_with_what_is_left(session, phone, drawn):
    finish(drawn[0])
    link = session.query(audit.AuditEntry).order_by(audit.AuditEntry.seq.desc()).first()
    assert (link.action, link.changed) == ("account:second_factor:recover", {"codes_left": [10, 9]})


def test_new_recovery_codes_make_the_old_ones_worthless(session, phone, drawn, operator):
    renewed = accounts.renew_recovery_codes(operator, phone.code(), address=HERE)
    assert len(renewed) == 10
    assert not set(renewed) & set(drawn)
    with pytest.raises(WrongCode):
        finish(drawn[0])
    assert finish(renewed[0])


def test_a_recovery_code_renews_them_for_whoever_lost_the_phone(session, phone, drawn, operator):
    accounts.renew_recovery_codes(operator, drawn[0], address=HERE)
    assert accounts.second_factor_of(operator.id).codes_left == 10


# --- Doing without it again ---------------------------------------------------------------------------------


def test_password_and_code_turn_it_off(session, phone, drawn, operator):
    accounts.turn_off_second_factor(operator, password=PASSWORD, code=phone.code(), address=HERE)
    assert accounts.second_factor_of(operator.id) == accounts.FactorState()
    assert session.query(RecoveryCode).count() == session.query(SecondFactor).count() == 0
    assert isinstance(half_in(), accounts.SignIn)
    with pytest.raises(NotNow):
        accounts.turn_off_second_factor(operator, password=PASSWORD, code=drawn[0], address=HERE)


def test_an_admin_takes_it_off_and_every_session_ends(session, phone, operator, admin):
    opened = finish(phone.code())
    accounts.reset_second_factor(operator.id, by=admin)
    assert accounts.signed_in_person(opened.session_id, opened.token) is None
    assert isinstance(half_in(), accounts.SignIn)
    link = session.query(audit.AuditEntry).order_by(audit.AuditEntry.seq.desc()).first()
    assert (link.action, link.actor_id, link.subject_id) == (
        "account:second_factor:reset",
        admin.id,
        str(operator.id),
    )
    with pytest.raises(NotNow):
        accounts.reset_second_factor(operator.id, by=admin)


def test_nobody_resets_their_own(session, phone, operator):
    with pytest.raises(NotAllowed):
        accounts.reset_second_factor(operator.id, by=operator)


def test_an_account_that_does_not_exist_is_not_found(session, admin):
    with pytest.raises(NotFound):
        accounts.reset_second_factor(999_999, by=admin)


# --- Secrets ------------------------------------------------------------------------------------------------


def test_no_secret_is_in_the_database_or_in_the_trail(session, phone, drawn, operator):
    finish(phone.code())
    finish(drawn[0])
    session.commit()
    kept = "\n".join(repr(tuple(row)) for table in every_table() for row in session.execute(table.select()))
    assert "operator.berau" in kept, "the search would find what is there"
    for secret in (phone.secret, *drawn, *(code.replace("-", "") for code in drawn)):
        assert secret not in kept


@pytest.mark.sqlite
def test_no_secret_is_in_the_database_file(session, phone, drawn, app):
    from pathlib import Path

    session.commit()
    name = Path(app.config["SQLALCHEMY_DATABASE_URI"].partition("///")[2])
    kept = b"".join(path.read_bytes() for path in name.parent.glob(f"{name.name}*"))
    assert b"operator.berau" in kept
    assert phone.secret.encode() not in kept
    assert drawn[0].replace("-", "").encode() not in kept


def test_a_lost_key_is_said_and_mended_by_a_reset(session, phone, operator, admin, monkeypatch):
    code = phone.code()
    monkeypatch.setattr(secrecy, "_key", "kunci yang lain sama sekali, cukup panjang")
    with pytest.raises(NotNow, match="admin desk"):
        finish(code)
    accounts.reset_second_factor(operator.id, by=admin)
    accounts.begin_second_factor(operator.id, by=operator)
    assert accounts.second_factor_of(operator.id).enrolment is not None


def test_a_secret_that_no_key_opens_any_more_is_begun_anew(session, operator, monkeypatch):
    accounts.begin_second_factor(operator.id, by=operator)
    monkeypatch.setattr(secrecy, "_key", "kunci yang lain sama sekali, cukup panjang")
    assert accounts.second_factor_of(operator.id) == accounts.FactorState()


def test_each_deed_leaves_its_link_with_who_did_it(session, watch, phone, operator):
    begun = len(actions(session)) - 2
    accounts.renew_recovery_codes(operator, phone.code(), address=HERE)
    watch.on(30)
    accounts.turn_off_second_factor(operator, password=PASSWORD, code=phone.code(), address=HERE)
    accounts.begin_second_factor(operator.id, by=operator)
    accounts.cancel_second_factor(operator.id, by=operator)
    links = list(session.query(audit.AuditEntry).order_by(audit.AuditEntry.seq))[begun:]
    assert [link.action.removeprefix("account:second_factor:") for link in links] == [
        "begin",
        "confirm",
        "renew",
        "turn_off",
        "begin",
        "cancel",
    ]
    assert {(link.actor_id, link.subject_kind, link.subject_id) for link in links} == {
        (operator.id, "account", str(operator.id))
    }


# --- Who must -----------------------------------------------------------------------------------------------


def test_who_must_is_who_holds_one_of_the_roles_today_without_it(session, operator, admin):
    wanted = frozenset({Role.ADMIN, Role.INSPECTOR})
    assert accounts.owes_second_factor(admin, wanted)
    assert not accounts.owes_second_factor(operator, wanted)
    assert not accounts.owes_second_factor(admin, frozenset())
    ended = {"starts_on": dt.date(2024, 11, 1), "ends_on": dt.date(2024, 11, 24)}
    assert not accounts.owes_second_factor(add_person("bekas.admin", (Role.ADMIN, "64", ended)), wanted)


def test_who_has_it_owes_nothing(session, phone):
    assert not accounts.owes_second_factor(person("operator.berau"), frozenset(Role))


def test_roles_are_named_in_a_list():
    assert accounts.roles_named("admin, inspektorat,") == {Role.ADMIN, Role.INSPECTOR}
    assert accounts.roles_named("") == frozenset()
    with pytest.raises(ValueError, match="bos"):
        accounts.roles_named("admin,bos")
