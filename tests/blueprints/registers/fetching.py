"""Fetches one register as CSV in a process of its own and says how many lines came and what memory that took.

    python -m tests.blueprints.registers.fetching <username> <book>

Reads its desk from the environment, as a server does; prints one line of JSON, memory in KiB.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from app import create_app
from tests import cast


def peak() -> int:
    """The most memory that this program has held so far, in KiB (on Linux).

    Not getrusage's: that one remembers the process which was forked before this program began in it.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def main(username: str, book: str) -> None:
    """Fetch the whole register, keeping nothing of it."""
    app = create_app()
    app.config["WTF_CSRF_ENABLED"] = False
    browser = cast.signed_in(app.test_client(), username)
    browser.get(f"/register/{book}")  # what is loaded and compiled once is not the download's
    before, began = peak(), time.monotonic()
    answer = browser.post(f"/register/{book}/unduh", data={"format": "csv"}, buffered=False)
    lines, pieces, largest = 0, 0, 0
    for piece in answer.iter_encoded():
        lines += piece.count(b"\r\n")
        pieces += 1
        largest = max(largest, len(piece))
    found = {"lines": lines, "pieces": pieces, "largest": largest, "before": before, "peak": peak()}
    print(json.dumps(found | {"seconds": round(time.monotonic() - began, 1)}))  # noqa: T201  (its parent reads it)


if __name__ == "__main__":
    main(*sys.argv[1:])
