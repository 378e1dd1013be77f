"""Lines of the log are JSON, carry the request's id, and hold nothing that people typed."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.logging import default_handler

from app.web import logs
from tests import cast
from tests.house.tree import ROOT

SECRET = "Budi Santoso 6403012345678901"


def line(message: str, *args: object, error: BaseException | None = None, by: str = "app") -> dict[str, Any]:
    """What the log says of this message."""
    trace = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(by, logging.ERROR, __file__, 1, message, args, trace)
    said: dict[str, Any] = json.loads(logs.Line().format(record))
    return said


@pytest.fixture
def said(app: Flask, monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What is logged in this test."""
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(logs.Line())
    for name in (app.logger.name, logs.REQUESTS):
        monkeypatch.setattr(logging.getLogger(name), "handlers", [handler])
    return kept


def test_numbers_are_kept_and_texts_are_left_out():
    assert line("job %s failed at try %s", 7, 2)["message"] == "job 7 failed at try 2"
    assert (
        line("Error handling request %s", f"/register?cari={SECRET}")["message"] == "Error handling request …"
    )
    assert line("%(who)s", {"who": SECRET})["message"] == "…"
    assert line("broken %d %d", 1)["message"] == "broken %d %d"


def test_of_what_the_server_refuses_only_the_address_is_kept():
    refused = f"Invalid request from ip=::1: Invalid HTTP header: {SECRET}"
    assert line(refused, by="gunicorn.error")["message"] == "Invalid request from ip=::1"
    assert line("the mail: none", by="app.mail")["message"] == "the mail: none"


def test_of_an_error_it_keeps_the_kind_and_the_place_not_the_words():
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        told = line("request %s failed", "abc", error=error)
    assert told["error"] == "ValueError"
    assert told["from"][-1].startswith("tests/web/test_logs.py:")
    assert "Budi" not in json.dumps(told)


def test_a_fault_is_told_with_the_request_s_id_and_without_what_was_typed(
    app: Flask, client: Any, said: io.StringIO, monkeypatch: pytest.MonkeyPatch
):
    cast.signed_in(client, "operator.berau")
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setitem(app.view_functions, "registers.shelf", fail)
    answer = client.get(f"/register?cari={SECRET}")
    assert answer.status_code == 500
    told = json.loads(said.getvalue().splitlines()[-1])
    assert told["request"] == answer.headers["X-Request-ID"]
    assert (told["level"], told["error"]) == ("ERROR", "RuntimeError")
    assert "Budi" not in said.getvalue()


def test_each_request_has_a_line_only_where_it_is_asked_for(make_app: Any, client: Any, said: io.StringIO):
    client.get("/masuk?lanjut=/orang")
    assert said.getvalue() == ""
    answer = make_app(log_requests="1").test_client().get(f"/masuk?nama={SECRET}")
    told = json.loads(said.getvalue())
    assert (told["method"], told["endpoint"], told["status"]) == ("GET", "auth.enter", 200)
    assert told["request"] == answer.headers["X-Request-ID"]
    assert set(told) == {"at", "level", "logger", "message", "request", "endpoint", "method", "status", "ms"}


@pytest.mark.one_database
def test_the_server_speaks_the_same_way(tmp_path: Path):
    asked = (
        "import logging.config, runpy\n"
        "logging.config.dictConfig(runpy.run_path('gunicorn.conf.py')['logconfig_dict'])\n"
        f"logging.getLogger('gunicorn.error').error('Error handling request %s', '/x?cari={SECRET}')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env={**os.environ, "DESK_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stderr)
    assert (told["logger"], told["message"]) == ("gunicorn.error", "Error handling request …")


def test_the_desk_s_own_handler_has_this_form(app: Flask):
    assert isinstance(default_handler.formatter, logs.Line)
