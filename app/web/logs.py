"""What the desk writes about itself: one JSON object a line, with the request's id, and nothing that people typed.

A line keeps the words of the program (the message as it stands in the source), numbers, and of an error its kind and
where it came from. Texts that were put into a message are left out, whatever they are: a name in an address, the values
of a statement, a search. Who needs them asks the trail for the request's id.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import time
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from flask import Flask, Response, g, has_request_context, request
from flask.logging import default_handler

LEFT_OUT = "…"
MOST_FRAMES = 12
HOME = Path(__file__).resolve().parents[2]
REQUESTS = "desk.requests"
"""The logger of a line for each request, where DESK_LOG_REQUESTS is 1."""
SERVER = "gunicorn."
SAID = "said"
"""Attribute of a record: fields of ours that hold no text of people."""


class Line(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; never raises for what a record holds."""
        told: dict[str, Any] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if has_request_context():
            told["request"] = g.get("request_id", "")
            told["endpoint"] = request.endpoint
        told |= getattr(record, SAID, {})
        if record.exc_info and record.exc_info[0] is not None:
            told["error"] = record.exc_info[0].__name__
            told["from"] = _frames(record.exc_info[2])
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _message(record: logging.LogRecord) -> str:
    template = record.msg if isinstance(record.msg, str) else _plain(record.msg)
    args = record.args
    if not args:
        # gunicorn puts what it refuses into the text itself: "Invalid request from ip=127.0.0.1: ..."
        return template.partition(": ")[0] if record.name.startswith(SERVER) else str(template)
    try:
        if isinstance(args, dict):
            return str(template % {name: _plain(value) for name, value in args.items()})
        return str(template % tuple(_plain(value) for value in args))
    except (TypeError, ValueError, KeyError):
        return str(template)


def _plain(value: object) -> Any:
    """A number as it is, of an error its kind, of anything else nothing."""
    if isinstance(value, int | float):
        return value
    return type(value).__name__ if isinstance(value, BaseException) else LEFT_OUT


def _frames(trace: TracebackType | None) -> list[str]:
    """Where an error came from, the innermost last: "app/jobs/worker.py:114 work"."""
    found = traceback.extract_tb(trace)[-MOST_FRAMES:]
    return [f"{_short(one.filename)}:{one.lineno} {one.name}" for one in found]


def _short(name: str) -> str:
    path = Path(name)
    return str(path.relative_to(HOME)) if path.is_relative_to(HOME) else "/".join(path.parts[-2:])


def begin() -> None:
    """Remember when a request began."""
    g.began = time.perf_counter()


def finish(response: Response) -> Response:
    """One line for the request: what was asked for by its name in the source, the answer, milliseconds."""
    took = (time.perf_counter() - g.get("began", time.perf_counter())) * 1000
    said = {"method": request.method, "status": response.status_code, "ms": round(took, 1)}
    logging.getLogger(REQUESTS).info("request", extra={SAID: said})
    return response


def install(app: Flask) -> None:
    """Give the desk's loggers this form, and each request its line where the setting says so."""
    default_handler.setFormatter(Line())
    if app.config["SETTINGS"].log_requests != "1":
        return
    requests = logging.getLogger(REQUESTS)
    requests.setLevel(logging.INFO)
    requests.propagate = False
    if default_handler not in requests.handlers:
        requests.addHandler(default_handler)
    app.before_request(begin)
    app.after_request(finish)
