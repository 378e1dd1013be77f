"""The SQLite dialect of the desk: reads never hold a transaction, the first write takes its turn and BEGIN IMMEDIATE.

Deferred transactions that turn into writers fail with "database is locked" as soon as several people tick at once.
Here every connection is in autocommit until its first write statement; that statement waits in line (first come, first
served, across threads and processes) and opens an immediate transaction, which commit or rollback ends.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

try:  # SQLite 3.53 in a wheel; Debian 12's 3.40 has the WAL-reset bug (rare loss of committed writes)
    from pysqlite3 import dbapi2 as driver
except ImportError:  # no wheel for this platform: the standard module, and the start-up check says so
    import sqlite3 as driver

try:
    import fcntl
except ImportError:  # Windows evaluation: one process, the thread line is enough
    fcntl = None  # type: ignore[assignment]

MENDED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
"""Where the WAL-reset bug was mended: SQLite 3.7.0 to 3.51.2 may rarely lose what several connections committed."""


def brought_by() -> str:
    """The module that brings SQLite along: pysqlite3, or sqlite3 of Python itself."""
    return str(driver.__name__).partition(".")[0]


def version() -> str:
    """Of the library in use, as "3.53.4"."""
    return str(driver.sqlite_version)


def is_mended(version: str) -> bool:
    """Whether that version of SQLite has no WAL-reset bug, by itself or by the repair of its own branch."""
    parts = tuple(int(part) for part in version.split(".")[:3])
    return parts >= MENDED[-1] or any(parts[:2] == fixed[:2] and parts >= fixed for fixed in MENDED)


PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL loses acknowledged writes at a power cut
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-1000",  # KiB a connection; more brings no page sooner, the system keeps the file in memory
)
READS = ("SELECT", "PRAGMA", "EXPLAIN", "WITH", "BEGIN")
PATIENCE = 30.0


class WritersLine:
    """One writer at a time, in order of arrival: threads by a hand-over queue, processes by two file locks.

    Whoever waits for the database holds the door lock, so a process that has just written cannot overtake
    another one that was waiting already.
    """

    def __init__(self, path: str) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._busy = False
        self._path = path
        self._files: tuple[int, int] | None = None
        self._pid = 0

    def enter(self) -> None:
        """Wait for this thread's turn; raises driver.OperationalError after 30 seconds."""
        with self._mutex:
            gate = None
            if self._busy:
                gate = threading.Lock()
                gate.acquire()
                self._waiting.append(gate)
            self._busy = True
        if gate is not None and not gate.acquire(timeout=PATIENCE):
            with self._mutex:
                if gate in self._waiting:
                    self._waiting.remove(gate)
                    raise driver.OperationalError("database is locked: waited too long for a turn to write")
        try:
            self._lock_files()
        except OSError:
            self.leave()  # else nobody of this process would ever write again
            raise

    def leave(self) -> None:
        """Hand the turn to the next one in line."""
        if fcntl is not None and self._files is not None:
            fcntl.flock(self._files[1], fcntl.LOCK_UN)
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._busy = False

    def _lock_files(self) -> None:
        if fcntl is None or not self._path:
            return
        if (
            self._files is None or self._pid != os.getpid()
        ):  # a lock is per open file: never share one over a fork
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
            self._files = (
                os.open(f"{self._path}.door", flags, 0o600),
                os.open(f"{self._path}.turn", flags, 0o600),
            )
            self._pid = os.getpid()
        door, turn = self._files
        fcntl.flock(door, fcntl.LOCK_EX)
        try:
            fcntl.flock(turn, fcntl.LOCK_EX)
        finally:
            fcntl.flock(door, fcntl.LOCK_UN)


@contextmanager
def one_at_a_time(file: Path | None) -> Iterator[None]:
    """Of all processes of this machine that say the same file only one is inside; the others wait.

    A process that dies lets go. Where there is no such lock (Windows) or no file, nobody waits.
    """
    if fcntl is None or file is None:
        yield
        return
    held = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


_lines: dict[str, WritersLine] = {}
_lines_mutex = threading.Lock()


def line_of(database: str) -> WritersLine:
    """The one line for a database file in this process."""
    with _lines_mutex:
        return _lines.setdefault(database, WritersLine("" if database in ("", ":memory:") else database))


class DeskConnection(driver.Connection):  # type: ignore[misc]
    """A connection that remembers which line it stands in and whether it holds the turn."""

    line: WritersLine
    has_turn = False

    def take_turn(self) -> None:
        if not self.has_turn:
            self.line.enter()
            self.has_turn = True
            try:
                self.execute("BEGIN IMMEDIATE")
            except BaseException:
                self.give_turn()
                raise

    def give_turn(self) -> None:
        if self.has_turn:
            self.has_turn = False
            self.line.leave()


class DeskSQLiteDialect(SQLiteDialect_pysqlite):
    """`sqlite+desk:///file`: see the module's first lines."""

    driver = "desk"
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> Any:
        return driver

    def create_connect_args(self, url: URL) -> Any:
        args, kwargs = super().create_connect_args(url)
        kwargs.setdefault("factory", DeskConnection)
        kwargs["isolation_level"] = None
        kwargs["check_same_thread"] = False
        return args, kwargs

    def connect(self, *cargs: Any, **cparams: Any) -> Any:
        connection = super().connect(*cargs, **cparams)
        connection.line = line_of(str(cargs[0]) if cargs else "")
        for pragma in PRAGMAS:
            connection.execute(pragma)
        return connection

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        self._write_in_turn(cursor, statement)
        super().do_execute(cursor, statement, parameters, context)

    def do_execute_no_params(self, cursor: Any, statement: str, context: Any = None) -> None:
        self._write_in_turn(cursor, statement)
        super().do_execute_no_params(cursor, statement, context)

    def do_executemany(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        self._write_in_turn(cursor, statement)
        super().do_executemany(cursor, statement, parameters, context)

    def do_commit(self, dbapi_connection: Any) -> None:
        super().do_commit(dbapi_connection)
        dbapi_connection.give_turn()

    def do_rollback(self, dbapi_connection: Any) -> None:
        try:
            super().do_rollback(dbapi_connection)
        finally:
            dbapi_connection.give_turn()

    def do_close(self, dbapi_connection: Any) -> None:
        try:
            super().do_close(dbapi_connection)
        finally:
            dbapi_connection.give_turn()

    @staticmethod
    def _write_in_turn(cursor: Any, statement: str) -> None:
        if is_write(statement):
            cursor.connection.take_turn()


def is_write(statement: str) -> bool:
    """Whether a statement needs the turn to write."""
    return not statement.lstrip()[:7].upper().startswith(READS)


registry.register("sqlite.desk", "app.sqlite", "DeskSQLiteDialect")
