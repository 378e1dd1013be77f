"""A small application behind the patient worker: it tells what it was sent, and sends what it is asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

config = {"MAX_CONTENT_LENGTH": 2_000_000}


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """/ tells the body's length and digest; /unread leaves it; /large, /stream and /file send many bytes."""
    path = environ["PATH_INFO"]
    if path == "/large":
        return _said(start_response, b"x" * 6_000_000)
    if path == "/stream":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return (b"y" * 100_000 for _ in range(60))
    if path == "/file":
        size = Path(__file__).stat().st_size
        start_response("200 OK", [("Content-Length", str(size))])
        wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"](Path(__file__).open("rb"))  # noqa: SIM115
        return wrapped
    if path == "/unread":
        return _said(start_response, b"unread", "413 Content Too Large")
    body = environ["wsgi.input"].read()
    return _said(start_response, f"{len(body)} {hashlib.sha256(body).hexdigest()}".encode())


def _said(start_response: Callable[..., Any], text: bytes, status: str = "200 OK") -> list[bytes]:
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(text)))])
    return [text]


app.config = config  # type: ignore[attr-defined]  # the worker asks the application how much is too much
