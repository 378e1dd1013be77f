"""`flask cadangan`: a desk in one file while people tick, and out of it again without a break in the trail."""

from __future__ import annotations

import gzip
import io
import json
import os
import stat
import tarfile
import threading
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.cli.backup import archive, database, making
from app.cli.backup.restoring import newest
from app.cli.edge import NotDone
from app.domain import audit, backups, checklists
from app.domain.accounts import LoginSession
from app.domain.checklists import Standing
from app.extensions import db
from app.jobs.results import SEALED, Results
from tests import cast
from tests.cli.running import REASON, run


def test_it_holds_the_desk_and_says_so(full: Flask, make: Any, flask: Any, database: str):
    path = make()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    manifest = archive.inspect(path)
    names = {one.name for one in manifest.files}
    assert {"audit-head.log", "desk.db" if database == "sqlite" else "desk.dump"} < names
    assert sum(name.startswith("evidence/") for name in names) == 1
    assert sum(name.startswith("results/") for name in names) == 1
    assert sum(name.startswith("imports/") for name in names) == 1
    assert not [name for name in names if name.startswith("kata-sandi")], (
        "handed-out passwords are in no copy"
    )
    assert not [name for name in names if name.endswith(".key")], (
        "a key in a backup opens what it should guard"
    )
    assert (manifest.database, manifest.migration) == (database, newest(full))
    said = flask("cadangan", "periksa", str(path))
    assert (said.exit_code, said.output[:5]) == (0, "Utuh:")
    assert list(path.parent.iterdir()) == [path], "nothing half made stays"


def test_what_comes_back_is_the_same_desk_with_a_whole_trail(
    full: Flask, make: Any, elsewhere: Any, session: Any
):
    path = make("--with-keys")
    links = audit.verify().links
    session.remove()
    empty = elsewhere(audit_key="", secret_key="")
    keys = path.with_name(path.name.replace(".tar.gz", ".kunci"))
    code, said = run(empty, "cadangan", "pulihkan", str(path), "--keys", str(keys))
    assert code == 0, said
    again = elsewhere(audit_key="", secret_key="")
    for check in (("audit", "verify"), ("evidence", "check"), ("progress", "check")):
        code, said = run(again, *check)
        assert code == 0, said
    with again.app_context():
        assert cast.entry_of("LOG-14", cast.BERAU).standing is Standing.DONE
        assert audit.verify().links == links + 1, "the restoring is on the trail"
        assert db.session.query(LoginSession).filter(LoginSession.ended_at.is_(None)).count() == 0
        with Results.of(again).open(archive_key(path, "results/")) as kept:
            assert kept.read() == b"laporan"
        with Results.of(again, SEALED).open(archive_key(path, "segel/")) as kept:
            assert kept.read() == b"laporan bersegel"
        db.session.remove()
    folder = again.config["SETTINGS"].data_dir
    assert not [p for p in folder.rglob("*") if stat.S_IMODE(p.stat().st_mode) & 0o077]


def archive_key(path: Path, store: str) -> str:
    names = (one.name for one in archive.inspect(path).files)
    return next(name.removeprefix(store) for name in names if name.startswith(store))


def test_people_go_on_ticking_meanwhile(
    full: Flask, place: Path, elsewhere: Any, session: Any, monkeypatch: Any
):
    entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    operator = cast.person("operator.berau")
    ticked = threading.Event()
    dump = database.dump

    def tick() -> None:
        with full.app_context():
            checklists.tick(entry, by=operator, version=entry.version, filling=REASON)
            db.session.commit()
            db.session.remove()
        ticked.set()

    def dump_while_somebody_ticks(app: Flask, target: Path) -> dict[str, int]:
        person = threading.Thread(target=tick)
        person.start()  # after the witness was copied: the database may know more than it, never less
        rows = dump(app, target)
        assert ticked.wait(20), "a tick waited for the backup"
        person.join()
        return rows

    monkeypatch.setattr(making.database, "dump", dump_while_somebody_ticks)
    session.remove()
    made = making.make(full, place)
    session.remove()
    restored = elsewhere()
    assert run(restored, "cadangan", "pulihkan", str(made.path))[0] == 0
    assert run(restored, "audit", "verify")[0] == 0
    assert run(restored, "progress", "check")[0] == 0
    assert cast.entry_of("KTP-11", cast.BERAU, "2024-11-25").standing is Standing.DONE


