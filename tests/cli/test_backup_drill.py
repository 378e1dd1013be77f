"""The drill: a desk is brought back into an empty place and is the same, row by row, file by file, paper by paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app.cli.backup import archive, database, locking
from app.cli.backup.making import rotate
from app.cli.edge import NotDone
from app.domain import audit, checklists, regions, registers, reports
from app.domain.circulars import CIRCULARS
from app.extensions import db
from tests import cast
from tests.cli.running import REASON, run
from tests.desk import TestDesk
from tests.domain.registers.letters import SAID
from tests.domain.reports.sent import owed, put
from tests.sameness import OF_THE_RESTORING, files, paper, tallies

KEY = "kunci-cadangan-yang-acak-dan-cukup-panjang"


def report() -> None:
    """Berau's report, sent and sealed, and a letter that has a number."""
    operator, row = cast.person("operator.berau"), put(owed())
    reports.seal(row, 1, reports.frozen(row).marks, by=operator)
    registers.record(CIRCULARS, cast.BERAU, SAID, by=operator)


def the_paper() -> bytes:
    return paper(db.session.scalars(db.select(reports.Report.id)).one())


def is_the_same(app: Flask, before: dict[str, tuple[int, int]], kept: dict[str, str], printed: bytes) -> None:
    with app.app_context():
        now = tallies()
        assert {name for name in before if now[name] != before[name]} <= OF_THE_RESTORING
        assert now["login_session"][0] == before["login_session"][0]
        assert now["audit_entry"][0] == before["audit_entry"][0] + 2, "the backup and the restoring"
        assert audit.verify().first_break is None
        assert the_paper() == printed
        db.session.remove()
    assert files(app) == kept


@pytest.fixture
def reported(full: Flask, session: Any) -> Flask:
    """The full desk with a report that was sent and a letter that has a number."""
    report()
    session.commit()
    return full


def test_a_restored_desk_is_the_same_in_rows_files_trail_and_paper(
    reported: Flask, make: Any, elsewhere: Any
):
    before, kept, printed = tallies(), files(reported), the_paper()
    path = make("--with-keys")
    db.session.remove()
    keys = path.with_name(path.name.replace(".tar.gz", ".kunci"))
    empty = elsewhere(audit_key="", secret_key="")
    code, said = run(empty, "desk", "restore", str(path), "--keys", str(keys))
    assert code == 0, said
    assert "semuanya sama" in said
    is_the_same(elsewhere(audit_key="", secret_key=""), before, kept, printed)


def test_rows_that_are_missing_after_restoring_are_told(
    full: Flask, make: Any, elsewhere: Any, monkeypatch: Any
):
    path = make()
    db.session.remove()
    load = database.load

    def lose_a_row(app: Flask, source: Path) -> None:
        load(app, source)
        db.session.execute(db.text("DELETE FROM checklist_progress"))
        db.session.commit()

    monkeypatch.setattr(database, "load", lose_a_row)
    code, said = run(elsewhere(), "cadangan", "pulihkan", str(path))
    assert (code, "tidak sama dengan cadangannya (checklist_progress)" in said) == (1, True), said


@pytest.fixture
def moving(desk: TestDesk, make_app: Any, place: Path, tmp_path: Path) -> Callable[[], Flask]:
    """`moving()`: a desk on SQLite, filled and with a report, whatever the test's own database is."""

    def start() -> Flask:
        folder = tmp_path / "lama"
        app = make_app(data=str(folder), database_url=f"sqlite+desk:///{folder / 'desk.db'}")
        with app.app_context():
            TestDesk.migrate()
            cast.fill_kaltim()
            operator, entry = cast.person("operator.berau"), cast.entry_of("LOG-14", cast.BERAU)
            checklists.tick(entry, by=operator, version=entry.version, filling=REASON)
            report()
            db.session.commit()
            db.session.remove()
        return app  # type: ignore[no-any-return]

    return start


