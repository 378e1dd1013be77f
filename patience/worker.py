"""The main loop: it waits for all lines at once, so that threads wait for none."""

from __future__ import annotations

import errno
import math
import selectors
import socket
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, ThreadWorker

from patience.lines import HEARING_SECONDS, LONGEST_HEAD, Conn, Line
from patience.neighbours import SILENT_SECONDS, STEP_BACK_SECONDS, Neighbours

LONGEST_ANSWER = 3_600
"""Seconds within which an answer must be taken by its reader."""
LEAVING_SECONDS = 2
"""How long what is still under way is taken from a line that was told goodbye, so that it can read the answer."""
PIECES = 8
"""How many pieces are taken from one line before the others have their turn."""

TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threaded worker, with patience in its main loop only.

    A line is told to the poller once and stays there while a thread answers: nothing comes meanwhile, as a rule.
    """

    largest = 64 * 1024 * 1024
    """Bytes of the longest body that is waited for; the application refuses more without reading it."""
    neighbours = Neighbours()
    """Of all workers of this server: the module is loaded before they part."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.waiting: set[Conn] = set()
        """Lines in the middle of a request or of an answer; those between two are in `keepalived_conns`."""
        self.look_at = 0.0
        self.back_at = 0.0
        """When it accepts again after it let another worker go first."""

    def run(self) -> None:
        """Serve until told to stop."""
        settings = getattr(self.wsgi, "config", {})
        self.largest = settings.get("MAX_CONTENT_LENGTH") or self.largest
        super().run()

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """One turn of the main loop."""
        now = time.monotonic()
        self.neighbours.tell(self.age, now, self.nr_conns if self.alive else math.inf)
        if now < self.back_at:
            timeout = min(timeout, self.back_at - now)
        super().wait_for_and_dispatch_events(timeout)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Whether new connections are looked for; not while another worker goes first."""
        super().set_accept_enabled(enabled and time.monotonic() >= self.back_at)

    def _lets_another_go_first(self) -> bool:
        """Whether a worker with fewer lines is to take who knocks now; not one that was given time and kept silent."""
        now = time.monotonic()
        stepped_back = self.back_at - STEP_BACK_SECONDS
        is_again = now < self.back_at + STEP_BACK_SECONDS
        if (
            self.neighbours.fewest(self.age, stepped_back if is_again else now - SILENT_SECONDS)
            >= self.nr_conns
        ):
            return False
        self.back_at = now + STEP_BACK_SECONDS
        self.set_accept_enabled(False)
        return True

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection, and its request where it is there already."""
        if self._lets_another_go_first():
            return
        try:
            sock, address = listener.accept()
        except OSError as fault:
            if fault.errno in (errno.EMFILE, errno.ENFILE):
                self.log.warning("Too many open files: a connection has to wait.")
            elif fault.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        conn = Conn(self.cfg, Line(sock), address, listener.getsockname())
        conn.wake = partial(self._wake, conn)
        self._take_in(conn)

    def _wake(self, conn: Conn, _: Line) -> None:
        """The poller's word that a line is ready."""
        if conn.then is None:  # more has come before the answer went: it waits unread
            self._look_away(conn)
        else:
            conn.then(conn)

    def _wait(self, conn: Conn, event: int, then: Callable[[Conn], None]) -> None:
        """Do `then` when the line is ready."""
        conn.then = then
        if conn.event != event:
            tell = self.poller.modify if conn.event else self.poller.register
            tell(conn.sock, event, conn.wake)
            conn.event = event

    def _look_away(self, conn: Conn) -> None:
        if conn.event:
            self.poller.unregister(conn.sock)
            conn.event = 0

    def _take_in(self, conn: Conn) -> None:
        """Read what has come; to a thread with the request when it is whole, else wait for more."""
        try:
            pieces = 0
            while not conn.is_whole(self.largest):
                if conn.wanted is None and conn.came > LONGEST_HEAD:
                    conn.sock.sendall(TOO_LONG)
                    self._leave(conn)
                    return
                if pieces == PIECES:
                    self._expect_more(conn)
                    return
                if not conn.take_in():
                    self._hang_up(conn)
                    return
                pieces += 1
        except BlockingIOError:
            self._expect_more(conn)
        except OSError:
            self._hang_up(conn)
        else:
            self.waiting.discard(conn)
            conn.then = None
            conn.sock.all_come(0 if conn.reads_on else HEARING_SECONDS)
            self.enqueue_req(conn)

    def _expect_more(self, conn: Conn) -> None:
        self.waiting.add(conn)
        self._wait(conn, selectors.EVENT_READ, self._take_in)

    def _keepalive_after(self, conn: Conn, keepalive: bool) -> bool:
        """Whether another request may follow, as gunicorn asks after each answer."""
        return conn.reads_on and bool(super()._keepalive_after(conn, keepalive))

    def finish_request(self, conn: Conn, done: Future[bool]) -> None:
        """An answer is written, as far as the line took it. Called in the main loop."""
        try:
            conn.keeps = not done.cancelled() and bool(done.result())
            if conn.sock.unsent is not None:
                conn.give(LONGEST_ANSWER)
                self.waiting.add(conn)
                self._push(conn)
            else:
                self._answered(conn)
        except Exception:  # whatever it was: this line is lost, the others are not
            self._hang_up(conn)

    def _push(self, conn: Conn) -> None:
        """Send on the rest of an answer."""
        before = conn.sock.sent
        try:
            if not conn.sock.push():
                if conn.sock.sent > before:
                    conn.heard_at = time.monotonic()
                self._wait(conn, selectors.EVENT_WRITE, self._push)
                return
        except OSError:
            self._hang_up(conn)
            return
        self.waiting.discard(conn)
        self._answered(conn)

    def _answered(self, conn: Conn) -> None:
        """Part; or keep the line for its next request, which may have begun already."""
        if not conn.keeps:
            self._leave(conn)
            return
        already = conn.parser.unreader.take_buffered() + conn.sock.left_over()
        if already:
            conn.begin(already)
            self._take_in(conn)
            return
        conn.set_timeout()
        if not self.alive:
            conn.timeout = min(conn.timeout, time.monotonic() + STOP_KEEPALIVE_LINGER)
        self.keepalived_conns.append(conn)
        self._wait(conn, selectors.EVENT_READ, self._next_request)

    def _next_request(self, conn: Conn) -> None:
        """A kept line says something."""
        self.keepalived_conns.remove(conn)
        conn.begin(b"")
        self._take_in(conn)

    def _leave(self, conn: Conn) -> None:
        """Say goodbye, and take what is still under way for a moment: a reset would swallow the answer."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._hang_up(conn)
            return
        conn.give(LEAVING_SECONDS)
        self.waiting.add(conn)
        self._see_off(conn)

    def _see_off(self, conn: Conn) -> None:
        try:
            for _ in range(PIECES):
                if not conn.sock.take_in():
                    self._hang_up(conn)
                    return
        except BlockingIOError:
            pass
        except OSError:
            self._hang_up(conn)
            return
        self._wait(conn, selectors.EVENT_READ, self._see_off)

    def _hang_up(self, conn: Conn) -> None:
        self.waiting.discard(conn)
        self._look_away(conn)
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """Hang up on lines that dawdle; once a second is enough. A worker that stops waits for no new request."""
        now = time.monotonic()
        if now < self.look_at:
            return
        self.look_at = now + 1
        for conn in list(self.waiting):
            if conn.is_late(now) or (not self.alive and not conn.came):
                self._hang_up(conn)
