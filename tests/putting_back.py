"""How a PostgreSQL database becomes its template again while its connections stay open.

Making a database anew takes the server a twentieth of a second, and every fresh connection to it as much again before
its first page, for it knows no table yet. So the database stays: what a test wrote is found by the numbers that
PostgreSQL gives every row (xmin, the transaction that wrote it), and only that is put back. Whatever else has changed
(a table, a column, a trigger, a function) is found in the catalogue, and then the database is made anew after all.
"""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import sql

CATALOGUE = (
    "pg_class",
    "pg_attribute",
    "pg_attrdef",
    "pg_constraint",
    "pg_index",
    "pg_trigger",
    "pg_proc",
    "pg_type",
)
NEWEST = sql.SQL("coalesce(max(xmin::text::bigint), 0)")
TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
)
SEQUENCES = (
    "SELECT oid::regclass::text, pg_sequence_last_value(oid) FROM pg_class"
    " WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace ORDER BY 1"
)
END_THE_OTHERS = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
)

Mark = tuple[int, int]
"""How many rows a table has, and which transaction wrote the newest."""


@dataclass
class Seen:
    """What there is to see of a database: equal values mean that nothing was written in between."""

    catalogue: list[Mark]
    tables: dict[str, Mark]
    sequences: dict[str, int | None]


class Rows:
    """A database just made from its template, and how to get back there. `kept` reads the template."""

    def __init__(self, inside: str, kept: str) -> None:
        self._kept = kept
        self._server = psycopg.connect(inside, autocommit=True)
        # Neither foreign keys nor triggers (the trail refuses every DELETE): the whole is right in the end.
        self._server.execute("SET session_replication_role = replica")
        self._server.execute("SET max_parallel_workers_per_gather = 0")  # processes for tables of ten rows
        self._names = [name for (name,) in self._server.execute(TABLES)]
        self._looking = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {}, count(*), {} FROM {}").format(name, NEWEST, sql.Identifier(name))
            for name in (*CATALOGUE, *self._names)
        )
        self._first = self._look()
        self._now = self._first.tables

    def put_back(self) -> bool:
        """Make the database what it was; False when more than rows has changed and it must be made anew."""
        self._server.execute(END_THE_OTHERS)
        try:
            seen = self._look()
        except psycopg.errors.UndefinedTable:  # a test took the migrations back
            return False
        if seen.catalogue != self._first.catalogue:
            return False
        changed = [name for name in self._names if seen.tables[name] != self._now[name]]
        with self._server.transaction():
            for name in changed:
                self._put_back(name)
            for name, last in seen.sequences.items():
                if last != self._first.sequences[name]:
                    self._wind_back(name, self._first.sequences[name])
        if changed:
            self._now = self._look().tables
        return True

    def close(self) -> None:
        """Let go of the database."""
        self._server.close()

    def _look(self) -> Seen:
        marks = {name: (count, newest) for name, count, newest in self._server.execute(self._looking)}
        catalogue = [marks.pop(name) for name in CATALOGUE]
        return Seen(catalogue, marks, dict(self._server.execute(SEQUENCES).fetchall()))

    def _put_back(self, name: str) -> None:
        """Take away what was added or changed; where something of the template is missing then, write it all again."""
        table = sql.Identifier(name)
        count, newest = self._now[name]
        self._server.execute(sql.SQL("DELETE FROM {} WHERE xmin::text::bigint > {}").format(table, newest))
        left = self._server.execute(sql.SQL("SELECT count(*) FROM {}").format(table)).fetchone()
        if left == (count,):
            return
        self._server.execute(sql.SQL("DELETE FROM {}").format(table))
        with (
            psycopg.connect(self._kept, autocommit=True) as template,
            template.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(table)) as rows,
            self._server.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(table)) as back,
        ):
            for row in rows:
                back.write(row)

    def _wind_back(self, name: str, last: int | None) -> None:
        self._server.execute("SELECT setval(%s::regclass, %s, %s)", (name, last or 1, last is not None))
