"""Backups while sixteen people write: whole, verified, locked, rotated; and each brings the same desk back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import text

from app.domain import reports
from app.extensions import db
from bench.places import flask
from tests import cast
from tests.sameness import OF_THE_RESTORING, files, paper, tallies
from tests.stress.crew import Book, Writer
from tests.stress.plan import POSTGRESQL, SQLITE, Row, Way, at_least, nothing
from tests.stress.serving import Desk, desk
from tests.stress.setting_out import writers

NAME = "backup"
DATABASES = (SQLITE, POSTGRESQL)
BACKUPS = {True: 1, False: 12}
"""Made while people write; the first and every second one is locked."""
KEPT = 3
KEY = "kunci-cadangan-untuk-pengujian-0123456789"
CHECKS = (("audit", "verify"), ("evidence", "check"), ("progress", "check"))


class Restored(NamedTuple):
    """What came of one backup."""

    is_locked: bool
    wrong: list[str]


def rows(way: Way) -> Iterator[Row]:
    """Write, back up, stop, back up once more; then restore each into an empty place."""
    book, place = Book(), way.home / "cadangan"
    with desk(way) as busy:
        crew = writers(busy, 0, book, way.seed)
        with busy.server() as server:
            for writer in crew:
                writer.visitor.port = server.port
            said = _back_up_meanwhile(way, busy, crew, place)
        yield at_least(NAME, way, "writes confirmed while backups were made", len(book.confirmed), 100, "")
        yield nothing(NAME, way, "people who noticed a backup", book.unexpected, str(len(book.confirmed)))
        yield nothing(NAME, way, "backups that were not made, or not whole", said, str(BACKUPS[way.short]))
        kept = _archives(place)
        most = min(KEPT, BACKUPS[way.short])
        yield Row(
            NAME, way.database, "only the newest are kept", f"{most}", f"{len(kept)}", len(kept) == most
        )
        found = [_restore(way, busy, number, path) for number, path in enumerate(kept)]
        wrong = [told for one in found for told in one.wrong]
        yield nothing(NAME, way, "restored desks that are not whole", wrong, str(len(found)))
        locked = sum(one.is_locked for one in found)
        yield at_least(NAME, way, "of them locked with a key", locked, 1, "")
        yield from _the_same(way, busy, place)


def _back_up_meanwhile(way: Way, busy: Desk, crew: list[Writer], place: Path) -> list[str]:
    for writer in crew:
        writer.sign_in()
    for writer in crew:
        writer.start()
    wrong = []
    try:
        for number in range(BACKUPS[way.short]):
            began = time.time()
            try:
                path = _back_up(busy, place, locked=number % 2 == 0)
                if not way.short:  # restoring reads it whole, too
                    _flask(busy, "cadangan", "periksa", str(path))
            except RuntimeError as error:
                wrong.append(str(error)[-200:])
            time.sleep(max(0.0, 1.1 - (time.time() - began)))  # their names tell the second
    finally:
        for writer in crew:
            writer.over.set()
        for writer in crew:
            writer.join(60)
    return wrong


def _back_up(busy: Desk, place: Path, *, locked: bool) -> Path:
    key = KEY if locked else ""
    command = ("desk", "backup", str(place), "--keep", str(KEPT), "--with-keys")
    said = flask({**busy.environment, "DESK_BACKUP_KEY": key}, *command)
    return Path(said.split(":")[0])


def _flask(of: Desk, *command: str) -> str:
    return flask({**of.environment, "DESK_BACKUP_KEY": KEY}, *command)


def _archives(place: Path) -> list[Path]:
    return sorted(path for path in place.iterdir() if path.suffix != ".kunci")


def _restored(way: Way, busy: Desk, name: str, path: Path) -> Desk:
    """The backup in an empty place on the same kind of database. RuntimeError with what the command said."""
    data = way.home / name
    data.mkdir(mode=0o700)
    made = Desk(data, busy.cluster)
    if busy.cluster is not None:
        busy.cluster.make(name)
        made.url = busy.cluster.address(name)
    keys = path.with_name(f"{path.name.partition('.')[0]}.kunci")
    said = _flask(made, "desk", "restore", str(path), "--keys", str(keys))
    if "semuanya sama" not in said:
        raise RuntimeError(said)
    return made


def _restore(way: Way, busy: Desk, number: int, path: Path) -> Restored:
    wrong: list[str] = []
    try:
        made = _restored(way, busy, f"kembali_{number}", path)
        for command in CHECKS:
            _flask(made, *command)
        wrong += _not_of_the_same_trail(busy, made)
    except RuntimeError as error:
        wrong.append(f"{path.name}: {str(error)[-200:]}")
    return Restored(path.name.endswith(".sandi"), wrong)


def _not_of_the_same_trail(busy: Desk, made: Desk) -> list[str]:
    """The restored trail is the beginning of the living one: a backup is a moment, not a mixture."""
    query = text("SELECT seq, hash FROM audit_entry WHERE action <> 'desk:backup:restore' ORDER BY seq")
    with made.inside():
        brought = [tuple(row) for row in db.session.execute(query)]
    with busy.inside():
        living = [tuple(row) for row in db.session.execute(query)][: len(brought)]
    return [] if brought == living else ["its trail is not the beginning of the living one"]


def _the_same(way: Way, busy: Desk, place: Path) -> Iterator[Row]:
    """With nobody at work: what comes back equals what is there, to the last row, file and byte."""
    with busy.inside() as app:
        sealed = _seal()
        before, kept, printed = tallies(), files(app), paper(sealed)
    path = _back_up(busy, place, locked=True)
    made = _restored(way, busy, "kembali_sama", path)
    with made.inside() as app:
        now, brought, again = tallies(), files(app), paper(sealed)
    other = [name for name in before if now[name] != before[name] and name not in OF_THE_RESTORING]
    yield nothing(NAME, way, "tables that differ in any row", other, str(len(before)))
    lost = sorted(set(kept.items()) ^ set(brought.items()))
    yield nothing(NAME, way, "files that differ", [name for name, _ in lost], str(len(kept)))
    same = printed == again
    yield Row(
        NAME, way.database, "a sealed report is made again, byte by byte", "same", f"{len(again)} bytes", same
    )
    rest = now["audit_entry"][0] - before["audit_entry"][0]
    yield Row(NAME, way.database, "the trail goes on by two: backup, restoring", "2", str(rest), rest == 2)


def _seal() -> int:
    """Seal the version of some report; returns the report's number."""
    number = db.session.scalar(text("SELECT max(report_id) FROM report_version"))
    inspector = cast.person("inspektorat.kaltim")
    row = reports.find(number, inspector)
    writer = cast.person("operator.kaltim")
    reports.seal(row, row.number, reports.frozen(row).marks, by=writer)
    db.session.commit()
    return row.id
