"""Bringing the region tree, reference figures and polling stations
in from the rows of a file, many at a time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update

from app.domain import clock
from app.domain.errors import Invalid
from app.domain.regions.kinds import FigureKind
from app.domain.regions.models import Figure, PollingStation, Region
from app.domain.regions.rules import contains, level_of, parent_of, subtree
from app.domain.regions.sources import Key, Said, said_of
from app.extensions import db

Row = Mapping[str, str]
TABLE = Region.__table__
CHUNK = 5_000
CONTENT = ("parent_code", "level", "name", "kind", "local_term")


class Loaded(NamedTuple):
    """What a load did: rows added, changed (renamed, moved, back again), retired, and found as they were."""

    added: int = 0
    changed: int = 0
    retired: int = 0
    same: int = 0

    @property
    def rows(self) -> int:
        """How many rows the file had."""
        return self.added + self.changed + self.same


def load_regions(
    rows: Iterable[Row], *, source_version: str, today: dt.date, scope: str | None = None
) -> Loaded:
    """Make the tree below the file's topmost codes what the file says; no row is ever deleted.

    Columns: code, name, kind, and optionally local_term; level and parent follow from the code. Regions of
    `scope` (a code with all below it; default: everything under those topmost codes) that the file no longer
    has get `retired_on` today. Refuses (Invalid, naming the row) a code that is none, that comes twice or
    whose parent exists neither in the file nor in the database.
    """
    wanted = _read(rows)
    kept = _kept(wanted)
    _check_parents(wanted)
    new = [values for code, values in wanted.items() if code not in kept]
    changed = [
        values for code, values in wanted.items() if code in kept and kept[code] != (*_content(values), None)
    ]
    gone = [
        code
        for code, values in kept.items()
        if code not in wanted and values[-1] is None and (scope is None or contains(scope, code))
    ]
    for part in _chunks(new):
        db.session.execute(
            insert(TABLE),
            [{**values, "source_version": source_version, "retired_on": None} for values in part],
        )
    for part in _chunks(changed):
        _update(part, source_version)
    for part in _chunks([{"code": code} for code in gone]):
        codes = [values["code"] for values in part]
        db.session.execute(update(TABLE).where(TABLE.c.code.in_(codes)).values(retired_on=today))
    return Loaded(len(new), len(changed), len(gone), len(wanted) - len(new) - len(changed))


def _read(rows: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """Code -> column values, parents before their children, since each code sorts after its parent's."""
    wanted: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(rows, start=2):
        code = row.get("code", "")
        try:
            level = level_of(code)
        except ValueError:
            raise Invalid(f"Baris {number}: {code!r} bukan kode wilayah.") from None
        if code in wanted:
            raise Invalid(f"Baris {number}: kode {code} muncul dua kali.")
        name = row.get("name", "")
        if not name:
            raise Invalid(f"Baris {number}: wilayah {code} tidak bernama.")
        wanted[code] = {
            "code": code,
            "parent_code": parent_of(code),
            "level": level.value,
            "name": name,
            "kind": (row.get("kind") or level.value).replace("_", " "),
            "local_term": row.get("local_term") or None,
        }
    return dict(sorted(wanted.items()))


def _content(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(values[name] for name in CONTENT)


def _kept(wanted: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """What the database has in the subtrees of the file's topmost codes: code -> content and retired_on."""
    roots = [code for code in wanted if parent_of(code) not in wanted]
    kept: dict[str, tuple[Any, ...]] = {}
    for part in _chunks(roots, 200):
        query = select(TABLE.c.code, *(TABLE.c[name] for name in CONTENT), TABLE.c.retired_on)
        for row in db.session.execute(query.where(subtree(TABLE.c.code, *part))):
            kept[row[0]] = tuple(row[1:])
    return kept


def _check_parents(wanted: Mapping[str, Any]) -> None:
    outside = {parent for code in wanted if (parent := parent_of(code)) is not None and parent not in wanted}
    for part in _chunks(sorted(outside), 500):
        known = set(db.session.scalars(select(TABLE.c.code).where(TABLE.c.code.in_(part))))
        for code in part:
            if code not in known:
                raise Invalid(f"Wilayah induk {code} tidak ada. Muat induknya lebih dahulu.")


def _update(part: Sequence[Mapping[str, Any]], source_version: str) -> None:
    statement = (
        update(TABLE)
        .where(TABLE.c.code == bindparam("b_code"))
        .values(
            {name: bindparam(f"b_{name}") for name in CONTENT}
            | {"source_version": source_version, "retired_on": None}
        )
    )
    db.session.connection().execute(
        statement, [{f"b_{name}": values[name] for name in ("code", *CONTENT)} for values in part]
    )


def _chunks(items: Sequence[Any], size: int = CHUNK) -> Iterable[Sequence[Any]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def load_figures(rows: Iterable[Row], *, by: str) -> int:
    """Record what the file's sources say anew of each figure; returns how many were recorded.

    Columns: code, kind, value (empty: the source leaves it unknown), source, document, dated_on (ISO), note.
    Refuses (Invalid, naming the row) an unknown kind, a value that is no number, or no source.
    """
    read = [_figure(number, row) for number, row in enumerate(rows, start=2)]
    known: dict[Key, Said] = {}
    codes = sorted({values["region_code"] for values in read})
    for part in _chunks(codes, 500):
        known |= said_of(part)
    now = clock.now()
    new = [
        {**values, "recorded_at": now, "recorded_by": by}
        for values in read
        if not _is_known(values, known.get((values["region_code"], FigureKind(values["kind"]))))
    ]
    for part in _chunks(new):
        db.session.execute(insert(Figure), part)
    return len(new)


def _is_known(values: Mapping[str, Any], said: Said | None) -> bool:
    """Whether that source said the same last time."""
    return said is not None and any(
        (old.source, old.value) == (values["source"], values["value"]) for old in said.statements
    )


def _figure(number: int, row: Row) -> dict[str, Any]:
    try:
        kind = FigureKind(row["kind"])
        value = Decimal(row["value"]) if row["value"] else None
        dated_on = dt.date.fromisoformat(row["dated_on"]) if row.get("dated_on") else None
    except (ValueError, InvalidOperation):
        raise Invalid(f"Baris {number}: jenis, angka, atau tanggalnya tidak dapat dibaca.") from None
    if value is not None and value < 0:
        raise Invalid(f"Baris {number}: angka acuan tidak boleh negatif.")
    if not row.get("source"):
        raise Invalid(f"Baris {number}: angka acuan harus menyebut sumbernya.")
    return {
        "region_code": row["code"],
        "kind": kind.value,
        "value": value,
        "source": row["source"],
        "document": row.get("document", ""),
        "dated_on": dated_on,
        "note": row.get("note", ""),
    }


def load_polling_stations(rows: Iterable[Row]) -> int:
    """Add the TPS that are not there yet (by region and number); returns how many were added.

    Columns: code, number, host_kind and host_name (empty for an ordinary TPS), voters (empty: unknown),
    source.
    """
    added = 0
    for row in rows:
        known = select(PollingStation.id).where(
            PollingStation.region_code == row["code"], PollingStation.number == row["number"]
        )
        if db.session.scalar(known) is None:
            db.session.add(
                PollingStation(
                    region_code=row["code"],
                    number=row["number"],
                    host_kind=row["host_kind"] or None,
                    host_name=row["host_name"] or None,
                    voters=int(row["voters"]) if row["voters"] else None,
                    source=row["source"],
                )
            )
            added += 1
    db.session.flush()
    return added