@pytest.mark.postgres
def test_a_desk_moves_from_sqlite_to_postgresql(moving: Any, elsewhere: Any, place: Path):
    old = moving()
    with old.app_context():
        before, kept, printed = tallies(), files(old), the_paper()
        db.session.remove()
    assert run(old, "desk", "backup", str(place), "--with-keys")[0] == 0
    path, keys = next(place.glob("*.tar.gz")), next(place.glob("*.kunci"))
    code, said = run(elsewhere(audit_key=""), "desk", "restore", str(path), "--keys", str(keys))
    assert code == 0, said
    new = elsewhere(audit_key="")
    is_the_same(new, before, kept, printed)
    assert run(new, "progress", "check")[0] == 0
    with new.app_context():  # numbers and keys go on where they were
        operator = cast.person("operator.berau")
        registers.record(CIRCULARS, cast.BERAU, SAID | {"letter_number": "800/2"}, by=operator)
        db.session.commit()
        db.session.remove()


@pytest.mark.postgres
def test_a_row_that_postgresql_does_not_take_leaves_it_empty(moving: Any, elsewhere: Any, place: Path):
    old = moving()
    with old.app_context():
        db.session.execute(db.update(regions.Region).where(regions.Region.code == "64").values(kind="x" * 99))
        db.session.commit()
        db.session.remove()
    assert run(old, "desk", "backup", str(place))[0] == 0
    code, said = run(elsewhere(), "desk", "restore", str(next(place.glob("*.tar.gz"))))
    assert (code, "Tabel region tidak dapat dipindahkan" in said) == (1, True), said
    with elsewhere().app_context():
        assert db.inspect(db.engine).get_table_names() == []


class TestALockedBackup:
    """DESK_BACKUP_KEY is set."""

    @pytest.fixture
    def locked(self, full: Flask, make_app: Any, place: Path) -> Path:
        app = make_app(backup_key=KEY)
        db.session.remove()
        code, said = run(app, "cadangan", "buat", str(place), "--keep", "1")
        assert code == 0, said
        return next(place.iterdir())

    def test_it_says_nothing_without_the_key(self, locked: Path, flask: Callable[..., Result]):
        assert locked.name.endswith(".tar.gz.sandi")
        assert b"audit-head.log" not in locked.read_bytes()
        said = flask("cadangan", "periksa", str(locked))
        assert (said.exit_code, "DESK_BACKUP_KEY" in said.output) == (1, True)
        with pytest.raises(NotDone, match="bukan kuncinya"):
            archive.inspect(locked, key=KEY + "!")

    def test_it_comes_back_with_it(self, locked: Path, elsewhere: Any):
        db.session.remove()
        new = elsewhere(backup_key=KEY)
        assert run(new, "cadangan", "periksa", str(locked))[0] == 0
        code, said = run(new, "cadangan", "pulihkan", str(locked))
        assert code == 0, said
        assert run(new, "audit", "verify")[0] == 0

    @pytest.mark.parametrize("damage", ["cut off", "a piece left out", "one byte"])
    def test_a_damaged_one_is_refused(self, locked: Path, damage: str):
        content = bytearray(locked.read_bytes())
        if damage == "cut off":
            del content[-5_000:]
        elif damage == "a piece left out":
            begin = len(locking.MAGIC) + locking.SALT
            del content[begin : begin + locking.PIECE + locking.TAG]
        else:
            content[len(content) // 2] ^= 1
        locked.write_bytes(content)
        with pytest.raises(NotDone, match="tidak terbuka"):
            archive.inspect(locked, key=KEY)

    def test_it_is_rotated_like_the_others(self, locked: Path, place: Path):
        old = place / "desk-20240101-010000.tar.gz"
        old.write_bytes(b"")
        old.with_name("desk-20240101-010000.kunci").write_text("{}")
        assert rotate(place, 1) == [old]
        assert list(place.iterdir()) == [locked]


def test_a_short_key_for_backups_is_refused():
    from config import Settings

    with pytest.raises(ValueError, match="DESK_BACKUP_KEY"):
        Settings(backup_key="pendek")
