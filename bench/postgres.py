"""A PostgreSQL of the bench's own, kept between runs and durable as a real one (the suite's is neither)."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg

from scripts.have import postgresql_programs
from tests.postgres import SETTINGS, SUPERUSER, Cluster, address, unprivileged_user

REAL = {
    **SETTINGS,
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "shared_buffers": "512MB",
    "effective_cache_size": "2GB",
    "work_mem": "16MB",
    "max_wal_size": "4GB",
}


class KeptCluster(Cluster):
    """The suite's cluster with its data in the bench's cache and with the settings of a small office's server."""

    def __init__(self, cache: Path) -> None:
        programs = postgresql_programs()
        if programs is None:
            raise RuntimeError("PostgreSQL 15 or newer is not on this machine")
        self.programs = programs
        self.home = Path(tempfile.mkdtemp(prefix="desk-bench-pg-"))
        self.data = cache / "postgresql" / "data"
        self.user = unprivileged_user()
        self._process: subprocess.Popen[bytes] | None = None
        for path in (self.home, self.data.parent):
            path.mkdir(parents=True, exist_ok=True)
            if self.user:
                shutil.chown(path, self.user)

    def start(self) -> None:
        """Make the cluster if it is not kept from before, and wait until it takes connections."""
        if not (self.data / "PG_VERSION").exists():
            command = [self.programs / "initdb", "-D", self.data, "-U", SUPERUSER, "--auth=trust"]
            command += ["--locale=C", "--encoding=UTF8"]
            subprocess.run(self.as_user(command), capture_output=True, check=True, cwd=self.home)
        options = [option for name, value in REAL.items() for option in ("-c", f"{name}={value}")]
        command = [self.programs / "postgres", "-D", self.data, "-k", self.home, *options]
        with (self.home / "log").open("wb") as log:
            self._process = subprocess.Popen(self.as_user(command), stdout=log, stderr=log, cwd=self.home)
        self._wait()

    def address(self, name: str) -> str:
        """SQLAlchemy's address of a database."""
        return address(str(self.home), name)

    def has(self, name: str) -> bool:
        """Whether the database is there."""
        with self._admin() as server:
            return bool(server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())

    def make(self, name: str) -> None:
        """An empty database of that name; a former one is dropped."""
        with self._admin() as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {name}")

    def version(self) -> str:
        """The server's version."""
        with self._admin() as server:
            row = server.execute("SHOW server_version").fetchone()
            return str(row[0]).split()[0] if row else ""

    def _admin(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(f"host={self.home} user={SUPERUSER} dbname=postgres", autocommit=True)
