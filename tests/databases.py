"""Where a test's rows live: one database per test process, put back from a template before each test.

A template is a whole filling: the database and the data directory (evidence, documents, the audit head's
file). "empty" is migrated and has no rows; tests/cast.py names others. Putting one back replaces the database
itself rather than deleting rows, so nothing that a test did can reach the next one: not rows, not sequences,
not dropped triggers.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Protocol

import psycopg

from tests.postgres import SUPERUSER, address

LOCKS = ("desk.db.door", "desk.db.turn")
"""Files that a running process holds open to stand in line for writing: they stay."""


class Store(Protocol):
    """A database and a data directory that can be kept under a name and put back."""

    data: Path
    url: str

    def keep(self, name: str) -> None: ...
    def restore(self, name: str | None) -> None: ...


class SQLiteStore:
    """The database is a file of the data directory, so copying the directory is all there is to do."""

    def __init__(self, home: Path) -> None:
        self.data = home / "data"
        self.templates = home / "templates"
        self.url = f"sqlite+desk:///{self.data / 'desk.db'}"
        self.data.mkdir(parents=True, mode=0o700)
        self.templates.mkdir()

    def keep(self, name: str) -> None:
        """Keep the present filling; every connection must be closed."""
        shutil.copytree(self.data, self.templates / name, ignore=shutil.ignore_patterns(*LOCKS))

    def restore(self, name: str | None) -> None:
        """Put that filling back, or nothing at all; every connection must be closed."""
        for path in self.data.iterdir():
            if path.name in LOCKS:
                continue
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if name is not None:
            shutil.copytree(self.templates / name, self.data, dirs_exist_ok=True)


class PostgresStore:
    """The data directory is copied as above; the database is cloned inside the server."""

    def __init__(self, home: Path, socket: str, worker: str) -> None:
        self.files = SQLiteStore(home)
        self.data = self.files.data
        self.name = f"desk_{worker}"
        self.url = address(socket, self.name)
        self._server = psycopg.connect(f"host={socket} user={SUPERUSER} dbname=postgres", autocommit=True)

    def keep(self, name: str) -> None:
        """Keep the present filling; the application's connections are ended."""
        self.files.keep(name)
        self._run(f"CREATE DATABASE {self.name}_{name} TEMPLATE {self.name} STRATEGY file_copy")

    def restore(self, name: str | None) -> None:
        """Put that filling back, or an empty database; connections that are still open are ended."""
        self.files.restore(name)
        template = f"TEMPLATE {self.name}_{name}" if name else "TEMPLATE template0"
        self._run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self._run(f"CREATE DATABASE {self.name} {template} STRATEGY file_copy")

    def close(self) -> None:
        self._server.close()

    def _run(self, sql: str) -> None:
        self._server.execute(sql)
