"""Who kills and who restarts: the server, the worker and PostgreSQL, as systemd would bring them back."""

from __future__ import annotations

import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.serving import children, free_port
from tests.stress.serving import Desk, with_force

SILENCE = "2"
"""Seconds after which a worker that says nothing loses its job: the shipped 45 would outlast the run."""
PATIENCE = 60.0


class Keeper:
    """Keeps a desk's server and worker running on one port, however often they are killed."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.port = desk, free_port()
        self.web: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None

    def start_web(self) -> None:
        """The server; its port is taken again from one that was killed."""
        port = {"PORT": str(self.port), "DESK_BIND": "127.0.0.1"}
        self.web = self.desk.start("-m", "gunicorn", "wsgi:app", **port)

    def start_worker(self) -> None:
        """The background worker."""
        self.worker = self.desk.start("-m", "flask", "--app", "wsgi", "pekerja", "--diam", SILENCE)

    def wait_until_ready(self) -> float:
        """Seconds until /siap says that the desk can work; RuntimeError after a minute."""
        began = time.monotonic()
        while not self.is_ready():
            if time.monotonic() - began > PATIENCE:
                raise RuntimeError("the desk did not come back")
            time.sleep(0.02)
        return time.monotonic() - began

    def is_ready(self) -> bool:
        """Whether /siap answers 200."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/siap", timeout=5) as reply:
                return bool(reply.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def kill_all(self) -> float:
        """Every process of the desk at one moment; started again, the seconds until it is ready."""
        self.desk.kill()
        self._buried()
        began = time.monotonic()
        self.start_web()
        self.wait_until_ready()
        took = time.monotonic() - began
        self.start_worker()
        return took

    def kill_web_worker(self, which: int) -> float:
        """One of the server's processes; gunicorn makes another by itself."""
        assert self.web is not None
        began = time.monotonic()
        found = children(self.web.pid)
        if found:
            with_force(found[which % len(found)])
        self.wait_until_ready()
        return time.monotonic() - began

    def kill_worker(self) -> float:
        """The background worker and what it prints with; the server does not notice."""
        assert self.worker is not None
        began = time.monotonic()
        kill_tree(self.worker.pid)
        self.worker.wait()
        self.start_worker()
        self.wait_until_ready()
        return time.monotonic() - began

    def kill_database(self) -> float:
        """PostgreSQL with all its processes; it recovers by itself when it is started again."""
        cluster = self.desk.cluster
        assert cluster is not None
        assert cluster._process is not None
        kill_tree(cluster._process.pid)
        cluster._process.wait()
        began = time.monotonic()
        cluster.start()
        self.wait_until_ready()
        return time.monotonic() - began

    def end(self) -> None:
        """Stop for good."""
        self.desk.kill()
        self._buried()

    def _buried(self) -> None:
        for process in (self.web, self.worker):
            if process is not None:
                process.wait()


def kill_tree(pid: int) -> None:
    """A process and all below it, and wait until they are gone."""
    found = [pid]
    for one in found:
        found += children(one)
    for one in found:
        with_force(one)
    while any(_lives(one) for one in found[1:]):
        time.sleep(0.005)


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
