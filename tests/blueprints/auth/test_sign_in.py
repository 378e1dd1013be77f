"""Signing in and out: right, wrong, too often, idle, revoked, and back to where one was."""

from __future__ import annotations

import time
from typing import Any

import pytest

from app.domain import accounts
from app.domain.accounts import LoginSession
from app.extensions import db
from tests import cast

RIGHT = {"akun": "operator.berau", "sandi": cast.PASSWORD}


def test_the_right_password_opens_a_session(client: Any, session: Any):
    answer = client.post("/masuk", data=RIGHT)
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Operator Berau" in client.get("/").text


@pytest.mark.parametrize(
    "form",
    [{"akun": "operator.berau", "sandi": "salah-sekali"}, {"akun": "tidak.ada", "sandi": cast.PASSWORD}],
)
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(
    client: Any, session: Any, form: dict[str, str]
):
    answer = client.post("/masuk", data=form)
    assert answer.status_code == 422
    assert "Nama akun atau kata sandi tidak cocok." in answer.text
    assert form["sandi"] not in answer.text


@pytest.mark.parametrize("field", ["akun", "sandi"])
def test_an_empty_field_is_explained(client: Any, session: Any, field: str):
    assert client.post("/masuk", data={**RIGHT, field: ""}).status_code == 422


def test_too_many_tries_close_the_name_for_a_while_even_with_the_right_password(client: Any, session: Any):
    for _ in range(5):
        client.post("/masuk", data={**RIGHT, "sandi": "salah-sekali"})
    answer = client.post("/masuk", data=RIGHT)
    assert answer.status_code == 429
    assert "menit lagi" in answer.text
    assert int(answer.headers["Retry-After"]) > 0
    other = client.post("/masuk", data={**RIGHT, "akun": "penyelia.berau"})
    assert other.status_code == 303


