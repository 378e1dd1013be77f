"""The patient worker on a real socket: one worker with two threads, many slow lines, and somebody who is in a hurry."""

from __future__ import annotations

import hashlib
import math
import os
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from gunicorn.config import Config

from patience.lines import Conn, Line
from patience.neighbours import PLACES, STEP_BACK_SECONDS, Neighbours
from patience.worker import PatientWorker
from tests.office import free_port

pytestmark = pytest.mark.skipif(os.name != "posix", reason="gunicorn needs a fork")
ROOT = Path(__file__).parent.parent
MANY = 40
SECONDS = 60
"""Nothing here takes a twentieth of it; it only keeps a fault from hanging the suite."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A gunicorn of one worker and two threads with the project's own settings."""
    chosen = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--workers=1",
        "--threads=2",
        "--keep-alive=20",
        "tests.patience_app:app",
    ]
    environment = {**os.environ, "PORT": str(chosen), "DESK_BIND": "127.0.0.1", "DESK_LOG_LEVEL": "info"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE) as server:
        assert server.stderr is not None
        for told in server.stderr:
            if b"Booting worker" in told:
                break
        yield chosen
        server.terminate()
        server.stderr.close()
        assert server.wait(SECONDS) == 0


def line(port: int, said: bytes = b"", *, holds: int = 0) -> socket.socket:
    """Somebody's line, on which this much was said; `holds` is how many bytes it takes before they are read."""
    opened = socket.socket()
    opened.settimeout(SECONDS)
    if holds:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, holds)
    opened.connect(("127.0.0.1", port))
    opened.sendall(said)
    return opened


def asked(path: str = "/", body: bytes = b"", *head: str) -> bytes:
    """A request."""
    lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", "Host: desk", *head]
    if body and not head:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def answer(opened: socket.socket) -> tuple[int, bytes]:
    """Status and body of the next answer; not a byte of what follows it is taken."""
    head = row(opened, b"\r\n\r\n").lower()
    status = int(head.split()[1])
    if b"transfer-encoding: chunked" not in head:
        return status, taken(opened, int(head.partition(b"content-length:")[2].split()[0]))
    body = bytearray()
    while size := int(row(opened, b"\r\n"), 16):
        body += taken(opened, size)
        row(opened, b"\r\n")
    row(opened, b"\r\n")
    return status, bytes(body)


def row(opened: socket.socket, end: bytes) -> bytes:
    """What comes up to that end, or to the end of the line."""
    said = b""
    while not said.endswith(end) and (one := opened.recv(1)):
        said += one
    return said


def taken(opened: socket.socket, length: int) -> bytes:
    """So many bytes."""
    found = bytearray()
    while len(found) < length and (piece := opened.recv(min(1_000_000, length - len(found)))):
        found += piece
    return bytes(found)


def told_of(body: bytes) -> tuple[int, bytes]:
    """What the application answers to a body."""
    return 200, f"{len(body)} {hashlib.sha256(body).hexdigest()}".encode()


def is_quick(port: int) -> bool:
    """Whether somebody in a hurry is answered now."""
    with line(port, asked()) as hurried:
        return answer(hurried) == told_of(b"")


def test_lines_that_say_nothing_stop_nobody(port: int):
    silent = [line(port) for _ in range(MANY)]
    assert is_quick(port)
    silent[0].sendall(asked())
    assert answer(silent[0]) == told_of(b"")
    for one in silent:
        one.close()


def test_heads_that_come_slowly_stop_nobody_and_are_answered_when_whole(port: int):
    slow = [line(port, b"GET / HTTP/1.1\r\nHost: d") for _ in range(MANY)]
    assert is_quick(port)
    for one in slow:
        one.sendall(b"esk\r\n\r\n")
    assert [answer(one) for one in slow] == [told_of(b"")] * MANY
    for one in slow:
        one.close()


def test_bodies_that_come_slowly_stop_nobody_and_are_whole(port: int):
    body = os.urandom(700_000)
    whole = asked(body=body)
    slow = [line(port, whole[: 1000 * number + 60]) for number in range(MANY)]
    assert is_quick(port)
    for number, one in enumerate(slow):
        one.sendall(whole[1000 * number + 60 :])
        assert answer(one) == told_of(body)
        one.close()


@pytest.mark.parametrize("path", ["/large", "/stream"])
def test_readers_that_read_slowly_stop_nobody_and_get_all(port: int, path: str):
    slow = [line(port, asked(path), holds=8_192) for _ in range(8)]
    assert is_quick(port)
    status, body = answer(slow[0])
    assert (status, len(body)) == (200, 6_000_000)
    slow[0].sendall(asked())
    assert answer(slow[0]) == told_of(b""), "the line is kept afterwards"
    for one in slow:
        one.close()


