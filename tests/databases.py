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
from tests.putting_back import Rows

LOCKS = ("desk.db.door", "desk.db.turn")
"""Files that a running process holds open to stand in line for writing: they stay."""


TURNS = 200
"""So many tests use one PostgreSQL database: nobody sweeps its dead rows, so it is made anew now and then."""


class Store(Protocol):
    """A database and a data directory that can be kept under a name and put back."""

    data: Path
    url: str

    def keep(self, name: str) -> None: ...
    def tidy(self, name: str) -> bool: ...
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

    def tidy(self, name: str) -> bool:
        """Never: a file is copied at once."""
        return False

    def restore(self, name: str | None) -> None:
        """Put that filling back, or nothing at all; every connection must be closed."""
        for path in self.data.iterdir():
            if path.name in LOCKS:
                continue
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if name is not None:
            shutil.copytree(self.templates / name, self.data, dirs_exist_ok=True)


class PostgresStore:
    """The data directory is copied as above; the database is cloned inside the server, or has its rows put back."""

    def __init__(self, home: Path, socket: str, worker: str) -> None:
        self.files = SQLiteStore(home)
        self.data = self.files.data
        self.name = f"desk_{worker}"
        self.url = address(socket, self.name)
        self._place = f"host={socket} user={SUPERUSER} dbname="
        self._server = psycopg.connect(f"{self._place}postgres", autocommit=True)
        self._rows: Rows | None = None
        self._present: str | None = None
        self._turns = 0

    def keep(self, name: str) -> None:
        """Keep the present filling; the application's connections are ended."""
        self._forget()
        self.files.keep(name)
        self._run(f"CREATE DATABASE {self.name}_{name} TEMPLATE {self.name} STRATEGY file_copy")

    def tidy(self, name: str) -> bool:
        """Put that filling's rows back while connections stay open; False when the database must be made anew."""
        self._turns += 1
        if self._rows is None or self._present != name or self._turns > TURNS or not self._rows.put_back():
            return False
        self.files.restore(name)
        return True

    def restore(self, name: str | None) -> None:
        """Put that filling back, or an empty database; connections that are still open are ended."""
        self._forget()
        self.files.restore(name)
        template = f"{self.name}_{name}" if name else "template0"
        self._run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self._run(f"CREATE DATABASE {self.name} TEMPLATE {template} STRATEGY file_copy")
        if name is not None:
            self._rows, self._present = Rows(self._place + self.name, self._place + template), name

    def close(self) -> None:
        self._forget()
        self._server.close()

    def _forget(self) -> None:
        if self._rows is not None:
            self._rows.close()
        self._rows, self._present, self._turns = None, None, 0

    def _run(self, sql: str) -> None:
        self._server.execute(sql)