@pytest.mark.parametrize(
    "target, goes_to",
    [
        ("/daftar-periksa?bidang=LOG", "/daftar-periksa?bidang=LOG"),
        ("//jahat.example", "/"),
        ("https://jahat.example", "/"),
        ("/\\jahat.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_it_goes_on_to_this_site_only(client: Any, session: Any, target: str, goes_to: str):
    assert client.post("/masuk", data={**RIGHT, "lanjut": target}).location == goes_to


def test_leaving_ends_the_session_on_the_server(client: Any, session: Any):
    client.post("/masuk", data=RIGHT)
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    assert client.post("/keluar").status_code == 303
    with client.session_transaction() as cookie:
        cookie.update(kept)
    assert client.get("/").status_code == 303


def test_a_revoked_session_is_out_at_the_next_request(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    assert client.get("/").status_code == 200
    accounts.end_sessions(cast.person("operator.berau").id)
    assert client.get("/").status_code == 303


def test_an_idle_session_ends(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    client.get("/")
    with client.session_transaction() as cookie:
        cookie["seen"] = int(time.time()) - 3601
    answer = client.get("/daftar-periksa")
    assert answer.status_code == 303
    assert answer.location == "/masuk?lanjut=/daftar-periksa"


def test_an_appointment_that_ended_takes_its_rights_with_it_on_the_next_request(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    assert client.get(f"/daftar-periksa/{entry.id}").status_code == 200
    person = cast.person("operator.berau")
    accounts.end_appointment(person.appointments[0].id, on=cast.dt.date(2024, 11, 24))
    assert client.get(f"/daftar-periksa/{entry.id}").status_code in (403, 404)


def test_a_disabled_account_is_out(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    accounts.disable_account(cast.person("operator.berau").id)
    assert client.get("/").status_code == 303
    assert client.post("/masuk", data=RIGHT).status_code == 422


def test_a_new_session_gets_a_new_secret(client: Any, session: Any):
    client.post("/masuk", data=RIGHT)
    client.post("/keluar")
    client.post("/masuk", data=RIGHT)
    secrets = {row.token_hash for row in session.scalars(db.select(LoginSession))}
    assert len(secrets) >= 2


def test_the_cookie_is_safe(client: Any, session: Any):
    cookie = client.post("/masuk", data=RIGHT).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert cast.PASSWORD not in cookie


def test_over_https_the_cookie_is_of_this_host_only_and_the_browser_stays_there(make_app: Any, session: Any):
    client = make_app(cookie_secure="1").test_client()
    answer = client.post("/masuk", data=RIGHT, base_url="https://desk.kaltara.internal")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-desk=")
    assert "Secure" in cookie
    assert "Path=/;" in f"{cookie};"
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert client.get("/", base_url="https://desk.kaltara.internal").status_code == 200


def test_without_https_no_browser_is_told_to_insist_on_it(client: Any, session: Any):
    assert "Strict-Transport-Security" not in client.get("/masuk").headers


def let_end(session: Any, day: cast.dt.date) -> None:
    session.get(accounts.Account, cast.person("operator.berau").id).expires_on = day
    session.commit()


def test_an_account_whose_time_is_over_is_told_so_at_the_door(client: Any, session: Any):
    let_end(session, cast.dt.date(2024, 11, 24))
    answer = client.post("/masuk", data=RIGHT)
    assert answer.status_code == 422
    assert "Masa berlaku akun Anda habis pada 24 Nov 2024." in answer.text
    wrong = client.post("/masuk", data={**RIGHT, "sandi": "salah-sekali"})
    assert "Masa berlaku" not in wrong.text


def test_a_session_of_an_account_whose_time_is_over_is_sent_to_the_door_and_told_once(
    client: Any, session: Any
):
    cast.signed_in(client, "operator.berau")
    let_end(session, cast.dt.date(2024, 11, 25))
    assert client.get("/").status_code == 200
    let_end(session, cast.dt.date(2024, 11, 24))
    answer = client.get("/daftar-periksa")
    assert (answer.status_code, answer.location) == (303, "/masuk?lanjut=/daftar-periksa")
    assert client.get(answer.location).text.count("Masa berlaku akun Anda habis pada 24 Nov 2024.") == 1
    assert "Masa berlaku" not in client.get("/masuk").text


def test_a_click_of_an_account_whose_time_is_over_is_answered_for_htmx(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    let_end(session, cast.dt.date(2024, 11, 24))
    answer = client.ask("/daftar-periksa")
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/masuk"
    assert "Masa berlaku akun Anda" in client.get("/masuk").text


@pytest.mark.parametrize(
    "name",
    [
        "Operator.Berau",
        " operator.berau ",
        "operator.berau\u200b",
        "OPERATOR.BERAU\u00a0",
        "\u2060operator.berau",
    ],
)
def test_another_spelling_of_a_closed_name_opens_nothing(client: Any, session: Any, name: str):
    for _ in range(5):
        client.post("/masuk", data={**RIGHT, "sandi": "salah-sekali"})
    assert client.post("/masuk", data={**RIGHT, "akun": name}).status_code in (422, 429)


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP"],
)
def test_no_header_makes_somebody_else_of_a_guesser(client: Any, session: Any, header: str):
    for number in range(30):
        said = {**RIGHT, "akun": f"orang.{number}"}
        client.post("/masuk", data=said, headers={header: f"10.1.1.{number}"})
    answer = client.post("/masuk", data={**RIGHT, "sandi": "salah-sekali"}, headers={header: "10.2.2.2"})
    assert answer.status_code == 429


def test_a_colleague_at_the_same_address_still_gets_in(client: Any, session: Any, app: Any):
    assert client.post("/masuk", data=RIGHT).status_code == 303
    other = app.test_client()
    for number in range(31):
        other.post("/masuk", data={**RIGHT, "akun": f"orang.{number}"})
    assert other.post("/masuk", data={**RIGHT, "akun": "orang.lain"}).status_code == 429
    assert other.post("/masuk", data={**RIGHT, "akun": "penyelia.berau"}).status_code == 429
    wrong = other.post("/masuk", data={**RIGHT, "sandi": "salah-sekali"})
    assert wrong.status_code == 429, "not even who works here is told"
    assert app.test_client().post("/masuk", data=RIGHT).status_code == 303