@pytest.mark.parametrize(
    "damage", ["cut off", "one byte", "no list", "a stranger", "a path", "a link", "no gzip"]
)
def test_a_damaged_archive_is_refused(full: Flask, make: Any, flask: Any, elsewhere: Any, damage: str):
    path = make()
    spoil(path, damage)
    said = flask("cadangan", "periksa", str(path))
    assert said.exit_code == 1
    assert f"Cadangan {path.name} rusak" in said.output
    db.session.remove()
    empty = elsewhere()
    code, sentence = run(empty, "cadangan", "pulihkan", str(path))
    assert (code, "rusak" in sentence) == (1, True)
    left = [p.name for p in empty.config["SETTINGS"].data_dir.iterdir() if not p.name.endswith(".key")]
    assert left == []


def spoil(path: Path, damage: str) -> None:
    """Damage an archive in one of the ways that disks and people do."""
    if damage == "no gzip":
        path.write_bytes(b"bukan cadangan")
        return
    if damage == "cut off":
        path.write_bytes(path.read_bytes()[:-2000])
        return
    with tarfile.open(path) as tar:
        members = [(member, tar.extractfile(member).read()) for member in tar]  # type: ignore[union-attr]
    if damage == "one byte":
        members = [
            (member, content if member.name != "audit-head.log" else b"9" + content[1:])
            for member, content in members
        ]
    if damage == "no list":
        members.pop()
    if damage in ("a stranger", "a path"):
        stranger = tarfile.TarInfo("desk.env" if damage == "a stranger" else "evidence/../../../etc/passwd")
        stranger.size = 1
        members.insert(0, (stranger, b"x"))
    if damage == "a link":
        link = tarfile.TarInfo("evidence")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc"
        members.insert(0, (link, b""))
    with tarfile.open(path, "w:gz") as tar:
        for member, content in members:
            tar.addfile(member, io.BytesIO(content))


def test_nothing_is_restored_over_a_desk(full: Flask, make: Any, flask: Any, elsewhere: Any):
    path = make()
    said = flask("cadangan", "pulihkan", str(path))
    assert said.exit_code == 1
    assert "DESK_DATA yang kosong" in said.output
    db.session.remove()
    used = elsewhere()
    (used.config["SETTINGS"].data_dir / "catatan.txt").write_text("milik orang lain")
    code, sentence = run(used, "cadangan", "pulihkan", str(path))
    assert (code, "sudah berisi catatan.txt" in sentence) == (1, True)


@pytest.mark.postgres
def test_nothing_is_restored_over_a_database(full: Flask, make: Any, elsewhere: Any):
    path = make()
    db.session.remove()
    other = elsewhere()
    with other.app_context():
        db.session.execute(text("CREATE TABLE milik_orang (nomor integer)"))
        db.session.commit()
        db.session.remove()
    code, sentence = run(other, "cadangan", "pulihkan", str(path))
    assert (code, "basis data yang kosong" in sentence) == (1, True)


def test_without_its_key_a_trail_is_not_brought_back_unasked(full: Flask, make: Any, elsewhere: Any):
    path = make()
    db.session.remove()
    other = elsewhere(audit_key="kunci-lain-yang-tidak-cocok-sama-sekali")
    code, sentence = run(other, "cadangan", "pulihkan", str(path))
    assert (code, "--keys" in sentence) == (1, True)
    code, sentence = run(other, "cadangan", "pulihkan", str(path), "--without-keys")
    assert code == 0, sentence
    assert run(other, "audit", "verify")[0] == 1, "the trail cannot be checked, and says so"


