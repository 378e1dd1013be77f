"""A desk as an office runs it: the guide's own commands, real processes, and a browser at its address.

Used where the building itself is tested (installing, the proxies in front of it), not the pages.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "panduan" / "10-memasang.md"
HOST = "desk.kaltara.internal"
PLACES = {
    "/opt/desk-pilkada": "",
    "/var/lib/desk-pilkada": "data",
    "/etc/desk-pilkada": "etc",
    "/var/backups/desk-pilkada": "backups",
    "/var/tmp/desk-percobaan": "trial",  # noqa: S108  (a name in the guide; the test has its own directory)
}
"""The directories that the guide and the files of deploy/ name, and what stands for them in a test's directory."""
PATIENCE_SECONDS = 60
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
INPUT = re.compile(r"<input\b[^>]*>")


def here(text: str, home: Path) -> str:
    """`text` with the office's directories replaced by those of a test."""
    for place, name in PLACES.items():
        text = text.replace(place, str(home / name) if name else str(ROOT))
    return text


def blocks(kind: str, text: str | None = None) -> list[tuple[str, str]]:
    """(heading above, commands) of the guide's blocks of this kind: "diuji", "root"."""
    heading, found, kept, inside = "", [], [], ""
    for line in (text or GUIDE.read_text(encoding="utf-8")).splitlines():
        if line.startswith("```"):
            if inside == f"sh {kind}":
                found.append((heading, "\n".join(kept)))
            inside, kept = ("", []) if inside else (line[3:] or "text", [])
        elif inside:
            kept.append(line)
        elif line.startswith("#"):
            heading = line.lstrip("# ")
    return found


def clean_environment() -> dict[str, str]:
    """This process's environment without anybody's desk in it."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("DESK_", "FLASK_"))}


def run_blocks(commands: list[str], home: Path) -> str:
    """Run them in one shell that ends at the first mistake; what was said. Raises AssertionError with it."""
    script = here("\n".join(["set -euo pipefail", *commands]), home)
    environment = clean_environment() | {"DESK_ENV_FILE": str(home / "etc" / "desk.env")}
    done = subprocess.run(
        ["bash", "-c", script], cwd=home, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def settings_of(file: Path) -> dict[str, str]:
    """What an environment file sets."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return dict(line.split("=", 1) for line in lines)


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Processes:
    """Programs started by a test; leaving the `with` ends them, the last one first."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []
        self._pause = threading.Event()

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._running):
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def start(self, command: list[str], environment: dict[str, str], output: IO[bytes] | None = None) -> None:
        """Start one in a session of its own; what it says goes to `output`, if any."""
        self._running.append(
            subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
            )
        )

    def start_desk(self, settings: dict[str, str], *, worker: bool = False) -> int:
        """gunicorn (and the worker) with these settings; the port, once it listens."""
        port = free_port()
        environment = {**clean_environment(), **settings, "PORT": str(port)}
        self.start([sys.executable, "-m", "gunicorn", "wsgi:app"], environment)
        if worker:
            self.start([sys.executable, "-m", "flask", "--app", "wsgi", "pekerja"], environment)
        self.wait_for(port)
        return port

    def wait_for(self, port: int) -> None:
        """Until somebody listens there; AssertionError when a program ended instead."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            except OSError:
                ended = [process.args for process in self._running if process.poll() is not None]
                assert not ended, f"did not start: {ended}"
                assert time.monotonic() < deadline, f"nobody listens on {port}"
                self._pause.wait(0.05)
            else:
                return


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    text: str

    def header(self, name: str) -> str:
        """One header, empty where there is none."""
        return str(self.headers.get(name, ""))


@dataclass
class Browser:
    """A browser without JavaScript at the office's address: through TLS, or as a proxy would pass it on."""

    port: int
    tls: ssl.SSLContext | None = None
    headers: dict[str, str] = field(default_factory=dict)
    host: str = HOST
    cookies: dict[str, str] = field(default_factory=dict)
    source: str = "127.0.0.1"
    """The address of this browser's computer: any of the loopback's."""

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Reply:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        connection.sock = socket.create_connection(("127.0.0.1", self.port), 60, (self.source, 0))
        if self.tls is not None:
            connection.sock = self.tls.wrap_socket(connection.sock, server_hostname=self.host)
        sent = {"Host": self.host, **self.headers, **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body or None, sent)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Reply(answer.status, answer.headers, text)

    def get(self, path: str) -> str:
        """A page that must be there."""
        reply = self.ask("GET", path)
        assert reply.status == 200, (path, reply.status, reply.text[:400])
        return reply.text

    def send(self, page: str, action: str, **typed: str) -> Reply:
        """Fill in the form of `page` that posts to `action` and send it."""
        return self.post(action, self.hidden(page, action) | typed)

    def hidden(self, page: str, action: str) -> dict[str, str]:
        """What the form of `page` that posts to `action` carries unseen."""
        forms = FORM.findall(self.get(page))  # a button may lead elsewhere than its form: formaction="..."
        form = next(
            (form for form in forms if f'action="{action}"' in form and 'method="post"' in form), None
        )
        assert form is not None, f"{page} has no form for {action}"
        fields = {}
        for tag in INPUT.findall(form):
            values = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            if "name" in values and values.get("type") == "hidden":
                fields[values["name"]] = unescape(values.get("value", ""))
        return fields

    def send_file(self, page: str, action: str, field: str, name: str, content: bytes) -> Reply:
        """The same with a file."""
        edge = "batas-kiriman-ini"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in self.hidden(page, action).items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
        body = b"".join([*parts, head.encode(), content, f"\r\n--{edge}--\r\n".encode()])
        about = {
            "Content-Type": f"multipart/form-data; boundary={edge}",
            "Referer": f"https://{self.host}{page}",
        }
        return self.ask("POST", action, body, about)

    def until(self, page: str, words: str, seconds: float = 120) -> None:
        """Look at a page again and again until the worker is so far."""
        pause, deadline = threading.Event(), time.monotonic() + seconds
        while words not in (text := self.get(page)):
            assert time.monotonic() < deadline, text
            pause.wait(0.3)

    def post(self, path: str, fields: dict[str, str]) -> Reply:
        """Send these fields."""
        about = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"https://{self.host}{path}",  # every browser says so, and a form over TLS must
        }
        return self.ask("POST", path, urlencode(fields).encode(), about)

    def sign_in(self, username: str, password: str) -> Reply:
        """Through the form, as everybody does."""
        reply = self.send("/masuk", "/masuk", akun=username, sandi=password)
        assert reply.status == 303, reply.text
        return reply

    def change_password(self, old: str, new: str) -> None:
        """What a temporary password asks for first."""
        reply = self.send("/akun", "/akun/sandi", sandi=old, sandi_baru=new, sandi_ulang=new)
        assert reply.status == 303, reply.text
