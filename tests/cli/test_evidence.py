"""`flask evidence check`: every kept file is read and compared with its hash."""

from __future__ import annotations

from typing import Any

from flask import Flask

from app.domain import checklists, evidence
from tests import cast


def run(app: Flask) -> tuple[int, str]:
    said = app.test_cli_runner().invoke(args=["evidence", "check"])
    return said.exit_code, said.output


def attach_one(session: Any) -> str:
    """A text file on an entry of Berau; returns its hash."""
    entry = cast.entry_of("LOG-14", cast.BERAU)
    inspected = evidence.inspect(b"Berita acara serah terima\n", "berita-acara.txt")
    checklists.attach(entry, inspected, by=cast.person("operator.berau"))
    session.commit()
    return inspected.sha256


def test_it_says_that_all_is_whole(app: Flask, session: Any):
    attach_one(session)
    assert run(app) == (0, "Utuh: 1 berkas bukti, 26 bita.\n")


def test_it_names_a_file_that_was_changed(app: Flask, session: Any, desk: Any):
    digest = attach_one(session)
    kept = desk.store.data / "evidence" / digest[:2] / digest[2:4] / digest
    kept.chmod(0o600)
    kept.write_bytes(b"Berita acara yang lain sama sekali\n")
    code, said = run(app)
    assert code == 1
    assert "BERUBAH  berita-acara.txt" in said


def test_it_names_a_file_that_is_gone(app: Flask, session: Any, desk: Any):
    digest = attach_one(session)
    (desk.store.data / "evidence" / digest[:2] / digest[2:4] / digest).unlink()
    code, said = run(app)
    assert code == 1
    assert "HILANG  berita-acara.txt" in said
    assert "cadangan" in said
