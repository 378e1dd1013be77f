"""/akun/dua-langkah: setting it up, recovery codes once, turning it off, and roles that must have it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pyotp
import pytest

from app.domain import accounts, clock
from app.domain.accounts import Account
from app.domain.audit import AuditEntry
from app.extensions import db
from tests import cast
from tests.counting import statements

START = dt.datetime(2024, 11, 25, 1, 0, 10, tzinfo=dt.UTC)
BASE = "/akun/dua-langkah"
DEEDS = [f"{BASE}/{part}" for part in ("mulai", "batal", "pastikan", "kode-cadangan/baru", "matikan")]


@pytest.fixture(autouse=True)
def seconds(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`seconds(30)`: the computer's clock, which stands still, is moved on."""
    moment = [START]
    monkeypatch.setattr(clock, "real_now", lambda: moment[0])

    def move(by: int) -> None:
        moment[0] += dt.timedelta(seconds=by)

    return move


def set_up(client: Any) -> pyotp.TOTP:
    """Begin, and type the key of the page into a phone."""
    assert client.post(f"{BASE}/mulai").location == BASE
    groups = re.search(r'<p class="hash">([A-Z2-7 ]{39})</p>', client.get(BASE).text)
    assert groups is not None
    return pyotp.TOTP(groups[1].replace(" ", ""))


def turn_on(client: Any, seconds: Any) -> tuple[pyotp.TOTP, list[str]]:
    """Begin, confirm, and read the recovery codes from their page."""
    phone = set_up(client)
    answer = client.post(f"{BASE}/pastikan", data={"kode": phone.at(clock.real_now())})
    assert (answer.status_code, answer.location) == (303, f"{BASE}/kode-cadangan")
    codes = codes_on(client.get(answer.location).text)
    seconds(60)
    return phone, codes


def codes_on(page: str) -> list[str]:
    """The recovery codes that a page shows."""
    return re.findall(r">([a-z2-9]{5}-[a-z2-9]{5})<", page)


def last_deed() -> AuditEntry:
    """The newest link of the trail."""
    return db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()


def test_the_account_page_leads_there_and_says_how_it_stands(client: Any, session: Any, seconds: Any):
    cast.signed_in(client, "operator.berau")
    assert "Nyalakan masuk dua langkah" in client.get("/akun").text
    turn_on(client, seconds)
    assert "Kode cadangan, atau matikan" in client.get("/akun").text


def test_it_is_set_up_with_a_square_code_or_by_hand(client: Any, session: Any):
    phone = set_up(cast.signed_in(client, "operator.berau"))
    page = client.get(BASE).text
    assert "<svg" in page
    assert "style=" not in page
    assert 'role="img"' in page
    assert len(phone.secret) == 32


def test_a_first_code_turns_it_on_and_shows_ten_codes_once(client: Any, session: Any, seconds: Any):
    _, codes = turn_on(cast.signed_in(client, "operator.berau"), seconds)
    assert len(set(codes)) == 10
    again = client.get(f"{BASE}/kode-cadangan")
    assert (again.status_code, again.location) == (303, BASE)
    page = client.get(BASE).text
    assert "hanya ditampilkan sekali" in page
    assert "10 dari 10 masih berlaku" in page
    assert not codes_on(page)


def test_the_cookie_never_holds_a_recovery_code_in_clear(client: Any, session: Any):
    phone = set_up(cast.signed_in(client, "operator.berau"))
    client.post(f"{BASE}/pastikan", data={"kode": phone.at(clock.real_now())})
    with client.session_transaction() as cookie:
        kept = repr(dict(cookie))
    codes = codes_on(client.get(f"{BASE}/kode-cadangan").text)
    assert len(codes) == 10
    assert not [code for code in codes if code in kept]


@pytest.mark.parametrize(
    "code, why", [("", "Tuliskan kode"), ("000000", "setel jam ponsel"), ("12", "enam angka")]
)
def test_a_first_code_that_does_not_fit_is_explained_and_the_key_stays(
    client: Any, session: Any, code: str, why: str
):
    phone = set_up(cast.signed_in(client, "operator.berau"))
    answer = client.post(f"{BASE}/pastikan", data={"kode": code})
    assert answer.status_code == 422
    assert 'id="kode-err"' in answer.text
    assert why in answer.text
    assert phone.secret[:4] in answer.text
    assert client.post(f"{BASE}/pastikan", data={"kode": phone.at(clock.real_now())}).status_code == 303


def test_setting_up_can_be_cancelled(client: Any, session: Any):
    set_up(cast.signed_in(client, "operator.berau"))
    assert client.post(f"{BASE}/batal").location == BASE
    assert "Siapkan dengan ponsel" in client.get(BASE).text
    assert client.post(f"{BASE}/batal").status_code == 409


def test_what_is_on_already_is_not_begun_or_confirmed_again(client: Any, session: Any, seconds: Any):
    phone, _ = turn_on(cast.signed_in(client, "operator.berau"), seconds)
    assert client.post(f"{BASE}/mulai").status_code == 409
    assert client.post(f"{BASE}/pastikan", data={"kode": phone.at(clock.real_now())}).status_code == 409


def test_new_recovery_codes_take_a_code(client: Any, session: Any, seconds: Any):
    phone, old = turn_on(cast.signed_in(client, "operator.berau"), seconds)
    refused = client.post(f"{BASE}/kode-cadangan/baru", data={"kode": "000000"})
    assert refused.status_code == 422
    assert 'id="kode-err"' in refused.text
    answer = client.post(f"{BASE}/kode-cadangan/baru", data={"kode": phone.at(clock.real_now())})
    new = codes_on(client.get(answer.location).text)
    assert len(new) == 10
    assert not set(new) & set(old)
    assert last_deed().action == "account:second_factor:renew"


