"""Requests byte by byte, as no browser would send them, and the answers to them."""

from __future__ import annotations

import http.client
import socket
from dataclasses import dataclass, field

PATIENCE_SECONDS = 20.0
Headers = list[tuple[bytes, bytes]]


@dataclass
class Asked:
    """One request. `raw_head` takes the place of the whole head where even that is broken."""

    what: str
    """In words, for whoever reads of a fault: the shape and what was bad in it."""
    who: str
    method: str
    target: bytes
    body: bytes = b""
    headers: Headers = field(default_factory=list)
    length: bytes | None = None
    """Another Content-Length than the true one; b"" sends none."""

    def raw(self, port: int, cookie: str) -> bytes:
        """What goes over the wire."""
        lines = [b"%s %s HTTP/1.1" % (self.method.encode(), self.target)]
        named = {name.lower() for name, _ in self.headers}
        if b"host" not in named:
            lines.append(b"Host: 127.0.0.1:%d" % port)
        if cookie and b"cookie" not in named:
            lines.append(b"Cookie: " + cookie.encode())
        length = str(len(self.body)).encode() if self.length is None else self.length
        if length and (self.body or self.method == "POST"):
            lines.append(b"Content-Length: " + length)
        lines += [b"%s: %s" % pair for pair in self.headers]
        return b"\r\n".join([*lines, b"Connection: close", b"", self.body])


@dataclass
class Reply:
    """What came back; status 0 where the server hung up without a word."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """One header, empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def is_page(self) -> bool:
        """Whether a browser would show it as a page."""
        return self.header("content-type").startswith("text/html")


def send(port: int, content: bytes) -> Reply:
    """Send it on a connection of its own and read the one answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as line:
        try:
            line.sendall(content)
            line.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it has answered before all was sent, and hung up
        answer = http.client.HTTPResponse(line, method=content.partition(b" ")[0].decode("latin-1"))
        try:
            answer.begin()
            return Reply(answer.status, answer.getheaders(), answer.read())
        except (http.client.HTTPException, OSError):
            return Reply(0, [], b"")
