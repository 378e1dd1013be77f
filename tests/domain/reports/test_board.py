"""The board: six marks that are never one, and percents that are the sums of what stands above them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from app.domain import clock, reports
from app.domain.accounts import Person
from app.domain.reports import Board, Kind, Mark, Report, State
from app.extensions import db
from tests import cast, counting

NOW = dt.datetime.fromisoformat("2024-11-26T09:00:00+08:00")
MONDAY, TUESDAY = dt.date(2024, 11, 25), dt.date(2024, 11, 26)


def send(region: str, day: dt.date, hour: str, kind: Kind = Kind.DAILY, **about: Any) -> Report:
    """The desk's report as it came in at an hour of that day."""
    row = db.session.scalar(
        select(Report).where(Report.region_code == region, Report.day == day, Report.kind == kind.value)
    )
    assert row is not None
    row.sent_at = row.first_sent_at = dt.datetime.fromisoformat(f"{day}T{hour}:00+08:00")
    row.state, row.number = State.SENT.value, 1
    for name, value in about.items():
        setattr(row, name, value)
    db.session.flush()
    return row


@pytest.fixture
def above(session: Any, election: Any) -> Person:
    """The supervisor of the province, on Tuesday morning; four of ten desks reported on Monday."""
    reports.expect(election)
    clock.set_frozen(NOW)
    send(cast.BERAU, MONDAY, "15:30")
    send(cast.PASER, MONDAY, "17:30")
    send("64.02", MONDAY, "15:10", is_nil=True)
    send("64.07", MONDAY, "15:20", state=State.RETURNED.value)
    session.expire_all()
    return cast.person("penyelia.kaltim")


def seen(person: Person, election: Any, region: str = "64", since: dt.date = MONDAY) -> Board:
    """The board of the days until Tuesday."""
    return reports.board_of(person, election, region, Kind.DAILY, since, TUESDAY)


def test_each_mark_is_told_from_the_others(above: Person, election: Any) -> None:
    board = seen(above, election)
    assert [column.day for column in board.columns] == [TUESDAY, MONDAY]
    marks = {line.region_code: line.cells[1].mark for line in board.lines if line.cells[1]}
    assert marks[cast.BERAU] is Mark.ON_TIME
    assert marks[cast.PASER] is Mark.LATE
    assert marks["64.02"] is Mark.NIL
    assert marks["64.07"] is Mark.RETURNED
    assert marks["64.08"] is Mark.SILENT
    assert {line.cells[0].mark for line in board.lines if line.cells[0]} == {Mark.WAITING}


def test_percents_are_of_what_was_due_and_add_up(above: Person, election: Any) -> None:
    board = seen(above, election)
    assert board.tally == (10, 4, 3)
    assert (board.tally.complete, board.tally.timely) == (40.0, 30.0)
    assert board.columns[1].tally == board.tally
    assert board.columns[0].tally.complete is None, "nothing is due yet today"
    assert tuple(map(sum, zip(*(line.tally for line in board.lines), strict=True))) == board.tally


def test_a_corrected_report_stays_in_time(above: Person, election: Any) -> None:
    row = send("64.08", MONDAY, "15:59")
    row.sent_at, row.number = NOW, 2
    db.session.flush()
    line = next(line for line in seen(above, election).lines if line.region_code == "64.08")
    assert line.tally == (1, 1, 1)


def test_the_silent_are_named_newest_day_first(above: Person, election: Any) -> None:
    silent = seen(above, election, since=dt.date(2024, 11, 24)).silent
    assert len(silent) == 6 + 10
    assert [cell.row.day for cell in silent[:7]] == [MONDAY] * 6 + [dt.date(2024, 11, 24)]


def test_days_before_the_desk_was_in_use_are_not_held_against_it(above: Person, election: Any) -> None:
    send(cast.BERAU, dt.date(2024, 11, 18), "15:00")
    board = seen(above, election, since=dt.date(2024, 11, 10))
    assert [column.day.day for column in board.columns] == [26, 25, 24, 18]
    before = {line.region_code: line.cells[3] for line in board.lines}
    assert before[cast.PASER] is None
    assert before[cast.BERAU] is not None
    assert board.columns[3].tally == (1, 1, 1)


def test_a_kabupaten_sees_its_kecamatan_where_they_owe_and_else_itself(
    above: Person, election: Any, admin: Person
) -> None:
    assert seen(above, election, cast.BERAU).is_own
    said = reports.rhythm_of(cast.BERAU, Kind.DAILY).said._replace(districts_owe=True, due=dt.time(17))
    reports.set_rhythm(cast.BERAU, Kind.DAILY, said, by=admin, version=0)
    reports.expect(election)
    board = seen(above, election, cast.BERAU)
    assert not board.is_own
    assert {line.region_code[:5] for line in board.lines} == {cast.BERAU}
    assert len(board.lines) == 13


def test_whoever_is_of_one_kabupaten_sees_no_other(above: Person, election: Any, operator: Person) -> None:
    assert [line.region_code for line in seen(operator, election).lines] == [cast.BERAU]
    assert [line.region_code for line in seen(operator, election, cast.BERAU).lines] == [cast.BERAU]


def test_it_is_one_statement_whatever_the_days(above: Person, election: Any) -> None:
    with counting.statements() as asked:
        seen(above, election, since=dt.date(2024, 9, 25))
    assert len(asked) == 1
