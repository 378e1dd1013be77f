"""Expecting: a row of every owing region and period exists before anyone writes, so that missing is a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, exists, false, func, insert, or_, select, text, update

from app.domain import clock
from app.domain.regions import Level, Region, level_of, zone_of
from app.domain.reports.models import Report, ReportChase, ReportDraft, ReportException
from app.domain.reports.periods import Calendar, Period, calendar_of, periods_of
from app.domain.reports.rhythm import PROPOSED, RhythmRow, all_rhythms, effective
from app.domain.reports.rules import Kind, State
from app.domain.stages import Election, moves_of, stages_of
from app.extensions import db

TABLE = Report.__table__
KINDS = [kind.value for kind in PROPOSED]
AT_ONCE = 10_000
Key = tuple[str, str, dt.date, int]
NEW: dict[str, Any] = {
    "title": "",
    "state": State.EXPECTED.value,
    "number": 0,
    "is_nil": False,
    "returned_section": "",
    "version": 1,
}


class Following(NamedTuple):
    """What the rows of an election would have to do to follow its rhythm and calendar."""

    added: list[dict[str, Any]]
    moved: list[dict[str, Any]]
    gone: list[dict[str, Any]]


def expect(election: Election, *, since: dt.date | None = None) -> int:
    """Make every row that is owed and not there; returns how many. Safe to repeat at any time.

    Call it when the calendar, a rhythm or the regions changed. The first time rows begin with the first day that is
    owed, or with `since`; later only what is not yet due is added, so that nobody owes what was never asked for.
    Rows whose deadline lies ahead follow: the untouched ones move or go, of what is being written only deadline and
    lock move, what was sent stays. A bounded number of statements; deeds on reports wait meanwhile.
    """
    hold_rows()
    plan = following(election, since=since)
    _change(plan)
    for start in range(0, len(plan.added), AT_ONCE):
        db.session.execute(insert(TABLE), plan.added[start : start + AT_ONCE])
    if len(plan.added) > AT_ONCE // 2 and db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("ANALYZE report"))
    return len(plan.added)


def catch_up(election: Election) -> int:
    """`expect()` for a round that usually finds nothing to do, which then holds nobody up. New rows begin today."""
    since = clock.today("Asia/Jakarta")
    return expect(election, since=since) if any(following(election, since=since)) else 0


@contextmanager
def in_step(election: Election) -> Iterator[None]:
    """Let the rows follow what is done inside with the calendar of this election, or with a rhythm.

    Begin it before anything else that deeds lock; where the reports are new to the desk, rows begin today.
    """
    hold_rows()
    yield
    db.session.flush()
    expect(election, since=clock.today("Asia/Jakarta"))


def hold_rows() -> None:
    """Let deeds on reports wait until the transaction ends. Call it before anything else that deeds lock too."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE report IN SHARE ROW EXCLUSIVE MODE"))
    else:
        db.session.execute(update(TABLE).where(false()).values(version=TABLE.c.version))


def following(
    election: Election,
    *,
    since: dt.date | None = None,
    rhythms: Mapping[tuple[str, Kind], RhythmRow] | None = None,
) -> Following:
    """What `expect()` would do, with other rhythms where some are given. Reads only."""
    now = clock.now()
    owed = _owed(election, all_rhythms() if rhythms is None else rhythms)
    is_first = not db.session.scalar(
        select(func.count()).where(Report.election_id == election.id, Report.kind.in_(KINDS))
    )
    moved, gone, there = _of_those_there(election, owed, now)
    added = [
        {**NEW, "election_id": election.id, **_named(key), **_moments(period)}
        for key, period in owed.items()
        if key not in there and (period.due_at > now or (is_first and (since is None or period.day >= since)))
    ]
    return Following(added, moved, gone)


def calendar_in(election: Election, region: str) -> Calendar:
    """What the calendar means for a region's reports. Two statements."""
    stages = {stage.code: stage for stage in stages_of(election)}
    return calendar_of(region, election.voting_day, stages, moves_of(election))


def _owed(election: Election, rhythms: Mapping[tuple[str, Kind], RhythmRow]) -> dict[Key, Period]:
    stages = {stage.code: stage for stage in stages_of(election)}
    moves = moves_of(election)
    made: dict[tuple[RhythmRow, Level, Calendar, str], tuple[Period, ...]] = {}
    owed: dict[Key, Period] = {}
    for region in _regions(any(row.said.districts_owe for row in rhythms.values())):
        calendar, zone = calendar_of(region, election.voting_day, stages, moves), zone_of(region)
        for kind in PROPOSED:
            rhythm = effective(rhythms, region, kind)
            # Regions of one level, rhythm, calendar and zone owe the same: their periods are computed once.
            alike = (rhythm._replace(region_code=""), level_of(region), calendar, zone)
            if alike not in made:
                made[alike] = periods_of(rhythm, calendar, zone)
            for period in made[alike]:
                owed[region, kind.value, period.day, period.slot] = period
    return owed


def _regions(with_districts: bool) -> list[str]:
    levels = [Level.PROVINCE.value, Level.REGENCY.value] + [Level.DISTRICT.value] * with_districts
    query = select(Region.code).where(Region.level.in_(levels), Region.retired_on.is_(None))
    return list(db.session.scalars(query.order_by(Region.code)))


def _of_those_there(
    election: Election, owed: Mapping[Key, Period], now: dt.datetime
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], set[Key]]:
    """What is there: which of it moves, which goes, and all its keys."""
    begun = exists().where(ReportDraft.report_id == Report.id)
    spoken_of = or_(*(exists().where(one.report_id == Report.id) for one in (ReportChase, ReportException)))
    query = select(
        Report.id,
        Report.region_code,
        Report.kind,
        Report.day,
        Report.slot,
        Report.cut_off_at,
        Report.due_at,
        Report.locks_at,
        or_(Report.state != State.EXPECTED.value, Report.version > 1, begun),
        spoken_of,
        Report.number == 0,
    ).where(Report.election_id == election.id, Report.kind.in_(KINDS))
    moved, gone, there = [], [], set()
    for number, region, kind, day, slot, *moments, is_begun, is_spoken_of, is_unsent in db.session.execute(
        query
    ):
        key = (region, kind, day, slot)
        there.add(key)
        if not is_unsent or moments[1] <= now:
            continue
        period = owed.get(key)
        if period is None:
            if not is_begun and not is_spoken_of:
                gone.append({"row": number})
            continue
        cut_off = moments[0] if is_begun else period.cut_off_at
        if period.due_at > now and [cut_off, period.due_at, period.locks_at] != moments:
            moved.append({"row": number, "cut": cut_off, "due": period.due_at, "lock": period.locks_at})
    return moved, gone, there


def _change(plan: Following) -> None:
    """Each list by one prepared statement."""
    connection = db.session.connection()
    if plan.gone:
        connection.execute(delete(TABLE).where(TABLE.c.id == bindparam("row")), plan.gone)
    if plan.moved:
        wanted = update(TABLE).where(TABLE.c.id == bindparam("row"))
        connection.execute(
            wanted.values(cut_off_at=bindparam("cut"), due_at=bindparam("due"), locks_at=bindparam("lock")),
            plan.moved,
        )


def _named(key: Key) -> dict[str, Any]:
    return dict(zip(("region_code", "kind", "day", "slot"), key, strict=True))


def _moments(period: Period) -> dict[str, Any]:
    return {"cut_off_at": period.cut_off_at, "due_at": period.due_at, "locks_at": period.locks_at}
