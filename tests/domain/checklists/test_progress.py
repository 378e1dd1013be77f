"""Counters, lists and roll-ups: the same truth whichever way it is read."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from sqlalchemy import select, update

from app.domain import checklists, clock, regions
from app.domain.checklists import AsOf, Entry, Filling, Standing, Totals, Verb
from app.domain.checklists.models import Progress
from app.domain.errors import NotAllowed, Refusal
from tests.cast import BERAU, MARATUA, SAMBALIUNG, TELUK_BAYUR, entry_of, person

MONDAY = dt.date(2024, 11, 25)


@pytest.fixture
def as_of(election: Any) -> AsOf:
    """Monday, as the desks of the test see it."""
    return AsOf.of(election, MONDAY)


def tick(code: str, region: str, period: str = "", who: str = "operator.berau") -> checklists.EntryRow:
    entry = entry_of(code, region, period)
    filling = Filling(no_evidence_reason="menyusul")
    checklists.tick(entry, by=person(who), version=entry.version, filling=filling)
    return checklists.fresh(entry.id)


def deed_at_random(chance: random.Random, ids: list[int]) -> None:
    """One deed of one person on one entry, allowed or not; what is refused changes nothing."""
    entry = checklists.fresh(chance.choice(ids))
    verb = chance.choice(list(Verb))
    operator, supervisor = person("operator.berau"), person("penyelia.berau")
    by = chance.choice([operator, supervisor, operator, supervisor, person("rangkap.berau")])
    version = entry.version - chance.choice([0, 0, 0, 0, 1])
    filling = Filling(
        reason="uji",
        no_evidence_reason="uji",
        measure_value=chance.choice([None, 0, 3]),
        measure_reason="uji",
    )
    if verb in checklists.FILL_DEEDS:
        checklists.FILL_DEEDS[verb](entry, by=by, version=version, filling=filling)
    elif verb in (Verb.VERIFY, Verb.ACCEPT):
        checklists.verify(entry, by=by, version=version)
    elif verb is Verb.RETURN:
        checklists.send_back(entry, by=by, version=version, reason="uji")
    elif verb is Verb.REOPEN:
        checklists.reopen(entry, by=by, version=version, reason="uji")
    elif verb is Verb.RESCHEDULE:
        later = entry.opens_on + dt.timedelta(days=chance.randint(-1, 9))
        checklists.reschedule(entry, by=by, version=version, due_on=later, reason="uji")


@pytest.mark.slow
def test_the_counters_are_exact_after_hundreds_of_deeds(session, election):
    chance = random.Random(20241127)  # noqa: S311  (repeatable, not secret)
    ids = list(
        session.scalars(
            select(Entry.id).where(regions.subtree(Entry.region_code, BERAU)).order_by(Entry.id).limit(60)
        )
    )
    done = refused = 0
    for _ in range(500):
        try:
            deed_at_random(chance, ids)
            session.commit()
            done += 1
        except Refusal:
            session.rollback()
            refused += 1
    assert done > 100, "else the test says little"
    assert refused > 100
    assert checklists.progress.check(election) == []
    rows = session.scalars(select(Entry.standing).where(Entry.id.in_(ids))).all()
    assert len(set(rows)) > 5, "they stand in many places by now"


def test_a_drift_is_named_and_rebuilding_mends_it(session, election):
    drifted = update(Progress).where(Progress.region_code == BERAU, Progress.area == "LOG").values(proses=7)
    session.execute(drifted)
    found = checklists.progress.check(election)
    assert found
    assert all(text.startswith("64.03 LOG") for text in found)
    checklists.progress.rebuild(election, [BERAU])
    assert checklists.progress.check(election) == []


@pytest.mark.parametrize("root", ["64", BERAU, SAMBALIUNG])
def test_rebuilding_a_part_leaves_the_rest_right(session, election, root: str):
    tick("LOG-12", SAMBALIUNG)
    checklists.progress.rebuild(election, [root])
    assert checklists.progress.check(election) == []


def test_the_counters_agree_with_the_list_for_every_area(session, election, as_of, operator):
    tick("LOG-12", MARATUA)
    tick("LOG-10", BERAU, "2024-11-13")
    tick("KTP-11", BERAU, "2024-11-25")
    by_area = checklists.progress.by_area(election, BERAU, as_of)
    for area, totals in by_area.items():
        filters = checklists.Filters(region=BERAU, area=area)
        rows = checklists.rows_for(operator, election, filters, as_of)
        assert Totals.of(row.standing.value for row in rows) == totals


def test_the_parts_add_up_to_the_whole(session, election, as_of):
    tick("LOG-12", MARATUA)
    whole = checklists.progress.by_area(election, "64", as_of)
    parts = checklists.progress.by_region(election, ["64"], as_of)
    for area, totals in whole.items():
        assert sum((part.get(area, Totals()) for part in parts.values()), Totals()) == totals
    below = checklists.progress.below_kabkota(election, BERAU, as_of, 8)
    assert sum((area["LOG"] for area in below.values() if "LOG" in area), Totals()) == parts[BERAU]["LOG"]


def test_what_was_due_before_the_desk_began_is_no_debt_until_it_is_recorded(session, election, as_of):
    before = checklists.progress.by_area(election, BERAU, as_of)["LOG"]
    tick("LOG-10", BERAU, "2024-11-13")
    after = checklists.progress.by_area(election, BERAU, as_of)["LOG"]
    assert (after.done, after.open, after.all) == (before.done + 1, before.open, before.all + 1)


def test_what_has_not_opened_yet_does_not_count(session, election, as_of):
    filters = checklists.Filters(region=MARATUA)
    codes = {row.code for row in checklists.rows_for(person("operator.berau"), election, filters, as_of)}
    assert "SOS-13" not in codes, "voting day is on Wednesday"
    later = AsOf.of(election, dt.date(2024, 11, 27))
    codes = {row.code for row in checklists.rows_for(person("operator.berau"), election, filters, later)}
    assert "SOS-13" in codes


def test_yesterdays_unticked_day_stays_visible_as_missed(session, election, as_of, operator):
    late = checklists.rows_for(operator, election, checklists.Filters(region=BERAU, due="overdue"), as_of)
    own = {(row.code, row.period) for row in late if row.region_code == BERAU}
    assert ("KTP-11", "2024-11-24") in own
    assert ("KTP-11", "2024-11-25") not in own
    assert all(row.is_overdue(clock.now()) for row in late)
    assert checklists.progress.overdue_count(election, BERAU, as_of) == len(late)
    tick("KTP-11", BERAU, "2024-11-24")
    assert checklists.progress.overdue_count(election, BERAU, as_of) == len(late) - 1


class TestOwnWork:
    def own(self, operator: Any, election: Any, as_of: AsOf) -> list[tuple[str, str]]:
        rows = checklists.own_work(operator, election, BERAU, as_of)
        return [(row.code, row.period) for row in rows]

    def test_it_is_what_this_desk_must_do_now(self, operator, election, as_of):
        assert self.own(operator, election, as_of) == [
            ("KTP-10", "2024-11-24"),
            ("KTP-11", "2024-11-24"),
            ("LAP-04", "2024-11-24"),
            ("LOG-14", ""),
            ("KTP-10", "2024-11-25"),
            ("KTP-11", "2024-11-25"),
            ("KAM-05", "2024-11-25"),
            ("LAP-04", "2024-11-25"),
        ]

    def test_what_came_back_is_there_whenever_it_was_due(self, operator, supervisor, election, as_of):
        entry = tick("LOG-10", BERAU, "2024-11-13")
        checklists.send_back(entry, by=supervisor, version=entry.version, reason="angka belum lengkap")
        assert ("LOG-10", "2024-11-13") in self.own(operator, election, as_of)

    def test_a_stranger_has_none_of_it(self, stranger, election, as_of):
        assert self.own(stranger, election, as_of) == []


class TestRollUps:
    def of(self, who: str, election: Any, as_of: AsOf, root: str = BERAU) -> dict[tuple[str, str], Any]:
        levels = ("kecamatan", "keldes") if len(root) == 5 else ("kabkota", "kecamatan")
        found = checklists.roll_ups(person(who), election, root, as_of, levels=levels)
        return {(line.code, line.period): line for line in found}

    def test_one_line_says_how_many_have_it_and_who_has_not(self, session, election, as_of):
        for region in regions.children_of(BERAU):
            if region.code not in (SAMBALIUNG, TELUK_BAYUR):
                tick("LOG-12", region.code)
        line = self.of("operator.berau", election, as_of)["LOG-12", ""]
        assert (line.done, line.verified, line.total) == (11, 0, 13)
        assert line.remaining == ("Sambaliung", "Teluk Bayur")

    def test_the_twelfth_makes_twelve_and_verifying_is_counted_apart(self, supervisor, election, as_of):
        for region in regions.children_of(BERAU):
            if region.code != TELUK_BAYUR:
                entry = tick("LOG-12", region.code)
        checklists.verify(entry, by=supervisor, version=entry.version)
        line = self.of("penyelia.kaltim", election, as_of, "64")["LOG-12", ""]
        assert (line.done, line.verified, line.total) == (12, 1, 105)

    def test_what_does_not_apply_leaves_the_total(self, operator, election, as_of):
        entry = entry_of("LOG-12", MARATUA)
        checklists.waive(entry, by=operator, version=entry.version, filling=Filling(reason="tidak ada"))
        assert self.of("operator.berau", election, as_of)["LOG-12", ""].total == 12

    def test_a_stranger_gets_none(self, election, as_of):
        with pytest.raises(NotAllowed):
            self.of("operator.paser", election, as_of)


class TestLists:
    @pytest.mark.parametrize(
        "filters, count",
        [
            ({"item": "LOG-12"}, 13),
            ({"item": "LOG-12", "region": "64.03.11"}, 1),
            ({"area": "KTP", "level": "kabkota"}, 4),
            ({"item": "LOG-12", "standing": "terbuka"}, 13),
            ({"item": "LOG-12", "standing": "menunggu"}, 0),
            ({"item": "LOG-14", "due": "today"}, 1),
            ({"item": "SOS-13", "due": "later", "region": "64.03.11", "level": "kecamatan"}, 2),
            ({"item": "LOG-10", "due": "before"}, 57),
            ({"text": "gudang PPK"}, 13),
            ({"text": "gudang maratua"}, 1),
            ({"text": "100%"}, 0),
            ({"text": "_"}, 0),
            ({"region": "64.01"}, 0),
            ({"stage": "PUNGUT_HITUNG"}, 0),
        ],
    )
    def test_filters_narrow(self, operator, election, as_of, filters: dict[str, str], count: int):
        page = checklists.list_page(operator, election, checklists.Filters(**filters), as_of)
        assert page.total == count

    def test_pages_hold_everything_once(self, operator, election, as_of):
        filters = checklists.Filters(region=BERAU, item="LOG-15")
        first = checklists.list_page(operator, election, filters, as_of, page=1, per_page=100)
        seen = [row.id for row in first.rows]
        for number in range(2, first.pages + 1):
            page = checklists.list_page(operator, election, filters, as_of, page=number, per_page=100)
            seen += [row.id for row in page.rows]
        assert len(seen) == len(set(seen)) == first.total == 220
        beyond = checklists.list_page(operator, election, filters, as_of, page=99, per_page=100)
        assert beyond.page == first.pages


def test_standings_are_all_in_the_counters():
    assert {standing.value for standing in Standing} == set(checklists.progress.BUCKETS)
