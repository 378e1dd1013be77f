"""Who judges: what an answer must never hold, what must never change, what a file that leaves must never do."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine, create_engine, inspect, text

from app.documents.commas import DANGEROUS
from tests.stress.hostile.wire import Asked, Reply
from tests.stress.serving import Desk

COMPUTED = re.compile(rb"(?:x7z){7}")
SLIPPED = (
    (re.compile(rb"<x7z|<img src=x onerror=x7z|<svg/onload=x7z", re.I), "markup came back as markup"),
    (re.compile(rb"""["']onx7z=["']1""", re.I), "a word became an attribute"),
    (
        re.compile(rb"""(?:href|src|action|formaction)=["']?\s*javascript:""", re.I),
        "an address became a program",
    ),
    (COMPUTED, "a word was computed"),
)
ANYWHERE = (
    (
        re.compile(rb"Traceback \(most recent call last\)|sqlalchemy\.exc|jinja2\.exceptions"),
        "a trace came back",
    ),
    (re.compile(rb"root:x:0:0:"), "a file of the machine came back"),
)
NUMBER = re.compile(r"-?\d[\d.,]*%?")
TRY = frozenset({"login_attempt", "audit_entry", "the head of the trail"})
"""A wrong password or code is counted before it is looked at, and the trail tells of it."""
MAY_WRITE = (
    (re.compile(r"/masuk(/kode)?"), TRY),
    (re.compile(r"/akun/sandi"), TRY),
    (re.compile(r"/akun/dua-langkah/(kode-cadangan/baru|matikan)"), TRY),
    (re.compile(r"/cek(/.*)?", re.S), frozenset({"seal_check"})),
)
"""What a refusal may write, and where: that which counts the tries. Everywhere else it writes nothing."""


def faults(asked: Asked, reply: Reply) -> Iterable[tuple[str, str]]:
    """What is wrong with an answer: the promise it breaks, and in words."""
    if (
        reply.status >= 500 and reply.status != 501
    ):  # which is the server's own word for a coding that nobody knows
        yield "500", f"{reply.status}"
    for pattern, said in ANYWHERE:
        if pattern.search(reply.body):
            yield "500", said
    for pattern, said in SLIPPED:
        if pattern is COMPUTED and COMPUTED.search(asked.raw(0, "")):
            continue  # it was sent so: what comes back was not computed
        if reply.is_page and (found := pattern.search(reply.body)):
            yield "slipped", f"{said}: {reply.body[max(0, found.start() - 60) : found.end() + 60]!r}"
    if any(name.lower() == "x-x7z" for name, _ in reply.headers):
        yield "slipped", "a line became a header"
    where = reply.header("location")
    if where and (where.startswith(("//", "/\\")) or urlsplit(where).hostname not in (None, "127.0.0.1")):
        yield "slipped", f"sent away to {where}"


def beyond(target: bytes, changed: list[str]) -> list[str]:
    """What a refused request for this address has changed and must not have."""
    path = target.partition(b"?")[0].decode("latin-1")
    allowed = next((tables for place, tables in MAY_WRITE if place.fullmatch(path)), frozenset())
    return [name for name in changed if name not in allowed]


class Watch:
    """Looks at the database from outside, between two requests."""

    def __init__(self, desk: Desk) -> None:
        self._engine: Engine = create_engine(desk.url or f"sqlite:///{desk.data / 'desk.db'}")
        self._line: Connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        found = inspect(self._engine)
        versioned = {
            table: any(column["name"] == "version" for column in found.get_columns(table))
            for table in found.get_table_names()
        }
        ask = "SELECT '{0}', count(*), {1} FROM {0}"
        self._counts = text(
            " UNION ALL ".join(
                ask.format(table, "coalesce(sum(version), 0)" if has else "0")
                for table, has in versioned.items()
            )
        )
        self._ticks = text(
            "SELECT pg_snapshot_xmax(pg_current_snapshot())::text" if desk.url else "PRAGMA data_version"
        )
        self._seen: tuple[object, dict[str, tuple[int, int]], object] = (None, {}, None)

    def close(self) -> None:
        """Let go of the database."""
        self._line.close()
        self._engine.dispose()

    def look(self) -> list[str]:
        """What has changed since the last look: tables, and the head of the trail; nothing where nobody wrote."""
        ticks = self._line.scalar(self._ticks)
        if ticks == self._seen[0]:
            return []
        counts = {row[0]: (row[1], row[2]) for row in self._line.execute(self._counts)}
        head = self._line.execute(text("SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1")).first()
        before, self._seen = self._seen, (ticks, counts, head)
        changed = [name for name in counts if counts[name] != before[1].get(name)]
        return changed if head == before[2] else [*changed, "the head of the trail"]


def live_formulas(content: bytes, kind: str) -> list[str]:
    """Cells of a file that leaves which a spreadsheet would compute."""
    if "spreadsheetml" in kind:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
            found = [name for name in sheets if re.search(rb"<f[ >/]", book.read(name))]
            return [
                *found,
                *(name for name in book.namelist() if "externalLink" in name or "vba" in name.lower()),
            ]
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return [
        cell[:60]
        for line in lines
        for cell in line
        if (cell.startswith(DANGEROUS) or cell.lstrip().startswith(DANGEROUS)) and not NUMBER.fullmatch(cell)
    ]
