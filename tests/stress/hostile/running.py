"""A desk under attack as it is shipped: web server and, where it is needed, worker; what both say goes to one file."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.serving import answers, free_port
from tests.stress.serving import Desk

START_SECONDS = 90


@contextmanager
def served(attacked: Desk, *, worker: bool = False) -> Iterator[tuple[int, Path]]:
    """The port, and the log; both processes have a temporary directory of their own. The desk ends them."""
    port, home = free_port(), attacked.data.parent
    log, temporary = home / "server.log", home / "tmp"
    temporary.mkdir()
    attacked.start(
        *("-m", "gunicorn", "wsgi:app"), log=log, PORT=str(port), DESK_BIND="127.0.0.1", TMPDIR=str(temporary)
    )
    if worker:
        attacked.start("-m", "flask", "--app", "wsgi", "pekerja", log=log, TMPDIR=str(temporary))
    deadline = time.monotonic() + START_SECONDS
    while not answers(port):
        if time.monotonic() > deadline:
            raise RuntimeError(f"the desk did not start: {log.read_text(errors='replace')[-500:]}")
        time.sleep(0.05)
    yield port, log
