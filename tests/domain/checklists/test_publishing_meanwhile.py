"""Publishing and a deed at the same moment, each on a connection of its own: one waits or is told, none is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.domain import checklists, stages
from app.domain.checklists import Change, Filling, Standing, progress
from app.domain.checklists.rows import EntryRow
from app.domain.errors import NotNow, Refusal
from app.extensions import db
from tests.cast import BERAU, MARATUA, entry_of, person
from tests.domain.checklists.library_cast import draft, everywhere, publish, said

AWHILE = 0.5
"""Seconds after which a deed that does not have to wait would have ended many times over."""


@pytest.fixture(autouse=True)
def counters_stay_right(session: Any) -> Any:
    everywhere()
    session.commit()
    yield
    session.rollback()
    assert progress.check(stages.current_election()) == []


class Other:
    """Somebody else, in a thread and a session of their own: `begin` reads, `go` lets the deed happen."""

    def __init__(self, app: Flask, see: Callable[[], Any], deed: Callable[[Any], None]) -> None:
        self.seen, self.ended, self._start = threading.Event(), threading.Event(), threading.Event()
        self.told: Refusal | None = None
        self._thread = threading.Thread(target=self._run, args=(app, see, deed))
        self._thread.start()
        assert self.seen.wait(10)

    def _run(self, app: Flask, see: Callable[[], Any], deed: Callable[[Any], None]) -> None:
        with app.app_context():
            try:
                found = see()
                self.seen.set()
                self._start.wait(10)
                deed(found)
                db.session.commit()
            except Refusal as refusal:
                self.told = refusal
                db.session.rollback()
            finally:
                self.seen.set()
                self.ended.set()
                db.session.remove()

    def go(self) -> None:
        self._start.set()

    def waits(self) -> bool:
        """Whether the deed is still not done after a while."""
        return not self.ended.wait(AWHILE)

    def join(self) -> None:
        self._thread.join(30)
        assert self.ended.is_set()


def tick(entry: EntryRow) -> None:
    checklists.tick(
        entry,
        by=person("operator.berau"),
        version=entry.version,
        filling=Filling(measure_value=1, measure_total=2, no_evidence_reason="menyusul"),
    )


def number_of(entry: EntryRow) -> int:
    """Which wording of its item an entry stands under."""
    version = db.session.get(checklists.ItemVersion, entry.version_id)
    assert version is not None
    return version.number


def test_a_tick_waits_for_a_publication_and_counts(app: Flask, session: Any):
    draft("LOG-12", wording=said("LOG-12", title="Terima logistik"))
    session.commit()
    other = Other(app, lambda: entry_of("LOG-12", MARATUA), tick)
    publish()
    other.go()
    assert other.waits(), "nobody ticks what is being put in force"
    session.commit()
    other.join()
    assert other.told is None
    now = entry_of("LOG-12", MARATUA)
    assert (now.standing, number_of(now)) == (Standing.DONE, 2)


def test_whoever_ticks_what_a_publication_takes_away_is_told(app: Flask, session: Any):
    draft("KTP-11", Change.RETIRE, reason="ganda")
    session.commit()
    other = Other(app, lambda: entry_of("KTP-11", BERAU, "2024-11-25"), tick)
    publish()
    other.go()
    assert other.waits()
    session.commit()
    other.join()
    assert isinstance(other.told, NotNow)


def test_a_publication_waits_for_a_tick_and_leaves_it_its_wording(app: Flask, session: Any):
    draft("LOG-12", wording=said("LOG-12", title="Terima logistik"))
    session.commit()
    other = Other(app, checklists.drafts, lambda _: publish())
    tick(entry_of("LOG-12", MARATUA))
    other.go()
    assert other.waits(), "a tick that is not committed yet is waited for"
    session.commit()
    other.join()
    assert other.told is None
    session.rollback()
    now = entry_of("LOG-12", MARATUA)
    assert (now.standing, number_of(now)) == (Standing.DONE, 1)
    assert number_of(entry_of("LOG-12", f"{BERAU}.01")) == 2


def test_of_two_who_publish_the_same_draft_one_is_told(app: Flask, session: Any):
    draft("LOG-12", wording=said("LOG-12", title="Terima logistik"))
    session.commit()
    election = stages.current_election()
    seen = [(one.code, one.version) for one in checklists.drafts()]
    admin = person("admin.kaltim")

    def again(_: Any) -> None:
        checklists.publish_drafts(stages.current_election(), seen, by=person("admin.kaltim"))

    other = Other(app, checklists.drafts, again)
    checklists.publish_drafts(election, seen, by=admin)
    other.go()
    assert other.waits()
    session.commit()
    other.join()
    assert isinstance(other.told, NotNow)
    assert checklists.known_items()["LOG-12"][1].number == 2


def test_the_counters_of_an_item_that_is_not_published_are_not_lost_either(app: Flask, session: Any):
    """The publication counts the whole area of a region anew; a tick on its way there must be in that count."""
    draft("KTP-10", Change.RETIRE, reason="ganda")
    session.commit()
    other = Other(app, checklists.drafts, lambda _: publish())
    tick(entry_of("KTP-11", BERAU, "2024-11-25"))
    other.go()
    assert other.waits()
    session.commit()
    other.join()
    assert other.told is None
    assert entry_of("KTP-11", BERAU, "2024-11-25").standing == Standing.DONE


def test_a_tick_beside_a_publication_waits_for_its_counters(app: Flask, session: Any):
    draft("KTP-10", Change.RETIRE, reason="ganda")
    session.commit()
    other = Other(app, lambda: entry_of("KTP-11", BERAU, "2024-11-25"), tick)
    publish()
    other.go()
    assert other.waits()
    session.commit()
    other.join()
    assert other.told is None
