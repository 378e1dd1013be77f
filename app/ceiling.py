"""Runs one of our own programs under a ceiling: what opens a file that nobody has vouched for.

Such a program has no network either; those that print papers put up this wall alone (`shut_network`).

    python -I -B ceiling.py MEMORY SECONDS PROGRAM ORDER

The parent takes this command from `command`; the child is this file too, and asks for nothing beyond the standard
library: isolated as it is (-I), it finds no module of the application.
"""

from __future__ import annotations

import ctypes
import platform
import runpy
import struct
import sys
from pathlib import Path

MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""The kernel's name of a machine (linux/audit.h) and its number of the call that opens a socket."""
IO_URING = 425
"""The call that would lead around the one above; the same number on every machine."""


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


class _Filter(ctypes.Structure):
    """What the kernel is handed (struct sock_fprog): the number of lines, and the lines."""

    _fields_ = (("count", ctypes.c_ushort), ("lines", ctypes.c_char_p))


def shut_network() -> bool:
    """Have the kernel refuse this process, and whatever it starts, all sockets but local ones, for good.

    Returns whether it does so from now on. It needs no right, and works in a service that may make no namespaces;
    only Linux on the machines above knows how (seccomp), elsewhere nothing is changed.
    """
    if sys.platform != "linux" or platform.machine() not in MACHINES:
        return False
    machine, opening = MACHINES[platform.machine()]
    refuse, allow = (0x06, 0, 0, 0x00050000 | 13), (0x06, 0, 0, 0x7FFF0000)  # 13: "permission denied"
    lines = (  # each: what to do, how many lines to skip if so and if not, with which number
        (0x20, 0, 0, 4),  # the machine whose numbers are used
        (0x15, 0, 6, machine),
        (0x20, 0, 0, 0),  # the call
        (0x35, 4, 0, 0x40000000),  # by the numbers of another way of calling (x32)
        (0x15, 3, 0, IO_URING),
        (0x15, 0, 3, opening),
        (0x20, 0, 0, 16),  # its first argument: the family of the socket
        (0x15, 1, 0, 1),  # AF_UNIX
        refuse,
        allow,
    )
    code = b"".join(struct.pack("HBBI", *line) for line in lines)
    kernel = ctypes.CDLL(None)
    if kernel.prctl(38, 1, 0, 0, 0):  # no new privileges: the condition for the next
        return False
    return not kernel.prctl(22, 2, ctypes.byref(_Filter(len(lines), code)), 0, 0)


def main() -> None:
    """Put the ceiling up, then be the program."""
    memory, seconds, program, order = sys.argv[1:]
    shut_network()
    limit_self(int(memory), int(seconds))
    sys.argv = [program, order]
    runpy.run_path(program, run_name="__main__")


if __name__ == "__main__":
    main()
