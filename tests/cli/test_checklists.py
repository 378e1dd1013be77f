"""`flask library`, `flask checklists`, `flask progress` and `flask audit`."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text, update

from app.domain import audit
from app.domain.checklists.models import Progress
from app.extensions import db


class TestLibrary:
    def test_the_shipped_items_are_published_once(self, flask):
        assert flask("library", "load").output == "120 butir dibaca, 109 rumusan baru diterbitkan.\n"
        assert flask("library", "load").output == "120 butir dibaca, 0 rumusan baru diterbitkan.\n"

    def test_a_bad_file_is_explained(self, flask, tmp_path):
        file = tmp_path / "butir.csv"
        file.write_text("code,role\nX-1,Dinas Antah Berantah\n")
        said = flask("library", "load", "--file", str(file))
        assert said.exit_code == 1
        assert "Dinas Antah Berantah" in said.output


class TestExpect:
    def test_what_is_missing_is_made_and_told(self, flask, app):
        flask("library", "load")
        assert flask("checklists", "expect", "--item", "DUK-01").output == "11 isian baru dibuat.\n"
        assert flask("checklists", "expect", "--item", "DUK-01").output == "0 isian baru dibuat.\n"
        assert flask("progress", "check").exit_code == 0
        with app.app_context():
            link = audit.search(("64",), audit.Filters(action="checklist:entry:expect"), page=1)[0][0]
            assert link.changed["items"] == [None, ["DUK-01"]]
            db.session.remove()

    def test_only_below_a_root(self, flask):
        flask("library", "load")
        said = flask("checklists", "expect", "--item", "DUK-01", "--root", "64.03")
        assert said.output == "1 isian baru dibuat.\n"

    @pytest.mark.parametrize("words", [("--root", "99"), ("--item", "XXX-99")])
    def test_what_does_not_exist_is_said(self, flask, words: tuple[str, ...]):
        said = flask("checklists", "expect", *words)
        assert said.exit_code == 1
        assert "tidak ada" in said.output


class TestProgress:
    def test_a_drift_is_named_with_exit_code_1_and_mended(self, flask, app):
        assert flask("progress", "check").output == "Penghitung cocok dengan isian.\n"
        with app.app_context():
            drift = update(Progress).where(Progress.region_code == "64.03", Progress.area == "KAM")
            db.session.execute(drift.values(proses=5))
            db.session.commit()
            db.session.remove()
        said = flask("progress", "check")
        assert said.exit_code == 1
        assert "64.03 KAM" in said.output
        assert "flask progress rebuild" in said.output
        assert flask("progress", "rebuild", "--root", "64.03").exit_code == 0
        assert flask("progress", "check").exit_code == 0


class TestAudit:
    def test_a_whole_chain(self, flask):
        said = flask("audit", "verify")
        assert said.exit_code == 0
        assert said.output.startswith("Utuh: ")

    def test_the_first_broken_link_is_named_with_exit_code_1(self, flask, app: Any, database: str):
        with app.app_context():
            for deed in ("update", "delete") if database == "sqlite" else ():
                db.session.execute(text(f"DROP TRIGGER audit_entry_no_{deed}"))
            if database == "postgresql":
                db.session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
            db.session.execute(text("UPDATE audit_entry SET actor_name = 'lain' WHERE seq IN (5, 9)"))
            db.session.commit()
            db.session.remove()
        said = flask("audit", "verify")
        assert said.exit_code == 1
        assert "PUTUS pada nomor 5: isinya berubah sesudah dicatat. 4 mata rantai" in said.output


@pytest.mark.template("empty")
@pytest.mark.parametrize(
    "words",
    [("checklists", "expect"), ("progress", "check"), ("progress", "rebuild")],
)
def test_without_an_election_they_say_so(flask, words: tuple[str, ...]):
    said = flask(*words)
    assert said.exit_code == 1
    assert "Tidak dikerjakan: Belum ada pemilihan" in said.output
