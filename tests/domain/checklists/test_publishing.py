"""Publishing: what a preview counts is what happens, answers keep their wording, and counters stay right."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from app.domain import audit, checklists, stages
from app.domain.checklists import Change, Effect, Entry, Filling, Item, Standing, progress
from app.domain.errors import Invalid, NotNow
from tests.cast import BERAU, MARATUA, entry_of, person
from tests.counting import statements
from tests.domain.checklists.library_cast import draft, everywhere, publish, reword, said


@pytest.fixture(autouse=True)
def the_whole_election(session: Any) -> Any:
    return everywhere()


@pytest.fixture(autouse=True)
def counters_are_right(the_whole_election: Any) -> Any:
    yield
    assert progress.check(the_whole_election) == []


def count(code: str, *conditions: Any) -> int:
    query = select(func.count()).select_from(Entry).join(Item, Item.id == Entry.item_id)
    return checklists.library.db.session.scalar(query.where(Item.code == code, *conditions)) or 0


def preview(*codes: str) -> list[Effect]:
    some = [one for one in checklists.drafts() if not codes or one.code in codes]
    changes = checklists.proposals(some, checklists.known_items())
    return checklists.effects_of(stages.current_election(), changes)


def wordings(code: str) -> dict[int, int]:
    """Number of the wording -> entries under it."""
    query = (
        select(checklists.ItemVersion.number, func.count())
        .join(Entry, Entry.version_id == checklists.ItemVersion.id)
        .join(Item, Item.id == Entry.item_id)
        .where(Item.code == code)
        .group_by(checklists.ItemVersion.number)
    )
    return {row[0]: row[1] for row in checklists.library.db.session.execute(query)}


def fill(code: str, region: str, who: str, period: str = "") -> None:
    entry = entry_of(code, region, period)
    told = Filling(no_evidence_reason="menyusul")
    checklists.tick(entry, by=person(who), version=entry.version, filling=told)


def test_publishing_asks_as_much_for_two_thousand_entries_as_for_a_hundred(session: Any):
    def asked(**other: Any) -> tuple[int, int]:
        draft("LOG-14", wording=said("LOG-14", **other))
        with statements() as seen:
            publish("LOG-14")
        return len(seen), count("LOG-14")

    asked(title="Di provinsi", levels="provinsi kabkota kecamatan")
    few, small = asked(title="Kata lain")
    grown, large = asked(title="Di desa", levels="provinsi kabkota kecamatan keldes")
    many, same = asked(title="Kata lain lagi")
    assert small < 150 < 1_000 < large == same, (small, large, same)
    assert max(many, grown) <= few + 2, (few, grown, many)


class TestRewording:
    def test_the_untouched_take_the_new_wording_and_the_answered_keep_theirs(self):
        fill("LOG-14", BERAU, "operator.berau")
        draft("LOG-14", wording=said("LOG-14", title="Judul baru"))
        (effect,) = preview()
        assert (effect.rewritten, dict(effect.kept), effect.waiting, effect.redated) == (9, {1: 1}, 1, 0)
        assert publish() == 0
        assert wordings("LOG-14") == {1: 1, 2: 9}
        assert entry_of("LOG-14", BERAU).title != "Judul baru"
        assert entry_of("LOG-14", "64.01").title == "Judul baru"

    def test_a_new_deadline_moves_the_untouched(self):
        draft("LOG-14", wording=said("LOG-14", due_offset=-1))
        (effect,) = preview()
        assert (effect.rewritten, effect.redated, effect.late_at_once) == (10, 10, 0)
        publish()
        assert entry_of("LOG-14", BERAU).due_on == dt.date(2024, 11, 26)

    def test_a_deadline_in_the_past_is_foretold(self):
        draft("LOG-14", wording=said("LOG-14", start_offset=-3, due_offset=-3))
        (effect,) = preview()
        assert effect.late_at_once == 10

    def test_a_level_more_makes_its_entries_and_says_for_whom(self):
        draft("KTP-11", wording=said("KTP-11", levels="kabkota kecamatan"))
        (effect,) = preview()
        assert (effect.appears.total, dict(effect.appears.by_level)) == (210, {"kecamatan": 210})
        assert effect.appears.by_kabkota[BERAU] == 26
        assert (effect.appears.first, effect.appears.last) == (dt.date(2024, 11, 25), dt.date(2024, 11, 26))
        assert effect.appears.examples[0].due_on == dt.date(2024, 11, 25)
        assert effect.not_made == 105, "the day before today, in every kecamatan"
        assert publish() == 210
        assert count("KTP-11", Entry.level == "kecamatan", Entry.due_on < dt.date(2024, 11, 25)) == 0

    def test_expecting_again_does_not_ask_for_what_was_over(self, election: Any):
        reword("KTP-11", levels="kabkota kecamatan")
        assert checklists.expect(election) == 0

    def test_a_level_less_takes_the_untouched_and_keeps_the_rest(self):
        fill("SOS-13", MARATUA, "operator.berau", "2024-11-27 10:00")
        draft("SOS-13", wording=said("SOS-13", levels="keldes"))
        (effect,) = preview()
        assert (effect.goes.total, dict(effect.goes.by_level)) == (209, {"kecamatan": 209})
        publish()
        assert count("SOS-13", Entry.level == "kecamatan") == 1
        assert wordings("SOS-13")[1] == 1

    def test_a_period_less_takes_the_future_and_keeps_what_was_missed(self):
        draft("KTP-11", wording=said("KTP-11", start_offset=-2, due_offset=-2))
        (effect,) = preview()
        publish()
        left = {row.period for row in checklists.library.db.session.execute(
            select(Entry.period).join(Item, Item.id == Entry.item_id).where(Item.code == "KTP-11")
        )}  # fmt: skip
        assert effect.goes.total == 20
        assert effect.missed == 10
        assert left == {"2024-11-24", ""}, "one day is that one deed; yesterday's row stays as missed"

    def test_hours_that_change_take_the_old_ones_away(self):
        draft("SOS-13", wording=said("SOS-13", times="09:00 13:00"))
        (effect,) = preview()
        assert effect.appears.total == effect.goes.total == 1_143
        publish()
        assert entry_of("SOS-13", MARATUA, "2024-11-27 09:00").due_time == "09:00"
        assert count("SOS-13") == 2 * 1_143

    def test_somebodys_words_keep_an_entry(self, operator: Any):
        entry = entry_of("SOS-13", MARATUA, "2024-11-27 10:00")
        checklists.remark(entry, by=operator, text="Kapal baru tiba pukul 11.")
        reword("SOS-13", levels="keldes")
        assert count("SOS-13", Entry.level == "kecamatan") == 1

    def test_what_is_touched_is_what_was_counted(self):
        draft("KTP-11", wording=said("KTP-11", levels="kabkota kecamatan", title="Lain"))
        draft("SOS-13", wording=said("SOS-13", levels="keldes"))
        draft("LOG-16", Change.ADD, replace(said("LOG-14"), title="Baru"))
        before = count("KTP-11") + count("SOS-13")
        effects = preview()
        publish()
        after = count("KTP-11") + count("SOS-13") + count("LOG-16")
        assert after - before == sum(one.appears.total - one.goes.total for one in effects)


class TestNewItems:
    def test_a_new_item_has_its_entries_and_its_first_wording(self):
        draft("LOG-16", Change.ADD, replace(said("LOG-14"), title="Baru"))
        (effect,) = preview()
        assert (effect.appears.total, effect.rewritten, dict(effect.kept)) == (10, 0, {})
        assert publish() == 10
        item, version = checklists.item_by_code("LOG-16")
        assert (version.number, version.published_by, item.expected_from) == (
            1,
            "Admin Kaltim (demo)",
            dt.date(2024, 11, 25),
        )
        assert checklists.drafts() == []

    def test_the_trail_tells_it(self, session: Any):
        draft("LOG-16", Change.ADD, replace(said("LOG-14"), title="Baru"))
        publish()
        link = audit.history_of("checklist_item", "LOG-16")[0]
        assert (link.action, link.actor_name, link.changed["title"]) == (
            "library:item:publish",
            "Admin Kaltim (demo)",
            [None, "Baru"],
        )


class TestRetiring:
    def test_the_future_goes_and_the_past_stays(self, election: Any):
        fill("KTP-11", BERAU, "operator.berau", "2024-11-25")
        draft("KTP-11", Change.RETIRE, reason="ganda dengan KTP-10")
        (effect,) = preview()
        assert (effect.goes.total, effect.missed, dict(effect.kept), effect.waiting) == (19, 10, {1: 1}, 1)
        publish()
        assert count("KTP-11") == 11
        assert checklists.expect(election) == 0
        item = checklists.item_by_code("KTP-11")[0]
        assert (item.retired_by, item.retired_reason) == ("Admin Kaltim (demo)", "ganda dengan KTP-10")
        assert "KTP-11" not in dict(checklists.codes_and_titles())

    def test_what_waits_is_still_verified(self, supervisor: Any):
        fill("KTP-11", BERAU, "operator.berau", "2024-11-25")
        draft("KTP-11", Change.RETIRE, reason="ganda")
        publish()
        entry = entry_of("KTP-11", BERAU, "2024-11-25")
        checklists.verify(entry, by=supervisor, version=entry.version)
        assert entry_of("KTP-11", BERAU, "2024-11-25").standing is Standing.VERIFIED

    def test_bringing_back_asks_from_today_on(self):
        draft("KTP-11", Change.RETIRE, reason="ganda")
        publish()
        draft("KTP-11", Change.BRING_BACK)
        (effect,) = preview()
        assert (effect.appears.total, effect.appears.first) == (20, dt.date(2024, 11, 25))
        assert publish() == 20
        assert count("KTP-11") == 30
        item = checklists.item_by_code("KTP-11")[0]
        assert (item.retired_at, item.retired_reason) == (None, "")
        actions = [link.action for link in audit.history_of("checklist_item", "KTP-11")]
        assert actions[0] == "library:item:bring_back"
        assert "library:item:retire" in actions

    def test_an_event_that_somebody_recorded_stays(self, election: Any, operator: Any):
        checklists.open_event(election, "ASN-09", BERAU, by=operator, title="Unggahan di media sosial")
        draft("ASN-09", Change.RETIRE, reason="pindah ke register")
        publish()
        assert count("ASN-09") == 1
        with pytest.raises(Invalid, match="sudah dipensiunkan"):
            checklists.open_event(election, "ASN-09", BERAU, by=operator, title="Satu lagi")


class TestTogether:
    def test_a_draft_that_changed_since_it_was_seen_publishes_nothing(self, election: Any, admin: Any):
        draft("LOG-14", wording=said("LOG-14", title="Pertama"))
        draft("KTP-11", wording=said("KTP-11", title="Lain"))
        draft("LOG-14", wording=said("LOG-14", title="Kedua"), seen=1)
        with pytest.raises(NotNow, match="Rancangan LOG-14 berubah"):
            checklists.publish_drafts(election, [("KTP-11", 1), ("LOG-14", 1)], by=admin)

    def test_an_item_that_changed_since_its_draft_publishes_nothing(self, session: Any):
        draft("LOG-14", wording=said("LOG-14", title="Rancangan"))
        checklists.publish("LOG-14", said("LOG-14", title="Dari baris perintah"), sort=140)
        with pytest.raises(NotNow, match="LOG-14 sudah berubah sejak rancangannya"):
            publish()
        draft("LOG-14", wording=said("LOG-14", title="Rancangan"))
        checklists.library.db.session.rollback()

    def test_nothing_to_publish_is_said(self, election: Any, admin: Any):
        with pytest.raises(Invalid):
            checklists.publish_drafts(election, [], by=admin)

    def test_only_what_was_chosen_is_published(self):
        draft("LOG-14", wording=said("LOG-14", title="Satu"))
        draft("KTP-11", wording=said("KTP-11", title="Dua"))
        publish("LOG-14")
        assert [one.code for one in checklists.drafts()] == ["KTP-11"]
        assert (said("LOG-14").title, said("KTP-11").title == "Dua") == ("Satu", False)

    def test_many_entries_are_much(self, election: Any, monkeypatch: Any):
        draft("SOS-13", wording=said("SOS-13", title="Lain"))
        changes = checklists.proposals(checklists.drafts(), checklists.known_items())
        assert not checklists.is_much(election, changes)
        monkeypatch.setattr("app.domain.checklists.previewing.MOST_AT_ONCE", 2_000)
        assert checklists.is_much(election, changes)


class TestPieces:
    """A large publication reaches its entries in parts that each hold by themselves."""

    def test_the_parts_together_are_the_whole(self, election: Any, admin: Any, session: Any):
        draft("KTP-11", wording=said("KTP-11", levels="provinsi kabkota kecamatan"))
        draft("SOS-13", Change.RETIRE, reason="ganda")
        chosen = [(one.code, one.version) for one in checklists.drafts()]
        checklists.start_publishing(election, chosen, by=admin, job_id=7)
        assert checklists.claimed_by(7) == ["KTP-11", "SOS-13"]
        with pytest.raises(NotNow, match="sedang diterapkan"):
            draft("KTP-11", wording=said("KTP-11", title="Lain"))
        touched = checklists.touched_by(["KTP-11", "SOS-13"])
        made = 0
        for roots, levels in checklists.parts_of(election):
            made += checklists.expect_touched(election, touched, roots=roots, levels=levels)
            assert progress.check(election) == [], roots
        assert made == 2 + 210
        assert count("SOS-13") == 0
        checklists.forget_drafts(["KTP-11", "SOS-13"])
        assert checklists.expect(election) == 0


class TestWhileOthersTick:
    def test_ticks_go_on_while_the_library_is_published(self, app: Any, session: Any):
        """Ten people tick the very entries whose wording changes; each tick counts, and no counter drifts."""
        draft("LOG-12", wording=said("LOG-12", title="Terima logistik"))
        session.commit()
        codes = [f"64.03.{number:02d}" for number in range(1, 14)]
        regions = [code for code in codes if count("LOG-12", Entry.region_code == code)]
        failed: list[BaseException] = []
        gate = threading.Barrier(len(regions) + 1)

        def run(deed: Any) -> None:
            with app.app_context():
                try:
                    gate.wait()
                    deed()
                    checklists.library.db.session.commit()
                except BaseException as error:
                    failed.append(error)
                finally:
                    checklists.library.db.session.remove()

        deeds = [lambda code=code: fill("LOG-12", code, "operator.berau") for code in regions]
        threads = [threading.Thread(target=run, args=(deed,)) for deed in (*deeds, publish)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        session.rollback()
        assert failed == []
        assert count("LOG-12", Entry.standing == "selesai") == len(regions) > 5
        assert count("LOG-12") == 105
        assert said("LOG-12").title == "Terima logistik"
