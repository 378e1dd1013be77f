"""`flask desk doctor`: it finds what ails a desk, says what to do, and changes nothing."""

from __future__ import annotations

import datetime as dt
import json
import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.cli.backup import database as databases
from app.cli.backup import making
from app.cli.desk import health, machine
from app.cli.desk import signing as certificates
from app.cli.desk.doctor import LOOKS, told, verdict
from app.cli.desk.findings import Finding, State, broken, look_at, ok
from app.documents import ability
from app.domain import backups, clock, evidence, jobs
from tests import signing
from tests.office import free_port


@pytest.fixture
def found(app: Flask, session: Any) -> Any:
    """`found(health.tables)`: what that look finds."""
    return lambda look, other=None: list(look(other or app))


def one(findings: list[Finding]) -> tuple[State, str, str]:
    """The only finding, as a test compares it."""
    (finding,) = findings
    return finding.state, finding.words, finding.mend


def test_it_looks_at_everything_and_ends_with_a_sentence(flask: Any, database: str):
    said = flask("desk", "doctor")
    names = {line[11:26].strip() for line in said.output.splitlines() if line[:1].strip()}
    wanted = {"Python", "Tabel", "Jam", "PDF", "Jejak", "Penghitung", "Bukti", "Kunci", "Cadangan", "Server"}
    assert wanted <= names
    assert ("SQLite" if database == "sqlite" else "pg_dump") in names
    assert said.output.splitlines()[-1].endswith(("perhatian.", "Semuanya baik."))


def test_it_can_be_read_by_programs_and_says_broken_with_its_code(flask: Any, session: Any):
    session.execute(text("UPDATE alembic_version SET version_num = '0007'"))
    session.commit()
    said = flask("desk", "doctor", "--json")
    tables = next(one for one in json.loads(said.output) if one["name"] == "Tabel")
    assert (said.exit_code, tables["state"]) == (1, "rusak")
    assert tables["mend"] == "Buat cadangan, lalu: flask db upgrade"


def test_nothing_broken_is_code_zero_whatever_needs_attention(flask: Any, monkeypatch: Any):
    monkeypatch.setattr("app.cli.desk.doctor.LOOKS", [("Kunci", health.key_files)])
    monkeypatch.setattr(health, "is_weak", lambda key: False)
    said = flask("desk", "doctor")
    assert said.exit_code == 0
    assert said.output.endswith("Tidak ada yang rusak; 1 perlu perhatian.\n")
    assert verdict([ok("A", "b")]) == "Semuanya baik."
    assert len(told(ok("A", "b"))) == 1
    assert told(broken("A", "b", "c"))[1].strip() == "-> c"


@pytest.mark.template("empty")
def test_a_look_that_cannot_be_taken_stops_no_other(app: Flask, session: Any):
    session.execute(text("DROP TABLE worker_beat"))
    session.commit()
    states = [one.state for one in look_at(app, [("Pekerja", health.worker), ("Python", machine.python)])]
    assert states == [State.BROKEN, State.OK]


@pytest.mark.template("empty")
def test_an_empty_database_is_led_to_init(found: Any, session: Any):
    session.execute(text("DROP TABLE alembic_version"))
    session.commit()
    assert one(found(health.tables)) == (State.BROKEN, "belum ada", "Siapkan desk ini: flask desk init")


def test_it_tells_why_a_production_server_would_not_start(found: Any, make_app: Any):
    kept = os.umask(0o077)
    try:
        real = make_app(mode="production", clock="", hosts="desk.kaltara.internal", cookie_secure="1")
        words = " ".join(finding.words for finding in found(health.start, real))
    finally:
        os.umask(kept)
    assert "akun demo" in words
    assert "DESK_SECRET_KEY" in words
    assert found(health.start)[0].state is State.ATTENTION, "no production, no verdict"


