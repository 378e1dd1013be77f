"""Runs one of our own programs under a ceiling: what opens a file that nobody has vouched for.

    python -I -B ceiling.py MEMORY SECONDS PROGRAM ORDER

The parent takes this command from `command`; the child is this file too, and asks for nothing beyond the standard
library: isolated as it is (-I), it finds no module of the application.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path


def command(program: Path, order: str, *, memory: int, seconds: int) -> list[str]:
    """The command line that runs this program, given `order`, with at most so many bytes and seconds of CPU."""
    return [sys.executable, "-I", "-B", __file__, str(memory), str(seconds), str(program), order]


def limit_self(memory: int, seconds: int) -> None:
    """Take away what is not needed: memory (bytes) and CPU time above the ceiling, and writing any file."""
    try:
        import resource
    except ImportError:  # Windows: the caller's clock is the only limit
        return
    wanted = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for limit, value in wanted:
        try:
            resource.setrlimit(limit, (value, value))
        except (ValueError, OSError):  # a system that does not know this limit
            continue


def main() -> None:
    """Put the ceiling up, then be the program."""
    memory, seconds, program, order = sys.argv[1:]
    limit_self(int(memory), int(seconds))
    sys.argv = [program, order]
    runpy.run_path(program, run_name="__main__")


if __name__ == "__main__":
    main()
