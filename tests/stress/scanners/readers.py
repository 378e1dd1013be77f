"""Scanners that read the source: bandit, and semgrep with the desk's own rules."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from tests.stress.scanners.jail import found

HOME = Path(__file__).resolve().parents[3]
SOURCE = ("app", "config.py", "wsgi.py", "gunicorn.conf.py", "scripts")
RULES = Path(__file__).with_name("rules.yaml")
ANSWER = re.compile(r"#\s*noqa:[^#]*\bS\d+")
"""How the source answers a finding at its place; ruff asks the same questions on every check."""


def bandit() -> list[str] | None:
    """Findings of medium severity or above that the source does not answer; None where bandit is not here."""
    program = found("bandit")
    if program is None:
        return None
    said = _said(program, "-q", "-r", "-f", "json", "--severity-level", "medium", *SOURCE)
    return [
        f"{one['test_id']} in {one['filename']}:{one['line_number']}: {one['issue_text']}"
        for one in said["results"]
        if not _answered(HOME / one["filename"], one["line_range"])
    ]


def _answered(path: Path, lines: list[int]) -> bool:
    source = path.read_text(encoding="utf-8").splitlines()
    return any(ANSWER.search(source[number - 1]) for number in range(min(lines), max(lines) + 1))


def semgrep() -> list[str] | None:
    """What breaks one of our own rules; None where semgrep is not here."""
    program = found("semgrep")
    if program is None:
        return None
    wishes = (
        "--metrics=off",
        "--disable-version-check",
        "--no-git-ignore",
        "--quiet",
        "--json",
        "--jobs",
        "1",
    )
    said = _said(program, "scan", "--config", str(RULES), *wishes, *SOURCE[:-1])
    if said["errors"]:
        raise RuntimeError(f"semgrep could not read a rule: {said['errors'][0]}")
    return [
        f"{one['check_id'].rpartition('.')[2]} in {one['path']}:{one['start']['line']}"
        for one in said["results"]
    ]


def _said(*command: str) -> dict[str, Any]:
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False, timeout=600)
    try:
        return dict(json.loads(done.stdout))
    except json.JSONDecodeError:
        raise RuntimeError(f"{command[0]} said no JSON: {done.stderr[-500:]}") from None