@pytest.mark.parametrize(
    "settings, bind, state",
    [
        ({"proxy": "1", "cookie_secure": "1"}, "127.0.0.1", State.OK),
        ({"proxy": "1", "cookie_secure": "1"}, "0.0.0.0", State.ATTENTION),  # noqa: S104
        ({"proxy": "0", "cookie_secure": "1"}, "127.0.0.1", State.ATTENTION),
        ({"proxy": "0", "cookie_secure": "0"}, "0.0.0.0", State.OK),  # noqa: S104
    ],
)
def test_it_sees_when_proxy_and_server_do_not_fit(
    make_app: Any, monkeypatch: Any, settings: dict[str, str], bind: str, state: State
):
    monkeypatch.setenv("DESK_BIND", bind)
    assert one(list(health.proxy(make_app(**settings))))[0] is state


def test_it_sees_files_that_others_can_read(app: Flask, found: Any):
    folder = app.config["SETTINGS"].data_dir
    folder.chmod(0o755)
    first = found(health.files)[0]
    folder.chmod(0o700)
    assert (first.state, first.mend) == (State.ATTENTION, f"Jalankan: chmod 700 {folder}")


def test_it_tells_an_open_directory_once(make_app: Any):
    kept = os.umask(0o077)
    try:
        real = make_app(mode="production", clock="", hosts="desk.kaltara.internal", cookie_secure="1")
    finally:
        os.umask(kept)
    folder = real.config["SETTINGS"].data_dir
    folder.chmod(0o755)
    bare = folder / "bukti.key"
    bare.touch()
    bare.chmod(0o644)
    with real.app_context():
        said = look_at(real, LOOKS)
    folder.chmod(0o700)
    assert [one.name for one in said if f"chmod 700 {folder}" in one.mend] == ["Berkas"]
    assert [one.name for one in said if "bukti.key" in one.mend] == ["Berkas"]
    assert not [one for one in said if one.name == "Syarat menyala" and one.state is State.OK]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a file away")
def test_it_sees_files_of_somebody_else(app: Flask, found: Any):
    folder = app.config["SETTINGS"].data_dir
    folder.chmod(0o700)
    for path in folder.iterdir():
        path.chmod(0o700 if path.is_dir() else 0o600)
    (folder / "desk.db.turn").touch(mode=0o600)
    os.chown(folder / "desk.db.turn", 65534, 65534)
    state, words, _ = one(found(health.files))
    os.chown(folder / "desk.db.turn", 0, 0)
    assert (state, "desk.db.turn bukan milik" in words) == (State.BROKEN, True)


def test_it_asks_for_a_backup_and_for_one_of_the_keys(
    app: Flask, found: Any, tmp_path: Path, monkeypatch: Any
):
    monkeypatch.setattr(health, "is_weak", lambda key: False)
    assert one(found(health.backups))[1] == "belum pernah dibuat"
    assert "--with-keys" in one(found(health.key_files))[2]
    made = making.make(app, tmp_path / "c", with_keys=True)
    assert [one(found(look))[0] for look in (health.backups, health.key_files)] == [State.OK, State.OK]
    made.path.rename(tmp_path / "dipindahkan")
    assert "tidak ada lagi di tempatnya" in one(found(health.backups))[1]
    note = app.config["SETTINGS"].data_dir / backups.NOTE
    old = clock.real_now() - dt.timedelta(days=5)
    note.write_text(json.dumps({"at": old.isoformat(), "file": "x", "keys_at": old.isoformat()}))
    assert one(found(health.backups))[:2] == (State.ATTENTION, "terakhir 5 hari yang lalu")


def test_it_says_that_keys_are_weak(found: Any):
    assert one(found(health.key_files))[0] is State.ATTENTION


def test_it_sees_a_worker_that_lives(found: Any, session: Any):
    assert one(found(health.worker))[0] is State.ATTENTION
    jobs.show_alive("pekerja-uji")
    session.commit()
    assert one(found(health.worker))[0] is State.OK


