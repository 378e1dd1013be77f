"""Entries exist before anyone works: for every region, item and period, also for those that come later."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from app.domain import checklists, regions, stages
from app.domain.checklists import Entry, Filling, Standing, Wording
from app.domain.checklists.rules import Recurrence, periods
from app.domain.errors import Invalid, NotFound
from tests.cast import BERAU, MARATUA, entry_of

DAILY = Wording(
    area="KAM",
    stage="MASA_TENANG",
    levels="kabkota",
    unit_id=None,
    roles="Satpol PP",
    title="Patroli",
    recurrence="harian",
    start_offset=-3,
    due_offset=-1,
)
ONCE = replace(DAILY, recurrence="sekali", start_offset=None, title="Bersihkan alat peraga")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def entries(code: str, region: str = "64") -> list[Any]:
    """(region, period, opens, due, standing) of an item, in order."""
    columns = (Entry.region_code, Entry.period, Entry.opens_on, Entry.due_on, Entry.standing)
    query = (
        select(*columns)
        .join(checklists.Item, checklists.Item.id == Entry.item_id)
        .where(checklists.Item.code == code, regions.subtree(Entry.region_code, region))
        .order_by(Entry.region_code, Entry.period)
    )
    return [tuple(row) for row in checklists.library.db.session.execute(query)]


def fill(entry: checklists.EntryRow, by: Any) -> None:
    checklists.start(entry, by=by, version=entry.version)


class TestPeriods:
    @pytest.mark.parametrize(
        "recurrence, first, last, keys",
        [
            ("sekali", "2024-11-24", "2024-11-26", [""]),
            ("harian", "2024-11-24", "2024-11-26", ["2024-11-24", "2024-11-25", "2024-11-26"]),
            ("mingguan_senin", "2024-11-11", "2024-11-26", ["2024-11-11", "2024-11-18", "2024-11-25"]),
            ("mingguan_senin", "2024-11-19", "2024-11-24", []),
            ("per_kejadian", "2024-11-24", "2024-11-26", []),
            ("dua_kali_hari_H", "2024-11-27", "2024-11-27", ["2024-11-27 ke-1", "2024-11-27 ke-2"]),
        ],
    )
    def test_each_recurrence_has_its_periods(self, recurrence: str, first: str, last: str, keys: list[str]):
        found = periods(Recurrence(recurrence), day(first), day(last))
        assert [period.key for period in found] == keys

    def test_the_hours_of_voting_day_are_deadlines(self, session):
        found = [row[1] for row in entries("SOS-13", MARATUA) if row[0] == MARATUA]
        assert found == ["2024-11-27 10:00", "2024-11-27 13:00"]
        assert entry_of("SOS-13", MARATUA, "2024-11-27 13:00").due_time == "13:00"


class TestWhatIsExpected:
    @pytest.mark.parametrize(
        "code, count",
        [
            ("LOG-09", 1),
            ("LOG-12", 105),
            ("LOG-14", 10),
            ("LOG-15", 1_038 * 3),
            ("ASN-09", 0),
            ("KTP-11", 30),
        ],
    )
    def test_every_region_of_the_items_levels_has_its_rows(self, session, code: str, count: int):
        assert len(entries(code)) == count

    def test_a_daily_item_of_one_day_is_that_one_deed(self, session):
        assert {row[1] for row in entries("LOG-12")} == {""}

    def test_asking_again_makes_nothing(self, session, election):
        assert checklists.expect(election) == 0

    def test_a_region_that_appears_later_gets_its_rows(self, session, election):
        row = {"code": "64.03.14", "name": "Baru", "kind": "kecamatan"}
        regions.load_regions([row], source_version="uji", today=day("2024-11-25"))
        made = checklists.expect(election, roots=["64.03.14"])
        assert made == len(entries("LOG-12", "64.03.14")) + len(entries("SOS-13", "64.03.14")) == 3
        assert checklists.progress.check(election) == []

    def test_a_region_that_is_retired_gets_no_new_rows_and_keeps_its_own(self, session, election):
        session.get(regions.Region, MARATUA).retired_on = day("2024-11-25")
        session.flush()
        before = len(entries("LOG-12", MARATUA))
        checklists.publish("KAM-98", replace(ONCE, levels="kecamatan"), sort=1)
        checklists.expect(election)
        assert entries("KAM-98", MARATUA) == []
        assert len(entries("KAM-98")) == 104
        assert len(entries("LOG-12", MARATUA)) == before == 1

    def test_an_item_that_appears_later_gets_its_rows(self, session, election):
        checklists.publish("KAM-99", DAILY, sort=1)
        assert checklists.expect(election, codes=["KAM-99"]) == 30
        assert entries("KAM-99", BERAU) == [
            (BERAU, f"2024-11-{n}", day(f"2024-11-{n}"), day(f"2024-11-{n}"), "belum") for n in (24, 25, 26)
        ]
        assert checklists.progress.check(election) == []

    def test_a_period_that_appears_later_gets_its_rows(self, session, election):
        checklists.publish("KAM-99", DAILY, sort=1)
        checklists.expect(election)
        checklists.publish("KAM-99", replace(DAILY, due_offset=1), sort=1)
        assert checklists.expect(election) == 20
        assert [row[1] for row in entries("KAM-99", BERAU)][-1] == "2024-11-28"

    def test_an_item_for_several_levels_is_expected_of_each(self, session, election):
        checklists.publish("KAM-99", replace(ONCE, levels="provinsi kabkota"), sort=1)
        assert checklists.expect(election) == 11

    def test_a_hundred_and_more_periods_are_no_limit(self, session, election):
        checklists.publish("KAM-99", replace(DAILY, start_offset=-260, due_offset=260), sort=1)
        assert checklists.expect(election, roots=[BERAU]) == 521


class TestWording:
    def test_an_entry_that_was_begun_keeps_its_wording_and_the_others_take_the_new_one(
        self, session, election, operator, stranger
    ):
        checklists.publish("KAM-99", ONCE, sort=1)
        checklists.expect(election)
        fill(entry_of("KAM-99", BERAU), operator)
        checklists.publish("KAM-99", replace(ONCE, title="Turunkan alat peraga", due_offset=-2), sort=1)
        checklists.expect(election)
        begun, other = entry_of("KAM-99", BERAU), entry_of("KAM-99", "64.01")
        assert (begun.title, begun.wording, begun.due_on) == ("Bersihkan alat peraga", 1, day("2024-11-26"))
        assert (other.title, other.wording, other.due_on) == ("Turunkan alat peraga", 2, day("2024-11-25"))
        assert checklists.progress.check(election) == []

    def test_the_same_wording_again_publishes_nothing(self, session):
        first = checklists.publish("KAM-99", ONCE, sort=1)
        assert checklists.publish("KAM-99", ONCE, sort=1).id == first.id
        assert checklists.publish("KAM-99", replace(ONCE, title="Lain"), sort=1).number == 2

    @pytest.mark.parametrize(
        "change", [{"area": "XXX"}, {"recurrence": "kadang"}, {"start_offset": 3, "due_offset": 2}]
    )
    def test_a_wording_that_cannot_be_is_refused(self, session, change: dict[str, Any]):
        with pytest.raises(Invalid):
            checklists.publish("KAM-99", replace(ONCE, **change), sort=1)

    def test_an_unknown_item_is_not_found(self, session):
        with pytest.raises(NotFound):
            checklists.item_by_code("XXX-99")


class TestMovedStages:
    """A stage that runs on other dates in one region (domain.md 2a: revotes of 2025)."""

    def move(self, election: Any, stage: str, region: str, start: str, end: str) -> None:
        stages.override_stage(
            election, stage, region, starts_on=day(start), ends_on=day(end), reason="Putusan MK", by=None
        )
        checklists.expect(election)

    def test_a_stage_that_ends_later_takes_its_open_entries_along(self, session, election, operator):
        checklists.publish("KAM-99", ONCE, sort=1)
        checklists.expect(election)
        self.move(election, "MASA_TENANG", BERAU, "2024-11-25", "2024-11-28")
        there, elsewhere = entry_of("KAM-99", BERAU), entry_of("KAM-99", "64.01")
        assert (there.opens_on, there.due_on) == (day("2024-11-25"), day("2024-11-28"))
        assert there.due_reason == "Tahapan dipindahkan: Putusan MK"
        assert (elsewhere.due_on, elsewhere.due_reason) == (day("2024-11-26"), "")
        assert checklists.progress.check(election) == []

    def test_what_was_done_already_stays_as_it_was(self, session, election, operator):
        entry = entry_of("LOG-14", BERAU)
        checklists.waive(entry, by=operator, version=entry.version, filling=Filling(reason="tidak ada"))
        self.move(election, "MASA_TENANG", BERAU, "2024-11-25", "2024-11-28")
        assert entry_of("LOG-14", BERAU).due_on == entry.due_on

    def test_a_deadline_that_the_supervisor_set_stays(self, session, election, supervisor):
        entry = entry_of("LOG-14", BERAU)
        checklists.reschedule(
            entry, by=supervisor, version=entry.version, due_on=day("2024-11-26"), reason="kapal terlambat"
        )
        self.move(election, "MASA_TENANG", BERAU, "2024-11-25", "2024-11-28")
        assert entry_of("LOG-14", BERAU).due_reason == "kapal terlambat"
        assert entry_of("LOG-14", BERAU).due_on == day("2024-11-26")

    def test_a_revote_asks_again_in_that_region_only(self, session, election, operator):
        before = entries("SOS-13")
        self.move(election, "PUNGUT_HITUNG", "64.02", "2025-04-19", "2025-04-19")
        again = [row for row in entries("SOS-13") if row not in before]
        assert {regions.kabkota_of(row[0]) for row in again} == {"64.02"}
        assert {row[2:4] for row in again} == {(day("2025-04-19"), day("2025-04-19"))}
        assert len(again) == 2 * (20 + 237), "both hours, every kecamatan and village"
        assert len(entries("SOS-13")) == len(before) + len(again)
        assert checklists.progress.check(election) == []

    def test_asking_again_after_a_revote_makes_nothing(self, session, election):
        self.move(election, "PUNGUT_HITUNG", "64.02", "2025-04-19", "2025-04-19")
        assert checklists.expect(election) == 0

    def test_a_revote_that_is_moved_forgets_what_nobody_began(self, session, election):
        self.move(election, "PUNGUT_HITUNG", "64.02", "2025-04-19", "2025-04-19")
        self.move(election, "PUNGUT_HITUNG", "64.02", "2025-04-26", "2025-04-26")
        days = {row[3] for row in entries("SOS-13", "64.02")}
        assert days == {day("2024-11-27"), day("2025-04-26")}
        assert checklists.progress.check(election) == []

    def test_a_revote_that_is_moved_keeps_what_was_begun(self, session, election):
        from tests.cast import person

        self.move(election, "PUNGUT_HITUNG", "64.02", "2025-04-19", "2025-04-19")
        region, period = next(row[:2] for row in entries("SOS-13", "64.02") if row[3].year == 2025)
        fill(entry_of("SOS-13", region, period), person("operator.kukar"))
        self.move(election, "PUNGUT_HITUNG", "64.02", "2025-04-26", "2025-04-26")
        assert entry_of("SOS-13", region, period).standing is Standing.IN_PROGRESS
        assert len([row for row in entries("SOS-13", "64.02") if row[3] == day("2025-04-19")]) == 1

    def test_the_days_of_a_revote_do_not_count_on_from_the_first_vote(self, session, election):
        from tests.cast import person

        kukar = person("operator.kukar")
        first = entry_of("SOS-13", "64.02.01", "2024-11-27 10:00")
        checklists.note(first, by=kukar, version=first.version, filling=Filling(measure_value=900))
        self.move(election, "PUNGUT_HITUNG", "64.02", "2025-04-19", "2025-04-19")
        again = [
            row[1] for row in entries("SOS-13", "64.02.01") if row[0] == "64.02.01" and "ulang" in row[1]
        ]
        assert checklists.previous_measure(entry_of("SOS-13", "64.02.01", again[0])) is None
        entry = entry_of("SOS-13", "64.02.01", again[0])
        checklists.note(entry, by=kukar, version=entry.version, filling=Filling(measure_value=10))
        assert checklists.previous_measure(entry_of("SOS-13", "64.02.01", again[1])) == (again[0], 10)

    def test_the_nearest_regions_latest_move_wins(self, session, election):
        self.move(election, "MASA_TENANG", BERAU, "2024-11-24", "2024-11-27")
        self.move(election, "MASA_TENANG", "64", "2024-11-24", "2024-11-28")
        assert entry_of("LOG-14", BERAU).due_on == day("2024-11-26")
        assert entry_of("LOG-14", "64.01").due_on == day("2024-11-27")

    def test_a_recurring_item_gets_the_days_that_are_new(self, session, election):
        self.move(election, "MASA_TENANG", BERAU, "2024-11-24", "2024-11-28")
        assert [row[1] for row in entries("KTP-11", BERAU)][-1] == "2024-11-28"
        assert [row[1] for row in entries("KTP-11", "64.01")][-1] == "2024-11-26"


def test_missing_is_a_row(session, election):
    """Before anyone works, every expected entry stands there as "belum", and nothing else."""
    counts = dict(session.execute(select(Entry.standing, func.count()).group_by(Entry.standing)).all())
    assert set(counts) == {Standing.NOT_STARTED}
