"""Entries follow the calendar: what a change would do is said beforehand, and then exactly that is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from app.domain import audit, checklists, clock, regions, stages
from app.domain.checklists import Counts, Entry, Filling, Standing, Wording
from app.domain.errors import Invalid, NotAllowed, NotNow
from tests import cast
from tests.cast import BERAU, PASER, entry_of

TODAY = dt.date(2024, 11, 25)
ONCE = Wording(
    area="KAM",
    stage="MASA_TENANG",
    levels="kabkota",
    unit_id=None,
    roles="Satpol PP",
    title="Bersihkan alat peraga",
    recurrence="sekali",
    start_offset=None,
    due_offset=-1,
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def held(session: Any) -> stages.Election:
    """The election as a change needs it: the row itself, held in all of the province."""
    election = stages.find_election(stages.current_election().id)
    if not stages.races(election):
        stages.add_race(election, "gub", "64")
    return election


def everything() -> dict[tuple[str, str, str], tuple[Any, ...]]:
    """(item, region, period) -> dates, standing, reason of the deadline."""
    query = select(
        checklists.Item.code,
        Entry.region_code,
        Entry.period,
        Entry.opens_on,
        Entry.due_on,
        Entry.standing,
        Entry.due_reason,
    ).join(checklists.Item, checklists.Item.id == Entry.item_id)
    return {tuple(row[:3]): tuple(row[3:]) for row in cast.db.session.execute(query)}


def difference(before: dict[Any, Any], after: dict[Any, Any]) -> tuple[int, int, int]:
    """How many entries have other dates, are new, are gone."""
    moved = sum(1 for key in before.keys() & after.keys() if before[key][:2] != after[key][:2])
    return moved, len(after.keys() - before.keys()), len(before.keys() - after.keys())


def said(counts: Counts) -> tuple[int, int, int]:
    return counts.moved, counts.added, counts.dropped


def planned(held: stages.Election, stage: str, region: str, start: str, end: str) -> stages.StageOverride:
    return stages.planned_move(
        held, stage, region, starts_on=day(start), ends_on=day(end), reason="Putusan MK"
    )


def move(
    held: stages.Election, by: Any, stage: str, region: str, start: str, end: str, **more: Any
) -> stages.StageOverride:
    return checklists.move_stage(
        held,
        stage,
        region,
        starts_on=day(start),
        ends_on=day(end),
        reason="Putusan MK",
        version=stages.find_election(held.id).calendar_version,
        by=by,
        **more,
    )


class TestOneRegion:
    @pytest.mark.parametrize(
        "region, start, end",
        [
            (BERAU, "2024-11-25", "2024-11-28"),
            (BERAU, "2024-11-20", "2024-11-25"),
            ("64", "2024-11-24", "2024-11-29"),
            ("64.03.11", "2024-11-24", "2024-11-29"),
            (BERAU, "2024-12-24", "2024-12-26"),
        ],
    )
    def test_what_is_said_beforehand_is_what_is_done(
        self, session, held, admin, operator, region: str, start: str, end: str
    ):
        entry = entry_of("LOG-14", BERAU)
        checklists.waive(entry, by=operator, version=entry.version, filling=Filling(reason="tidak ada"))
        other = entry_of("KTP-11", BERAU, "2024-11-26")
        checklists.start(other, by=operator, version=other.version)
        before = everything()
        preview = checklists.preview_move(held, planned(held, "MASA_TENANG", region, start, end), day=TODAY)
        assert everything() == before, "saying it changes nothing"
        move(held, admin, "MASA_TENANG", region, start, end)
        assert said(preview.total) == difference(before, everything()) != (0, 0, 0)
        assert checklists.progress.check(held) == []
        assert checklists.expect(held) == 0
        assert said(preview.total) == difference(before, everything()), "and it stays so"

    def test_a_second_move_inside_a_wider_one_is_said_rightly_too(self, session, held, admin):
        move(held, admin, "MASA_TENANG", "64", "2024-11-24", "2024-11-29")
        before = everything()
        preview = checklists.preview_move(
            held, planned(held, "MASA_TENANG", BERAU, "2024-11-24", "2024-11-27"), day=TODAY
        )
        move(held, admin, "MASA_TENANG", BERAU, "2024-11-24", "2024-11-27")
        moved, _, _ = difference(before, everything())
        assert preview.total.moved == moved > 0
        assert entry_of("LOG-14", BERAU).due_on == day("2024-11-26")
        assert entry_of("LOG-14", PASER).due_on == day("2024-11-28")
        assert checklists.progress.check(held) == []

    @pytest.mark.parametrize("region", ["64.02", "64.02.06"])
    def test_a_vote_that_is_postponed_takes_its_entries_along(self, session, held, admin, region: str):
        before = everything()
        plan = stages.planned_move(
            held,
            "PUNGUT_HITUNG",
            region,
            starts_on=day("2024-12-11"),
            ends_on=day("2024-12-11"),
            reason="Banjir",
            again=False,
        )
        preview = checklists.preview_move(held, plan, day=TODAY)
        made = move(held, admin, "PUNGUT_HITUNG", region, "2024-12-11", "2024-12-11", again=False)
        after = everything()
        assert said(preview.total) == difference(before, after)
        assert preview.total.added == preview.total.dropped
        of_stage = {v.item_id for v in checklists.current_versions() if v.stage == "PUNGUT_HITUNG"}
        codes = set(checklists.codes_of(sorted(of_stage)).values())

        def there(key: tuple[str, str, str]) -> bool:
            return key[0] in codes and (key[1] == region or key[1].startswith(f"{region}."))

        keys = [key for key in after if there(key)]
        assert keys
        assert not [key for key in keys if key[2].startswith(("ulang-", "2024-11-27"))]
        assert {after[key][1] for key in keys if key[2]} == {day("2024-12-11")}
        elsewhere = {key: row for key, row in before.items() if not there(key)}
        assert {key: row for key, row in after.items() if not there(key)} == elsewhere
        assert checklists.progress.check(held) == []
        assert checklists.expect(held) == 0
        assert everything() == after
        checklists.withdraw_move(held, made, reason="Tidak jadi", version=held.calendar_version, by=admin)
        assert everything() == before
        assert checklists.progress.check(held) == []

    def test_inside_a_postponed_region_another_may_vote_on_its_own_day(self, session, held, admin):
        move(held, admin, "PUNGUT_HITUNG", "64.02", "2024-12-11", "2024-12-11", again=False)
        move(held, admin, "PUNGUT_HITUNG", "64.02.06", "2024-12-18", "2024-12-18", again=False)
        days = {
            key[2][:10]
            for key in everything()
            if key[1].startswith("64.02.06") and key[2].startswith("2024-1")
        }
        assert "2024-12-18" in days
        assert not {"2024-11-27", "2024-12-11"} & days
        assert checklists.progress.check(held) == []
        assert checklists.expect(held) == 0

    def test_a_day_that_was_answered_before_the_vote_was_postponed_stays(self, session, held, admin):
        entry = entry_of("SOS-13", cast.SAMBALIUNG, "2024-11-27 10:00")
        checklists.start(entry, by=cast.person("operator.sambaliung"), version=entry.version)
        move(held, admin, "PUNGUT_HITUNG", BERAU, "2024-12-11", "2024-12-11", again=False)
        assert entry_of("SOS-13", cast.SAMBALIUNG, "2024-11-27 10:00").standing is Standing.IN_PROGRESS
        assert entry_of("SOS-13", cast.MARATUA, "2024-12-11 10:00").due_on == day("2024-12-11")

    def test_withdrawing_brings_back_what_was(self, session, held, admin):
        before = everything()
        made = move(held, admin, "MASA_TENANG", BERAU, "2024-11-25", "2024-11-28")
        moved = everything()
        preview = checklists.preview_withdrawal(held, made, day=TODAY)
        checklists.withdraw_move(held, made, reason="Dicabut KPU", version=held.calendar_version, by=admin)
        assert everything() == before
        assert said(preview.total) == difference(moved, before)
        assert checklists.progress.check(held) == []
        told = audit.history_of("stage", "MASA_TENANG")[0]
        assert (told.action, told.region_code) == ("calendar:stage:withdraw", BERAU)

    def test_withdrawing_leaves_what_was_answered_in_between(self, session, held, admin, operator):
        made = move(held, admin, "MASA_TENANG", BERAU, "2024-11-25", "2024-11-28")
        entry = entry_of("LOG-14", BERAU)
        checklists.waive(entry, by=operator, version=entry.version, filling=Filling(reason="tidak ada"))
        later = entry_of("KTP-11", BERAU, "2024-11-28")
        checklists.start(later, by=operator, version=later.version)
        preview = checklists.preview_withdrawal(held, made, day=TODAY)
        assert preview.total.answered == 1
        checklists.withdraw_move(held, made, reason="Dicabut", version=held.calendar_version, by=admin)
        assert entry_of("LOG-14", BERAU).due_on == entry.due_on
        assert entry_of("KTP-11", BERAU, "2024-11-28").standing is Standing.IN_PROGRESS
        assert checklists.progress.check(held) == []

    def test_a_move_that_was_withdrawn_does_not_bring_back_the_one_it_replaced(self, session, held, admin):
        before = everything()
        first = move(held, admin, "MASA_TENANG", BERAU, "2024-11-25", "2024-11-28")
        second = move(held, admin, "MASA_TENANG", BERAU, "2024-11-25", "2024-11-29", seen=first.id)
        checklists.withdraw_move(held, second, reason="Dicabut", version=held.calendar_version, by=admin)
        assert stages.moves_of(held) == []
        assert everything() == before

    def test_a_supervisors_own_date_stays_and_is_counted(self, session, held, admin, supervisor):
        entry = entry_of("LOG-14", BERAU)
        checklists.reschedule(
            entry, by=supervisor, version=entry.version, due_on=day("2024-12-01"), reason="kapal terlambat"
        )
        preview = checklists.preview_move(
            held, planned(held, "MASA_TENANG", BERAU, "2024-11-25", "2024-11-28"), day=TODAY
        )
        assert preview.total.own_date == 1
        move(held, admin, "MASA_TENANG", BERAU, "2024-11-25", "2024-11-28")
        assert entry_of("LOG-14", BERAU).due_on == day("2024-12-01")

    def test_it_says_what_is_late_no_more_and_what_becomes_late(self, session, held):
        clock.set_frozen(dt.datetime(2024, 11, 28, 1, tzinfo=dt.UTC))
        later = planned(held, "MASA_TENANG", BERAU, "2024-11-25", "2024-12-04")
        preview = checklists.preview_move(held, later, day=day("2024-11-28"))
        assert 0 < preview.total.freed <= preview.total.moved
        assert preview.total.late == 0
        clock.set_frozen(dt.datetime(2024, 11, 25, 1, tzinfo=dt.UTC))
        earlier = planned(held, "MASA_TENANG", BERAU, "2024-11-22", "2024-11-25")
        assert checklists.preview_move(held, earlier, day=TODAY).total.late > 0

    def test_only_who_manages_the_calendar_there_may(self, session, held, operator, supervisor):
        for person in (operator, supervisor, cast.person("admin.paser")):
            with pytest.raises(NotAllowed):
                move(held, person, "MASA_TENANG", BERAU, "2024-11-25", "2024-11-28")
        move(held, cast.person("admin.berau"), "MASA_TENANG", BERAU, "2024-11-25", "2024-11-28")

    def test_two_moves_over_one_another_are_refused(self, session, held, admin):
        move(held, admin, "MASA_TENANG", BERAU, "2024-11-25", "2024-11-28")
        with pytest.raises(Invalid, match="bertumpuk"):
            move(held, admin, "MASA_TENANG", BERAU, "2024-11-28", "2024-11-30", seen=None)
        with pytest.raises(NotNow):
            move(held, admin, "MASA_TENANG", BERAU, "2024-11-28", "2024-11-30", seen=0)

    def test_who_comes_second_is_told(self, session, held, admin):
        version = held.calendar_version
        move(held, admin, "MASA_TENANG", BERAU, "2024-11-25", "2024-11-28")
        with pytest.raises(NotNow, match="baru saja diubah"):
            checklists.move_stage(
                held,
                "MASA_TENANG",
                PASER,
                starts_on=day("2024-11-25"),
                ends_on=day("2024-11-28"),
                reason="x",
                version=version,
                by=admin,
            )


@pytest.mark.template("demo")
class TestTheRevotesOf2025:
    """The Constitutional Court's decisions of 24 February 2025 (domain.md 2a)."""

    DECIDED = dt.date(2025, 2, 24)

    @pytest.mark.parametrize(
        "region, vote, last",
        [("64.02", dt.date(2025, 4, 19), dt.timedelta(days=60)), ("64.11", dt.date(2025, 5, 24), None)],
    )
    def test_a_revote_asks_again_there_alone_and_can_be_taken_back(
        self, session, held, admin, region: str, vote: dt.date, last: dt.timedelta | None
    ):
        clock.set_frozen(dt.datetime(2025, 2, 25, 1, tzinfo=dt.UTC))
        until = self.DECIDED + last if last else dt.date(2025, 5, 24)
        assert vote <= until
        before = everything()
        asked = stages.planned_move(
            held,
            "PUNGUT_HITUNG",
            region,
            starts_on=vote,
            ends_on=vote,
            reason="Pemungutan suara ulang menurut putusan Mahkamah Konstitusi 24 Februari 2025",
        )
        preview = checklists.preview_move(held, asked, day=dt.date(2025, 2, 25))
        made = checklists.move_stage(
            held,
            "PUNGUT_HITUNG",
            region,
            starts_on=vote,
            ends_on=vote,
            reason=asked.reason,
            document="Putusan MK",
            version=held.calendar_version,
            by=admin,
        )
        after = everything()
        new = after.keys() - before.keys()
        assert len(new) == preview.total.added > 100
        assert {regions.kabkota_of(key[1]) for key in new} == {region} == set(preview.regions)
        assert {after[key][1] for key in new} == {vote}
        assert before.items() <= after.items(), "the first vote's entries stay as they are"
        assert checklists.progress.check(held) == []
        running = [w.code for w in stages.running_in(held, region, vote)]
        assert "PUNGUT_HITUNG" in running
        assert "PUNGUT_HITUNG" not in [w.code for w in stages.running_in(held, BERAU, vote)]
        checklists.withdraw_move(
            held, made, reason="Diganti jadwal KPU", version=held.calendar_version, by=admin
        )
        assert everything() == before
        assert checklists.progress.check(held) == []


