"""Somebody at a browser of a server under measurement: signs in, reads pages, and prepares clicks for the load."""

from __future__ import annotations

import gzip
import http.client
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "Accept-Encoding": "gzip"}
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Answer:
    """One answer: its body as it travelled and as it reads."""

    status: int
    wire: bytes
    headers: dict[str, str]
    milliseconds: float

    @property
    def text(self) -> str:
        """The body, unpacked."""
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.wire) if packed else self.wire).decode()


@dataclass
class Visitor:
    """A browser with one cookie jar and one kept connection."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    patience: float = 120
    """Seconds that one answer may take."""
    _connection: http.client.HTTPConnection | None = None

    def ask(
        self, method: str, path: str, body: str | bytes = "", headers: dict[str, str] | None = None
    ) -> Answer:
        """One request, a form's unless the headers say otherwise; connects again where the server has closed."""
        sent = {"Accept-Encoding": "gzip", "Cookie": self.cookie}
        if method == "POST":
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        sent |= headers or {}
        content = body.encode() if isinstance(body, str) else body
        for again in (True, False):
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
            began = time.perf_counter()
            try:
                self._connection.request(method, path, content, sent)
                reply = self._connection.getresponse()
                wire = reply.read()
                break
            except (http.client.HTTPException, OSError):
                self._connection = None
                if not again:
                    raise
        milliseconds = (time.perf_counter() - began) * 1000
        for line in reply.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        known = {name.lower(): value for name, value in reply.getheaders()}
        return Answer(reply.status, wire, known, milliseconds)

    def get(self, path: str) -> Answer:
        """A page that must be there."""
        answer = self.ask("GET", path)
        assert answer.status == 200, f"{path}: {answer.status}"
        return answer

    def stream(self, path: str, body: str) -> tuple[float, int, int]:
        """Ask for a file and let it go by: seconds until its first piece, bytes, lines."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        began = time.perf_counter()
        connection.request("POST", path, body.encode(), headers)
        reply = connection.getresponse()
        assert reply.status == 200, f"{path}: {reply.status}"
        first, size, lines = 0.0, 0, 0
        while piece := reply.read(65_536):
            first = first or time.perf_counter() - began
            size, lines = size + len(piece), lines + piece.count(b"\n")
        connection.close()
        return first, size, lines

    @property
    def cookie(self) -> str:
        """The jar as a header."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def sign_in(self, username: str, password: str) -> str:
        """Sign in at the desk; returns the token for its forms."""
        found = TOKEN.search(self.get("/masuk").text)
        assert found
        form = urlencode({"csrf_token": found[1], "akun": username, "sandi": password})
        assert self.ask("POST", "/masuk", form).status == 303, f"{username} could not sign in"
        token = TOKEN.search(self.get("/").text) or TOKEN.search(self.get("/daftar-periksa").text)
        assert token
        return token[1]


def click(visitor: Visitor, path: str, form: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
    """A prepared request for bench.load."""
    return {
        "method": "POST",
        "path": path,
        "headers": {**headers, "Cookie": visitor.cookie},
        "body": urlencode(form),
    }
