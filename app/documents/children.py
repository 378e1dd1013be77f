"""Starts the short-lived programs that read and write spreadsheets, so that the web process never loads a library
for them and a hostile file costs one process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

from app import ceiling

_TURNS = threading.BoundedSemaphore(2)
"""How many such programs one process keeps busy at once: together they stay within a small server's memory."""


def run(
    program: str, order: str, data: bytes, *, seconds: float, under: tuple[int, int] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a program of this directory to its end: `order` is its argument, `data` its input.

    `under` is a ceiling of (bytes of memory, seconds of CPU) for one that opens what people sent. Raises
    subprocess.TimeoutExpired after `seconds`. A negative return code: killed by a limit, or crashed.
    """
    # Nothing of the application's environment (keys, addresses) goes along; only what starts Python at all.
    bare = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    path = Path(__file__).with_name(program)
    command = [sys.executable, "-I", "-B", str(path), order]
    if under is not None:
        command = ceiling.command(path, order, memory=under[0], seconds=under[1])
    with _TURNS:
        return subprocess.run(  # noqa: S603  (our own program; what people sent goes in as its input)
            command, input=data, capture_output=True, timeout=seconds, check=False, env=bare
        )
