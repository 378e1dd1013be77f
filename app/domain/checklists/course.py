"""How the rest of the checklists became smaller from day to day: kept by the worker, read as points of a burn-down.

What is due by voting day is expected ahead of time, so the rest of it falls; what only opens later is no news in it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, func, select

from app.domain import clock
from app.domain.checklists.models import DayCount, Entry, Progress
from app.domain.checklists.progress import counted_at
from app.domain.checklists.rules import OPEN, Standing
from app.domain.pace import Point
from app.domain.regions import province_of, zone_of
from app.domain.stages import Election
from app.extensions import db
from app.statements import Fixed, inserting

TABLE = DayCount.__table__
KEY = ("election_id", "region_code", "day")
AT_ONCE = 1_000
"""Rows in one statement: databases limit how many values it may hold."""
READ_AT_ONCE = 10_000
CLOSED = tuple(sorted(standing.value for standing in Standing if standing not in OPEN))


class Course(NamedTuple):
    """What was left on each day, of how many at last, and when that was counted."""

    points: list[Point]
    whole: int
    counted_at: dt.datetime


class _Count(NamedTuple):
    remaining: int
    expected: int


def course_of(election: Election, root: str) -> Course | None:
    """The rest of a kabupaten/kota, or of a province with all below it, day by day; None while none is kept.

    One statement on a row for each region and day.
    """
    rows = _DAYS[len(root) > 2].all(election_id=election.id, low=root, high=f"{root}/")
    if not rows:
        return None
    points = [Point(day, int(remaining)) for day, remaining, _, _ in rows]
    return Course(points, int(rows[-1][2]), rows[-1][3])


def _by_day() -> Any:
    latest = func.max(TABLE.c.counted_at, type_=TABLE.c.counted_at.type)
    return (
        select(TABLE.c.day, func.sum(TABLE.c.remaining), func.sum(TABLE.c.expected), latest)
        .where(TABLE.c.election_id == bindparam("election_id"))
        .group_by(TABLE.c.day)
        .order_by(TABLE.c.day)
    )


_DAYS = {
    True: Fixed(_by_day().where(TABLE.c.region_code == bindparam("low"))),
    False: Fixed(
        _by_day().where(TABLE.c.region_code >= bindparam("low"), TABLE.c.region_code < bindparam("high"))
    ),
}


def keep_days(election: Election) -> None:
    """Write down what each region has left today, in place of what was written earlier in the day.

    Where nothing was ever kept of the election, the days before are told by the entries: each that is closed now was
    closed when it was last filled. That reads all of them once; else one statement on the counters.
    """
    now = _counts(election)
    if db.session.scalar(select(TABLE.c.day).where(TABLE.c.election_id == election.id).limit(1)) is None:
        _write(_before(election, now))
    _write(_row(election, code, clock.today(zone_of(code)), count) for code, count in now.items())


def _counts(election: Election) -> dict[str, _Count]:
    """Region code -> what is due by voting day; what was untouched before the desk began is no debt, as elsewhere."""
    table = Progress.__table__
    counted: dict[str, Any] = {standing.value: table.c[standing.value] for standing in Standing}
    untouched = Standing.NOT_STARTED.value
    counted[untouched] = case((table.c.due_on >= election.in_use_from, counted[untouched]), else_=0)
    remaining = func.sum(sum((counted[standing.value] for standing in sorted(OPEN)), start=0))
    done = func.sum(counted[Standing.DONE.value] + counted[Standing.VERIFIED.value])
    query = (
        select(table.c.region_code, remaining, done)
        .where(table.c.election_id == election.id, table.c.due_on <= election.voting_day)
        .group_by(table.c.region_code)
    )
    return {code: _Count(int(left), int(left + done)) for code, left, done in db.session.execute(query)}


def _before(election: Election, now: dict[str, _Count]) -> Iterator[dict[str, Any]]:
    """The days from before the first deed of each province until yesterday, every one of them for all its regions."""
    closed = _closed_on(election)
    first: dict[str, dt.date] = {}
    for code, days in closed.items():
        first[province_of(code)] = min(*days, first.get(province_of(code), dt.date.max))
    for code, count in sorted(now.items()):
        begins = first.get(province_of(code))
        if begins is None:
            continue
        day, remaining = clock.today(zone_of(code)), count.remaining
        while day > max(begins - dt.timedelta(days=1), election.in_use_from):
            remaining += closed.get(code, Counter())[day]
            day -= dt.timedelta(days=1)
            yield _row(election, code, day, _Count(remaining, max(remaining, count.expected)))


def _closed_on(election: Election) -> dict[str, Counter[dt.date]]:
    """Region code -> how many entries were closed on each day of its zone."""
    query = (
        select(Entry.region_code, Entry.filled_at)
        .where(
            Entry.election_id == election.id,
            Entry.due_on <= election.voting_day,
            Entry.standing.in_(CLOSED),
        )
        .execution_options(yield_per=READ_AT_ONCE)
    )
    found: dict[str, Counter[dt.date]] = {}
    for region, moment in db.session.execute(query):
        code = counted_at(region)
        if moment is not None:
            found.setdefault(code, Counter())[clock.local(moment, zone_of(code)).date()] += 1
    return found


def _row(election: Election, code: str, day: dt.date, count: _Count) -> dict[str, Any]:
    return {
        "election_id": election.id,
        "region_code": code,
        "day": day,
        "remaining": count.remaining,
        "expected": count.expected,
        "counted_at": clock.now(),
    }


def _write(rows: Iterable[dict[str, Any]]) -> None:
    """Each in the place of what stands there already, also from another worker at the same moment."""
    waiting = list(rows)
    for start in range(0, len(waiting), AT_ONCE):
        statement = inserting(TABLE).values(waiting[start : start + AT_ONCE])
        said = {name: statement.excluded[name] for name in ("remaining", "expected", "counted_at")}
        db.session.execute(statement.on_conflict_do_update(index_elements=list(KEY), set_=said))
