"""What a desk knows at one moment: figures with source and time, what hinders it, who below is silent."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import update

from app.domain import checklists, clock, incidents, registers, reports, stages
from app.domain.accounts import Person
from app.domain.checklists import Entry, Standing
from app.domain.errors import NotAllowed
from app.domain.incidents import INCIDENTS, OBSTACLES
from app.domain.reports import Reading, Report, State
from app.domain.reports.canonical import from_text, to_text
from app.domain.reports.models import ReportReading
from app.domain.reports.reading import LATEST, MOST_READ
from app.extensions import db
from tests import cast
from tests.domain.reports.written import MONDAY, MORNING, NOON, owed, stands

MINUTE = dt.timedelta(minutes=1)


def obstacle(by: Person, what: str = "Speedboat menunggu pasang") -> int:
    """An open obstacle in Maratua."""
    said = {
        "area": "LOG",
        "what": what,
        "since": MONDAY,
        "owner": "KPU dan Dishub",
        "solution": "Berangkat pukul 14.00",
        "due_on": None,
        "source": "",
    }
    return registers.record(OBSTACLES, cast.MARATUA, said, by=by)


def incident(by: Person, what: str, *, restricted: bool) -> int:
    """An open incident in Sambaliung."""
    said = {column.name: None for column in INCIDENTS.columns} | {
        "category": "perusakan",
        "severity": "ringan",
        "happened_on": MONDAY,
        "happened_at": "",
        "place": "Pasar",
        "actor": "tidak_diketahui",
        "source": "desk",
        "what": what,
        "handling": "",
        "legal_basis": "",
        "is_restricted": restricted,
    }
    return registers.record(INCIDENTS, cast.SAMBALIUNG, said, by=by)


def test_reference_figures_come_with_source_and_what_nobody_recorded_is_unknown(operator: Person):
    found = {one.label: one for one in reports.read(owed(operator), operator, MORNING).reference}
    assert found["TPS"].value == 475
    assert found["TPS"].source
    assert found["Kecamatan"].value == 13
    assert found["DPT laki-laki"].value is None


def test_every_figure_of_a_register_names_its_source(operator: Person):
    reading = reports.read(owed(operator), operator, MORNING)
    assert [fact.key for fact in reading.figures if fact.value is not None and not fact.source] == []
    assert len({fact.key for fact in reading.figures}) == len(reading.figures)


def test_every_figure_stands_in_a_section(operator: Person):
    row = owed(operator)
    reading = reports.read(row, operator, MORNING)
    assert [f.key for f in reading.figures if not reports.section_for(row.kind, f.key, f.area)] == []


def test_the_stages_and_the_countdown_are_those_of_the_reports_day(operator: Person):
    reading = reports.read(owed(operator, dt.date(2024, 11, 27)), operator, MORNING)
    assert reading.h_text == "Hari-H"
    election = stages.current_election()
    running = [one.name for one in stages.running_in(election, cast.BERAU, dt.date(2024, 11, 27))]
    assert list(reading.stages) == running


def test_progress_is_that_of_the_checklists(operator: Person):
    reading = reports.read(owed(operator), operator, MORNING)
    as_of = checklists.AsOf.of(stages.current_election(), MONDAY)
    seen = checklists.overview_of(stages.current_election(), cast.BERAU, as_of)
    assert {one.area: one.totals for one in reading.progress} == seen.areas
    late = reading.figure("daftar_periksa.terlambat")
    assert late is not None
    assert late.value == seen.whole.overdue


def test_what_is_open_in_the_rooms_hinders(operator: Person, session: Any):
    obstacle(operator)
    entry = cast.entry_of("LOG-14", cast.BERAU)
    blocked = {"standing": Standing.BLOCKED.value, "reason": "Gudang bocor"}
    session.execute(update(Entry).where(Entry.id == entry.id).values(**blocked))
    told = {one.place: one for one in reports.read(owed(operator), operator, MORNING).hindrances}
    assert told["Maratua"].what == "Speedboat menunggu pasang"
    assert told["Maratua"].owner == "KPU dan Dishub"
    assert told["Maratua"].since == MONDAY
    assert "Gudang bocor" in told["Kabupaten Berau"].what


def test_a_restricted_incident_is_counted_and_never_told(operator: Person):
    incident(operator, "Kaca jendela pecah", restricted=False)
    incident(operator, "Korban anak", restricted=True)
    reading = reports.read(owed(operator), operator, MORNING)
    count = reading.figure("keamanan.kejadian_terbuka")
    assert count is not None
    assert count.value == 2
    assert [one.what for one in reading.hindrances] == ["Kaca jendela pecah"]
    assert "Korban anak" not in to_text(reading)


def test_the_worker_reads_what_a_person_reads(operator: Person):
    incident(operator, "Korban anak", restricted=True)
    row = owed(operator)
    assert reports.read(row, None, MORNING) == reports.read(row, operator, MORNING)


def test_who_reads_no_reports_there_gets_no_reading(operator: Person, stranger: Person, admin: Person):
    row = owed(operator)
    for other in (stranger, admin):
        with pytest.raises(NotAllowed):
            reports.read(row, other, MORNING)


def test_desks_below_that_owe_the_same_report_and_have_not_sent_it_are_silent(
    operator: Person, camat: Person
):
    row = owed(operator)
    assert reports.read(row, operator, MORNING).silent == ()
    owed(operator, region=cast.SAMBALIUNG)
    sent = owed(operator, region=cast.MARATUA)
    owed(operator, region=cast.TELUK_BAYUR, kind="senin")
    stands(sent, operator, Reading(MORNING))
    assert reports.read(row, operator, MORNING).silent == ("Kecamatan Sambaliung",)


def test_a_reading_is_read_back_as_it_was(operator: Person):
    obstacle(operator)
    reading = reports.read(owed(operator), operator, MORNING)
    assert from_text(Reading, to_text(reading)) == reading


# --- The worker at the cut-off -------------------------------------------------------------------------------------


def test_nothing_is_taken_before_the_cut_off_nor_long_after_it(operator: Person):
    owed(operator)
    for moment in (NOON - MINUTE, NOON + LATEST):
        clock.set_frozen(moment)
        assert reports.take_readings(moment) == 0


def test_a_reading_is_taken_once_and_not_of_what_is_sent(operator: Person):
    row = owed(operator)
    stands(owed(operator, slot=1), operator, Reading(MORNING))
    clock.set_frozen(NOON)
    assert reports.take_readings(NOON) == 1
    assert reports.take_readings(NOON + MINUTE) == 0
    assert db.session.scalars(db.select(ReportReading.report_id)).all() == [row.id]
    assert db.session.scalar(db.select(Report.state).where(Report.id == row.id)) == State.EXPECTED


def test_the_figures_taken_are_those_of_the_cut_off(operator: Person):
    row = owed(operator)
    clock.set_frozen(NOON)
    reports.take_readings(NOON)
    obstacle(operator)
    clock.set_frozen(NOON + 60 * MINUTE)
    _, reading, _ = reports.open_draft(row, by=operator)
    assert reading.hindrances == ()
    count = reading.figure("keamanan.kendala_terbuka")
    assert count is not None
    assert count.value == 0


def test_a_round_takes_a_few_the_earliest_first(operator: Person):
    rows = [owed(operator, slot=slot, cut_off_at=NOON - slot * MINUTE) for slot in range(MOST_READ + 2)]
    clock.set_frozen(NOON)
    assert reports.take_readings(NOON) == MOST_READ
    taken = set(db.session.scalars(db.select(ReportReading.report_id)))
    assert {row.id for row in rows} - taken == {rows[0].id, rows[1].id}
    assert reports.take_readings(NOON) == 2


def test_incidents_count_by_their_own_board(operator: Person):
    incident(operator, "Kaca jendela pecah", restricted=False)
    board = incidents.board_of(cast.BERAU, operator)
    count = reports.read(owed(operator), operator, MORNING).figure("keamanan.kejadian_terbuka")
    assert count is not None
    assert count.value == board.states.total()
