"""`flask db` without a server carrying it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from flask import Flask

from app.starting import newest_version
from tests.house.tree import ROOT

VERSIONS = ROOT / "migrations" / "versions"


def test_the_commands_are_flask_migrates_own(app: Flask) -> None:
    runner = app.test_cli_runner()
    said = runner.invoke(args=["db", "--help"]).output
    assert "upgrade" in said
    assert "downgrade" in said
    assert runner.invoke(args=["db", "heads"]).exit_code == 0


def test_a_server_does_not_carry_what_only_commands_and_papers_need(tmp_path: Path) -> None:
    heavy = ("alembic", "weasyprint", "PIL", "cryptography", "pyotp", "segno", "markdown_it")
    ours = ("app.cli.demo", "app.documents.snapshot", "app.jobs.importers", "app.jobs.worker")
    other = ("sqlalchemy.dialects.postgresql",)  # a desk on SQLite has no use for it
    asked = (
        f"import sys, app; app.create_app(); print([m for m in {heavy + ours + other} if m in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env={**os.environ, "DESK_DATA": str(tmp_path), "DESK_DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "[]"


def test_the_newest_version_is_the_one_that_alembic_knows(app: Flask) -> None:
    from alembic.script import ScriptDirectory

    assert newest_version(VERSIONS) == ScriptDirectory(str(VERSIONS.parent)).get_current_head()
