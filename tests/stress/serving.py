"""Desks to attack: a copy of Kaltim's demo in a part's own home, its servers, and the end of every process of it."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flask import Flask

from app import create_app
from app.extensions import db
from bench.places import HOME, PASSWORD, Place, build, cache, fingerprint, flask
from bench.postgres import KeptCluster
from bench.serving import Server
from config import Settings
from tests.stress.plan import POSTGRESQL, Way

__all__ = ["PASSWORD", "Desk", "desk"]
MOMENT = "2024-11-25T09:00:00+08:00"
"""When these desks work: the demo's day, two days before the vote."""
NAME = "desk"
"""Of the database on a part's own PostgreSQL."""


class Desk:
    """A filled desk on which a part may do its worst: its data directory, its database, its processes."""

    def __init__(self, data: Path, cluster: KeptCluster | None) -> None:
        self.data, self.cluster = data, cluster
        self.url = "" if cluster is None else cluster.address(NAME)

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to work on this desk."""
        place = Place("kaltim", "", self.data, self.url, {})
        return {**place.environment, "DESK_CLOCK": MOMENT}

    def flask(self, *command: str) -> str:
        """Run one of the desk's commands; its output. RuntimeError with what it said when it fails."""
        return flask(self.environment, *command)

    def server(self, **more: str) -> Server:
        """The web server as it is shipped, on a private port; a context manager."""
        return Server("wsgi:app", {**self.environment, **more})

    def start(self, *command: str, log: Path | None = None, **more: str) -> subprocess.Popen[bytes]:
        """A process of the desk in a group of its own, for instance `"-m", "flask", "pekerja"`."""
        out = (log or self.data.parent / "processes.log").open("ab")
        with out:
            return subprocess.Popen(
                [sys.executable, *command],
                cwd=HOME,
                env={**os.environ, **self.environment, **more},
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    @contextmanager
    def inside(self) -> Iterator[Flask]:
        """The application on this desk's rows, in this process."""
        settings = Settings(mode="demo", data=str(self.data), database_url=self.url, clock=MOMENT)
        app = create_app(settings)
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()

    def processes(self) -> list[int]:
        """Every living process that works on this desk's data, whoever started it."""
        mark = f"DESK_DATA={self.data}".encode()
        found = []
        for listed in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in listed.read_bytes().split(b"\0"):
                    found.append(int(listed.parent.name))
            except OSError:
                continue  # it ended meanwhile, or is somebody else's
        return found

    def kill(self) -> None:
        """End every process of this desk at once, with SIGKILL, and wait until none is left."""
        while found := [pid for pid in self.processes() if pid != os.getpid()]:
            for pid in found:
                with_force(pid)
            time.sleep(0.01)


def with_force(pid: int) -> None:
    """SIGKILL; a process that has ended meanwhile is as dead."""
    try:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, os.WNOHANG)
    except (ProcessLookupError, ChildProcessError):
        return


@contextmanager
def desk(way: Way) -> Iterator[Desk]:
    """A filled desk in the part's home, on the database that was asked for; afterwards nothing of it runs."""
    with ExitStack() as after:
        cluster = None
        kept = kept_desk(way.database)
        data = way.home / "data"
        shutil.copytree(kept / "data", data, dirs_exist_ok=True)
        if way.database == POSTGRESQL:
            _copy_cluster(kept, way.home)
            cluster = _cluster(way.home)
            after.callback(cluster.stop)
            cluster.start()
        made = Desk(data, cluster)
        after.callback(made.kill)
        yield made


def _cluster(home: Path) -> KeptCluster:
    home.chmod(0o711)  # PostgreSQL's own user must come through to its data
    return KeptCluster(home)


def _copy_cluster(kept: Path, home: Path) -> None:
    """On a small disk of its own the cluster's write-ahead log lies elsewhere: a full one ends PostgreSQL at once."""
    copied = home / "postgresql"
    copied.mkdir(exist_ok=True)
    subprocess.run(["cp", "-a", f"{kept / 'postgresql'}/.", str(copied)], check=True)
    if copied.is_mount():
        log = copied / "data" / "pg_wal"
        subprocess.run(["cp", "-a", str(log), str(home / "pg_wal")], check=True)
        shutil.rmtree(log)
        log.symlink_to(home / "pg_wal")


def kept_desk(database: str) -> Path:
    """The filled desk that all parts copy, built once for the tables and data of this source."""
    kept = cache() / f"stress-{fingerprint()}-{database}"
    with (cache() / f"{kept.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kept / "whole").exists():
            shutil.rmtree(kept, ignore_errors=True)
            (kept / "data").mkdir(mode=0o700, parents=True)
            _build(kept, database)
            (kept / "whole").touch()
    return kept


def _build(kept: Path, database: str) -> None:
    cache().chmod(cache().stat().st_mode | 0o011)
    cluster = _cluster(kept) if database == POSTGRESQL else None
    url = ""
    try:
        if cluster is not None:
            cluster.start()
            cluster.make(NAME)
            url = cluster.address(NAME)
        build(Place("kaltim", database, kept / "data", url, {}))
    finally:
        if cluster is not None:
            cluster.stop()
