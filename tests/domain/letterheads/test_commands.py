"""A letterhead is drafted, put in force, let go and used again; papers get numbers that nobody else gets."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app.domain import audit, letterheads
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from app.domain.evidence import Emblem
from app.domain.letterheads import Content, Letterhead, LetterheadLogo, Line
from app.extensions import db
from tests import cast

BERAU = cast.BERAU
DAY = dt.date(2024, 11, 25)
BASE = Content(
    (Line("PEMERINTAH KABUPATEN BERAU"), Line("DESK PILKADA", "besar", True)),
    ("Jalan Contoh 1", "Tanjung Redeb"),
    "{nomor:3}/{bulan_romawi}/DESK/{tahun}",
    "Segera",
    "1 berkas",
    "Laporan",
    ("Bupati", "Arsip"),
    "A4",
)
EMBLEM = Emblem(b"\x89PNG gambar", 4, 5, "a" * 64)


@pytest.fixture
def keeper(session: Any) -> Any:
    return cast.person("admin.berau")


def saved(by: Any, code: str = BERAU, content: Content = BASE, version: int = 0, **more: Any) -> Any:
    return letterheads.save_draft(code, content, by=by, version=version, **more)


def published(by: Any, code: str = BERAU, content: Content = BASE, **more: Any) -> Any:
    draft = saved(by, code, content, **more)
    return letterheads.publish(code, by=by, version=draft.version)


def last_link() -> Any:
    return db.session.query(audit.AuditEntry).order_by(audit.AuditEntry.seq.desc()).first()


class TestDrafting:
    def test_a_draft_keeps_everything_and_papers_do_not_use_it(self, keeper: Any):
        draft = saved(keeper)
        assert (draft.content, draft.version, draft.is_draft) == (BASE, 1, True)
        assert letterheads.in_force(BERAU) is None
        assert letterheads.draft_of(BERAU) == draft
        assert last_link().action == "letterhead:draft:save"
        assert last_link().changed["lines"] == [None, ["PEMERINTAH KABUPATEN BERAU", "DESK PILKADA"]]

    def test_saving_again_changes_the_same_draft_and_tells_what(self, keeper: Any, session: Any):
        draft = saved(keeper)
        letterheads.note_preview(draft, 5)
        again = saved(keeper, content=replace(BASE, paper="F4"), version=1)
        assert (again.id, again.version, again.preview_job_id) == (draft.id, 2, None)
        assert last_link().changed == {"paper": ["A4", "F4"]}
        assert session.query(Letterhead).count() == 1

    @pytest.mark.parametrize("version", [0, 2])
    def test_who_saw_another_state_comes_too_late(self, keeper: Any, version: int):
        saved(keeper)
        with pytest.raises(NotNow, match="baru saja diubah"):
            saved(keeper, version=version)

    def test_a_logo_stays_until_it_is_replaced_or_dropped(self, keeper: Any, session: Any):
        assert saved(keeper, emblem=EMBLEM).logo_sha256 == "a" * 64
        assert saved(keeper, version=1).logo_sha256 == "a" * 64
        assert letterheads.logo("a" * 64) == EMBLEM.content
        assert saved(keeper, version=2, drops_logo=True).logo_sha256 is None
        assert session.query(LetterheadLogo).count() == 1, "what a paper used is never deleted"

    def test_a_new_draft_begins_with_the_logo_in_force(self, keeper: Any):
        published(keeper, emblem=EMBLEM)
        assert saved(keeper).logo_sha256 == "a" * 64

    def test_only_who_manages_the_region_may(self, session: Any, operator: Any):
        for person in (operator, cast.person("admin.paser")):
            with pytest.raises(NotAllowed):
                saved(person)

    def test_an_unknown_region_is_not_found(self, admin: Any):
        with pytest.raises(NotFound):
            saved(admin, code="64.99")


class TestInForce:
    def test_publishing_lets_papers_of_the_region_and_below_use_it(self, keeper: Any, admin: Any):
        made = published(keeper)
        assert letterheads.in_force(BERAU) == letterheads.own_of(BERAU) == made
        assert letterheads.in_force(cast.SAMBALIUNG) == made
        assert letterheads.in_force("64") is None
        assert letterheads.in_force(cast.PASER) is None
        assert letterheads.draft_of(BERAU) is None
        own = published(admin, code=cast.SAMBALIUNG, content=replace(BASE, paper="F4"))
        assert letterheads.in_force(cast.SAMBALIUNG) == own
        used, drafts = letterheads.standing_in(["64", BERAU, cast.SAMBALIUNG, cast.TELUK_BAYUR])
        assert used == {"64": "", BERAU: BERAU, cast.SAMBALIUNG: cast.SAMBALIUNG, cast.TELUK_BAYUR: BERAU}
        assert drafts == set()

    def test_the_one_before_ends_and_stays(self, keeper: Any):
        first = published(keeper)
        second = published(keeper, content=replace(BASE, paper="F4"))
        assert letterheads.in_force(BERAU) == second
        past = letterheads.past_of(BERAU)
        assert [head.id for head in past] == [first.id]
        assert past[0].ended_at is not None
        assert last_link().changed == {"paper": ["A4", "F4"]}

    def test_letting_go_follows_the_region_above_and_may_be_undone(self, keeper: Any, admin: Any):
        province = published(admin, code="64")
        own = published(keeper, emblem=EMBLEM)
        letterheads.withdraw(BERAU, by=keeper, letterhead_id=own.id)
        assert letterheads.in_force(BERAU) == province
        draft = letterheads.reuse(own.id, by=keeper)
        assert (draft.content, draft.logo_sha256, draft.is_draft) == (BASE, "a" * 64, True)
        assert letterheads.publish(BERAU, by=keeper, version=draft.version).region_code == BERAU

    def test_a_draft_that_is_given_up_changes_nothing_else(self, keeper: Any):
        own = published(keeper)
        draft = saved(keeper, content=replace(BASE, paper="F4"))
        letterheads.discard(BERAU, by=keeper, version=draft.version)
        assert letterheads.draft_of(BERAU) is None
        assert letterheads.in_force(BERAU) == own
        assert [head.id for head in letterheads.past_of(BERAU)] == []

    def test_it_refuses_what_is_not_there_or_has_moved_on(self, keeper: Any):
        with pytest.raises(NotFound):
            letterheads.publish(BERAU, by=keeper, version=1)
        with pytest.raises(NotNow):
            letterheads.withdraw(BERAU, by=keeper, letterhead_id=1)
        own = published(keeper)
        saved(keeper)
        for deed in (letterheads.publish, letterheads.discard):
            with pytest.raises(NotNow):
                deed(BERAU, by=keeper, version=9)
        with pytest.raises(NotNow, match="Masih ada draf"):
            letterheads.reuse(own.id, by=keeper)
        with pytest.raises(NotFound):
            letterheads.reuse(9_999, by=keeper)

    def test_nobody_else_publishes_or_lets_go(self, keeper: Any, operator: Any):
        own = published(keeper)
        saved(keeper)
        for stranger in (operator, cast.person("admin.paser")):
            with pytest.raises(NotAllowed):
                letterheads.publish(BERAU, by=stranger, version=1)
            with pytest.raises(NotAllowed):
                letterheads.withdraw(BERAU, by=stranger, letterhead_id=own.id)
            with pytest.raises(NotAllowed):
                letterheads.set_last_number(BERAU, 5, year=2024, by=stranger)


class TestNumbers:
    def test_they_count_up_by_desk_and_year(self, keeper: Any, operator: Any):
        published(keeper)
        said = [letterheads.take_number(BERAU, DAY, by=operator) for _ in range(2)]
        assert said == ["001/XI/DESK/2024", "002/XI/DESK/2024"]
        assert letterheads.take_number(BERAU, dt.date(2025, 1, 2), by=operator) == "001/I/DESK/2025"
        link = last_link()
        assert (link.action, link.region_code) == ("paper:number:take", BERAU)
        assert link.changed["number"] == [None, "001/I/DESK/2025"]

    def test_regions_that_share_a_letterhead_share_its_numbers(self, keeper: Any, operator: Any):
        published(keeper)
        assert letterheads.take_number(BERAU, DAY, by=operator).startswith("001")
        assert letterheads.take_number(cast.SAMBALIUNG, DAY, by=operator).startswith("002")

    def test_looking_at_the_next_one_takes_none(self, keeper: Any):
        head = published(keeper)
        assert letterheads.next_number(head, DAY) == letterheads.next_number(head, DAY) == "001/XI/DESK/2024"

    def test_without_a_pattern_there_is_none(self, keeper: Any, operator: Any):
        for prepare in (lambda: None, lambda: published(keeper, content=replace(BASE, number_pattern=""))):
            prepare()
            with pytest.raises(Invalid, match="pola nomor"):
                letterheads.take_number(BERAU, DAY, by=operator)

    def test_they_follow_what_was_given_by_hand(self, keeper: Any, operator: Any):
        published(keeper)
        letterheads.set_last_number(BERAU, 117, year=2024, by=keeper)
        assert last_link().changed["number"] == [0, 117]
        assert letterheads.take_number(BERAU, DAY, by=operator) == "118/XI/DESK/2024"
        with pytest.raises(Invalid, match="118 sudah diberikan"):
            letterheads.set_last_number(BERAU, 117, year=2024, by=keeper)
        with pytest.raises(Invalid):
            letterheads.set_last_number(BERAU, 1_000_000, year=2024, by=keeper)
        letterheads.set_last_number(BERAU, 200, year=2024, by=keeper)
        assert letterheads.last_number(BERAU, 2024) == 200

    def test_one_that_was_not_committed_is_given_again(self, keeper: Any, operator: Any, session: Any):
        published(keeper)
        session.commit()
        letterheads.take_number(BERAU, DAY, by=operator)
        session.rollback()
        assert letterheads.take_number(BERAU, DAY, by=operator).startswith("001")


@pytest.mark.parametrize("begun", [False, True])
def test_many_at_once_get_different_numbers(app: Flask, session: Any, begun: bool):
    published(cast.person("admin.berau"))
    if begun:
        letterheads.take_number(BERAU, DAY, by=cast.person("operator.berau"))
    session.commit()
    said: list[str] = []
    gate = threading.Barrier(4)

    def ask() -> None:
        with app.app_context():
            person = cast.person("operator.berau")
            gate.wait()
            number = letterheads.take_number(BERAU, DAY, by=person)
            db.session.commit()
            said.append(number)
            db.session.remove()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(number[:3] for number in said) == [f"{n + begun:03d}" for n in range(1, 5)]