def test_a_file_is_sent_whole(port: int):
    with line(port, asked("/file")) as opened:
        assert answer(opened) == (200, (ROOT / "tests" / "patience_app.py").read_bytes())


def test_a_line_carries_one_request_after_the_other_also_unasked(port: int):
    with line(port, asked(body=b"one") + asked(body=b"two") + asked()[:20]) as opened:
        assert (answer(opened), answer(opened)) == (told_of(b"one"), told_of(b"two"))
        assert is_quick(port)
        opened.sendall(asked()[20:])
        assert answer(opened) == told_of(b"")


def test_a_body_in_pieces_of_unknown_number_is_taken(port: int):
    with line(port, asked("/", b"3\r\none\r\n", "Transfer-Encoding: chunked")) as opened:
        assert is_quick(port)
        opened.sendall(b"3\r\ntwo\r\n0\r\n\r\n")
        assert answer(opened) == told_of(b"onetwo")


def test_what_looks_like_the_end_within_a_piece_stops_nobody(port: int):
    slow = [
        line(port, asked("/", b"c\r\nzero: 0\r\n\r\n", "Transfer-Encoding: chunked")) for _ in range(MANY)
    ]
    assert is_quick(port)
    for one in slow:
        one.sendall(b"!\r\n0\r\n\r\n")
        assert answer(one) == told_of(b"zero: 0\r\n\r\n!")
        one.close()


def test_pieces_may_have_extensions_and_trailers_and_another_request_behind_them(port: int):
    body = b'3;a="0"\r\none\r\n03 ;b\r\ntwo\r\n0;c\r\nX-Sum: 5\r\n\r\n'
    whole = asked("/", body, "Transfer-Encoding: chunked")
    with line(port, whole + whole + asked()) as opened:
        assert [answer(opened) for _ in range(3)] == [told_of(b"onetwo"), told_of(b"onetwo"), told_of(b"")]


def test_many_small_pieces_and_large_ones_are_whole(port: int):
    body = os.urandom(900_000)
    pieces = [body[at : at + 7] for at in range(0, 7_000, 7)] + [body[7_000:]]
    said = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    with line(port, asked("/", said, "Transfer-Encoding: chunked")) as opened:
        assert answer(opened) == told_of(body)


@pytest.mark.parametrize("size", [b"xyz\r\n", b"\r\n", b"-3\r\none\r\n", b"3;" + b"a" * 9_000])
def test_a_piece_of_no_size_is_refused_as_gunicorn_does(port: int, size: bytes):
    with line(port, asked("/", size, "Transfer-Encoding: chunked")) as opened:
        assert opened.recv(100).startswith(b"HTTP/1.1 400")


def test_a_length_with_zeros_before_it_is_understood(port: int):
    slow = [line(port, asked("/", b"t", f"Content-Length: {'0' * 20}3")) for _ in range(MANY)]
    assert is_quick(port)
    for one in slow:
        one.sendall(b"wo")
        assert answer(one) == told_of(b"two")
        one.close()


def test_who_asks_whether_to_go_on_is_told_so(port: int):
    with line(port, asked("/", b" ", "Content-Length: 3", "Expect: 100-continue")[:-1]) as opened:
        assert row(opened, b"\r\n\r\n").startswith(b"HTTP/1.1 100")
        opened.sendall(b"now")
        heads = [row(opened, b"\r\n\r\n")]
        while heads[-1].split()[1] == b"100":
            heads.append(row(opened, b"\r\n\r\n"))
        assert heads[-1].split()[1] == b"200"


@pytest.mark.parametrize("length", ["90000000", "0000090000000", "9" * 13, "9" * 30])
def test_a_body_that_is_too_long_is_refused_without_waiting_for_it(port: int, length: str):
    with line(port, asked("/unread", b"x" * 10, f"Content-Length: {length}")) as opened:
        assert answer(opened) == (413, b"unread")
        assert opened.recv(1) == b"", "the line ends there"


def test_a_head_without_end_is_refused(port: int):
    with line(port, b"GET / HTTP/1.1\r\nX: " + b"x" * 70_000) as opened:
        assert opened.recv(100).startswith(b"HTTP/1.1 431")


def test_nonsense_is_refused_as_gunicorn_does(port: int):
    with line(port, b"NONSENSE\r\n\r\n") as opened:
        assert opened.recv(100).startswith(b"HTTP/1.1 400")
    with line(port, asked("/", b"abc", "Content-Length: 3", "Content-Length: 4")) as opened:
        assert opened.recv(100).startswith(b"HTTP/1.1 400")


