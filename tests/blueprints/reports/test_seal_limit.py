"""/cek is open to everybody, and to nobody without end."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.domain import clock, reports
from app.domain.reports import Marks
from app.domain.reports.checks import COMPARISONS, WINDOW, WRONG_CODES
from app.domain.reports.models import SealCheck
from app.extensions import db
from tests import cast
from tests.domain.reports.frozen import sent

HERE = "alamat 127.0.0.1"
WRONG = "/cek/ZZZZZZZZZZ"


@pytest.fixture
def code(session: Any) -> str:
    made = reports.seal(sent(), 1, Marks("diverifikasi"), by=cast.person("operator.berau"))
    db.session.commit()
    return made


def used_up(kind: str, count: int, who: str = HERE, ago: dt.timedelta = dt.timedelta(minutes=10)) -> None:
    db.session.add_all([SealCheck(who=who, kind=kind, at=clock.real_now() - ago) for _ in range(count)])
    db.session.commit()


def kept() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(SealCheck)) or 0


def brought(client: FlaskClient, address: str = "/cek", **how: Any) -> Any:
    form = {"berkas": (io.BytesIO(b"%PDF-1.7 apa saja"), "laporan.pdf")}
    return client.post(address, data=form, content_type="multipart/form-data", **how)


def test_a_right_code_costs_nothing(client: FlaskClient, code: str):
    for _ in range(3):
        assert client.get(f"/cek/{code}").status_code == 200
    assert client.get(f"/cek?kode={code}").status_code == 303
    assert kept() == 0


def test_after_too_many_wrong_codes_the_next_waits_and_says_how_long(client: FlaskClient, code: str):
    used_up("kode", WRONG_CODES - 1)
    assert client.get(WRONG).status_code == 404
    for address in (WRONG, "/cek?kode=apa", f"/cek/{code}"):
        answer = client.get(address)
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "300"
        assert "Coba lagi 5 menit lagi" in answer.text
    assert kept() == WRONG_CODES


def test_the_page_that_asks_stays_open(client: FlaskClient, code: str):
    used_up("kode", WRONG_CODES)
    assert client.get("/cek").status_code == 200


def test_compared_files_count_whatever_they_are(client: FlaskClient, code: str):
    used_up("berkas", COMPARISONS - 1)
    assert brought(client, f"/cek/{code}").status_code == 200
    for address in ("/cek", f"/cek/{code}"):
        answer = brought(client, address)
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "300"
    assert kept() == COMPARISONS
    assert client.get(f"/cek/{code}").status_code == 200


def test_a_quarter_of_an_hour_later_it_is_open_again_and_nothing_is_left(client: FlaskClient, code: str):
    used_up("kode", WRONG_CODES, ago=WINDOW)
    used_up("berkas", COMPARISONS, ago=WINDOW)
    assert client.get(WRONG).status_code == 404
    assert brought(client).status_code == 200
    assert kept() == 2


def test_a_colleague_who_is_signed_in_behind_the_same_address_is_counted_alone(
    client: FlaskClient, code: str
):
    used_up("kode", WRONG_CODES)
    used_up("berkas", COMPARISONS)
    cast.signed_in(client, "operator.berau")
    assert client.get(f"/cek/{code}").status_code == 200
    assert brought(client, f"/cek/{code}").status_code == 200
    used_up("berkas", COMPARISONS, who=reports.asker(cast.person("operator.berau").id, ""))
    assert brought(client).status_code == 429


def test_another_address_is_another_asker(client: FlaskClient, code: str):
    used_up("kode", WRONG_CODES)
    assert client.get(f"/cek/{code}", environ_overrides={"REMOTE_ADDR": "10.1.2.3"}).status_code == 200


@pytest.mark.parametrize("proxy, counted", [("1", "alamat 10.9.8.7"), ("0", HERE)])
def test_the_proxy_is_believed_only_where_there_is_one(make_app: Any, session: Any, proxy: str, counted: str):
    app: Flask = make_app(proxy=proxy)
    app.test_client().get(WRONG, headers={"X-Forwarded-For": "10.9.8.7"})
    with app.app_context():
        assert db.session.scalars(select(SealCheck.who)).all() == [counted]


def test_a_code_that_was_never_given_is_not_found_for_a_file_either(client: FlaskClient, session: Any):
    assert brought(client, WRONG).status_code == 404
    assert kept() == 1


def test_what_a_clock_that_was_set_back_has_dated_ahead_keeps_nobody_out(client: FlaskClient, code: str):
    used_up("kode", WRONG_CODES, ago=-dt.timedelta(days=2))
    assert client.get(f"/cek/{code}").status_code == 200
    assert client.get(WRONG).status_code == 404
    assert kept() == 1