@pytest.mark.parametrize(
    "said, field",
    [({"sandi": "salah-sekali"}, "sandi"), ({"sandi": ""}, "sandi"), ({"kode": "000000"}, "kode-matikan")],
)
def test_turning_it_off_takes_password_and_code(
    client: Any, session: Any, seconds: Any, said: dict[str, str], field: str
):
    phone, _ = turn_on(cast.signed_in(client, "operator.berau"), seconds)
    right = {"sandi": cast.PASSWORD, "kode": phone.at(clock.real_now())}
    refused = client.post(f"{BASE}/matikan", data={**right, **said})
    assert refused.status_code == 422
    assert f'id="{field}-err"' in refused.text
    assert cast.person("operator.berau").has_second_factor
    assert client.post(f"{BASE}/matikan", data=right).location == BASE
    assert "Siapkan dengan ponsel" in client.get(BASE).text
    assert client.post(f"{BASE}/matikan", data=right).status_code == 409


def test_a_recovery_code_turns_it_off_for_whoever_lost_the_phone(client: Any, session: Any, seconds: Any):
    _, codes = turn_on(cast.signed_in(client, "operator.berau"), seconds)
    said = {"sandi": cast.PASSWORD, "kode": codes[5]}
    assert client.post(f"{BASE}/matikan", data=said).status_code == 303
    assert not cast.person("operator.berau").has_second_factor


def test_wrong_codes_here_close_the_name_too(client: Any, session: Any, seconds: Any):
    phone, _ = turn_on(cast.signed_in(client, "operator.berau"), seconds)
    for _ in range(5):
        client.post(f"{BASE}/kode-cadangan/baru", data={"kode": "000000"})
    right = {"sandi": cast.PASSWORD, "kode": phone.at(clock.real_now())}
    for path in ("kode-cadangan/baru", "matikan"):
        answer = client.post(f"{BASE}/{path}", data=right)
        assert answer.status_code == 429
        assert "menit lagi" in answer.text
    assert cast.person("operator.berau").has_second_factor


@pytest.mark.parametrize("path", DEEDS)
def test_a_deed_refuses_a_get(client: Any, session: Any, path: str):
    assert cast.signed_in(client, "operator.berau").get(path).status_code == 405


@pytest.mark.parametrize("path", DEEDS)
def test_a_form_without_its_token_is_refused(client: Any, session: Any, csrf: None, path: str):
    assert cast.signed_in(client, "operator.berau").post(path).status_code == 400


@pytest.mark.parametrize("is_on", [False, True])
def test_a_page_asks_little_of_the_database(client: Any, session: Any, seconds: Any, is_on: bool):
    cast.signed_in(client, "operator.berau")
    if is_on:
        turn_on(client, seconds)
    client.get(BASE)
    with statements() as asked:
        client.get(BASE)
    assert len(asked) <= 6, "\n".join(asked)


# --- Roles that must ----------------------------------------------------------------------------------------


@pytest.fixture
def strict(make_app: Any) -> Any:
    """An application whose admins and inspectors must sign in with two steps."""
    return make_app(two_steps="admin, inspektorat")


def test_a_role_that_must_comes_no_further_until_it_is_on(strict: Any, session: Any, seconds: Any):
    client = cast.signed_in(strict.test_client(), "admin.berau")
    for path in ("/", "/akun", "/wilayah/64.03", "/pengaturan", "/bantuan"):
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (303, BASE), path
    assert client.ask("/daftar-periksa").headers["HX-Redirect"] == BASE
    assert client.post(f"{BASE}/matikan").location == BASE
    assert "Peran Anda mewajibkannya" in client.get(BASE).text
    assert client.get("/static/desk.css").status_code == 200
    turn_on(client, seconds)
    assert client.get("/").status_code == 200
    assert "Peran Anda mewajibkannya" not in client.get(BASE).text


def test_other_roles_may_do_without_it(strict: Any, session: Any):
    assert cast.signed_in(strict.test_client(), "operator.berau").get("/").status_code == 200


def test_a_borrowed_password_is_changed_first(strict: Any, session: Any):
    client = cast.signed_in(strict.test_client(), "admin.berau")
    db.session.execute(
        db.update(Account).where(Account.username == "admin.berau").values(must_change_password=True)
    )
    assert client.get("/").location == "/akun"
    assert client.get("/akun").status_code == 200
    assert client.get(BASE).location == "/akun"


def test_whoever_must_may_still_leave(strict: Any, session: Any):
    client = cast.signed_in(strict.test_client(), "admin.berau")
    assert client.post("/keluar").location == "/masuk"


def test_a_role_that_does_not_exist_stops_the_start(make_app: Any):
    with pytest.raises(ValueError, match="bos"):
        make_app(two_steps="admin,bos")


def test_a_short_key_stops_the_start(make_app: Any):
    with pytest.raises(ValueError, match="DESK_FIELD_KEY"):
        make_app(field_key="pendek")


# --- The terminal -------------------------------------------------------------------------------------------


def test_the_terminal_takes_it_off_and_ends_the_sessions(client: Any, session: Any, seconds: Any, app: Any):
    turn_on(cast.signed_in(client, "operator.berau"), seconds)
    run = app.test_cli_runner().invoke
    session.remove()
    said = run(args=["people", "reset-two-steps", "operator.berau"])
    assert said.exit_code == 0, said.output
    assert client.get("/").status_code == 303
    assert accounts.second_factor_of(cast.person("operator.berau").id) == accounts.FactorState()
    again = run(args=["people", "reset-two-steps", "operator.berau"])
    assert again.exit_code == 1
    assert "tidak memakai" in again.output