def test_who_hangs_up_half_way_leaves_nothing_behind(port: int):
    for said in (b"", b"GET /", asked(body=b"abc")[:-1], asked("/large")):
        line(port, said).close()
    assert is_quick(port)


def test_beyond_a_whole_request_no_thread_waits():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        whole = Line(ours)
        whole.keep(b"all")
        whole.all_come()
        theirs.sendall(b"and more")
        assert whole.recv(8_192) == b"all"
        with pytest.raises(ConnectionResetError):
            whole.recv(1)


def test_what_is_too_long_is_heard_for_a_while_in_all_not_for_each_byte():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        long = Line(ours)
        long.all_come(0.05)
        theirs.sendall(b"ab")
        assert (long.recv(1), long.recv(1)) == (b"a", b"b")
        with pytest.raises(ConnectionResetError):
            long.recv(1)
        theirs.sendall(b"c")
        with pytest.raises(ConnectionResetError):
            long.recv(1)


class Endless(socket.socket):
    """A socket on which more has always come."""

    pieces = 0

    def recv(self, *_: int) -> bytes:
        """Another piece."""
        self.pieces += 1
        assert self.pieces < 100, "the main loop is held"
        return b"GET / HTTP/1.1\r\n" if self.pieces == 1 else b"x"


@pytest.mark.parametrize("deed", ["_take_in", "_see_off"])
def test_who_sends_without_a_pause_does_not_hold_the_main_loop(deed: str):
    worker = object.__new__(PatientWorker)
    worker.waiting, worker.nr_conns = set(), 1
    with selectors.DefaultSelector() as worker.poller, Endless() as sock:
        conn = Conn(Config(), Line(sock), ("127.0.0.1", 1), ("127.0.0.1", 2))
        conn.wake = print
        getattr(worker, deed)(conn)
        assert worker.poller.get_key(conn.sock).events == selectors.EVENT_READ, "its turn comes again"


def test_neighbours_tell_who_holds_fewest_until_they_fall_silent():
    told = Neighbours()
    assert told.fewest(1, 0) == math.inf, "nobody else is there"
    told.tell(1, 100, 1)
    told.tell(2, 100, 7)
    told.tell(PLACES + 3, 101, 9)
    assert [told.fewest(who, 99) for who in (1, 2, 3)] == [7, 1, 1]
    assert told.fewest(1, 100) == 9, "the second is gone"
    told.tell(3, 101, math.inf)
    assert told.fewest(2, 99) == 1


FORKED = """
import os
from patience.neighbours import Neighbours
told = Neighbours()
if not (child := os.fork()):
    told.tell(1, 5, 42)
    os._exit(0)
os.waitpid(child, 0)
print(told.fewest(2, 4))
"""


def test_what_one_worker_tells_another_process_reads():
    done = subprocess.run(
        [sys.executable, "-c", FORKED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "42.0\n"


@pytest.mark.parametrize("theirs, taken", [(1, False), (2, True), (3, True), (math.inf, True)])
def test_a_worker_with_more_lines_lets_another_go_first_for_a_moment(theirs: float, taken: bool):
    worker = object.__new__(PatientWorker)
    worker.neighbours, worker.age, worker.alive, worker.cfg = Neighbours(), 1, True, Config()
    worker.waiting, worker.nr_conns, worker.back_at, worker._accepting = set(), 2, 0.0, False
    worker.neighbours.tell(2, time.monotonic(), theirs)
    with (
        selectors.DefaultSelector() as worker.poller,
        socket.create_server(("127.0.0.1", 0)) as door,
        socket.create_connection(door.getsockname()),
    ):
        worker.sockets = [door]
        worker.set_accept_enabled(True)
        worker.wait_for_and_dispatch_events(SECONDS)
        assert (worker.nr_conns == 3) is taken
        while worker.nr_conns < 3:  # the other does not say a word: its moment is over
            assert not worker._accepting or time.monotonic() >= worker.back_at
            worker.set_accept_enabled(True)
            worker.wait_for_and_dispatch_events(SECONDS)
        for conn in list(worker.waiting):
            worker._hang_up(conn)


def test_a_worker_waits_on_for_another_that_is_heard_of():
    worker = object.__new__(PatientWorker)
    worker.neighbours, worker.age, worker.nr_conns, worker.back_at = Neighbours(), 1, 2, 0.0
    worker.sockets, worker._accepting = [], True
    worker.neighbours.tell(2, time.monotonic(), 1)
    assert worker._lets_another_go_first()
    assert not worker._lets_another_go_first(), "it kept silent"
    worker.neighbours.tell(2, time.monotonic(), 1)
    assert worker._lets_another_go_first()
    worker.back_at -= 3 * STEP_BACK_SECONDS
    assert worker._lets_another_go_first(), "it is asked anew"
