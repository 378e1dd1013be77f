"""A real desk does not start unsafe, says how to mend it, and the commands that mend it go on working."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from app import sqlite, starting
from app.extensions import db
from config import Settings
from tests.office import ROOT, clean_environment, free_port

GOOD = {
    "mode": "production",
    "secret_key": "k7Qm2vXw9ZrT4bYs8NfGh3LcDj6PaEu1",
    "hosts": "desk.kaltara.internal",
    "cookie_secure": "1",
    "clock": "",
}


@pytest.fixture
def real(make_app: Any, app: Flask) -> Any:
    """`real(hosts="")`: a real desk on these rows, all in order but for what is said."""
    kept = os.umask(0o077)
    folder = app.config["SETTINGS"].data_dir
    folder.chmod(0o700)
    for path in folder.glob("desk.db*"):
        path.chmod(0o600)
    yield lambda **other: make_app(**{**GOOD, **other})
    os.umask(kept)


@pytest.mark.template("empty")
def test_a_desk_in_order_starts(real: Any):
    assert list(starting.refusals(real())) == []
    starting.refuse_unsafe(real())


@pytest.mark.template("empty")
@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"secret_key": "rahasia"}, "DESK_SECRET_KEY terlalu pendek"),
        ({"secret_key": "ab" * 30}, "mudah ditebak"),
        ({"hosts": " , "}, "DESK_HOSTS kosong"),
        ({"cookie_secure": "0"}, "DESK_PLAIN_HTTP=1"),
        ({"clock": "2024-11-25T09:00:00+08:00"}, "jam simulasi"),
    ],
)
def test_it_refuses_a_setting_and_says_what_to_set(real: Any, wrong: dict[str, str], sentence: str):
    (found,) = starting.refusals(real(**wrong))
    assert sentence in found


@pytest.mark.sqlite
@pytest.mark.template("empty")
def test_it_says_which_sqlite_it_works_with(real: Any, capsys: Any, monkeypatch: Any):
    starting.refuse_unsafe(real())
    version = sqlite.version()
    assert sqlite.is_mended(version), "the locks must bring a library without the WAL-reset bug"
    assert capsys.readouterr().err == f"Basis data: SQLite {version} dari {sqlite.brought_by()}.\n"
    monkeypatch.setattr(sqlite, "version", lambda: "3.40.1")
    assert "kadang menghilangkan tulisan" in starting.library_of(real())


@pytest.mark.template("empty")
def test_a_closed_network_may_do_without_https_if_it_says_so(real: Any):
    assert list(starting.refusals(real(cookie_secure="0", plain_http="1"))) == []


@pytest.mark.template("empty")
def test_it_refuses_the_debugger(real: Any):
    app = real()
    app.debug = True
    assert ["FLASK_DEBUG" in found for found in starting.refusals(app)] == [True]


@pytest.mark.template("empty")
def test_it_refuses_the_day_of_a_demo(real: Any):
    app = real()
    (app.config["SETTINGS"].data_dir / "clock.json").write_text("{}")
    assert ["jam simulasi" in found for found in starting.refusals(app)] == [True]


@pytest.mark.template("empty")
@pytest.mark.parametrize("name, mode", [("", 0o755), ("secret.key", 0o640), ("audit-head.log", 0o604)])
def test_it_refuses_what_others_can_read(real: Any, name: str, mode: int):
    app = real()
    path = app.config["SETTINGS"].data_dir / name
    if name and not path.exists():
        path.write_text("")
    path.chmod(mode)
    (found,) = starting.refusals(app)
    assert "Jalankan: chmod" in found
    assert str(path) in found
    path.chmod(0o700 if path.is_dir() else 0o600)
    assert list(starting.refusals(app)) == []


@pytest.mark.sqlite
@pytest.mark.template("empty")
def test_it_refuses_a_database_that_others_can_read(real: Any, app: Flask):
    (app.config["SETTINGS"].data_dir / "desk.db").chmod(0o644)
    assert ["desk.db" in found for found in starting.refusals(real())] == [True]


@pytest.fixture
def in_a_store(tmp_path: Path) -> dict[str, str]:
    """Settings of an object store whose secret only its owner reads."""
    secret = tmp_path / "rahasia"
    secret.write_text("rahasia-kunci")
    secret.chmod(0o600)
    return {
        "evidence_store": "s3://bukti-desk/kaltara",
        "store_endpoint": "https://s3.kaltara.internal:9000",
        "store_key_id": "KUNCI",
        "store_secret_file": str(secret),
    }


@pytest.mark.template("empty")
def test_it_refuses_an_object_store_that_a_network_overhears(real: Any, in_a_store: dict[str, str]):
    assert list(starting.refusals(real(**in_a_store))) == []
    bare = {**in_a_store, "store_endpoint": "http://s3.kaltara.internal:9000"}
    assert ["tanpa HTTPS" in found for found in starting.refusals(real(**bare))] == [True]
    assert list(starting.refusals(real(**bare, plain_http="1"))) == []
    assert list(starting.refusals(real(**{**in_a_store, "store_endpoint": "http://127.0.0.1:9000"}))) == []


@pytest.mark.template("empty")
def test_it_refuses_a_secret_of_the_store_that_others_can_read(real: Any, in_a_store: dict[str, str]):
    Path(in_a_store["store_secret_file"]).chmod(0o640)
    (found,) = starting.refusals(real(**in_a_store))
    assert found.endswith(f"chmod 600 {in_a_store['store_secret_file']}")


def test_it_refuses_accounts_of_a_demo(real: Any, session: Any):
    assert ["akun demo" in found for found in starting.refusals(real())] == [True]


@pytest.mark.template("empty")
@pytest.mark.parametrize("version, sentence", [("0007", "lebih lama"), ("9999", "lebih baru")])
def test_it_refuses_tables_of_another_version(real: Any, session: Any, version: str, sentence: str):
    session.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    session.commit()
    assert [sentence in found for found in starting.refusals(real())] == [True]


@pytest.mark.template("empty")
def test_it_refuses_a_database_that_was_never_prepared(real: Any, session: Any):
    session.execute(text("DROP TABLE alembic_version"))
    session.commit()
    assert ["flask desk init" in found for found in starting.refusals(real())] == [True]


@pytest.mark.template("empty")
def test_it_knows_tables_of_the_newest_version_from_others(app: Flask, session: Any):
    assert starting.tables_are_current(app)
    session.execute(text("UPDATE alembic_version SET version_num = '0007'"))
    assert not starting.tables_are_current(app)
    session.execute(text("DROP TABLE alembic_version"))
    assert not starting.tables_are_current(app)


@pytest.mark.one_database
def test_it_says_that_the_database_cannot_be_reached(real: Any, tmp_path: Path):
    app = real(database_url=f"postgresql+psycopg://desk@/desk?host={tmp_path}")
    assert ["tidak dapat dihubungi" in found for found in starting.refusals(app)] == [True]


@pytest.mark.template("empty")
def test_looking_costs_one_statement_and_leaves_no_connection_open(real: Any):
    app = real()
    asked: list[str] = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    assert list(starting.refusals(app)) == []
    assert len(asked) == 1
    assert engine.pool.checkedin() == engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_a_demo_and_a_test_start_as_they_are(app: Flask, make_app: Any):
    starting.refuse_unsafe(app)
    starting.refuse_unsafe(make_app(mode="demo", hosts=""))


@pytest.mark.slow
def test_the_server_ends_with_sentences_and_the_commands_go_on(tmp_path: Path):
    environment = clean_environment() | {
        "DESK_MODE": "production",
        "DESK_DATA": str(tmp_path / "data"),
        "PORT": str(free_port()),
    }
    server = [sys.executable, "-m", "gunicorn", "wsgi:app"]
    ended = subprocess.run(
        server, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == starting.EXIT_CODE
    for sentence in ("Desk tidak dijalankan", "flask desk init", "DESK_HOSTS kosong", "DESK_COOKIE_SECURE"):
        assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    mended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert mended.returncode == 0, mended.stderr


@pytest.mark.one_database
def test_a_key_is_whole_for_all_who_start_at_once(tmp_path: Path):
    """Whoever comes second must not read a file that the first one has made and not yet written."""
    settings = Settings(mode="test", data=str(tmp_path))
    with ThreadPoolExecutor(8) as pool:
        read = set(pool.map(lambda _: settings.key("", "audit.key"), range(64)))
    assert len(read) == 1
    assert len(read.pop()) >= starting.SHORTEST_KEY
    assert [path.name for path in tmp_path.iterdir()] == ["audit.key"]
    assert (tmp_path / "audit.key").stat().st_mode & 0o077 == 0


@pytest.mark.one_database
def test_only_one_at_a_time_is_inside(tmp_path: Path):
    first_is_in, first_may_leave, second_is_in = Event(), Event(), Event()

    def first() -> None:
        with sqlite.one_at_a_time(tmp_path / "kunci"):
            first_is_in.set()
            assert first_may_leave.wait(10)

    def second() -> None:
        with sqlite.one_at_a_time(tmp_path / "kunci"):
            second_is_in.set()

    with ThreadPoolExecutor(2) as pool:
        try:
            both = [pool.submit(first)]
            assert first_is_in.wait(10)
            both.append(pool.submit(second))
            assert not second_is_in.wait(0.2), "both are inside"
        finally:
            first_may_leave.set()
        assert second_is_in.wait(10)
        for one in both:
            one.result()
    assert (tmp_path / "kunci").stat().st_mode & 0o077 == 0
