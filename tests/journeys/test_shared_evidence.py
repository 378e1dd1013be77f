"""Evidence in an object store that two hosts share: brought, seen, checked, moved there, backed up and brought back."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from app.cli.backup import archive
from app.cli.desk import storing
from app.cli.desk.findings import State
from app.domain import audit, checklists, evidence
from app.extensions import db
from tests import cast
from tests.buckets import SECRET, Place, Server
from tests.cli.running import run
from tests.conftest import cast_visitor
from tests.databases import PostgresStore
from tests.desk import TestDesk, Visitor

BA = b"Berita acara serah terima\n"


def photo(colour: str = "navy") -> tuple[io.BytesIO, str]:
    content = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(content, "JPEG")
    content.seek(0)
    return content, "serah-terima.jpg"


@pytest.fixture
def entry(app: Flask) -> int:
    """An entry of Berau that wants evidence."""
    with app.app_context():
        return int(cast.entry_of("LOG-14", cast.BERAU).id)


@pytest.fixture
def shared(app: Flask, make_app: Callable[..., Flask], bucket: Place) -> Flask:
    """The desk of this test with its evidence in the bucket."""
    return make_app(**bucket.settings())


def operator_of(app: Flask) -> Visitor:
    visitor = cast_visitor(app)
    cast.signed_in(visitor, "operator.berau")
    return visitor


def brought(app: Flask, entry: int, *files: tuple[io.BytesIO, str]) -> int:
    """The status of bringing these files through the page."""
    form = {"versi": "1", "berkas": [*files]}
    return operator_of(app).post(f"/daftar-periksa/{entry}/bukti", data=form).status_code


def uses(app: Flask, entry: int) -> list[evidence.UseRow]:
    with app.app_context():
        return evidence.uses_of("checklist_entry", entry)


def test_what_one_host_is_brought_the_other_shows(
    shared: Flask, make_app: Any, bucket: Place, entry: int, tmp_path: Path
):
    assert brought(shared, entry, photo(), (io.BytesIO(BA), "ba.txt")) == 303
    assert len(list(bucket.store().keys())) == 3, "two files and a small picture"
    assert not list((shared.config["SETTINGS"].data_dir / "evidence").rglob("*"))
    other_host = make_app(data=str(tmp_path / "lain"), **bucket.settings())
    visitor = operator_of(other_host)
    assert "serah-terima.jpg" in visitor.get(f"/daftar-periksa/{entry}").text
    text, picture = uses(other_host, entry)
    answer = visitor.get(f"/daftar-periksa/{entry}/bukti/{picture.id}")
    assert hashlib.sha256(answer.data).hexdigest() == picture.file.sha256
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    answer = visitor.get(f"/daftar-periksa/{entry}/bukti/{text.id}")
    assert (answer.data, answer.headers["Content-Disposition"]) == (BA, "attachment; filename=ba.txt")
    small = visitor.get(f"/daftar-periksa/{entry}/bukti/{picture.id}/kecil")
    assert (small.status_code, small.mimetype) == (200, "image/jpeg")
    with other_host.app_context():
        assert audit.history_of("checklist_entry", entry)[0].action == "evidence:file:download"


def test_a_tampered_object_is_named_and_so_is_one_that_is_gone(shared: Flask, bucket: Place, entry: int):
    assert brought(shared, entry, (io.BytesIO(BA), "ba.txt"), photo()) == 303
    code, said = run(shared, "evidence", "check")
    assert (code, said[:21]) == (0, "Utuh: 2 berkas bukti,"), said
    picture, text = uses(shared, entry)
    bucket.overwrite(text.file.storage_key, BA.replace(b"serah", b"salah"))
    bucket.lose(picture.file.storage_key)
    code, said = run(shared, "evidence", "check")
    assert code == 1
    assert f"BERUBAH  ba.txt  {text.file.storage_key}" in said
    assert f"HILANG  serah-terima.jpg  {picture.file.storage_key}" in said
    lost = operator_of(shared).get(f"/daftar-periksa/{entry}/bukti/{picture.id}")
    assert (lost.status_code, "pemeriksaan bukti" in lost.text) == (404, True)


def test_a_store_that_is_gone_is_told_nothing_is_recorded_and_it_comes_back_by_itself(
    make_app: Any, bucket: Place, entry: int, caplog: pytest.LogCaptureFixture
):
    away = Server()
    desk = make_app(**{**bucket.settings(), "store_endpoint": away.endpoint})
    desk.config["WTF_CSRF_ENABLED"] = True
    visitor = operator_of(desk)
    page = visitor.get(f"/daftar-periksa/{entry}")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert (page.status_code, token is not None) == (200, True), "reading goes on"
    form = {"csrf_token": token[1] if token else "", "versi": "1", "kunci": "kunci-0001"}
    answer = visitor.post(
        f"/daftar-periksa/{entry}/bukti", data={**form, "berkas": [(io.BytesIO(BA), "ba.txt")]}
    )
    assert answer.status_code == 503
    assert "Penyimpanan berkas bukti sedang tidak dapat dihubungi" in answer.text
    assert "kunci-0001" in answer.text, "what was typed is kept"
    assert "penyimpanan bukti tidak dapat dihubungi" in caplog.text
    assert SECRET not in caplog.text + answer.text
    with desk.app_context():
        assert checklists.fresh(entry).evidence_count == 0
        assert db.session.scalar(db.text("SELECT count(*) FROM evidence_file")) == 0
        db.session.remove()
    away.start()
    try:
        assert Place(away.port, bucket.name, bucket.secret_file).ask("PUT")[0] == 200
        again = visitor.post(
            f"/daftar-periksa/{entry}/bukti", data={**form, "berkas": [(io.BytesIO(BA), "ba.txt")]}
        )
        assert again.status_code == 303
    finally:
        away.stop()
    assert len(uses(desk, entry)) == 1
    (use,) = uses(desk, entry)
    gone = visitor.get(f"/daftar-periksa/{entry}/bukti/{use.id}")
    assert (gone.status_code, "tidak dapat dihubungi" in gone.text) == (503, True)


def test_a_desk_moves_from_its_directory_to_the_store_and_back(
    app: Flask, make_app: Any, bucket: Place, entry: int, tmp_path: Path
):
    assert brought(app, entry, photo(), (io.BytesIO(BA), "ba.txt")) == 303
    code, said = run(app, "evidence", "move")
    assert (code, "DESK_EVIDENCE_STORE kosong" in said) == (1, True)
    shared = make_app(**bucket.settings())
    assert run(shared, "evidence", "check")[0] == 1
    assert the_doctor(shared) == [(State.ATTENTION, "Jalankan: flask evidence move")]
    for said in ("Disalin: 3 berkas; sudah ada: 0.", "Disalin: 0 berkas; sudah ada: 3."):
        code, words = run(shared, "evidence", "move")
        assert (code, said in words) == (0, True), words
    assert run(shared, "evidence", "check")[0] == 0
    assert the_doctor(shared) == [(State.OK, "")]
    text = uses(shared, entry)[0]
    assert operator_of(shared).get(f"/daftar-periksa/{entry}/bukti/{text.id}").data == BA
    back = make_app(data=str(tmp_path / "kembali"), **bucket.settings())
    assert run(back, "evidence", "move", "--back")[0] == 0
    kept = evidence.LocalDirectory(tmp_path / "kembali" / "evidence")
    assert sorted(kept.keys()) == sorted(bucket.store().keys())


def test_a_file_that_changed_in_the_directory_is_not_moved(
    app: Flask, make_app: Any, bucket: Place, entry: int
):
    assert brought(app, entry, (io.BytesIO(BA), "ba.txt")) == 303
    (use,) = uses(app, entry)
    kept = app.config["SETTINGS"].data_dir / "evidence" / use.file.storage_key
    kept.write_bytes(b"lain")
    code, said = run(make_app(**bucket.settings()), "evidence", "move")
    assert (code, f"BERUBAH  {use.file.storage_key}" in said) == (1, True)
    assert list(bucket.store().keys()) == []


def the_doctor(app: Flask) -> list[tuple[State, str]]:
    with app.app_context():
        return [(one.state, one.mend) for one in storing.store(app)]


def test_the_doctor_says_what_ails_the_store(make_app: Any, bucket: Place, app: Flask):
    assert the_doctor(app) == [(State.OK, "")]
    bucket.secret_file.chmod(0o644)
    away = make_app(**{**bucket.settings(), "store_endpoint": "http://127.0.0.1:1"})
    said = run(away, "desk", "doctor")[1]
    assert re.search(rf"chmod 600 .*{re.escape(str(bucket.secret_file))}", said)
    assert "penyimpanan bukti tidak dapat dihubungi" in said
    assert SECRET not in said
    bare = make_app(**{**bucket.settings(), "store_endpoint": "http://s3.kaltara.invalid:9000"})
    assert (State.ATTENTION, True) in [(state, "https://" in mend) for state, mend in the_doctor(bare)]
    code, said = run(away, "evidence", "check")
    assert (code, "DESK_STORE_*" in said) == (1, True)


@pytest.fixture
def elsewhere(desk: TestDesk, make_app: Any, tmp_path: Path) -> Any:
    """`elsewhere(**settings)`: an application in an empty place with an empty database."""
    made: list[tuple[PostgresStore, str]] = []

    def start(**other: Any) -> Flask:
        number = len(list(tmp_path.glob("baru-*")))
        folder = tmp_path / f"baru-{number}"
        folder.mkdir(mode=0o700)
        url = f"sqlite+desk:///{folder / 'desk.db'}"
        if isinstance(desk.store, PostgresStore):
            name = f"{desk.store.name}_baru{number}"
            desk.store._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            desk.store._run(f"CREATE DATABASE {name} TEMPLATE template0")
            made.append((desk.store, name))
            url = desk.store.url.replace(f"/{desk.store.name}?", f"/{name}?")
        return make_app(data=str(folder), database_url=url, **other)  # type: ignore[no-any-return]

    yield start
    for store, name in made:
        store._run(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_backup_holds_the_evidence_of_the_store_and_brings_it_back(
    shared: Flask, bucket: Place, entry: int, elsewhere: Any, tmp_path: Path
):
    assert brought(shared, entry, photo(), (io.BytesIO(BA), "ba.txt")) == 303
    kept = sorted(bucket.store().keys())
    code, said = run(shared, "desk", "backup", str(tmp_path / "cadangan"))
    assert code == 0, said
    path = Path(said.split(":")[0])
    names = {one.name for one in archive.inspect(path).files}
    assert {f"evidence/{key}" for key in kept} <= names
    with shared.app_context():
        db.session.remove()
        db.engine.dispose()
    for key in kept:
        bucket.lose(key)
    into_store = elsewhere(**bucket.settings())
    code, said = run(into_store, "desk", "restore", str(path))
    assert code == 0, said
    assert sorted(bucket.store().keys()) == kept
    assert not (into_store.config["SETTINGS"].data_dir / "evidence").exists()
    assert run(into_store, "evidence", "check")[0] == 0
    into_directory = elsewhere()
    assert run(into_directory, "desk", "restore", str(path))[0] == 0
    assert run(into_directory, "evidence", "check")[0] == 0
    text = uses(into_directory, entry)[0]
    assert evidence.content_of(text.file.sha256) == BA


def test_a_restore_finds_that_the_store_holds_something_else(
    shared: Flask, bucket: Place, entry: int, elsewhere: Any, tmp_path: Path
):
    assert brought(shared, entry, (io.BytesIO(BA), "ba.txt")) == 303
    (key,) = bucket.store().keys()
    path = Path(run(shared, "desk", "backup", str(tmp_path / "cadangan"))[1].split(":")[0])
    bucket.overwrite(key, BA.replace(b"serah", b"salah"))
    other = elsewhere(**bucket.settings())
    code, said = run(other, "desk", "restore", str(path))
    assert (code, f"memuat berkas lain dengan nama {key}" in said) == (1, True), said
    code, said = run(other, "desk", "restore", str(path))
    assert "memuat berkas lain" in said, "the database is as empty as before"


def test_a_backup_is_not_made_without_its_evidence(
    shared: Flask, make_app: Any, bucket: Place, tmp_path: Path
):
    away = make_app(**{**bucket.settings(), "store_endpoint": "http://127.0.0.1:1"})
    code, said = run(away, "desk", "backup", str(tmp_path / "cadangan"))
    assert (code, "penyimpanan bukti tidak dapat dihubungi" in said) == (1, True)
    assert not list((tmp_path / "cadangan").iterdir())
