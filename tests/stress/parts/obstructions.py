"""A desk that cannot write: people are told and keep what they typed, others read on, and it mends by itself."""

from __future__ import annotations

import html
import re
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import text

from app.extensions import db
from app.sqlite import driver
from bench.visiting import Answer, Visitor
from tests.stress.crew import packed
from tests.stress.disks import full, may_mount, small_disk
from tests.stress.keeper import Keeper, kill_tree
from tests.stress.plan import POSTGRESQL, SQLITE, Row, Way, not_run
from tests.stress.serving import PASSWORD, Desk, desk

NAME = "obstructions"
DATABASES = (SQLITE, POSTGRESQL)
WHO = "operator.berau"
PAGES = ("/", "/daftar-periksa", "/register", "/pelaporan")
LOCKED_SECONDS = 10.0
MOST_TRIES = 600
"""Deeds until a full disk is felt: what a database has kept free for itself is used up first."""
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
ENTRY = text("""
SELECT e.id FROM checklist_entry e JOIN checklist_item_version v ON v.id = e.version_id
WHERE e.region_code = '64.03' AND e.standing = 'belum' AND e.version = 1 AND v.evidence IN ('', 'angka') ORDER BY e.id
""")
STATE = text("SELECT note, version, evidence_count FROM checklist_entry WHERE id = :id")


def rows(way: Way) -> Iterator[Row]:
    """One obstruction after the other on one desk that is never restarted."""
    with ExitStack() as after:
        small = may_mount()
        if small:
            place, size = ("data", 300) if way.database == SQLITE else ("postgresql", 500)
            after.enter_context(small_disk(way.home / place, size))
        attacked = after.enter_context(desk(way))
        person = after.enter_context(_at_work(attacked))
        if small:
            yield from met(
                way, person, Obstruction("the disk is full", person.full_disk(), {507}, reads=True)
            )
        else:
            yield not_run(NAME, way.database, "the disk is full", "we may not mount a small disk")
        yield from locked(way, person)
        if way.database == POSTGRESQL:
            yield from met(
                way, person, Obstruction("the database is read-only", read_only(attacked), {503}, reads=True)
            )
            yield from met(
                way, person, Obstruction("the database is gone", gone(attacked), {503}, reads=False)
            )
        yield whole(way, attacked)


class Obstruction(NamedTuple):
    """What is in the way, while the context lasts; with which statuses it may be told; whether reading goes on."""

    name: str
    context: AbstractContextManager[None]
    statuses: set[int]
    reads: bool


class Person:
    """Somebody who writes a note on an entry again and again."""

    def __init__(self, attacked: Desk, port: int, entry: int) -> None:
        self.desk, self.port, self.entry = attacked, port, entry
        self.visitor = Visitor(port, patience=60)
        self.token = self.visitor.sign_in(WHO, PASSWORD)
        self.sent = 0

    @property
    def here(self) -> str:
        return f"/daftar-periksa/{self.entry}"

    def state(self) -> tuple[Any, ...]:
        """The entry's note, version and number of files, read behind the server's back."""
        with self.desk.inside():
            return tuple(db.session.execute(STATE, {"id": self.entry}).one())

    def form(self, version: int) -> dict[str, Any]:
        """A note that nobody has written yet."""
        self.sent += 1
        note = f"Catatan {self.sent} saat penyimpanan bermasalah. {'Tertulis panjang. ' * 180}".strip()
        return {"csrf_token": self.token, "versi": version, "kunci": f"halangan-{self.sent}", "catatan": note}

    def write(self, form: dict[str, Any]) -> Answer:
        """Send the note."""
        body, _ = packed(form, None)
        return self.visitor.ask("POST", f"{self.here}/catat", body)

    def until_refused(self) -> tuple[dict[str, Any], Answer, int]:
        """Write until it is refused: the refused form, the answer, and the version that was confirmed last."""
        version = self.state()[1]
        for _ in range(MOST_TRIES):
            form = self.form(version)
            answer = self.write(form)
            if answer.status != 303:
                return form, answer, version
            version += 1
        raise RuntimeError("nothing was ever refused")

    def bring(self) -> Answer:
        """Send a file as evidence that no full disk has room for."""
        form = {"csrf_token": self.token, "kunci": f"bukti-{self.sent}"}
        body, headers = packed(form, b"Berita acara. " * 20_000)
        return self.visitor.ask("POST", f"{self.here}/bukti", body, headers)

    def reads(self) -> list[str]:
        """Pages that somebody at another browser does not get."""
        statuses = {page: self.visitor.ask("GET", page).status for page in (*PAGES, self.here)}
        return [f"{page}: {status}" for page, status in statuses.items() if status != 200]

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """The disk of the database; on SQLite evidence lies there too."""
        cluster = self.desk.cluster
        with full(self.desk.data if cluster is None else cluster.data.parent):
            yield


@contextmanager
def _at_work(attacked: Desk) -> Iterator[Person]:
    keeper = Keeper(attacked)
    with attacked.inside():
        entry = db.session.scalar(ENTRY)
    keeper.start_web()
    keeper.start_worker()
    keeper.wait_until_ready()
    try:
        yield Person(attacked, keeper.port, entry)
    finally:
        keeper.end()


