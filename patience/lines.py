"""One line: a socket that never blocks, and the request that comes on it."""

from __future__ import annotations

import errno
import re
import socket
import tempfile
import time
from collections.abc import Callable
from typing import IO, Any

from gunicorn.workers.gthread import TConn

from patience.chunks import Chunks

IN_MEMORY = 256 * 1024
"""Bytes of a request or of the rest of an answer that are held in memory; what is more goes to a temporary file."""
PIECE = 64 * 1024
LONGEST_HEAD = 64 * 1024
"""Bytes; gunicorn's own limits are stricter about each line."""
HEAD_SECONDS = 15
"""How long a new line may say nothing, and how long it may take over the head of a request."""
SLOWEST = 4_000
"""Bytes a second, over the whole of a body; 12 MB in 50 minutes."""
STALLED_SECONDS = 60
"""How long a body or a reader may stand still."""
HEARING_SECONDS = 12
"""How long in all a thread may read on in a body that was too long to wait for (app/web/errors.py asks for ten)."""

END_OF_HEAD = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)[ \t]*\r\n")
MOST_DIGITS = 12
CHUNKED = b"\r\ntransfer-encoding:"
EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n")
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class Line:
    """A client's socket, never blocking: what has come waits here to be read, what was not taken waits to be sent.

    Stands in for the socket wherever gunicorn uses it.
    """

    def __init__(self, sock: socket.socket) -> None:
        sock.setblocking(False)
        self.sock = sock
        self.come: bytes | bytearray = b""
        self.come_file: IO[bytes] | None = None
        self.unsent: IO[bytes] | None = None
        self.sent = self.written = 0
        self.hears = 0.0
        """Seconds that reading more than has come may still wait, in all."""

    def fileno(self) -> int:
        """For the poller."""
        return self.sock.fileno()

    def setblocking(self, _: bool) -> None:
        """It never blocks; gunicorn switches it to and fro."""

    def gettimeout(self) -> float:
        """How long reading more than has come may wait."""
        return self.hears

    def settimeout(self, _: float | None) -> None:
        """`all_come` says how long; gunicorn sets more before it reads a rest, of which nothing is missing here."""

    def take_in(self) -> bytes:
        """What has come just now. Raises BlockingIOError when nothing has; empty at the end."""
        return self.sock.recv(PIECE)

    def keep(self, data: bytes) -> None:
        """Hold what has come until a thread reads it. Mostly it is all that comes: then nothing is copied."""
        if not self.come and self.come_file is None:
            self.come = data
        elif self.come_file is None and len(self.come) + len(data) <= IN_MEMORY:
            if isinstance(self.come, bytes):
                self.come = bytearray(self.come)
            self.come += data
        else:
            if self.come_file is None:
                self.come_file = tempfile.TemporaryFile()  # noqa: SIM115  (closed when read)
            self.come_file.write(data)

    def all_come(self, hears: float = 0) -> None:
        """All has come that is waited for: reading it begins. What lies beyond may take so many seconds."""
        self.hears = hears
        if self.come_file is not None:
            self.come_file.seek(0)

    def recv(self, most: int) -> bytes:
        """What has come, in its order; beyond it, what still comes within `hears` seconds.

        Raises ConnectionResetError when they are over: at once for a request that came whole.
        """
        if self.come:
            data, self.come = bytes(self.come[:most]), self.come[most:]
            return data
        if self.come_file is not None:
            data = self.come_file.read(most)
            if data:
                return data
            self.come_file.close()
            self.come_file = None
        return self._hear(most)

    def _hear(self, most: int) -> bytes:
        began = time.monotonic()
        try:
            if self.hears <= 0:
                raise TimeoutError
            self.sock.settimeout(self.hears)
            return self.sock.recv(most)
        except TimeoutError as fault:
            raise ConnectionResetError(errno.ECONNRESET, "nothing more came") from fault
        finally:
            self.hears -= time.monotonic() - began
            self.sock.setblocking(False)

    def left_over(self) -> bytes:
        """What came after the request that was read."""
        data, self.come = bytes(self.come), b""
        if self.come_file is not None:
            data += self.come_file.read()
            self.come_file.close()
            self.come_file = None
        return data

    def sendall(self, data: bytes) -> None:
        """Send what the line takes now; the rest waits for `push`."""
        if self.unsent is not None and not self.push():
            self._hold(data)
            return
        try:
            taken = self.sock.send(data)
        except BlockingIOError:
            taken = 0
        if taken < len(data):
            self._hold(memoryview(data)[taken:])

    def send(self, data: bytes) -> int:
        """As `sendall`."""
        self.sendall(data)
        return len(data)

    def sendfile(self, file: IO[bytes], offset: int = 0, count: int | None = None) -> int:
        """Send that part of a file."""
        file.seek(offset)
        left = count if count is not None else -1
        sent = 0
        while left and (piece := file.read(PIECE if left < 0 else min(PIECE, left))):
            self.sendall(piece)
            sent += len(piece)
            left -= len(piece) if left > 0 else 0
        return sent

    def _hold(self, data: bytes | memoryview) -> None:
        if self.unsent is None:
            self.unsent = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed when sent)
            self.sent = self.written = 0
        self.unsent.seek(self.written)
        self.written += self.unsent.write(data)

    def push(self) -> bool:
        """Send on what waits; whether nothing waits any more."""
        while self.unsent is not None and self.sent < self.written:
            self.unsent.seek(self.sent)
            try:
                self.sent += self.sock.send(self.unsent.read(PIECE))
            except BlockingIOError:
                return False
        if self.unsent is not None:
            self.unsent.close()
            self.unsent = None
        return True

    def shutdown(self, how: int) -> None:
        """Say that no more follows."""
        self.sock.shutdown(how)

    def close(self) -> None:
        """Hang up, and forget what waits."""
        for file in (self.come_file, self.unsent):
            if file is not None:
                file.close()
        self.come_file = self.unsent = None
        self.sock.close()


