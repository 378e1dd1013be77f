"""Midnight in three zones, ends of months and years, leap days, a clock that is set back: every deed on its day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import update

from app.domain import accounts, all_facts, audit, checklists, clock, jobs, registers, reports
from app.domain.accounts import Person
from app.domain.accounts.models import LoginAttempt
from app.domain.accounts.throttle import TRIES_PER_NAME, waiting_minutes
from app.domain.checklists import Entry, Filling, Standing
from app.domain.circulars import CIRCULARS
from app.domain.jobs import Job, WorkerBeat
from app.domain.regions import zone_of
from tests import cast
from tests.domain.registers.letters import SAID
from tests.domain.reports.written import owed

ZONES = {"UTC": 0, "Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
DAYS = [
    dt.date(2024, 11, 27),  # an ordinary midnight, of voting day
    dt.date(2024, 11, 30),
    dt.date(2024, 12, 31),
    dt.date(2024, 2, 28),
    dt.date(2024, 2, 29),
    dt.date(2025, 2, 28),
    dt.date(2000, 2, 29),
]
SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)
BACK = [dt.timedelta(hours=1), dt.timedelta(days=2)]
FILLED = Filling(no_evidence_reason="Berita acara menyusul.")


def wita(text: str) -> None:
    """Set the clock to that moment in Kalimantan Timur."""
    clock.set_frozen(dt.datetime.fromisoformat(f"{text}+08:00"))


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("zone", ZONES)
def test_a_day_ends_at_midnight_where_it_is(zone: str, day: dt.date):
    kept = clock.setting()
    midnight = dt.datetime.combine(day + DAY, dt.time(), dt.timezone(dt.timedelta(hours=ZONES[zone])))
    try:
        clock.set_frozen(midnight - SECOND)
        assert clock.today(zone) == day
        clock.set_frozen(midnight)
        assert clock.today(zone) == day + DAY
        assert clock.end_of_day(day, zone) == midnight
        assert clock.at(day, dt.time(23, 59, 59), zone) == midnight - SECOND
        assert clock.local(midnight, zone).time() == dt.time()
    finally:
        clock.put_back(kept)


@pytest.mark.parametrize("day", DAYS)
def test_the_same_moment_is_another_day_further_east(day: dt.date):
    kept = clock.setting()
    clock.set_frozen(clock.at(day, dt.time(22, 30), "Asia/Jakarta"))
    try:
        west, middle, east = (clock.today(zone_of(code)) for code in ("31", "64.03", "91.01"))
    finally:
        clock.put_back(kept)
    assert (west, middle, east) == (day, day, day + DAY)


def test_a_new_year_of_the_register_begins_at_its_own_midnight(operator: Person):
    """It is still the old year in Jakarta and in UTC then."""
    numbers = []
    for number, moment in enumerate(("2024-12-31T23:59:59", "2025-01-01T00:00:00", "2025-01-01T09:00:00")):
        wita(moment)
        made = registers.record(CIRCULARS, cast.BERAU, SAID | {"letter_number": f"800/{number}"}, by=operator)
        numbers.append(registers.find(CIRCULARS, made, operator).number)
    assert numbers == ["1/2024", "1/2025", "2/2025"]


def test_an_entry_is_late_from_midnight_on(session: Any, operator: Person):
    entry = cast.entry_of("LOG-14", cast.BERAU)
    assert entry.due_on == dt.date(2024, 11, 25)
    zone = zone_of(entry.region_code)
    for moment, is_late in (("2024-11-25T23:59:59", False), ("2024-11-26T00:00:00", True)):
        wita(moment)
        assert entry.is_overdue(clock.local(clock.now(), zone)) is is_late


@pytest.mark.parametrize(
    "moment", ["2024-11-25T00:00:00", "2024-11-25T07:59:59", "2024-11-25T08:00:00", "2024-11-25T23:59:59"]
)
def test_what_holds_a_desk_up_is_since_the_day_it_was_said_there(session: Any, operator: Person, moment: str):
    """Until eight in the morning UTC still has the day before."""
    entry = cast.entry_of("LOG-14", cast.BERAU)
    wita(moment)
    blocked = {"standing": Standing.BLOCKED.value, "reason": "Gudang bocor", "filled_at": clock.now()}
    session.execute(update(Entry).where(Entry.id == entry.id).values(**blocked))
    _, reading, _ = reports.open_draft(owed(operator), by=operator)
    assert [one.since for one in reading.hindrances if "Gudang bocor" in one.what] == [dt.date(2024, 11, 25)]


def test_figures_of_yesterday_are_not_remembered_past_midnight(session: Any, monkeypatch: pytest.MonkeyPatch):
    asked: list[dt.date] = []

    def room(codes: list[str]) -> list[Any]:
        asked.append(clock.today(zone_of(codes[0])))
        return []

    monkeypatch.setattr(all_facts, "ROOMS", (room,))
    for moment in ("2024-11-25T23:59:58", "2024-11-25T23:59:59", "2024-11-26T00:00:00"):
        wita(moment)
        all_facts.facts_of(cast.BERAU)
    assert asked == [dt.date(2024, 11, 25), dt.date(2024, 11, 26)]


class TestAClockThatIsSetBack:
    """It ran ahead, and somebody set it right."""

    @pytest.fixture(params=BACK, ids=["an hour", "two days"])
    def back(self, request: pytest.FixtureRequest) -> dt.timedelta:
        back: dt.timedelta = request.param
        return back

    def test_the_trail_goes_on_in_order_and_whole(self, session: Any, operator: Person, back: dt.timedelta):
        entry = cast.entry_of("LOG-14", cast.BERAU)
        checklists.tick(entry, by=operator, version=entry.version, filling=FILLED)
        clock.set_frozen(clock.now() - back)
        entry = checklists.fresh(entry.id)
        checklists.undo(entry, by=operator, version=entry.version)
        session.commit()
        assert audit.verify().first_break is None
        told = [link.action for link in audit.history_of("checklist_entry", entry.id)]
        assert told == ["checklist:entry:undo", "checklist:entry:tick"], "the number says what came later"

    def test_a_worker_that_died_ahead_of_time_is_not_alive(self, session: Any, back: dt.timedelta):
        session.add(WorkerBeat(name="mati", at=clock.real_now() + back))
        session.commit()
        assert not jobs.worker_alive()
        jobs.show_alive("baru")
        assert jobs.worker_alive()

    def test_a_job_that_was_left_ahead_of_time_is_taken_over(
        self, session: Any, operator: Person, back: dt.timedelta
    ):
        job = jobs.ask("paper", "Laporan", {}, by=operator, region=cast.BERAU)
        session.commit()
        first = jobs.claim()
        assert first is not None
        session.execute(update(Job).where(Job.id == job.id).values(beat_at=clock.real_now() + back))
        session.commit()
        again = jobs.claim()
        assert again is not None
        assert (again.id, again.tries) == (first.id, 2)

    def test_wrong_tries_ahead_of_time_keep_nobody_out_until_then(self, session: Any, back: dt.timedelta):
        name, here = "operator.berau", "10.0.0.9"
        for _ in range(TRIES_PER_NAME):
            session.add(LoginAttempt(username=name, address=here, at=clock.real_now() + back))
        session.flush()
        assert waiting_minutes(name, here) == 0
        session.execute(update(LoginAttempt).values(at=clock.real_now() + dt.timedelta(minutes=5)))
        assert waiting_minutes(name, here) == 15, "a small step does not open the door either"

    def test_a_session_ends_no_later_than_it_would_have(
        self, session: Any, operator: Person, back: dt.timedelta, monkeypatch: pytest.MonkeyPatch
    ):
        right = clock.real_now()
        monkeypatch.setattr(clock, "real_now", lambda: right + back)
        opened: Any = accounts.sign_in(
            "operator.berau",
            cast.PASSWORD,
            address="10.0.0.9",
            browser="uji",
            lifetime=dt.timedelta(hours=12),
        )
        for later, lives in ((back + dt.timedelta(hours=11), True), (back + dt.timedelta(hours=13), False)):
            monkeypatch.setattr(clock, "real_now", lambda later=later: right + later)
            found = accounts.signed_in_person(opened.session_id, opened.token)
            assert (found is not None) is lives
