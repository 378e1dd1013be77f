"""Imports only look down: the contracts of pyproject.toml hold."""

from __future__ import annotations

import subprocess
import sys

from tests.house.tree import ROOT


def test_the_floors_and_rooms_keep_their_contracts():
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as go; go()",
        "--no-cache",
    ]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout
