"""The board: who has reported for which day, in time or late, with nothing to say or silent; and the sums of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import or_

from app.domain import clock
from app.domain.accounts import Person
from app.domain.regions import Region
from app.domain.reports.models import Report
from app.domain.reports.queries import ReportRow, row_of, visible_to
from app.domain.reports.rules import Kind, Mark
from app.domain.stages import Election
from app.extensions import db

REPORTED = frozenset({Mark.ON_TIME, Mark.LATE, Mark.NIL, Mark.RETURNED})
"""Marks of what came in at least once."""


class Cell(NamedTuple):
    """One report on the board."""

    row: ReportRow
    mark: Mark

    @property
    def is_in_time(self) -> bool:
        """Whether its first version came before the deadline; a correction does not make it late."""
        sent = self.row.first_sent_at
        return self.mark in REPORTED and sent is not None and sent <= self.row.due_at


class Tally(NamedTuple):
    """How complete and how timely some reports are: of those that were due, or came in before that."""

    owed: int
    reported: int
    in_time: int

    @property
    def complete(self) -> float | None:
        """Reported of owed in percent with one decimal, rounded down; None where nothing is owed yet."""
        return _percent(self.reported, self.owed)

    @property
    def timely(self) -> float | None:
        """In time of owed in percent."""
        return _percent(self.in_time, self.owed)


class Column(NamedTuple):
    """A day, or one of the hours of a tightened day."""

    day: dt.date
    slot: int
    cut_off_at: dt.datetime
    tally: Tally


class Line(NamedTuple):
    """A desk: its reports in the order of the columns, None where none was asked for."""

    region_code: str
    region_name: str
    cells: tuple[Cell | None, ...]
    tally: Tally


class Board(NamedTuple):
    """Desks by days, the newest day first."""

    kind: Kind
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    tally: Tally
    is_own: bool
    """Whether it shows the desk itself, because nobody right below it owes such reports."""

    @property
    def silent(self) -> list[Cell]:
        """What was due and did not come, newest day first, then by desk."""
        cells = (line.cells[number] for number in range(len(self.columns)) for line in self.lines)
        return [cell for cell in cells if cell is not None and cell.mark is Mark.SILENT]


def board_of(
    person: Person, election: Election, region: str, kind: Kind, since: dt.date, until: dt.date
) -> Board:
    """The desks right below a region, or the region's own where none of them owes this kind. One statement.

    What was owed before the desks were in use and was not written stands as not asked for. Raises nothing for a region
    out of reach: it has no rows then.
    """
    query = (
        visible_to(person)
        .where(Report.election_id == election.id, Report.kind == kind.value, Report.day.between(since, until))
        .where(or_(Report.region_code == region, Region.parent_code == region))
        .order_by(Report.region_code, Report.day, Report.slot)
    )
    rows = [row_of(found) for found in db.session.execute(query)]
    asked = [row for row in rows if row.day >= election.in_use_from or row.first_sent_at is not None]
    below = [row for row in asked if row.region_code != region]
    return _board(kind, below or asked, is_own=not below)


def _board(kind: Kind, rows: Sequence[ReportRow], *, is_own: bool) -> Board:
    now = clock.now()
    cells = {(row.region_code, row.day, row.slot): Cell(row, row.mark(now)) for row in rows}
    periods = {(row.day, row.slot): row.cut_off_at for row in rows}
    order = sorted(periods, key=lambda period: (period[0], periods[period]), reverse=True)
    names = {row.region_code: row.region_name for row in rows}
    columns = tuple(
        Column(day, slot, periods[day, slot], _tally(cells.get((code, day, slot)) for code in names))
        for day, slot in order
    )
    lines = tuple(
        _line(code, name, tuple(cells.get((code, day, slot)) for day, slot in order))
        for code, name in names.items()
    )
    return Board(kind, columns, lines, _tally(cells.values()), is_own)


def _line(code: str, name: str, cells: tuple[Cell | None, ...]) -> Line:
    return Line(code, name, cells, _tally(cells))


def _tally(cells: Iterable[Cell | None]) -> Tally:
    counted = [cell for cell in cells if cell is not None and cell.mark is not Mark.WAITING]
    return Tally(
        len(counted),
        sum(cell.mark in REPORTED for cell in counted),
        sum(cell.is_in_time for cell in counted),
    )


def _percent(part: int, whole: int) -> float | None:
    return 1000 * part // whole / 10 if whole else None
