"""Who has sent the daily reports: what the situation room asks of the reports' board."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from app.domain import reports
from app.domain.regions import RegionRow
from app.domain.reports import REPORTED, Kind, Mark
from app.web.access import me
from app.web.context import election


class Reporting(NamedTuple):
    """The daily reports of one day, as their room knows them."""

    day: dt.date
    done: int
    total: int
    late: int
    silent: tuple[str, ...]
    """Names of those whose report was due and did not come."""
    own: Mark | None
    """How the desk's own stands, where nobody right below owes one."""


def reporting_in(region: RegionRow, today: dt.date) -> Reporting | None:
    """Who has sent the newest daily report that was due everywhere; before the first such day, the newest of all.

    None where none is asked for, or the person reads no reports there. One statement.
    """
    since = today - dt.timedelta(days=1)
    board = reports.board_of(me(), election(), region.code, Kind.DAILY, since, today)
    if not board.columns:
        return None
    columns = [
        [(line.region_name, cell.mark) for line in board.lines if (cell := line.cells[number]) is not None]
        for number in range(len(board.columns))
    ]
    due = [all(mark is not Mark.WAITING for _, mark in column) for column in columns]
    number = due.index(True) if any(due) else 0
    marks = [mark for _, mark in columns[number]]
    return Reporting(
        day=board.columns[number].day,
        done=sum(mark in REPORTED for mark in marks),
        total=len(marks),
        late=marks.count(Mark.LATE),
        silent=tuple(name for name, mark in columns[number] if mark is Mark.SILENT),
        own=marks[0] if board.is_own else None,
    )
