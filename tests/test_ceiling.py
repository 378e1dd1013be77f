"""Programs that open what people sent, and those that print it, reach nothing outside this machine, nor on it."""

from __future__ import annotations

import platform
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import ceiling
from app.jobs.press import HOME

pytestmark = [
    pytest.mark.one_database,
    pytest.mark.skipif(
        sys.platform != "linux" or platform.machine() not in ceiling.MACHINES, reason="seccomp is Linux's"
    ),
]
CALLS = """
import socket, sys
for family in (socket.AF_INET, socket.AF_INET6):
    try:
        socket.socket(family).connect(("127.0.0.1", int(sys.argv[1])))
    except PermissionError:
        continue
    sys.exit("it came through")
try:
    socket.getaddrinfo("desk.example", 80)
except OSError:
    print("nothing", socket.socket(socket.AF_UNIX).family.name)
"""


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Somebody on this machine who would hear a call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


def test_a_program_under_the_ceiling_reaches_nobody(listener: socket.socket, tmp_path: Path):
    program = tmp_path / "calls.py"
    program.write_text(CALLS)
    port = str(listener.getsockname()[1])
    command = ceiling.command(program, port, memory=1 << 30, seconds=10)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "nothing AF_UNIX\n", done.stderr
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_without_the_ceiling_the_same_program_comes_through(listener: socket.socket, tmp_path: Path):
    """So the test above can fail."""
    program = tmp_path / "calls.py"
    program.write_text(CALLS)
    port = str(listener.getsockname()[1])
    done = subprocess.run([sys.executable, program, port], capture_output=True, text=True, check=False)
    assert done.stderr == "it came through\n"
    listener.accept()[0].close()


@pytest.mark.parametrize("program", ["app.jobs.render", "app.jobs.compositor"])
def test_what_prints_papers_has_no_network_before_it_takes_an_order(program: str):
    look = (
        f"import sys, runpy, atexit; atexit.register(lambda: print(open('/proc/self/status').read(), "
        f"file=sys.stderr)); runpy.run_module({program!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=HOME, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert re.search(r"^Seccomp:\t2$", done.stderr, re.M), done.stderr
