"""Copying a database that is in use, and filling an empty one: SQLite's own backup, PostgreSQL's own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import URL, Connection, create_engine, func, inspect, make_url, select, table, text

from app.cli.backup import crossing
from app.cli.backup.archive import DUMPS
from app.cli.edge import NotDone
from app.extensions import db
from app.sqlite import DeskSQLiteDialect

driver = DeskSQLiteDialect.import_dbapi()


def url_of(app: Flask) -> URL:
    """Where the database of this application is."""
    return make_url(app.config["SQLALCHEMY_DATABASE_URI"])


def kind_of(app: Flask) -> str:
    """sqlite or postgresql."""
    return url_of(app).get_backend_name()


def engine_version() -> str:
    """The version of SQLite or of the PostgreSQL server, as it says itself."""
    if db.engine.dialect.name == "sqlite":
        return str(driver.sqlite_version)
    return str(db.session.scalar(text("SHOW server_version")))


def is_empty(app: Flask) -> bool:
    """Whether there is no table yet; asking a SQLite file would make it."""
    if kind_of(app) == "sqlite":
        path = Path(str(url_of(app).database))
        return not path.exists() or path.stat().st_size == 0
    return not inspect(db.engine).get_table_names()


def dump(app: Flask, target: Path) -> dict[str, int]:
    """Write the database as it is at one moment to `target`; writers go on meanwhile. Returns how many rows each table
    has in that moment. Raises NotDone.
    """
    if kind_of(app) == "sqlite":
        _copy(str(url_of(app).database), target)
        copy = create_engine(f"sqlite:///{target}", module=driver)
        try:
            with copy.connect() as connection:
                return counted(connection)
        finally:
            copy.dispose()
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="REPEATABLE READ")
        moment = connection.scalar(text("SELECT pg_export_snapshot()"))
        _run("pg_dump", ["--format=custom", f"--snapshot={moment}", f"--file={target}"], app)
        return counted(connection)


def counted(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    names = sorted(inspect(connection).get_table_names())
    return {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}


def load(app: Flask, source: Path) -> None:
    """Fill the empty database of this application from a dump. Raises NotDone; then it is empty still."""
    if kind_of(app) == "sqlite":
        source.replace(str(url_of(app).database))
        return
    if source.name == DUMPS["sqlite"]:
        crossing.cross(app, source)
        return
    _run("pg_restore", ["--single-transaction", "--exit-on-error", "--no-owner", str(source)], app)
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def _copy(source: str, target: Path) -> None:
    """SQLite's online backup in one step: readers in WAL hold up no writer, and the copy is one moment's."""
    target.touch(mode=0o600)
    reading = driver.connect(f"file:{source}?mode=ro", uri=True)
    writing = driver.connect(target)
    try:
        reading.backup(writing, pages=-1)
        writing.execute("PRAGMA journal_mode=DELETE")  # one file, without a -wal beside it
        verdict = writing.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        writing.close()
        reading.close()
    if verdict != "ok":
        raise NotDone(f"Basis data ini sendiri rusak ({verdict}). Pulihkan dari cadangan yang terakhir utuh.")


def program(name: str) -> str | None:
    """A program of PostgreSQL: the newest of Debian's, else the one on PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_major)
    return str(debian[-1]) if debian else shutil.which(name)


def _major(path: Path) -> int:
    number = path.parts[-3]
    return int(number) if number.isdigit() else 0


def _run(name: str, options: list[str], app: Flask) -> None:
    from psycopg.conninfo import make_conninfo

    found = program(name)
    if found is None:
        raise NotDone(f"Program {name} tidak ada. Pasang: apt-get install postgresql-client")
    url = url_of(app)
    about = {"host": url.host, "port": url.port, "user": url.username, "dbname": url.database, **url.query}
    given: dict[str, Any] = {key: str(value) for key, value in about.items() if value is not None}
    where = make_conninfo(**given)
    environment = dict(os.environ)
    if url.password is not None:
        environment["PGPASSWORD"] = (
            url.password
        )  # not on the command line, where everybody on the machine reads it
    command = [found, f"--dbname={where}", *options]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise NotDone(f"{name} berhenti: {said[-1] if said else done.returncode}")
