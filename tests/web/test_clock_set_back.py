"""A server whose clock ran ahead and was set right: who was signed in signs in again, and nothing lives for ever."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest

from tests import cast

RIGHT = {"akun": "operator.berau", "sandi": cast.PASSWORD}
BACK = [dt.timedelta(hours=1), dt.timedelta(days=2)]


@pytest.mark.parametrize("back", BACK, ids=["an hour", "two days"])
def test_a_cookie_from_ahead_opens_nothing_and_signing_in_again_does(
    client: Any, session: Any, monkeypatch: pytest.MonkeyPatch, back: dt.timedelta
):
    right = time.time
    monkeypatch.setattr(time, "time", lambda: right() + back.total_seconds())
    assert client.post("/masuk", data=RIGHT).status_code == 303
    assert client.get("/daftar-periksa").status_code == 200
    monkeypatch.setattr(time, "time", right)
    answer = client.get("/daftar-periksa")
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/masuk")
    assert client.post("/masuk", data=RIGHT).status_code == 303
    assert client.get("/daftar-periksa").status_code == 200


@pytest.mark.parametrize("back", BACK, ids=["an hour", "two days"])
def test_an_idle_session_ends_by_the_new_clock_too(
    client: Any, session: Any, monkeypatch: pytest.MonkeyPatch, back: dt.timedelta
):
    right = time.time
    monkeypatch.setattr(time, "time", lambda: right() - back.total_seconds())
    assert client.post("/masuk", data=RIGHT).status_code == 303
    assert client.get("/daftar-periksa").status_code == 200
    later = dt.timedelta(minutes=61).total_seconds()
    monkeypatch.setattr(time, "time", lambda: right() - back.total_seconds() + later)
    assert client.get("/daftar-periksa").status_code == 303
