"""A signed-in person at a measured server: the cookie and token that prepared requests carry."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
from typing import Any
from urllib.parse import urlencode

from bench.places import HOME, PASSWORD

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor:
    """One browser: signs in, then only its cookie and its token are needed."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookie = ""
        self.token = ""

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(form) if form is not None else None, headers)
        reply = connection.getresponse()
        page = reply.read().decode()
        for value in reply.headers.get_all("Set-Cookie") or []:
            self.cookie = value.partition(";")[0]
        connection.close()
        return reply.status, page

    def enter_desk(self, username: str) -> Visitor:
        """Sign in to the desk; RuntimeError when it refuses."""
        self._take_token(self._ask("GET", "/masuk")[1])
        form = {"csrf_token": self.token, "akun": username, "sandi": PASSWORD}
        if self._ask("POST", "/masuk", form)[0] != 303:
            raise RuntimeError(f"{username} was not let in")
        self._take_token(self._ask("GET", "/akun")[1])
        return self

    def enter_floor(self) -> Visitor:
        """Sign in to the floor application."""
        self._ask("GET", "/masuk")
        self._take_token(self._ask("GET", "/")[1])
        return self

    def _take_token(self, page: str) -> None:
        found = TOKEN.search(page)
        if found is None:
            raise RuntimeError("no form on the page")
        self.token = found[1]

    def get(self, path: str, *, squeezed: bool = False) -> dict[str, Any]:
        """A prepared GET."""
        headers = {"Cookie": self.cookie}
        if squeezed:
            headers["Accept-Encoding"] = "gzip"
        return {"method": "GET", "path": path, "headers": headers, "body": ""}

    def post(self, path: str, form: dict[str, str]) -> dict[str, Any]:
        """A prepared POST by htmx."""
        headers = {"Cookie": self.cookie, "HX-Request": "true", "HX-Request-Type": "partial"}
        body = urlencode({"csrf_token": self.token, **form})
        return {"method": "POST", "path": path, "headers": headers, "body": body}


def send(port: int, clients: list[list[dict[str, Any]]]) -> dict[str, Any]:
    """Let the clients send their requests at once, from a process of their own (bench/load.py)."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=json.dumps({"port": port, "clients": clients}),
        capture_output=True,
        text=True,
        check=True,
        cwd=HOME,
    )
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def median(times: list[float]) -> float:
    """The middle value."""
    return sorted(times)[len(times) // 2]


def at_99(times: list[float]) -> float:
    """The value that one in a hundred exceeds."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]