def test_it_sees_a_trail_that_was_cut(app: Flask, found: Any, session: Any):
    assert one(found(health.trail))[0] is State.OK
    with (app.config["SETTINGS"].data_dir / "audit-head.log").open("a") as witness:
        witness.write(f"999999 {'a' * 64}\n")
    state, words, _ = one(found(health.trail))
    assert (state, "ekor rantai terpotong" in words) == (State.BROKEN, True)


def test_it_sees_counters_that_drift(found: Any, session: Any):
    assert one(found(health.counters))[0] is State.OK
    session.execute(text("UPDATE checklist_progress SET belum = belum + 1"))
    session.commit()
    assert one(found(health.counters))[2] == "Jalankan: flask progress rebuild"


@pytest.mark.template("demo")
def test_it_sees_evidence_that_is_gone(app: Flask, found: Any, session: Any):
    assert one(found(health.proofs))[0] is State.OK
    store = app.config["SETTINGS"].data_dir / "evidence"
    evidence.configure(evidence.LocalDirectory(store), max_bytes=1000)
    next(path for path in store.glob("??/??/*") if "contoh" in _name_of(path, session)).unlink()
    state, words, _ = one(found(health.proofs))
    assert (state, words.startswith("1 berkas tidak ada")) == (State.BROKEN, True)


def _name_of(path: Path, session: Any) -> str:
    key = "/".join(path.parts[-3:])
    query = text("SELECT name FROM evidence_file WHERE storage_key = :key")
    return str(session.scalar(query, {"key": key}) or "")


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "version, state",
    [
        ("3.40.1", State.ATTENTION),
        ("3.44.5", State.ATTENTION),
        ("3.44.6", State.OK),
        ("3.45.0", State.ATTENTION),
        ("3.50.7", State.OK),
        ("3.51.2", State.ATTENTION),
        ("3.51.3", State.OK),
        ("3.53.4", State.OK),
    ],
)
def test_it_knows_the_sqlite_that_loses_writes(found: Any, monkeypatch: Any, version: str, state: State):
    monkeypatch.setattr(machine.database, "engine_version", lambda: version)
    assert one(found(machine.engine))[0] is state


@pytest.mark.postgres
def test_it_wants_a_postgresql_that_is_new_enough(found: Any, monkeypatch: Any):
    assert [finding.state for finding in found(machine.engine)] == [State.OK, State.OK]
    monkeypatch.setattr(databases, "engine_version", lambda: "14.9 (Debian)")
    assert found(machine.engine)[0].state is State.BROKEN
    monkeypatch.setattr(databases, "engine_version", lambda: "99.1")
    assert "postgresql-client-99" in found(machine.engine)[1].mend
    monkeypatch.setattr(databases, "program", lambda name: None)
    assert "cadangan tidak dapat dibuat" in found(machine.engine)[1].words


@pytest.mark.one_database
def test_it_says_what_a_pdf_lacks(found: Any, monkeypatch: Any):
    monkeypatch.setattr(ability, "missing", lambda: ("pango", "font Noto Sans"))
    pdf, fonts = found(machine.printing)
    assert (pdf.state, "pustaka pango" in pdf.words, fonts.state) == (State.ATTENTION, True, State.ATTENTION)
    monkeypatch.setattr(ability, "missing", lambda: ())
    assert {finding.state for finding in found(machine.printing)} == {State.OK}


@pytest.mark.one_database
@pytest.mark.parametrize("free, state", [(1, State.BROKEN), (2**30, State.ATTENTION), (2**40, State.OK)])
def test_it_measures_the_room(found: Any, monkeypatch: Any, free: int, state: State):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: type("Usage", (), {"free": free}))
    assert one(found(machine.disk))[0] is state


@pytest.mark.one_database
def test_it_misses_the_zones_of_the_country(found: Any, monkeypatch: Any):
    def none(name: str) -> None:
        raise machine.ZoneInfoNotFoundError(name)

    assert one(found(machine.zones))[1] == "WIB, WITA, WIT"
    monkeypatch.setattr(machine, "ZoneInfo", none)
    assert one(found(machine.zones))[2] == "Pasang: apt-get install tzdata"