class TestAStageEverywhere:
    def change(self, held: stages.Election, by: Any, start: int, end: int, **more: Any) -> None:
        stage = stages.planned_stage(
            held, "MASA_TENANG", name=more.pop("name", "Masa Tenang"), start_offset=start, end_offset=end
        )
        checklists.change_stage(
            held, stage, place=more.pop("place", 4), version=held.calendar_version, by=by, **more
        )

    @pytest.mark.parametrize("start, end", [(-5, -1), (-3, 2), (-10, -6), (-1, -1)])
    def test_what_is_said_beforehand_is_what_is_done(
        self, session, held, admin, operator, start: int, end: int
    ):
        entry = entry_of("LOG-14", BERAU)
        checklists.waive(entry, by=operator, version=entry.version, filling=Filling(reason="tidak ada"))
        begun = entry_of("LOG-14", PASER)
        checklists.start(begun, by=cast.person("operator.paser"), version=begun.version)
        before = everything()
        stage = stages.planned_stage(
            held, "MASA_TENANG", name="Masa Tenang", start_offset=start, end_offset=end
        )
        preview = checklists.preview_stage(held, stage, day=TODAY)
        assert everything() == before
        self.change(held, admin, start, end)
        assert said(preview.total) == difference(before, everything())
        assert entry_of("LOG-14", BERAU).due_on == entry.due_on
        assert checklists.progress.check(held) == []
        assert checklists.expect(held) == 0
        assert said(preview.total) == difference(before, everything()), "and it stays so"

    def test_the_librarys_items_go_along_as_new_wordings(self, session, held, admin):
        _, old = checklists.item_by_code("LOG-14")
        self.change(held, admin, -5, -2)
        _, new = checklists.item_by_code("LOG-14")
        assert (new.number, new.due_offset, new.title) == (old.number + 1, old.due_offset - 1, old.title)
        assert entry_of("LOG-14", PASER).due_on == day("2024-11-24")

    def test_a_moved_region_keeps_its_own_dates(self, session, held, admin):
        move(held, admin, "MASA_TENANG", BERAU, "2024-11-25", "2024-11-28")
        there = entry_of("LOG-14", BERAU).due_on
        self.change(held, admin, -5, -2)
        assert entry_of("LOG-14", BERAU).due_on == there
        assert checklists.progress.check(held) == []

    def test_another_name_or_place_moves_nothing(self, session, held, admin):
        before = everything()
        self.change(held, admin, -3, -1, name="Hari Tenang", place=1)
        assert everything() == before
        first = stages.stages_of(held)[0]
        assert (first.code, first.name) == ("MASA_TENANG", "Hari Tenang")
        assert checklists.item_by_code("LOG-14")[1].number == 1
        told = audit.history_of("stage", "MASA_TENANG")[0]
        assert told.changed == {"name": ["Masa Tenang", "Hari Tenang"], "order": [4, 1]}

    def test_an_admin_of_one_kabupaten_may_not(self, session, held):
        with pytest.raises(NotAllowed):
            self.change(held, cast.person("admin.berau"), -5, -1)

    @pytest.mark.parametrize("start, end", [(2, 1), (-731, 0), (0, 731)])
    def test_days_that_cannot_be_are_refused(self, session, held, admin, start: int, end: int):
        with pytest.raises(Invalid):
            self.change(held, admin, start, end)

    def test_the_stages_of_an_election_that_is_not_the_current_one_stay(self, session, held, admin):
        stages.create_election("lain", "Lain", day("2029-11-28"), in_use_from=day("2029-01-01"))
        with pytest.raises(NotNow, match="yang berlaku"):
            self.change(held, admin, -5, -1)


