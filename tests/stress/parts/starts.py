"""Two processes that start at once on an empty data directory: one prepares the desk, the other waits and finds it."""

from __future__ import annotations

import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import text

from app.extensions import db
from bench.postgres import KeptCluster
from bench.serving import free_port
from tests.stress.plan import POSTGRESQL, SQLITE, Row, Way
from tests.stress.serving import Desk

NAME = "starts"
DATABASES = (SQLITE, POSTGRESQL)
AT_ONCE = 2
PATIENCE = 240.0
LOADING = "Menyiapkan demo Kalimantan Timur"
"""What `flask demo load` says when it begins to fill a desk."""
ELECTIONS = text("SELECT count(*) FROM audit_entry WHERE action = 'calendar:election:create'")
KEYS = {"secret.key", "audit.key", "field.key"}


def rows(way: Way) -> Iterator[Row]:
    """Two migrations at once; in the long run then two whole desks at once."""
    with empty_desk(way, "migrasi") as made:
        yield from migrated(way, made)
    if not way.short:
        with empty_desk(way, "desk") as made:
            yield from served(way, made)


@contextmanager
def empty_desk(way: Way, name: str) -> Iterator[Desk]:
    """A desk without any file or table."""
    with ExitStack() as after:
        cluster = None
        home = way.home / name
        home.mkdir()
        if way.database == POSTGRESQL:
            for place in (way.home, home):
                place.chmod(0o711)
            cluster = KeptCluster(home)
            after.callback(cluster.stop)
            cluster.start()
            cluster.make("desk")
        made = Desk(home / "data", cluster)
        after.callback(made.kill)
        yield made


def migrated(way: Way, made: Desk) -> Iterator[Row]:
    """`flask db upgrade`, twice at the same moment."""
    log = made.data.parent / "migrations.log"
    both = [made.start("-m", "flask", "--app", "wsgi", "db", "upgrade", log=log) for _ in range(AT_ONCE)]
    codes = [one.wait(PATIENCE) for one in both]
    said = "" if codes == [0, 0] else log.read_text()[-300:]
    yield Row(
        NAME, way.database, "two migrations at once both succeed", "0, 0", f"{codes} {said}", codes == [0, 0]
    )
    try:
        made.flask("db", "upgrade")
        told, current = "nothing was left to do", True
    except RuntimeError as error:
        told, current = str(error)[-300:], False
    yield Row(NAME, way.database, "a third one finds everything done", "yes", told, current)
    yield keys_of(way, made.data)


def keys_of(way: Way, data: Path) -> Row:
    """Three whole keys and nothing unfinished beside them."""
    found = {path.name: len(path.read_text()) for path in data.glob("*.key")}
    left = [path.name for path in data.glob(".*")]
    whole = set(found) == KEYS and min(found.values()) >= 32 and not left
    return Row(
        NAME, way.database, "each key was made once and whole", "3 keys", f"{len(found)} keys {left}", whole
    )


def served(way: Way, made: Desk) -> Iterator[Row]:
    """The start of a demo (`make run`), twice at the same moment on two ports."""
    log, ports = made.data.parent / "desks.log", [free_port() for _ in range(AT_ONCE)]
    began = time.monotonic()
    both = [made.start("scripts/serve.py", log=log, PORT=str(port), DESK_CLOCK="") for port in ports]
    while time.monotonic() - began < PATIENCE and not all(map(_answers, ports)):
        time.sleep(0.2)
    ready = [_answers(port) for port in ports]
    seconds = time.monotonic() - began
    told = f"{ready} after {seconds:.0f} s{'' if all(ready) else log.read_text()[-300:]}"
    yield Row(NAME, way.database, "two desks started at once are both ready", "both", told, all(ready))
    yield loaded_once(way, made, log)
    try:
        said, whole = made.flask("audit", "verify").strip(), True
    except RuntimeError as error:
        said, whole = str(error)[-200:], False
    yield Row(NAME, way.database, "its chain is whole", "yes", said, whole)
    for one in both:
        one.send_signal(signal.SIGTERM)
    codes = [_ended(one) for one in both]
    yield Row(NAME, way.database, "both end when they are asked to", "0, 0", str(codes), codes == [0, 0])


def loaded_once(way: Way, made: Desk, log: Path) -> Row:
    """One of the two said that it loads the demo, and the trail tells of one election that was set up."""
    begun = log.read_text().count(LOADING)
    with made.inside():
        kept = db.session.scalar(ELECTIONS)
    found = f"{begun} begun, {kept} kept"
    return Row(NAME, way.database, "the demo was loaded once", "1, 1", found, (begun, kept) == (1, 1))


def _ended(process: subprocess.Popen[bytes]) -> int | None:
    try:
        return process.wait(40)
    except subprocess.TimeoutExpired:
        return None


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/siap", timeout=5) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False