class Conn(TConn):  # type: ignore[misc]
    """A connection on whose line a request is coming, or an answer is still going out."""

    sock: Line

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.data_ready = True
        self.wake: Callable[[Any], None]
        """What the poller calls when the line is ready."""
        self.then: Callable[[Conn], None] | None = None
        """What is done then; None while a thread is at work."""
        self.event = 0
        """What the poller looks for: EVENT_READ, EVENT_WRITE, or nothing."""
        self.keeps = False
        """Whether another request may follow the answer that goes out."""
        self.begin(b"")

    def begin(self, already: bytes) -> None:
        """Wait for the next request, of which this much has come."""
        self.sock.come = already
        self.came = len(already)
        self.looked = 0
        self.wanted: int | None = None
        """Bytes of the whole request, as far as its head tells; None while that is not known."""
        self.chunks: Chunks | None = None
        """What finds the end of a body whose head does not tell its length."""
        self.reads_on = True
        """Whether another request may follow on this line: not after a body that was too long to take."""
        self.give(HEAD_SECONDS)

    def take_in(self) -> bool:
        """Keep what has come; False at the end of the line. Raises BlockingIOError when nothing has."""
        data = self.sock.take_in()
        self.sock.keep(data)
        self.came += len(data)
        if self.chunks is not None:
            self.chunks.feed(data)
        self.heard_at = time.monotonic()
        return bool(data)

    def is_whole(self, largest: int) -> bool:
        """Whether a thread can have the request now. What gunicorn would refuse is for gunicorn to refuse."""
        if self.wanted is None and self.came:
            self._read_head(largest)
        if self.chunks is not None and not self.chunks.ended:
            self.reads_on = self.came <= largest
            return not self.reads_on
        return self.wanted is not None and self.came >= self.wanted

    def _read_head(self, largest: int) -> None:
        end = self.sock.come.find(END_OF_HEAD, max(0, self.looked - len(END_OF_HEAD)))
        self.looked = self.came
        if end < 0:
            return
        head, after = self.sock.come[: end + 2].lower(), end + len(END_OF_HEAD)
        told = LENGTH.search(head)
        digits = told[1].lstrip(b"0") if told else b""
        length = int(digits[:MOST_DIGITS] or b"0")
        self.wanted = after + length
        if CHUNKED in head:
            self.wanted, length = after, largest
            self.chunks = Chunks()
            self.chunks.feed(self.sock.come[after:])
        elif length > largest or len(digits) > MOST_DIGITS:
            self.wanted, self.reads_on = after, False
        if self.came < self.wanted or self.chunks is not None:
            self.give(HEAD_SECONDS + length / SLOWEST)
            if EXPECTS.search(head):
                self.sock.sendall(GO_ON)

    def give(self, seconds: float) -> None:
        """From now on the line has so long."""
        self.heard_at = time.monotonic()
        self.until = self.heard_at + seconds

    def is_late(self, now: float) -> bool:
        """Whether the line has dawdled too long."""
        return now > self.until or now - self.heard_at > STALLED_SECONDS
