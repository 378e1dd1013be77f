"""A private PostgreSQL for one run of the suite: made, started and removed by it, on a socket only."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from scripts.have import postgresql_programs

SUPERUSER = "desk"
PATIENCE_SECONDS = 30
ROOM_BYTES = 2 * 1024**3
SETTINGS = {
    "listen_addresses": "",  # no port on the network: nobody else's, and no two runs can meet
    "fsync": "off",  # nothing here outlives the run
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "autovacuum": "off",
    "jit": "off",
    "timezone": "UTC",
}


def fast_directory() -> str | None:
    """Memory that looks like a directory, if there is enough: a busy disk costs half a second a test."""
    memory = Path("/dev/shm")  # noqa: S108  (mkdtemp makes a private directory in it)
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > ROOM_BYTES else None


def address(socket: str, name: str) -> str:
    """SQLAlchemy's address of the database `name` behind that socket directory."""
    return f"postgresql+psycopg://{SUPERUSER}@/{name}?host={socket}"


class Cluster:
    """A PostgreSQL server of our own. `home` holds its data, its log and its socket."""

    def __init__(self) -> None:
        programs = postgresql_programs()
        if programs is None:
            raise RuntimeError(
                "PostgreSQL 15 or newer is not on this machine (Debian: apt-get install postgresql)"
            )
        self.programs = programs
        self.home = Path(tempfile.mkdtemp(prefix="desk-pg-", dir=fast_directory()))
        self.data = self.home / "data"
        self.user = unprivileged_user()
        if self.user:
            shutil.chown(self.home, self.user)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Make the cluster and wait until it takes connections; RuntimeError with its log if not."""
        command = [self.programs / "initdb", "-D", self.data, "-U", SUPERUSER, "--auth=trust", "--no-sync"]
        command += ["--locale=C", "--encoding=UTF8"]
        made = subprocess.run(
            self.as_user(command), capture_output=True, text=True, check=False, cwd=self.home
        )
        if made.returncode:
            raise RuntimeError(f"initdb: {made.stderr}")
        options = [option for name, value in SETTINGS.items() for option in ("-c", f"{name}={value}")]
        command = [self.programs / "postgres", "-D", self.data, "-k", self.home, *options]
        with (self.home / "log").open("wb") as log:
            self._process = subprocess.Popen(self.as_user(command), stdout=log, stderr=log, cwd=self.home)
        self._wait()

    def stop(self) -> None:
        """Stop it at once and remove everything it wrote."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            try:
                self._process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def as_user(self, command: list[str | Path]) -> list[str]:
        """`command` as one that root gives away (PostgreSQL refuses root) and that ends with this process."""
        if not shutil.which("setpriv"):
            return [str(part) for part in command]
        given_away = [f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups"] if self.user else []
        return ["setpriv", *given_away, "--pdeathsig", "INT", "--", *map(str, command)]

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                psycopg.connect(f"host={self.home} user={SUPERUSER} dbname=postgres").close()
            except psycopg.OperationalError as error:
                ended = self._process is None or self._process.poll() is not None
                if ended or time.monotonic() > deadline:
                    log = (self.home / "log").read_text(errors="replace")
                    raise RuntimeError(f"PostgreSQL did not start: {log[-2000:]}") from error
                time.sleep(0.05)
            else:
                return


def unprivileged_user() -> str | None:
    """Who runs the server when we are root: the package's own user, or nobody."""
    if os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"
