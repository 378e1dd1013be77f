"""/akun: one's own appointments, password and sessions; nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from app.blueprints.account.words import browser_words, in_a_row
from app.domain import accounts, clock, stages
from app.domain.accounts import Account, LoginSession, Permission
from app.domain.audit import AuditEntry
from app.extensions import db
from tests import cast
from tests.counting import statements

NEW = "kuda-lumping-merah-7"
RIGHT = {"sandi": cast.PASSWORD, "sandi_baru": NEW, "sandi_ulang": NEW}


def sessions_of(username: str) -> list[LoginSession]:
    """The open sessions of somebody, oldest first."""
    db.session.expire_all()
    return list(reversed(accounts.sessions_of(cast.person(username).id)))


def second_session(username: str) -> LoginSession:
    """The person signs in at another browser too."""
    row = LoginSession(
        token_hash="0" * 63 + str(len(sessions_of(username))),
        account_id=cast.person(username).id,
        started_at=clock.real_now(),
        expires_at=clock.real_now() + cast.dt.timedelta(hours=1),
        browser="Mozilla/5.0 (Windows NT 10.0) Firefox/130.0",
        address="10.0.0.9",
    )
    db.session.add(row)
    db.session.commit()
    return row


def last_deed() -> AuditEntry:
    """The newest link of the trail."""
    return db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()


def test_it_tells_the_appointment_and_what_it_gives(client: Any, session: Any):
    page = cast.signed_in(client, "logistik.berau").get("/akun").text
    assert "Operator, Kabupaten Berau" in page
    assert "mengisi dan menandai butir" in page
    assert "memverifikasi" not in page
    assert "Logistik" in page


@pytest.mark.parametrize(
    "who, said", [("mantan.berau", "yang sudah berakhir"), ("calon.berau", "yang akan datang")]
)
def test_appointments_that_are_over_or_to_come_stand_apart(client: Any, session: Any, who: str, said: str):
    page = cast.signed_in(client, who).get("/akun").text
    assert "Tidak ada penugasan yang berlaku hari ini" in page
    assert f"Penugasan {said}" in page


def test_an_admin_of_a_part_is_not_promised_what_all_share(client: Any, session: Any):
    stages.add_race(stages.find_election(stages.current_election().id), "gub", "64")
    session.commit()
    page = cast.signed_in(client, "admin.berau").get("/akun").text
    assert "membaca dan mengunduh pustaka butir" in page
    assert "mengelola tahapan" not in page
    assert "mengelola tahapan" in cast.signed_in(client, "admin.kaltim").get("/akun").text


def test_every_permission_has_words():
    from app.blueprints.account.words import RIGHTS

    assert set(RIGHTS) == set(Permission)


@pytest.mark.parametrize("path", ["/akun/sandi", "/akun/sesi/1/akhiri", "/akun/sesi/akhiri-lainnya"])
def test_a_deed_refuses_a_get(client: Any, session: Any, path: str):
    assert cast.signed_in(client, "operator.berau").get(path).status_code == 405


@pytest.mark.parametrize("path", ["/akun/sandi", "/akun/sesi/1/akhiri", "/akun/sesi/akhiri-lainnya"])
def test_a_form_without_its_token_is_refused(client: Any, session: Any, csrf: None, path: str):
    assert cast.signed_in(client, "operator.berau").post(path).status_code == 400


def test_a_new_password_works_and_the_old_one_does_not(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    answer = client.post("/akun/sandi", data=RIGHT)
    assert (answer.status_code, answer.location) == (303, "/akun")
    assert "Kata sandi sudah diganti" in client.get("/akun").text
    deed = last_deed()
    assert (deed.action, deed.actor_name) == ("account:password:change", "Operator Berau (demo)")
    assert NEW not in deed.changes
    client.post("/keluar")
    assert client.post("/masuk", data={"akun": "operator.berau", "sandi": cast.PASSWORD}).status_code == 422
    assert client.post("/masuk", data={"akun": "operator.berau", "sandi": NEW}).status_code == 303


def test_a_new_password_ends_the_sessions_elsewhere_and_keeps_this_one(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    second_session("operator.berau")
    client.post("/akun/sandi", data=RIGHT)
    assert len(sessions_of("operator.berau")) == 1
    assert client.get("/akun").status_code == 200


@pytest.mark.parametrize(
    "said, field, why",
    [
        ({"sandi": "salah-sekali"}, "sandi", "Periksa kembali kata sandi lama"),
        ({"sandi": ""}, "sandi", "Tuliskan kata sandi sekarang"),
        ({"sandi_baru": "pendek", "sandi_ulang": "pendek"}, "sandi_baru", "Sedikitnya 10 tanda"),
        ({"sandi_baru": "operator.berau-1", "sandi_ulang": "operator.berau-1"}, "sandi_baru", "nama akun"),
        ({"sandi_baru": "a" * 12, "sandi_ulang": "a" * 12}, "sandi_baru", "berulang"),
        ({"sandi_baru": "b7" * 101, "sandi_ulang": "b7" * 101}, "sandi_baru", "Paling banyak 200"),
        ({"sandi_ulang": "lain-daripada-itu"}, "sandi_ulang", "Tidak sama"),
        ({"sandi_baru": cast.PASSWORD, "sandi_ulang": cast.PASSWORD}, "sandi_baru", "yang lain"),
    ],
)
def test_a_refused_password_is_explained_at_its_field_and_nothing_changes(
    client: Any, session: Any, said: dict[str, str], field: str, why: str
):
    before = (last_deed().seq, db.session.scalar(db.select(Account.password_hash).limit(1)))
    cast.signed_in(client, "operator.berau")
    answer = client.post("/akun/sandi", data={**RIGHT, **said})
    assert answer.status_code == 422
    wrong = answer.text[answer.text.index('class="field wrong"') :]
    assert f'id="{field}-err"' in wrong
    assert why in wrong
    assert NEW not in answer.text
    after = (last_deed().seq, db.session.scalar(db.select(Account.password_hash).limit(1)))
    assert after == before


def test_an_empty_form_is_explained(client: Any, session: Any):
    answer = cast.signed_in(client, "operator.berau").post("/akun/sandi", data={})
    assert answer.status_code == 422
    assert "Ada 3 hal yang perlu diperbaiki" in answer.text


def test_sessions_are_listed_with_this_one_marked(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    second_session("operator.berau")
    page = client.get("/akun").text
    assert "Firefox di Windows" in page
    assert page.count("(sesi ini)") == 1
    assert "10.0.0.9" in page


def test_a_session_elsewhere_is_ended_and_recorded_once(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    other = second_session("operator.berau")
    answer = client.post(f"/akun/sesi/{other.id}/akhiri")
    assert (answer.status_code, answer.location) == (303, "/akun")
    assert [row.id for row in sessions_of("operator.berau")] != [other.id]
    assert len(sessions_of("operator.berau")) == 1
    deed = last_deed()
    assert (deed.action, deed.changed) == ("account:session:end", {"session": [None, other.id]})
    assert client.post(f"/akun/sesi/{other.id}/akhiri").status_code == 404
    assert last_deed().seq == deed.seq


def test_nobody_ends_a_strangers_session(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    theirs = second_session("operator.paser")
    assert client.post(f"/akun/sesi/{theirs.id}/akhiri").status_code == 404
    assert len(sessions_of("operator.paser")) == 1


@pytest.mark.parametrize("number", ["0", "999999999999999999999", "-1", "x"])
def test_an_odd_session_number_is_not_found(client: Any, session: Any, number: str):
    assert cast.signed_in(client, "operator.berau").post(f"/akun/sesi/{number}/akhiri").status_code == 404


def test_ending_this_session_signs_out(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    mine = sessions_of("operator.berau")[0]
    answer = client.post(f"/akun/sesi/{mine.id}/akhiri")
    assert (answer.status_code, answer.location) == (303, "/masuk")
    assert client.get("/akun").status_code == 303


def test_all_other_sessions_end_at_once(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    second_session("operator.berau")
    second_session("operator.berau")
    client.post("/akun/sesi/akhiri-lainnya")
    assert len(sessions_of("operator.berau")) == 1
    assert "2 sesi lain sudah diakhiri" in client.get("/akun").text
    deed = last_deed()
    client.post("/akun/sesi/akhiri-lainnya")
    assert "Tidak ada sesi lain yang terbuka" in client.get("/akun").text
    assert last_deed().seq == deed.seq


def test_a_borrowed_password_must_be_changed_before_anything_else(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    db.session.execute(
        db.update(Account).where(Account.username == "operator.berau").values(must_change_password=True)
    )
    for path in ("/", "/daftar-periksa", "/wilayah/64.03", "/bantuan"):
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (303, "/akun")
    assert client.post("/akun/sesi/akhiri-lainnya").location == "/akun"
    asked = client.ask("/daftar-periksa")
    assert asked.headers["HX-Redirect"] == "/akun"
    assert "Ganti kata sandi dahulu" in client.get("/akun").text
    assert client.get("/static/desk.css").status_code == 200
    assert client.post("/akun/sandi", data=RIGHT).status_code == 303
    assert client.get("/bantuan").status_code == 200


def test_a_page_asks_little_of_the_database(client: Any, session: Any):
    cast.signed_in(client, "operator.berau").get("/akun")
    with statements() as asked:
        client.get("/akun")
    assert len(asked) <= 7, "\n".join(asked)


@pytest.mark.parametrize(
    "agent, words",
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36", "Chrome di Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge di Windows"),
        ("Mozilla/5.0 (Linux; Android 9) Chrome/100.0 Mobile Safari/537.36", "Chrome di Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17 like Mac OS X) Safari/604.1", "Safari di iPhone atau iPad"),
        ("", "Peramban tidak dikenal"),
        ("<script>", "Peramban tidak dikenal"),
    ],
)
def test_a_browser_is_named_as_people_know_it(agent: str, words: str):
    assert browser_words(agent) == words


@pytest.mark.parametrize(
    "parts, words", [([], ""), (["a"], "a"), (["a", "b"], "a dan b"), (list("abc"), "a, b, dan c")]
)
def test_parts_are_listed_as_a_sentence(parts: list[str], words: str):
    assert in_a_row(parts) == words


def test_whoever_finds_a_browser_signed_in_does_not_guess_the_password_there(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    sent = {"sandi": "salah-sekali", "sandi_baru": "sandi yang lain 7", "sandi_ulang": "sandi yang lain 7"}
    for _ in range(5):
        assert client.post("/akun/sandi", data=sent).status_code == 422
    answer = client.post("/akun/sandi", data={**sent, "sandi": cast.PASSWORD})
    assert answer.status_code == 429
    assert "Terlalu banyak percobaan" in answer.text


def test_a_weak_new_password_is_no_guess(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    sent = {"sandi": cast.PASSWORD, "sandi_baru": "pendek", "sandi_ulang": "pendek"}
    for _ in range(7):
        assert client.post("/akun/sandi", data=sent).status_code == 422


def test_a_key_for_forms_says_whose_session_it_is(client: Any, session: Any, csrf: None):
    cast.signed_in(client, "operator.berau")
    told = client.get("/akun/kunci-formulir").json
    assert told["akun"] == cast.person("operator.berau").id
    sent = {"csrf_token": told["kunci"], "kunci": "k1", "versi": "0"}
    entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    assert client.post(f"/daftar-periksa/{entry.id}/proses", data=sent).status_code != 400


def test_nobody_gets_a_key_without_a_session(client: Any, session: Any):
    assert client.get("/akun/kunci-formulir").status_code == 303
    assert client.ask("/akun/kunci-formulir").status_code == 401
