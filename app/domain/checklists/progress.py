"""Progress counters: moved by every deed, read for every picture, rebuilt and checked from the entries themselves."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Date, Select, and_, bindparam, case, delete, func, insert, or_, select, text, update

from app.domain.checklists.models import Entry, Progress
from app.domain.checklists.rules import Standing
from app.domain.checklists.totals import Totals
from app.domain.regions import subtree
from app.domain.stages import Election
from app.extensions import db
from app.statements import AsItStands, Fixed, inserting

TABLE = Progress.__table__
KEY = ("election_id", "region_code", "area", "stage", "due_on", "opens_on")
BUCKETS = tuple(field.name for field in fields(Totals))

_MOVE = Fixed(
    update(TABLE)
    .where(*(TABLE.c[name] == bindparam(f"k_{name}") for name in KEY))
    .values({name: TABLE.c[name] + bindparam(f"d_{name}") for name in BUCKETS})
)


def counted_at(region_code: str) -> str:
    """The region whose counters hold an entry: its kabupaten/kota, or the province itself."""
    return region_code[:5]


def move(entry: Any, old: Standing | None, new: Standing | None, *, due_on: dt.date | None = None) -> None:
    """Count an entry out of `old` and into `new` (None: it was or will not be there). One statement.

    A key that no row has yet (a deadline moved to a new day) is added.
    """
    deltas = dict.fromkeys(BUCKETS, 0)
    if old is not None:
        deltas[old.value] -= 1
    if new is not None:
        deltas[new.value] += 1
    key = {
        "election_id": entry.election_id,
        "region_code": counted_at(entry.region_code),
        "area": entry.area,
        "stage": entry.stage,
        "due_on": due_on or entry.due_on,
        "opens_on": entry.opens_on,
    }
    moved = {f"k_{name}": value for name, value in key.items()}
    if not _MOVE.change(**moved, **{f"d_{name}": delta for name, delta in deltas.items()}):
        _add([{**key, **deltas}])


def _add(rows: list[dict[str, Any]]) -> None:
    """Add rows of counters, each to the one that stands there already or was added at the same moment."""
    statement = inserting(TABLE).values(rows)
    db.session.connection().execute(
        statement.on_conflict_do_update(
            index_elements=list(KEY),
            set_={name: TABLE.c[name] + statement.excluded[name] for name in BUCKETS},
        )
    )


def shift(election_id: int, entries: Sequence[Any], by: int) -> None:
    """Count entries that nobody has begun in (`by` 1) or out (-1); one statement however many they are.

    Each has region_code, area, stage, due_on and opens_on.
    """
    counts = Counter(
        (election_id, counted_at(one.region_code), one.area, one.stage, one.due_on, one.opens_on)
        for one in entries
    )
    blank = dict.fromkeys(BUCKETS, 0)
    rows = [
        {**dict(zip(KEY, key, strict=True)), **blank, Standing.NOT_STARTED.value: by * count}
        for key, count in sorted(counts.items())
    ]
    if rows:
        _add(rows)


class AsOf(NamedTuple):
    """What counts on a day: entries that have opened; of those due before the desk began only what was recorded."""

    today: dt.date
    in_use_from: dt.date

    @classmethod
    def of(cls, election: Election, today: dt.date) -> AsOf:
        """The view of an election on a day."""
        return cls(today, election.in_use_from)


def _sums() -> list[Any]:
    """Sum columns of the buckets; an untouched entry from before the desk began is no debt."""
    counted: dict[str, Any] = {name: TABLE.c[name] for name in BUCKETS}
    untouched = Standing.NOT_STARTED.value
    counted[untouched] = case(
        (AsItStands(TABLE.c.due_on) >= bindparam("in_use_from", type_=Date), counted[untouched]), else_=0
    )
    return [func.sum(counted[name]).label(name) for name in BUCKETS]


def _summed(*by: Any) -> Select[Any]:
    """The counters of entries that have opened, summed by these columns; needs what `_given` gives."""
    opened = and_(
        TABLE.c.election_id == bindparam("election_id"),
        AsItStands(TABLE.c.opens_on) <= bindparam("today", type_=Date),
    )
    return select(*by, *_sums()).where(opened).group_by(*by)


def _given(election: Election, as_of: AsOf, root: str = "") -> dict[str, Any]:
    """Values of a prepared statement; from `root` to before `root/` is the region and all below it."""
    return {
        "election_id": election.id,
        "today": as_of.today,
        "in_use_from": as_of.in_use_from,
        "low": root,
        "high": f"{root}/",
    }


# A kabupaten/kota's counters stand under its own code: the index then gives them by area, and nothing is sorted.
_ITSELF = TABLE.c.region_code == bindparam("low")
_BELOW = and_(TABLE.c.region_code >= bindparam("low"), TABLE.c.region_code < bindparam("high"))
_BY_AREA = {
    True: Fixed(_summed(TABLE.c.area).where(_ITSELF)),
    False: Fixed(_summed(TABLE.c.area).where(_BELOW)),
}
_BY_REGION = _summed(TABLE.c.region_code, TABLE.c.area)


def _totals(counts: Sequence[Any]) -> Totals:
    return Totals(*map(int, counts))


def by_area(election: Election, root: str, as_of: AsOf) -> dict[str, Totals]:
    """Totals per area of work for a kabupaten/kota or a province with all below it. One statement."""
    rows = _BY_AREA[len(root) > 2].all(**_given(election, as_of, root))
    return {row[0]: _totals(row[1:]) for row in rows}


def by_day(
    election: Election, root: str, as_of: AsOf, *, since: dt.date, until: dt.date
) -> list[tuple[dt.date, Totals]]:
    """Totals per due day in this span, in order, for a kabupaten/kota or a province with all below. One statement."""
    given = _given(election, as_of, root) | {"since": since, "until": until}
    return [(row[0], _totals(row[1:])) for row in _SPAN[len(root) > 2].all(**given)]


_BETWEEN = TABLE.c.due_on.between(bindparam("since", type_=Date), bindparam("until", type_=Date))
_SPAN = {
    is_kabkota: Fixed(_summed(TABLE.c.due_on).where(where, _BETWEEN).order_by(TABLE.c.due_on))
    for is_kabkota, where in ((True, _ITSELF), (False, _BELOW))
}


@cache
def _days(is_kabkota: bool, narrowed_by: str) -> Fixed:
    """Counters by due day of a region, or of one area or stage in it."""
    query = _summed(TABLE.c.due_on).where(_ITSELF if is_kabkota else _BELOW).order_by(TABLE.c.due_on)
    if narrowed_by:
        query = query.where(TABLE.c[narrowed_by] == bindparam("part"))
    return Fixed(query)


def counts_by_day(
    election: Election, root: str, as_of: AsOf, *, area: str = "", stage: str = ""
) -> list[tuple[dt.date, tuple[int, ...]]]:
    """Counts per due day, in order, in the order of BUCKETS, of one area or one stage: a list adds a hundred days up
    and needs no Totals of each. One statement.
    """
    statement = _days(len(root) > 2, "area" if area else "stage" if stage else "")
    given = _given(election, as_of, root) | ({"part": area or stage} if area or stage else {})
    return [(row[0], row[1:]) for row in statement.all(**given)]


def by_region(election: Election, roots: Sequence[str], as_of: AsOf) -> dict[str, dict[str, Totals]]:
    """Totals per kabupaten/kota (and the province's own desk) and area: region code -> area -> totals.

    One statement.
    """
    found: dict[str, dict[str, Totals]] = {}
    query = _BY_REGION.where(subtree(TABLE.c.region_code, *roots))
    rows: Any = db.session.execute(query, _given(election, as_of))
    for region, area, *counts in rows:
        found.setdefault(region, {})[area] = _totals(counts)
    return found


def overdue_count(election: Election, root: str, as_of: AsOf) -> int:
    """Open entries due before today, since the desk began, in the region and below. One statement."""
    open_now = (
        TABLE.c.belum + TABLE.c.proses + TABLE.c.terkendala + TABLE.c.dikembalikan + TABLE.c.dibuka_kembali
    )
    query = select(func.coalesce(func.sum(open_now), 0)).where(
        TABLE.c.election_id == election.id,
        subtree(TABLE.c.region_code, root),
        TABLE.c.due_on < as_of.today,
        TABLE.c.due_on >= as_of.in_use_from,
    )
    return int(db.session.scalar(query) or 0)


def counted_entries(as_of: AsOf) -> Any:
    """The same rule as `_sums` on entries: the condition for a list that must agree with the counters."""
    return and_(
        Entry.opens_on <= as_of.today,
        or_(Entry.due_on >= as_of.in_use_from, Entry.standing != Standing.NOT_STARTED.value),
    )


def below_kabkota(election: Election, root: str, as_of: AsOf, width: int) -> dict[str, dict[str, Totals]]:
    """Totals per region of code width 8 or 13 and area inside a kabupaten/kota or kecamatan, from the entries."""
    part = func.substr(Entry.region_code, 1, width)
    query = (
        select(part.label("code"), Entry.area, Entry.standing, func.count().label("n"))
        # "+ 0" hides the column from the planner, which else reads a whole election instead of one region
        .where(Entry.election_id + 0 == election.id, subtree(Entry.region_code, root), counted_entries(as_of))
        .group_by(part, Entry.area, Entry.standing)
    )
    raw: dict[str, dict[str, dict[str, int]]] = {}
    for row in db.session.execute(query):
        raw.setdefault(row.code, {}).setdefault(row.area, {})[row.standing] = row.n
    return {code: {area: Totals(**counts) for area, counts in areas.items()} for code, areas in raw.items()}


def _counted(election: Election) -> Select[Any]:
    """The counters as the entries say they should be."""
    at = func.substr(Entry.region_code, 1, 5)
    buckets = [func.sum(case((Entry.standing == name, 1), else_=0)).label(name) for name in BUCKETS]
    key = (Entry.election_id, at, Entry.area, Entry.stage, Entry.due_on, Entry.opens_on)
    return select(*key, *buckets).where(Entry.election_id == election.id).group_by(*key)


def rebuild(election: Election, roots: Sequence[str] = (), *, alone: bool = False) -> None:
    """Count everything afresh: all of the election, or only the kabupaten/kota under the roots.

    With `alone` only what is counted at the roots themselves, as a province's own entries are.

    Deeds wait until the caller's transaction ends, so that none is counted twice or lost.
    """
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        connection.execute(text("LOCK TABLE checklist_progress IN SHARE ROW EXCLUSIVE MODE"))
    gone = delete(TABLE).where(TABLE.c.election_id == election.id)
    counted = _counted(election)
    if roots and alone:
        gone = gone.where(TABLE.c.region_code.in_(roots))
        counted = counted.where(Entry.region_code.in_(roots))
    elif roots:
        gone = gone.where(
            or_(subtree(TABLE.c.region_code, *roots), TABLE.c.region_code.in_([r[:5] for r in roots]))
        )
        counted = counted.where(subtree(Entry.region_code, *[r[:5] for r in roots]))
    db.session.execute(gone)
    db.session.execute(insert(TABLE).from_select([*KEY, *BUCKETS], counted))


def check(election: Election) -> list[str]:
    """Compare counters and entries; each drift is one sentence. An empty list means that they agree."""
    kept = {
        tuple(row[: len(KEY)]): tuple(row[len(KEY) :])
        for row in db.session.execute(
            select(*(TABLE.c[name] for name in (*KEY, *BUCKETS))).where(TABLE.c.election_id == election.id)
        )
        if any(row[len(KEY) :])
    }
    real = {tuple(row[: len(KEY)]): tuple(row[len(KEY) :]) for row in db.session.execute(_counted(election))}
    return [
        f"{key[1]} {key[2]} {key[3]} tenggat {key[4]}: penghitung {kept.get(key)}, nyata {real.get(key)}"
        for key in sorted(kept.keys() | real.keys(), key=str)
        if kept.get(key) != real.get(key)
    ]


__all__ = [
    "AsOf",
    "below_kabkota",
    "by_area",
    "by_day",
    "by_region",
    "check",
    "counted_entries",
    "counts_by_day",
    "move",
    "overdue_count",
    "rebuild",
    "shift",
]