def test_a_file_that_holds_no_keys_is_refused(full: Flask, make: Any, elsewhere: Any, tmp_path: Path):
    path, wrong = make(), tmp_path / "salah.kunci"
    wrong.write_text(json.dumps({"audit.key": "x"}))
    db.session.remove()
    code, sentence = run(elsewhere(), "cadangan", "pulihkan", str(path), "--keys", str(wrong))
    assert (code, "bukan berkas kunci" in sentence) == (1, True)


def test_a_backup_of_a_newer_desk_is_refused(full: Flask, make: Any, elsewhere: Any, monkeypatch: Any):
    path = make()
    db.session.remove()
    monkeypatch.setattr("app.cli.backup.restoring.newest", lambda _: "0007")
    code, sentence = run(elsewhere(), "cadangan", "pulihkan", str(path))
    assert (code, "aplikasi yang lebih baru" in sentence) == (1, True)


@pytest.mark.postgres
def test_a_backup_from_postgresql_is_not_restored_into_sqlite(
    full: Flask, make: Any, make_app: Any, tmp_path: Path
):
    path = make()
    db.session.remove()
    folder = tmp_path / "sqlite"
    other = make_app(data=str(folder), database_url=f"sqlite+desk:///{folder / 'desk.db'}")
    code, sentence = run(other, "cadangan", "pulihkan", str(path))
    assert (code, "dari postgresql" in sentence) == (1, True)
    assert not (folder / "desk.db").exists()


def test_only_the_newest_are_kept(full: Flask, make: Any, place: Path):
    place.mkdir()
    for day in ("20240101", "20240102", "20240103"):
        (place / f"desk-{day}-010000.tar.gz").write_bytes(gzip.compress(b""))
        (place / f"desk-{day}-010000.kunci").write_text("{}")
    (place / "desk-penting.tar.gz").write_text("bukan buatan perintah ini")
    newest = make("--keep", "2")
    assert {path.name for path in place.iterdir()} == {
        newest.name,
        "desk-20240103-010000.tar.gz",
        "desk-20240103-010000.kunci",
        "desk-penting.tar.gz",
    }


def test_the_keys_go_into_a_file_of_their_own(full: Flask, make: Any):
    keys = make("--with-keys").with_suffix("").with_suffix(".kunci")
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    assert set(json.loads(keys.read_text())) == {"secret.key", "audit.key", "field.key"}


def test_the_last_backup_and_that_of_the_keys_are_noted(full: Flask, make: Any):
    data = full.config["SETTINGS"].data_dir
    assert backups.last_backup(data) == {}
    with_keys = make("--with-keys")
    noted = backups.last_backup(data)
    assert (noted["file"], noted["keys_at"]) == (str(with_keys), noted["at"])


def test_a_place_inside_the_data_is_refused(full: Flask, flask: Any):
    said = flask("cadangan", "buat", str(full.config["SETTINGS"].data_dir / "cadangan"))
    assert said.exit_code == 1
    assert "di dalam DESK_DATA" in said.output


def test_a_full_disk_is_told_before_anything_is_written(full: Flask, place: Path, monkeypatch: Any):
    class Full:
        free = 1

    monkeypatch.setattr(making.shutil, "disk_usage", lambda _: Full)
    with pytest.raises(NotDone, match="tidak cukup"):
        making.make(full, place)
    assert not place.exists()


def test_a_file_that_vanishes_meanwhile_stops_no_backup(full: Flask, place: Path):
    (full.config["SETTINGS"].data_dir / "evidence" / "sementara").symlink_to("sudah-tidak-ada")
    assert making.make(full, place).path.exists()


def test_who_took_the_desk_out_of_the_house_is_on_the_trail(full: Flask, make: Any, session: Any):
    path = make()
    last = audit.history_of("backup", path.name)[0]
    assert (last.action, last.actor_name) == ("desk:backup:make", "Sistem")


@pytest.mark.sqlite
def test_a_database_that_is_broken_itself_is_not_backed_up(full: Flask, place: Path, session: Any):
    path = full.config["SETTINGS"].data_dir / "desk.db"
    session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    session.remove()
    db.engine.dispose()
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(os.urandom(64 * 1024))
    copy = place.parent / "salinan.db"
    with pytest.raises(NotDone, match="rusak"):
        database.dump(full, copy)
