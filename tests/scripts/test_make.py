"""What make hands on to the commands it runs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from config import Settings

HOME = Path(__file__).resolve().parents[2]


def handed_on(**more: str) -> dict[str, str]:
    usual = {
        name: value for name, value in os.environ.items() if name not in ("PORT", "DESK_DATA", "MAKEFLAGS")
    }
    done = subprocess.run(
        ["make", "-s", "--eval=show: ; @env", "show"],
        cwd=HOME,
        env=usual | more,
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(line.partition("=")[::2] for line in done.stdout.splitlines())


def test_what_nobody_set_is_not_handed_on_as_empty():
    assert {"PORT", "DESK_DATA"} & handed_on().keys() == set()


def test_what_somebody_set_is_handed_on():
    told = handed_on(PORT="8001", DESK_DATA="elsewhere")
    assert (told["PORT"], told["DESK_DATA"]) == ("8001", "elsewhere")


def test_an_empty_setting_is_no_setting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DESK_DATA", "")
    monkeypatch.setenv("DESK_IDLE_MINUTES", "")
    settings = Settings()
    assert (settings.data, settings.idle_minutes) == ("var", "60")
