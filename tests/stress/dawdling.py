"""A crowd of clients on lines so slow that each would keep a thread for minutes; who is hung up on comes again."""

from __future__ import annotations

import selectors
import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import NamedTuple

PAUSE = 1.0
"""Seconds between two bytes."""


class Habit(NamedTuple):
    """How somebody is slow: what is said at once, and then byte by byte; or an answer that is read byte by byte."""

    name: str
    at_once: bytes
    after: bytes = b""
    reads: bool = False


SILENT = Habit("say nothing", b"")
HEAD = Habit("send the head slowly", b"GET / HTTP/1.1\r\nHost: desk\r\nX-Slow: ", b"x" * 4_000)
BODY = Habit(
    "send the body slowly",
    b"POST /masuk HTTP/1.1\r\nHost: desk\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 100000\r\n\r\nakun=",
    b"x" * 99_000,
)
READ = Habit(
    "read the answer slowly",
    b"GET /static/vendor/bootstrap-5.3.8.min.css HTTP/1.1\r\nHost: desk\r\n\r\n",
    reads=True,
)
HABITS = (SILENT, HEAD, BODY, READ)


class Dawdlers:
    """So many people of one habit, all at once, until the context ends."""

    def __init__(self, port: int, habits: list[Habit]) -> None:
        self.port, self.habits = port, habits
        self.lines: dict[int, tuple[socket.socket, int]] = {}
        """Who -> the line and how many bytes went slowly."""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._be_slow, daemon=True)

    def __enter__(self) -> Dawdlers:
        for who in range(len(self.habits)):
            self._come(who)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        for line, _ in self.lines.values():
            line.close()

    def there(self) -> int:
        """How many have an open line just now."""
        return sum(line.fileno() >= 0 for line, _ in list(self.lines.values()))

    def _come(self, who: int) -> None:
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        line.connect(("127.0.0.1", self.port))
        line.sendall(self.habits[who].at_once)
        line.setblocking(False)
        self.lines[who] = (line, 0)

    def _be_slow(self) -> None:
        while not self._over.wait(PAUSE):
            for who, habit in enumerate(self.habits):
                line, sent = self.lines[who]
                try:
                    if not self._is_there(line, habit):
                        raise ConnectionResetError
                    if habit.after:
                        line.send(habit.after[sent : sent + 1])
                    self.lines[who] = (line, sent + 1)
                except OSError:
                    line.close()
                    with suppress(OSError):
                        self._come(who)

    def _is_there(self, line: socket.socket, habit: Habit) -> bool:
        """Whether the line is still open; whoever reads slowly takes one byte of it."""
        with selectors.DefaultSelector() as look:
            look.register(line, selectors.EVENT_READ)
            if not look.select(0):
                return True
        return bool(line.recv(1 if habit.reads else 4_096))