class TestVotingDay:
    def change(self, held: stages.Election, by: Any, date: str, reason: str = "PKPU baru") -> None:
        checklists.change_voting_day(
            held, day(date), reason=reason, day=TODAY, version=held.calendar_version, by=by
        )

    @pytest.mark.parametrize("date", ["2024-12-11", "2024-11-26", "2025-11-26"])
    def test_what_is_said_beforehand_is_what_is_done(self, session, held, admin, operator, date: str):
        entry = entry_of("KTP-11", BERAU, "2024-11-25")
        checklists.tick(
            entry, by=operator, version=entry.version, filling=Filling(no_evidence_reason="menyusul")
        )
        before = everything()
        preview = checklists.preview_voting_day(held, day(date), day=TODAY)
        assert everything() == before
        assert held.voting_day == day("2024-11-27")
        self.change(held, admin, date)
        assert said(preview.total) == difference(before, everything())
        assert entry_of("KTP-11", BERAU, "2024-11-25").standing is Standing.DONE
        assert checklists.progress.check(held) == []
        assert stages.current_election().voting_day == day(date)
        assert checklists.expect(held) == 0

    def test_a_single_items_deadline_moves_with_it(self, session, held, admin):
        self.change(held, admin, "2024-12-11")
        assert entry_of("LOG-14", BERAU).due_on == day("2024-12-09")
        assert entry_of("SOS-13", cast.MARATUA, "2024-12-11 10:00").due_on == day("2024-12-11")

    def test_a_revote_keeps_its_own_date(self, session, held, admin):
        move(held, admin, "PUNGUT_HITUNG", "64.02", "2025-04-19", "2025-04-19")
        again = [key for key in everything() if key[2].startswith("ulang-")]
        self.change(held, admin, "2024-12-11")
        now = everything()
        assert {now[key][1] for key in again} == {day("2025-04-19")}
        assert checklists.progress.check(held) == []

    def test_it_refuses_a_day_after_which_a_revote_would_be_the_first_vote(self, session, held, admin):
        move(held, admin, "PUNGUT_HITUNG", "64.02", "2025-04-19", "2025-04-19")
        with pytest.raises(Invalid, match="tidak jelas"):
            self.change(held, admin, "2025-05-01")

    @pytest.mark.parametrize("date, reason", [("2024-11-27", "x"), ("2028-11-27", "x"), ("2024-12-11", " ")])
    def test_it_refuses_what_cannot_be(self, session, held, admin, date: str, reason: str):
        with pytest.raises(Invalid):
            self.change(held, admin, date, reason)

    def test_it_refuses_the_past_once_something_was_recorded(self, session, held, admin, operator):
        self.change(held, admin, "2024-11-20")
        self.change(held, admin, "2024-11-27")
        entry = entry_of("LOG-14", BERAU)
        checklists.start(entry, by=operator, version=entry.version)
        with pytest.raises(Invalid, match="sudah lewat"):
            self.change(held, admin, "2024-11-20")

    def test_it_refuses_once_the_vote_was_recorded(self, session, held, admin):
        entry = entry_of("SOS-13", cast.SAMBALIUNG, "2024-11-27 10:00")
        checklists.start(entry, by=cast.person("operator.sambaliung"), version=entry.version)
        with pytest.raises(Invalid, match="sudah dicatat"):
            self.change(held, admin, "2024-12-11")

    def test_an_admin_of_one_kabupaten_may_not(self, session, held):
        with pytest.raises(NotAllowed):
            self.change(held, cast.person("admin.berau"), "2024-12-11")


def test_a_begun_entry_takes_the_new_days_with_its_wording(session, held, admin, operator):
    checklists.publish("KAM-99", ONCE, sort=1)
    checklists.expect(held)
    entry = entry_of("KAM-99", BERAU)
    checklists.start(entry, by=operator, version=entry.version)
    stage = stages.planned_stage(held, "MASA_TENANG", name="Masa Tenang", start_offset=-5, end_offset=-2)
    checklists.change_stage(held, stage, place=4, version=held.calendar_version, by=admin)
    now = entry_of("KAM-99", BERAU)
    assert (now.standing, now.wording, now.due_on) == (Standing.IN_PROGRESS, 2, day("2024-11-25"))


def test_counts_add_up():
    assert Counts(1, 2, 3) + Counts(moved=1, late=4) == Counts(2, 2, 3, 0, 0, 0, 4)
    assert not Counts()
    assert replace(Counts(), late=1)
