"""The commands that people are told to type exist, and the judgement on a change runs them."""

from __future__ import annotations

import os
import re
import subprocess

import pytest

from tests.house.tree import ROOT, texts

PROMISED = ("run", "test", "check", "bench", "shots", "help")


def targets() -> set[str]:
    """The targets of the Makefile."""
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("target", PROMISED)
def test_a_promised_command_is_there(target: str):
    assert target in targets()


def test_every_make_command_in_the_documents_exists():
    documents = [(path, text) for path, text in texts() if path.endswith(".md")]
    named = {
        (path, word)
        for path, text in documents
        for word in re.findall(r"`(?:[A-Z_]+=\S+ )*make ([a-z-]+)", text)
    }
    assert sorted((path, word) for path, word in named if word not in targets()) == []


def test_help_lists_every_command_of_the_makefile():
    said = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    listed = set(re.findall(r"^  make ([a-z-]+)", said.stdout, re.MULTILINE))
    assert listed == targets()


def test_the_readme_gives_the_two_commands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme


def test_the_judgement_runs_the_readmes_test_command_and_the_checks():
    script = ROOT / ".ci" / "run"
    text = script.read_text(encoding="utf-8")
    assert os.access(script, os.X_OK)
    assert "set -euo pipefail" in text
    assert "export CI=true" in text
    assert re.search(r"^make check", text, re.MULTILINE)
    assert re.search(r"^make test\b", text, re.MULTILINE)


def test_the_pdf_libraries_that_the_readme_names_are_those_that_are_looked_for():
    from scripts.native import APT_LINE

    assert APT_LINE in (ROOT / "README.md").read_text(encoding="utf-8")
