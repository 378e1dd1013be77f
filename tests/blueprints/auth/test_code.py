"""/masuk/kode: the second step of signing in, and what being halfway in is worth (nothing)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pyotp
import pytest

from app.domain import accounts, clock
from app.domain.accounts.models import LoginAttempt
from app.domain.audit import AuditEntry
from app.extensions import db
from tests import cast

RIGHT = {"akun": "operator.berau", "sandi": cast.PASSWORD}
START = dt.datetime(2024, 11, 25, 1, 0, 10, tzinfo=dt.UTC)


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`seconds(30)`: the computer's clock, which stands still, is moved on."""
    moment = [START]
    monkeypatch.setattr(clock, "real_now", lambda: moment[0])

    def move(by: int) -> None:
        moment[0] += dt.timedelta(seconds=by)

    return move


@pytest.fixture
def drawn() -> list[str]:
    """The recovery codes that `phone` was given."""
    return []


@pytest.fixture
def phone(session: Any, seconds: Any, drawn: list[str]) -> Any:
    """`phone()`: the code that the phone of Berau's operator shows."""
    person = cast.person("operator.berau")
    accounts.begin_second_factor(person.id, by=person)
    enrolment = accounts.second_factor_of(person.id).enrolment
    assert enrolment is not None
    codes = pyotp.TOTP(enrolment.secret)
    drawn += accounts.confirm_second_factor(person.id, codes.at(clock.real_now()), keep_session=0, by=person)
    session.commit()
    seconds(60)
    return lambda: codes.at(clock.real_now())


def halfway(client: Any, **more: str) -> Any:
    """The right password, and the way to the second step."""
    answer = client.post("/masuk", data={**RIGHT, **more})
    assert (answer.status_code, answer.location) == (303, "/masuk/kode")
    return client


def test_password_then_code_opens_a_session(client: Any, phone: Any):
    answer = halfway(client).post("/masuk/kode", data={"kode": phone()})
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Operator Berau" in client.get("/").text
    opened = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (opened.action, opened.actor_name) == ("account:session:open", "Operator Berau (demo)")


def test_where_one_wanted_to_go_survives_both_steps(client: Any, phone: Any):
    halfway(client, lanjut="/daftar-periksa?bidang=LOG")
    assert client.post("/masuk/kode", data={"kode": "000000"}).status_code == 422
    answer = client.post("/masuk/kode", data={"kode": phone()})
    assert answer.location == "/daftar-periksa?bidang=LOG"


@pytest.mark.parametrize("path", ["/", "/akun", "/akun/dua-langkah", "/daftar-periksa"])
def test_whoever_is_halfway_in_gets_nowhere(client: Any, phone: Any, path: str):
    answer = halfway(client).get(path)
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/masuk")


def test_a_wrong_code_is_explained_at_its_field_and_not_repeated(client: Any, phone: Any):
    answer = halfway(client).post("/masuk/kode", data={"kode": "987123"})
    assert answer.status_code == 422
    assert 'id="kode-err"' in answer.text
    assert "setel jam ponsel" in answer.text
    assert client.get("/").status_code == 303


def test_an_empty_code_is_explained(client: Any, phone: Any):
    answer = halfway(client).post("/masuk/kode", data={"kode": " "})
    assert answer.status_code == 422
    assert "Tuliskan kodenya." in answer.text
    assert db.session.query(LoginAttempt).count() == 0


def test_a_code_that_was_seen_over_a_shoulder_opens_nothing(client: Any, phone: Any, app: Any):
    code = phone()
    halfway(client).post("/masuk/kode", data={"kode": code})
    other = halfway(app.test_client())
    answer = other.post("/masuk/kode", data={"kode": code})
    assert answer.status_code == 422
    assert "sudah dipakai" in answer.text


def test_too_many_wrong_codes_close_both_steps_even_for_the_right_one(client: Any, phone: Any):
    halfway(client)
    for _ in range(5):
        assert client.post("/masuk/kode", data={"kode": "000000"}).status_code == 422
    answer = client.post("/masuk/kode", data={"kode": phone()})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "menit lagi" in answer.text
    assert client.post("/masuk", data=RIGHT).status_code == 429


def test_signing_in_halfway_again_buys_no_more_tries(client: Any, phone: Any):
    for _ in range(5):
        halfway(client).post("/masuk/kode", data={"kode": "000000"})
    assert client.post("/masuk", data=RIGHT).status_code == 429


def test_five_minutes_later_the_password_is_asked_again(client: Any, phone: Any, seconds: Any):
    halfway(client, lanjut="/wilayah")
    seconds(301)
    answer = client.post("/masuk/kode", data={"kode": phone()})
    assert (answer.status_code, answer.location) == (303, "/masuk?lanjut=/wilayah")
    page = client.get(answer.location).text
    assert "sudah habis" in page
    assert 'value="/wilayah"' in page
    assert client.get("/masuk/kode").location == "/masuk"


def test_within_five_minutes_it_is_not(client: Any, phone: Any, seconds: Any):
    halfway(client)
    seconds(295)
    assert client.post("/masuk/kode", data={"kode": phone()}).location == "/"


def test_an_account_that_changes_meanwhile_starts_again(client: Any, phone: Any):
    halfway(client)
    accounts.set_password(cast.person("operator.berau").id, "sementara-2024", must_change=True)
    answer = client.post("/masuk/kode", data={"kode": phone()})
    assert (answer.status_code, answer.location) == (303, "/masuk")
    assert "baru saja berubah" in client.get("/masuk").text


def test_a_recovery_code_opens_a_session_once(client: Any, phone: Any, drawn: list[str]):
    assert "cadangan=1" in halfway(client).get("/masuk/kode").text
    page = client.get("/masuk/kode?cadangan=1").text
    assert "Kode cadangan" in page
    assert client.post("/masuk/kode?cadangan=1", data={"kode": drawn[0]}).location == "/"
    client.post("/keluar")
    answer = halfway(client).post("/masuk/kode?cadangan=1", data={"kode": drawn[0]})
    assert answer.status_code == 422
    assert "masih berlaku" in answer.text


def test_nobody_comes_to_the_second_step_without_the_first(client: Any, session: Any):
    for answer in (client.get("/masuk/kode"), client.post("/masuk/kode", data={"kode": "123456"})):
        assert (answer.status_code, answer.location) == (303, "/masuk")


def test_whoever_is_in_is_not_asked(client: Any, session: Any):
    assert cast.signed_in(client, "operator.berau").get("/masuk/kode").location == "/"


def test_the_cookie_is_renewed_at_each_step(client: Any, phone: Any):
    with client.session_transaction() as cookie:
        cookie["planted"] = "x"
    halfway(client)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert "_user_id" not in cookie
        cookie["planted"] = "x"
    client.post("/masuk/kode", data={"kode": phone()})
    with client.session_transaction() as cookie:
        assert not {"planted", "halfway"} & set(cookie)


def test_a_wrong_password_says_nothing_about_a_second_factor(client: Any, phone: Any):
    def said(name: str) -> str:
        page = client.post("/masuk", data={"akun": name, "sandi": "salah-sekali"}).text
        assert f'value="{name}"' in page
        return re.sub(r'name="csrf_token" value="[^"]+"', "", page.replace(f'value="{name}"', ""))

    assert said("operator.berau") == said("penyelia.berau") == said("tidak.ada")


def test_a_form_without_its_token_leads_back_to_the_password(
    client: Any, phone: Any, app: Any, monkeypatch: pytest.MonkeyPatch
):
    halfway(client)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    answer = client.post("/masuk/kode", data={"kode": phone()})
    assert (answer.status_code, answer.location) == (303, "/masuk")
    assert client.get("/").status_code == 303
