"""Items that wait for an answer: their entries come with it, go when it is taken back, and never by halves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from app.domain import checklists
from app.domain.checklists import Change, Entry, Filling, Item, Standing, progress
from app.domain.errors import NotFound
from tests.cast import BERAU, entry_of, person
from tests.counting import statements
from tests.domain.checklists.library_cast import draft, everywhere, publish, reword, said

TODAY = "2024-11-25"
TOLD = Filling(no_evidence_reason="menyusul", reason="alasan")


@pytest.fixture(autouse=True)
def the_whole_election(session: Any) -> Any:
    return everywhere()


@pytest.fixture(autouse=True)
def counters_are_right(the_whole_election: Any) -> Any:
    yield
    assert progress.check(the_whole_election) == []


def regions_of(code: str) -> list[str]:
    query = (
        select(Entry.region_code)
        .join(Item, Item.id == Entry.item_id)
        .where(Item.code == code)
        .order_by(Entry.region_code, Entry.period)
    )
    return list(checklists.library.db.session.scalars(query))


def deed(
    verb: Any, code: str, region: str, period: str = "", who: str = "operator.berau", **more: Any
) -> None:
    entry = entry_of(code, region, period)
    verb(entry, by=person(who), version=entry.version, **({"filling": TOLD} | more))


def add(code: str, condition: str, **other: Any) -> int:
    """A new item that waits, like LOG-14 once and for kabupaten."""
    draft(code, Change.ADD, replace(said("LOG-14"), title=f"Butir {code}", condition=condition, **other))
    return publish(code)


class TestComingAndGoing:
    def test_nothing_is_asked_before_the_answer(self):
        assert add("LOG-16", "LOG-14 selesai") == 0
        assert regions_of("LOG-16") == []

    def test_the_deed_that_answers_makes_the_entry_there(self):
        add("LOG-16", "LOG-14 selesai")
        deed(checklists.start, "LOG-14", BERAU)
        assert regions_of("LOG-16") == []
        deed(checklists.tick, "LOG-14", BERAU)
        assert regions_of("LOG-16") == [BERAU]
        assert entry_of("LOG-16", BERAU).standing is Standing.NOT_STARTED

    def test_taking_the_answer_back_takes_the_untouched_away(self):
        add("LOG-16", "LOG-14 selesai")
        deed(checklists.tick, "LOG-14", BERAU)
        deed(checklists.undo, "LOG-14", BERAU)
        assert regions_of("LOG-16") == []
        deed(checklists.tick, "LOG-14", BERAU)
        assert regions_of("LOG-16") == [BERAU]

    def test_what_somebody_has_begun_stays_and_says_so(self):
        add("LOG-16", "LOG-14 selesai")
        deed(checklists.tick, "LOG-14", BERAU)
        deed(checklists.start, "LOG-16", BERAU)
        assert checklists.condition_stands(entry_of("LOG-16", BERAU)) is True
        deed(checklists.undo, "LOG-14", BERAU)
        assert regions_of("LOG-16") == [BERAU]
        assert checklists.condition_stands(entry_of("LOG-16", BERAU)) is False
        assert checklists.condition_stands(entry_of("LOG-14", BERAU)) is None

    def test_sending_back_takes_away_and_verifying_keeps(self, supervisor: Any):
        add("LOG-16", "LOG-14 selesai")
        deed(checklists.tick, "LOG-14", BERAU)
        entry = entry_of("LOG-14", BERAU)
        checklists.send_back(entry, by=supervisor, version=entry.version, reason="kurang")
        assert regions_of("LOG-16") == []
        deed(checklists.tick, "LOG-14", BERAU)
        entry = entry_of("LOG-14", BERAU)
        checklists.verify(entry, by=supervisor, version=entry.version)
        assert regions_of("LOG-16") == [BERAU]
        entry = entry_of("LOG-14", BERAU)
        checklists.reopen(entry, by=supervisor, version=entry.version, reason="salah")
        assert regions_of("LOG-16") == []

    def test_it_may_wait_for_what_does_not_apply(self):
        add("LOG-16", "LOG-14 tidak_berlaku")
        deed(checklists.waive, "LOG-14", BERAU)
        assert regions_of("LOG-16") == [BERAU]

    def test_it_may_wait_for_a_figure(self):
        add("LOG-16", "LOG-14 > 10")
        for value, there in ((10, []), (11, [BERAU]), (12, [BERAU]), (3, [])):
            said_now = Filling(measure_value=value, measure_reason="dihitung ulang")
            deed(checklists.note, "LOG-14", BERAU, filling=said_now)
            assert regions_of("LOG-16") == there, value

    def test_a_daily_item_waits_day_by_day_for_a_daily_one(self):
        draft("KTP-12", Change.ADD, replace(said("KTP-11"), title="Lanjutan", condition="KTP-11 selesai"))
        publish()
        deed(checklists.tick, "KTP-11", BERAU, TODAY)
        assert entry_of("KTP-12", BERAU, TODAY)
        with pytest.raises(NotFound):
            entry_of("KTP-12", BERAU, "2024-11-26")

    def test_a_daily_item_waits_for_a_single_one_with_all_its_days(self):
        draft("KTP-12", Change.ADD, replace(said("KTP-11"), title="Lanjutan", condition="LOG-14 selesai"))
        publish()
        deed(checklists.tick, "LOG-14", BERAU)
        assert regions_of("KTP-12") == [BERAU, BERAU], (
            "today and tomorrow; yesterday was over when it was published"
        )
        deed(checklists.undo, "LOG-14", BERAU)
        assert regions_of("KTP-12") == []

    def test_a_single_item_waits_for_any_day_of_a_daily_one(self):
        add("LOG-16", "KTP-11 selesai")
        deed(checklists.tick, "KTP-11", BERAU, TODAY)
        deed(checklists.tick, "KTP-11", BERAU, "2024-11-24")
        assert regions_of("LOG-16") == [BERAU]
        deed(checklists.undo, "KTP-11", BERAU, TODAY)
        assert regions_of("LOG-16") == [BERAU], "the other day still answers"
        deed(checklists.undo, "KTP-11", BERAU, "2024-11-24")
        assert regions_of("LOG-16") == []

    def test_several_that_wait_come_together(self):
        add("LOG-16", "LOG-14 selesai")
        add("LOG-17", "LOG-14 selesai")
        add("LOG-18", "LOG-14 tidak_berlaku")
        deed(checklists.tick, "LOG-14", BERAU)
        assert (regions_of("LOG-16"), regions_of("LOG-17"), regions_of("LOG-18")) == ([BERAU], [BERAU], [])
        deed(checklists.undo, "LOG-14", BERAU)
        deed(checklists.waive, "LOG-14", BERAU)
        assert (regions_of("LOG-16"), regions_of("LOG-17"), regions_of("LOG-18")) == ([], [], [BERAU])

    def test_a_chain_goes_on_with_each_answer(self):
        add("LOG-16", "LOG-14 selesai")
        add("LOG-17", "LOG-16 selesai")
        deed(checklists.tick, "LOG-14", BERAU)
        assert regions_of("LOG-17") == []
        deed(checklists.tick, "LOG-16", BERAU)
        assert regions_of("LOG-17") == [BERAU]


class TestExpecting:
    def test_expect_makes_what_is_answered_already_and_nothing_else(self, election: Any):
        deed(checklists.tick, "LOG-14", BERAU)
        assert add("LOG-16", "LOG-14 selesai") == 1
        assert checklists.expect(election) == 0
        assert regions_of("LOG-16") == [BERAU]

    def test_a_condition_that_is_added_takes_away_where_it_does_not_hold(self):
        deed(checklists.tick, "LOG-14", BERAU)
        draft("KTP-11", wording=said("KTP-11", condition="LOG-14 selesai"))
        changes = checklists.proposals(checklists.drafts(), checklists.known_items())
        (effect,) = checklists.effects_of(everywhere_again(), changes)
        assert (effect.goes.total, effect.rewritten) == (27, 3)
        publish()
        assert set(regions_of("KTP-11")) == {BERAU}

    def test_a_condition_that_is_dropped_asks_everybody(self):
        reword("KTP-11", condition="LOG-14 selesai")
        assert regions_of("KTP-11") == []
        assert reword("KTP-11", condition="") == 20, "two days of ten kabupaten; yesterday is over"

    def test_the_first_item_knows_who_waits(self):
        add("LOG-16", "LOG-14 selesai")
        item = checklists.item_by_code("LOG-14")[0]
        assert item.dependents.endswith(":selesai")
        draft("LOG-16", Change.RETIRE, reason="ganda")
        publish()
        assert checklists.item_by_code("LOG-14")[0].dependents == ""

    def test_loading_a_file_that_drops_the_condition_forgets_it(self):
        reword("KTP-11", condition="LOG-14 selesai")
        checklists.publish("KTP-11", said("KTP-11", condition=""), sort=80)
        assert checklists.item_by_code("LOG-14")[0].dependents == ""
        checklists.expect(everywhere_again())


def everywhere_again() -> Any:
    from app.domain import stages

    return stages.current_election()


class TestWhatItCosts:
    def asked(self, verb: Any, code: str) -> int:
        entry = entry_of(code, BERAU)
        by = person("operator.berau")
        with statements() as seen:
            verb(entry, by=by, version=entry.version, filling=TOLD)
        return len(seen)

    def test_nothing_where_nothing_waits_and_three_where_an_answer_decides(self):
        plain = self.asked(checklists.tick, "LOG-14")
        deed(checklists.undo, "LOG-14", BERAU)
        add("LOG-16", "LOG-14 selesai")
        assert self.asked(checklists.tick, "LOG-14") == plain + 3, "read, add, count"
        assert self.asked(checklists.undo, "LOG-14") <= plain + 3, "read, take away, count"

    def test_nothing_where_the_answer_decides_nothing(self):
        plain = self.asked(checklists.start, "LOG-14")
        add("LOG-16", "LOG-14 selesai")
        deed(checklists.block, "LOG-14", BERAU)
        assert self.asked(checklists.start, "LOG-14") == plain


def test_a_tick_that_was_read_before_a_condition_was_published_still_brings_it(session: Any):
    """The entry was on the screen before; whoever waits for it now must not be forgotten."""
    before = entry_of("LOG-14", BERAU)
    add("LOG-16", "LOG-14 selesai")
    checklists.tick(before, by=person("operator.berau"), version=before.version, filling=TOLD)
    assert regions_of("LOG-16") == [BERAU]
    session.flush()
    assert session.scalar(select(func.count()).select_from(Entry).where(Entry.version == 2)) == 1
