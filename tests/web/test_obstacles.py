"""A database or a disk in the way is told in words, with the right status, and what was typed is not lost."""

from __future__ import annotations

import errno
import io
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, OperationalError

from app.domain import audit, checklists, evidence
from app.domain.audit import trail
from app.extensions import db
from app.sqlite import WritersLine, driver
from app.web import obstacles
from tests import cast

NOTE = "Dicatat saat penyimpanan bermasalah"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def of_sqlite(words: str) -> OperationalError:
    return OperationalError("UPDATE x", {}, driver.OperationalError(words))


def of_postgresql(error: type[psycopg.Error]) -> DBAPIError:
    return DBAPIError("UPDATE x", {}, error("apa pun"))


@pytest.mark.one_database
@pytest.mark.parametrize(
    "error, found",
    [
        (of_sqlite("database is locked"), obstacles.BUSY),
        (of_sqlite("database or disk is full"), obstacles.FULL),
        (of_sqlite("attempt to write a readonly database"), obstacles.READ_ONLY),
        (of_sqlite("disk I/O error"), obstacles.UNREADABLE),
        (of_sqlite("unable to open database file"), obstacles.AWAY),
        (of_sqlite("no such table: x"), None),
        (of_postgresql(psycopg.errors.DiskFull), obstacles.FULL),
        (of_postgresql(psycopg.errors.TooManyConnections), obstacles.BUSY),
        (of_postgresql(psycopg.errors.DeadlockDetected), obstacles.BUSY),
        (of_postgresql(psycopg.errors.ReadOnlySqlTransaction), obstacles.READ_ONLY),
        (of_postgresql(psycopg.errors.AdminShutdown), obstacles.AWAY),
        (of_postgresql(psycopg.errors.UndefinedTable), None),
        (OperationalError("SELECT 1", {}, psycopg.OperationalError("connection refused")), obstacles.AWAY),
        (OSError(errno.ENOSPC, "penuh"), obstacles.FULL),
        (OSError(errno.EROFS, "hanya baca"), obstacles.READ_ONLY),
        (FileNotFoundError(errno.ENOENT, "tidak ada"), None),
        (ValueError("kesalahan kita"), None),
    ],
)
def test_an_error_is_told_by_what_is_in_the_way(error: Exception, found: obstacles.Obstacle | None):
    assert obstacles.obstacle_of(error) == found


@contextmanager
def read_only(app: Flask, database: str) -> Iterator[None]:
    """Inside, the database itself refuses every write, as one whose disk was mounted read-only."""
    postgresql = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
    statement = postgresql if database == "postgresql" else "PRAGMA query_only=1"

    def forbid(connection: Any, *_: Any) -> None:
        with closing(connection.cursor()) as cursor:
            cursor.execute(statement)
        connection.commit()

    with app.app_context():
        db.session.remove()
        engine = db.engine
    engine.dispose()
    event.listen(engine, "connect", forbid)
    try:
        yield
    finally:
        event.remove(engine, "connect", forbid)
        engine.dispose()


@pytest.fixture
def number(app: Flask) -> int:
    """An entry of Berau that needs no file."""
    with app.app_context():
        return int(cast.entry_of("KTP-11", cast.BERAU, "2024-11-25").id)


def noted(app: Flask, number: int) -> tuple[str, int]:
    """The entry's note and its version."""
    with app.app_context():
        row = checklists.fresh(number)
        return row.note, row.version


def typed(client: FlaskClient, number: int) -> dict[str, str]:
    """The form of an entry's note, filled in."""
    page = cast.signed_in(client, "operator.berau").get(f"/daftar-periksa/{number}").text
    token = TOKEN.search(page)
    assert token is not None
    return {"csrf_token": token[1], "versi": "1", "kunci": "kunci-0001", "catatan": NOTE}


@pytest.mark.usefixtures("csrf")
def test_what_was_typed_is_kept_and_sent_again_it_counts_once(
    app: Flask, client: FlaskClient, database: str, number: int
):
    here, form, before = f"/daftar-periksa/{number}", typed(client, number), noted(app, number)
    with read_only(app, database):
        answer = client.post(f"{here}/catat", data=form)
        assert answer.status_code == 503
        assert "hanya dapat dibaca" in answer.text
        assert "Tidak ada yang disimpan" in answer.text
        assert f'action="{here}/catat"' in answer.text
        assert client.get(here).status_code == 200, "reading goes on"
        assert noted(app, number) == before
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.text))
    assert {**form, "csrf_token": ""} == {**kept, "csrf_token": ""}
    for _ in range(2):
        assert client.post(f"{here}/catat", data=kept).status_code == 303
    assert noted(app, number) == (NOTE, before[1] + 1)


