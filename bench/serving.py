"""Servers under measurement: gunicorn with the desk's own settings, started and stopped here, and what it weighs."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 60


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether /sehat answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sehat", timeout=5) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


class Server:
    """One gunicorn of `target` with gunicorn.conf.py as it stands; use it as a context manager."""

    def __init__(self, target: str, environment: Mapping[str, str]) -> None:
        self.port = free_port()
        self.target = target
        self._environment = {**os.environ, **environment, "PORT": str(self.port), "DESK_BIND": "127.0.0.1"}
        self._process: subprocess.Popen[bytes] | None = None
        self.ready_seconds = 0.0

    def __enter__(self) -> Server:
        began = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", self.target],
            cwd=HOME,
            env=self._environment,
            start_new_session=True,
        )
        while not answers(self.port):
            if self._process.poll() is not None or time.monotonic() - began > PATIENCE_SECONDS:
                self.__exit__()
                raise RuntimeError(f"{self.target} did not start")
            time.sleep(0.01)
        self.ready_seconds = time.monotonic() - began
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def workers(self) -> list[int]:
        """The worker processes' numbers."""
        assert self._process is not None
        return children(self._process.pid)

    def cpu_seconds(self) -> float:
        """Processor time that the workers have used so far."""
        return sum(cpu_seconds(pid) for pid in self.workers())


def children(pid: int) -> list[int]:
    """Direct children of a process; none of one that has ended."""
    try:
        return [int(number) for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def cpu_seconds(pid: int) -> float:
    """User and system time of one process."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def peak_mib(pid: int) -> float:
    """The most that a process ever had in memory, MiB."""
    found = re.search(r"^VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.M)
    return int(found[1]) / 1024 if found else 0.0


def memory_mib(pid: int) -> dict[str, float]:
    """`rss`: all that is mapped; `pss`: with shared pages divided among those who share them. MiB."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = {
        name.lower(): int(size) / 1024 for name, size in re.findall(r"^(Rss|Pss):\s+(\d+) kB", text, re.M)
    }
    return {"rss": round(found["rss"], 1), "pss": round(found["pss"], 1)}