def met(way: Way, person: Person, obstruction: Obstruction) -> Iterator[Row]:
    """A note that is refused, kept and sent again; what others read meanwhile; and how it stands afterwards."""

    def row(promise: str, bound: str, found: object, holds: bool) -> Row:
        return Row(NAME, way.database, f"{obstruction.name}: {promise}", bound, str(found), holds)

    with obstruction.context:
        form, answer, version = _refused(person, obstruction)
        unread = person.reads() if obstruction.reads else []
        brought = person.bring().status if obstruction.reads else 0
    told = answer.status in obstruction.statuses and "Kirim lagi" in answer.text
    wanted = " or ".join(map(str, sorted(obstruction.statuses)))
    yield row("told in a sentence", wanted, f"{answer.status} {_sentence(answer)}", told)
    kept = {name: html.unescape(value) for name, value in HIDDEN.findall(answer.text)}
    same = {name: str(value) for name, value in form.items() if name != "csrf_token"}
    is_kept = {name: kept.get(name) for name in same} == same
    yield row("what was typed is kept on the page", "all", "all" if is_kept else kept.keys(), is_kept)
    if obstruction.reads:
        yield row("everybody reads on", "all pages", ", ".join(unread) or "all pages", not unread)
        yield row("a file of 280 kB is refused, not lost", wanted, brought, brought in obstruction.statuses)
    note, now, files = _settled(person)
    yield row("nothing was stored", f"version {version}", f"version {now}", (now, files) == (version, 0))
    kept["csrf_token"] = person.token
    statuses = [person.write(kept).status for _ in range(2)]
    note, now, files = person.state()
    once = statuses == [303, 303] and (note, now) == (form["catatan"], version + 1)
    yield row("afterwards sent again twice, stored once", "303, 303", statuses, once)


def _refused(person: Person, obstruction: Obstruction) -> tuple[dict[str, Any], Answer, int]:
    if obstruction.reads:
        return person.until_refused()
    form = person.form(GONE_VERSION[person.entry])
    return form, person.write(form), GONE_VERSION[person.entry]


GONE_VERSION: dict[int, int] = {}
"""The version of an entry before its database went away: afterwards nobody can ask."""


def _settled(person: Person) -> tuple[Any, ...]:
    """The state once the desk can work again; a database that comes back may refuse one answer more."""
    deadline = time.monotonic() + 10
    while person.visitor.ask("GET", person.here).status != 200 and time.monotonic() < deadline:
        time.sleep(0.1)
    return person.state()


def _sentence(answer: Answer) -> str:
    found = re.search(r"<h1>(.*?)</h1>\s*(?:<p>(.*?)</p>)?", answer.text, re.S)
    return " · ".join(filter(None, found.groups())) if found else answer.text[:80]


def locked(way: Way, person: Person) -> Iterator[Row]:
    """Somebody else holds the database for ten seconds, as a repair by hand does; writers wait, readers do not."""
    version = person.state()[1]
    form, answers = person.form(version), []
    reader = Visitor(person.port)
    reader.cookies = dict(person.visitor.cookies)
    with holding(person.desk):
        writing = threading.Thread(target=lambda: answers.append(person.write(form)))
        began = time.monotonic()
        writing.start()
        slowest = 0.0
        while time.monotonic() - began < LOCKED_SECONDS:
            asked = time.monotonic()
            status = reader.ask("GET", person.here).status
            slowest = max(slowest, time.monotonic() - asked) if status == 200 else 99.0
            time.sleep(0.5)
    writing.join(60)
    said = answers[0].status if answers else 0
    name = f"the database is locked for {LOCKED_SECONDS:g} s"
    yield Row(NAME, way.database, f"{name}: reading goes on", "≤ 5 s", f"{slowest:.2f} s", slowest <= 5)
    now = person.state()[1]
    true = (said, now) in ((303, version + 1), (503, version))
    yield Row(NAME, way.database, f"{name}: done or told, and so it is", "303 or 503", str(said), true)
    again = person.write(form).status
    once = again == 303 and person.state()[1] == version + 1
    yield Row(NAME, way.database, f"{name}: sent again, it is there once", "303", str(again), once)


@contextmanager
def holding(attacked: Desk) -> Iterator[None]:
    """Hold every write of the database from outside the application."""
    if attacked.cluster is None:
        other = driver.connect(str(attacked.data / "desk.db"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()
        return
    with _admin(attacked) as server, server.transaction():
        server.execute("LOCK TABLE checklist_entry, audit_entry IN SHARE ROW EXCLUSIVE MODE")
        yield


@contextmanager
def read_only(attacked: Desk) -> Iterator[None]:
    """PostgreSQL takes no writes, as a replica or a server that was switched to it."""
    with _admin(attacked) as server:
        server.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        server.execute("SELECT pg_reload_conf()")
        time.sleep(0.5)
        try:
            yield
        finally:
            server.execute("SET default_transaction_read_only = off")
            server.execute("ALTER SYSTEM RESET default_transaction_read_only")
            server.execute("SELECT pg_reload_conf()")
            time.sleep(0.5)


@contextmanager
def gone(attacked: Desk) -> Iterator[None]:
    """PostgreSQL is not there."""
    cluster = attacked.cluster
    assert cluster is not None
    assert cluster._process is not None
    with attacked.inside():
        GONE_VERSION.update(
            {row[0]: row[1] for row in db.session.execute(text("SELECT id, version FROM checklist_entry"))}
        )
    kill_tree(cluster._process.pid)
    cluster._process.wait()
    try:
        yield
    finally:
        cluster.start()


def _admin(attacked: Desk) -> psycopg.Connection[Any]:
    return psycopg.connect(attacked.url.replace("+psycopg", ""), autocommit=True)


def whole(way: Way, attacked: Desk) -> Row:
    """The trail after all of it."""
    try:
        said, holds = attacked.flask("audit", "verify").strip(), True
    except RuntimeError as error:
        said, holds = str(error)[-200:], False
    return Row(
        NAME, way.database, "after all of it the chain is whole (flask audit verify)", "yes", said, holds
    )
