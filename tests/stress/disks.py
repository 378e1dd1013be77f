"""Small disks that fill up: a memory file system of a few megabytes where we may mount one."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def may_mount() -> bool:
    """Whether this process may mount file systems at all: root with the capability."""
    status = Path("/proc/self/status").read_text()
    capabilities = next(line.split()[1] for line in status.splitlines() if line.startswith("CapEff"))
    return bool(int(capabilities, 16) >> 21 & 1)


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[None]:
    """A file system of that size at a directory, gone afterwards with all that was on it."""
    place.mkdir(exist_ok=True)
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "desk-stress", str(place)], check=True
    )
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def full(place: Path) -> Iterator[None]:
    """Inside, not one byte more fits on the disk that this directory is on."""
    ballast = place / "ballast"
    try:
        with ballast.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                _fill(file.fileno(), b"\0" * size)
        yield
    finally:
        ballast.unlink(missing_ok=True)


def _fill(handle: int, piece: bytes) -> None:
    try:
        while os.write(handle, piece) == len(piece):
            continue
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
