"""`flask report verify` and `flask report key`: proof without a database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.documents.report_order import ReportPaper, render_report
from app.documents.report_proof import proof_of, stamp
from app.domain import reports
from tests.documents import report_cast

pytestmark = [pytest.mark.template("empty"), pytest.mark.one_database]


def run(app: Flask, *args: str) -> tuple[int, str]:
    said = app.test_cli_runner().invoke(args=["report", *args])
    return said.exit_code, said.output


@pytest.fixture
def file(app: Flask, tmp_path: Path) -> Path:
    """A sealed report, away from any desk."""
    snapshot, marks = report_cast.nil(), report_cast.ENDORSED
    proof = proof_of(snapshot, marks, reports.sign, reports.public_key())
    pdf = render_report("pdf", ReportPaper(snapshot, marks, {}, proof), lambda done, total: None)
    path = tmp_path / "laporan.pdf"
    path.write_bytes(stamp(pdf, reports.sign))
    return path


def test_a_genuine_file_is_confirmed_with_the_exported_key_on_another_machine(
    app: Flask, make_app: Any, file: Path, tmp_path: Path
):
    code, key = run(app, "key")
    assert code == 0
    kept = tmp_path / "kunci.txt"
    kept.write_text(key, encoding="ascii")
    elsewhere = make_app(
        data=str(tmp_path / "lain"), database_url="postgresql+psycopg://nobody@127.0.0.1:1/none"
    )
    code, said = run(elsewhere, "verify", str(file), "--key", str(kept))
    assert code == 0
    assert said.startswith("ASLI: ")
    assert "Desk Pilkada Kabupaten Berau" in said
    code, said = run(elsewhere, "verify", str(file))
    assert (code, said[:4]) == (2, "BUKA")


def test_a_changed_file_is_named_with_code_1(app: Flask, file: Path):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    code, said = run(app, "verify", str(file))
    assert (code, said.split(":")[0]) == (1, "BERUBAH")


def test_what_is_no_report_is_said_with_code_2(app: Flask, tmp_path: Path):
    path = tmp_path / "apa.pdf"
    path.write_bytes(b"%PDF-1.7 apa saja")
    assert run(app, "verify", str(path))[0] == 2


def test_it_explains_a_missing_file_and_a_wrong_key(app: Flask, file: Path):
    assert "tidak dapat dibaca" in run(app, "verify", "tidak-ada.pdf")[1]
    assert "bukan berkas kunci" in run(app, "verify", str(file), "--key", str(file))[1]