def test_it_sees_a_clock_that_went_back(found: Any, session: Any, monkeypatch: Any):
    clock.set_real()
    assert one(found(machine.time))[0] is State.OK
    monkeypatch.setattr(clock, "real_now", lambda: dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    state, words, mend = one(found(machine.time))
    assert (state, "set-ntp" in mend) == (State.BROKEN, True)
    assert "mundur" in words or "berbeda" in words


@pytest.mark.one_database
def test_it_tells_the_desk_from_another_program_at_its_port(found: Any, monkeypatch: Any):
    class Answer(BaseHTTPRequestHandler):
        words = b'{"status": "sehat"}'

        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.words)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    port = free_port()
    monkeypatch.setenv("PORT", str(port))
    assert one(found(machine.port))[0] is State.ATTENTION
    with HTTPServer(("127.0.0.1", port), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert one(found(machine.port))[0] is State.OK
        Answer.words = b"lain"
        assert one(found(machine.port))[0] is State.BROKEN
        server.shutdown()


def test_it_changes_nothing(app: Flask, session: Any, monkeypatch: Any):
    monkeypatch.setenv("PORT", str(free_port()))
    before = session.scalar(text("SELECT count(*) FROM audit_entry"))
    look_at(app, LOOKS)
    assert session.scalar(text("SELECT count(*) FROM audit_entry")) == before
    assert not session.new
    assert not session.dirty


def certified(make_app: Any, folder: Path, **how: Any) -> Flask:
    """An office with a certificate."""
    files = signing.kept(folder, signing.made(**how))
    app: Flask = make_app(sign_file=str(files.file), sign_passphrase_file=str(files.passphrase))
    return app


@pytest.mark.template("empty")
def test_it_says_whose_certificate_signs_and_how_long(found: Any, make_app: Any, tmp_path: Path):
    assert one(found(certificates.certificate))[0] is State.OK
    state, words, _ = one(found(certificates.certificate, certified(make_app, tmp_path)))
    assert state is State.OK
    assert words.startswith(f"{signing.NAME}, sidik ")


@pytest.mark.template("empty")
@pytest.mark.parametrize(
    "how, state, words",
    [
        ({"until": -1, "since": -9}, State.BROKEN, "kedaluwarsa sejak"),
        ({"since": 3}, State.BROKEN, "baru berlaku"),
        ({"until": 10}, State.ATTENTION, "hari lagi"),
        ({"bits": 1024}, State.BROKEN, "1024 bit"),
    ],
)
def test_a_certificate_that_cannot_sign_or_soon_not_is_told(
    found: Any, make_app: Any, tmp_path: Path, how: dict[str, int], state: State, words: str
):
    finding = one(found(certificates.certificate, certified(make_app, tmp_path, **how)))
    assert finding[0] is state
    assert words in finding[1]
    assert finding[2]


@pytest.mark.template("empty")
def test_a_certificate_that_others_may_read_or_that_does_not_open_is_told(
    found: Any, make_app: Any, tmp_path: Path
):
    app = certified(make_app, tmp_path)
    (tmp_path / "desk.pass").chmod(0o644)
    bare, good = found(certificates.certificate, app)
    assert (bare.state, bare.mend) == (State.BROKEN, f"Jalankan: chmod 600 {tmp_path / 'desk.pass'}")
    assert good.state is State.OK
    (tmp_path / "desk.pass").write_text("lain")
    assert "kata sandinya lain" in found(certificates.certificate, app)[-1].words
    (tmp_path / "desk.p12").unlink()
    assert "tidak dapat dibaca" in found(certificates.certificate, app)[-1].words
    assert one(found(certificates.certificate, make_app(sign_passphrase_file="x")))[0] is State.ATTENTION