@pytest.mark.usefixtures("csrf")
def test_a_form_that_htmx_sent_stays_on_its_page(app: Flask, client: FlaskClient, database: str, number: int):
    form = typed(client, number)
    with read_only(app, database):
        headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
        answer = client.post(f"/daftar-periksa/{number}/catat", data=form, headers=headers)
    assert answer.status_code == 503
    assert answer.headers["HX-Retarget"] == "#status"
    assert "<form" not in answer.text


@pytest.mark.usefixtures("csrf")
def test_a_password_is_never_written_into_a_page(app: Flask, client: FlaskClient, database: str):
    token = TOKEN.search(client.get("/masuk").text)
    assert token is not None
    form = {"csrf_token": token[1], "akun": "operator.berau", "sandi": "kata-sandi-yang-panjang"}
    with read_only(app, database):
        answer = client.post("/masuk", data=form)
    assert answer.status_code == 503
    assert "kata-sandi-yang-panjang" not in answer.text
    assert "Kirim lagi" not in answer.text


def test_without_its_token_nothing_is_offered_to_be_sent_again(
    app: Flask, client: FlaskClient, database: str, number: int
):
    """Else a foreign page could have somebody press the button that it filled in."""
    cast.signed_in(client, "operator.berau")
    with read_only(app, database):
        answer = client.post(f"/daftar-periksa/{number}/catat", data={"versi": "1", "catatan": NOTE})
    assert answer.status_code == 503
    assert "Kirim lagi" not in answer.text


@pytest.mark.sqlite
def test_a_full_disk_is_told_and_reading_goes_on(app: Flask, client: FlaskClient, number: int):
    cast.signed_in(client, "operator.berau")
    with app.app_context():
        engine = db.engine
        pages = db.session.scalar(text("PRAGMA page_count"))
        db.session.remove()

    def filled(connection: Any, *_: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    engine.dispose()
    event.listen(engine, "connect", filled)
    try:
        form = {"versi": "1", "catatan": NOTE * 100}
        answer = client.post(f"/daftar-periksa/{number}/catat", data=form)
        reading = client.get(f"/daftar-periksa/{number}")
    finally:
        event.remove(engine, "connect", filled)
        engine.dispose()
    assert answer.status_code == 507
    assert "Ruang simpan server penuh" in answer.text
    assert reading.status_code == 200
    assert noted(app, number) == ("", 1)


@pytest.mark.postgres
def test_a_database_that_was_away_is_told_once_and_is_used_again(
    app: Flask, client: FlaskClient, number: int
):
    cast.signed_in(client, "operator.berau")
    assert client.get("/daftar-periksa").status_code == 200
    with app.app_context():
        address = db.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
        used = db.session.scalar(text("SELECT pg_backend_pid()"))
        db.session.remove()
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [used])
    answer = client.get("/daftar-periksa")
    assert answer.status_code == 503
    assert "tidak dapat dihubungi" in answer.text
    assert client.get("/daftar-periksa").status_code == 200


@pytest.mark.one_database
def test_a_full_store_of_evidence_is_told_and_stores_nothing(
    app: Flask, client: FlaskClient, number: int, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: Any) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(evidence.LocalDirectory, "put", full)
    cast.signed_in(client, "operator.berau")
    file = (io.BytesIO(b"Berita acara penyerahan logistik\n"), "berita-acara.txt")
    answer = client.post(f"/daftar-periksa/{number}/bukti", data={"versi": "1", "berkas": file})
    assert answer.status_code == 507
    with app.app_context():
        assert checklists.fresh(number).evidence_count == 0


@pytest.mark.one_database
def test_a_deed_is_done_although_its_head_could_not_be_kept_outside(
    app: Flask, client: FlaskClient, number: int, monkeypatch: pytest.MonkeyPatch, caplog: Any
):
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(trail, "_append", full)
    cast.signed_in(client, "operator.berau")
    answer = client.post(f"/daftar-periksa/{number}/catat", data={"versi": "1", "catatan": NOTE})
    assert answer.status_code == 303
    assert noted(app, number) == (NOTE, 2)
    assert "was not kept outside the database" in caplog.text
    with app.app_context():
        assert audit.verify().first_break is None


@pytest.mark.sqlite
def test_a_line_whose_locks_cannot_be_had_is_left_again(tmp_path: Path):
    """Else the next one to write would wait for a turn that nobody hands on."""
    line = WritersLine(str(tmp_path / "absent" / "desk.db"))
    for _ in range(2):
        with pytest.raises(FileNotFoundError):
            line.enter()
    (tmp_path / "absent").mkdir()
    line.enter()
    line.leave()
