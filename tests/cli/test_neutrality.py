"""`flask netralitas bersihkan`: says how many names are cleared, held or not due yet; `--coba` only says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app.domain import clock
from config import Settings
from tests.domain.neutrality.test_retention import OVER, ended, kept, on


@pytest.fixture(autouse=True)
def moment() -> Iterator[None]:
    before = clock.setting()
    yield
    clock.put_back(before)


def test_it_says_how_many_and_does_it_once(flask: Any, session: Any):
    case = ended()
    on(OVER + dt.timedelta(days=1))
    said = flask("netralitas", "bersihkan").output
    assert "Dihapus: nama pada 0 kasus yang berakhir sedikitnya 365 hari lalu." in said
    assert "Belum waktunya: 1 kasus" in said
    on(dt.date(2025, 11, 25))
    said = flask("netralitas", "bersihkan", "--coba").output
    assert "Akan dihapus: nama pada 1 kasus" in said
    assert "tidak ada yang diubah" in said
    session.rollback()
    assert kept(case)[0]
    assert "Dihapus: nama pada 1 kasus" in flask("netralitas", "bersihkan").output
    session.rollback()
    assert kept(case) == (False, "")
    assert "Dihapus: nama pada 0 kasus" in flask("netralitas", "bersihkan").output


def test_it_says_which_election_holds_the_names(flask: Any, session: Any):
    ended()
    said = flask("netralitas", "bersihkan").output
    assert "belum selesai: 1 kasus" in said
    assert "Pemilihan Serentak 2024: tahapannya sampai 20 Februari 2025." in said


def test_how_long_is_a_setting(flask: Any, app: Flask, session: Any, monkeypatch: pytest.MonkeyPatch):
    ended()
    on(OVER + dt.timedelta(days=1))
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], name_days="30"))
    assert (
        "Dihapus: nama pada 1 kasus yang berakhir sedikitnya 30 hari lalu."
        in flask("netralitas", "bersihkan").output
    )


@pytest.mark.parametrize("days", ["0", "-1", "setahun"])
def test_a_setting_that_is_no_number_of_days_stops_the_start(days: str):
    with pytest.raises(ValueError, match="DESK_NAME_DAYS"):
        Settings(name_days=days)
