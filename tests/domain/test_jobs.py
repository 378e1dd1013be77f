"""Background work as rows: asked once, held by one worker, taken over from a dead one, given up after three tries."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from flask import Flask

from app.domain import audit, clock, jobs
from app.domain.accounts import Person
from app.domain.errors import NotFound, NotNow
from app.domain.jobs import Claim, Job, WorkerBeat
from app.extensions import db
from tests import cast

LONG_AGO = dt.timedelta(days=40)
AT_ONCE = dt.timedelta(0)
"""A silence of nothing: every running job counts as left behind."""


@pytest.fixture
def asked(session: Any, operator: Person) -> Job:
    job = jobs.ask("paper", "Laporan", {"region": cast.BERAU}, region=cast.BERAU, by=operator)
    session.commit()
    return job


def claimed(silence: dt.timedelta = jobs.SILENCE) -> Claim:
    claim = jobs.claim(silence)
    db.session.commit()
    assert claim is not None
    return claim


def now_of(job: Job) -> Job:
    return db.session.get(Job, job.id, populate_existing=True)  # type: ignore[return-value]


def test_asking_is_in_the_trail(asked: Job, operator: Person):
    link = audit.history_of("job", asked.id)[0]
    assert (link.action, link.actor_id, link.region_code) == ("job:paper:ask", operator.id, cast.BERAU)
    assert link.changed == {"params": [None, {"region": cast.BERAU}]}


def test_a_waiting_job_is_claimed_once(asked: Job):
    claim = claimed()
    assert (claim.id, claim.tries, claim.params) == (asked.id, 1, {"region": cast.BERAU})
    assert now_of(asked).state == "jalan"
    assert jobs.claim() is None


def test_the_oldest_job_comes_first(asked: Job, operator: Person):
    jobs.ask("paper", "Kedua", {}, region=cast.BERAU, by=operator)
    db.session.commit()
    assert claimed().id == asked.id
    assert claimed().id == asked.id + 1


def test_many_workers_never_get_the_same_job(app: Flask, session: Any, operator: Person):
    for number in range(12):
        jobs.ask("paper", f"Laporan {number}", {}, region=cast.BERAU, by=operator)
    session.commit()
    taken: list[int] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        for _ in range(40):
            with app.app_context():
                claim = jobs.claim()
                db.session.commit()
                if claim is not None:
                    taken.append(claim.id)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 12


def test_a_job_whose_worker_beats_is_left_alone(asked: Job):
    claim = claimed()
    assert jobs.beat(claim, 1, 3)
    db.session.commit()
    assert jobs.claim() is None
    assert (now_of(asked).done, now_of(asked).total) == (1, 3)


def test_a_silent_workers_job_is_taken_over_and_the_old_worker_is_told(asked: Job):
    first = claimed()
    second = claimed(AT_ONCE)
    assert (second.id, second.tries) == (first.id, 2)
    assert not jobs.beat(first, 1, 2)
    assert not jobs.finish(first, key="ab", name="a.pdf", media_type="application/pdf", size=1)
    assert not jobs.fail(first, "Tidak jadi.")
    assert jobs.finish(second, key="cd", name="b.pdf", media_type="application/pdf", size=2)
    db.session.commit()
    assert (now_of(asked).state, now_of(asked).result_key) == ("selesai", "cd")


def test_after_three_dead_workers_it_is_given_up_with_a_sentence(asked: Job):
    for tries in (1, 2, 3):
        assert claimed(AT_ONCE).tries == tries
    assert jobs.claim(AT_ONCE) is None
    db.session.commit()
    assert now_of(asked).state == "gagal"
    assert "tiga kali" in now_of(asked).error


def test_after_three_failures_it_is_given_up_with_a_sentence(asked: Job):
    for _ in range(3):
        jobs.put_back(claimed(), counts=True)
        db.session.commit()
    assert now_of(asked).state == "gagal"
    assert "tiga kali" in now_of(asked).error


def test_a_worker_that_is_asked_to_stop_costs_no_try(asked: Job):
    jobs.put_back(claimed(), counts=False)
    db.session.commit()
    assert (now_of(asked).state, now_of(asked).tries) == ("antre", 0)


def test_a_failed_job_can_be_asked_for_again_once(asked: Job, operator: Person):
    jobs.fail(claimed(), "Wilayah itu tidak ada.")
    db.session.commit()
    jobs.ask_again(now_of(asked), by=operator)
    db.session.commit()
    assert (now_of(asked).state, now_of(asked).tries, now_of(asked).error) == ("antre", 0, "")
    assert [link.action for link in audit.history_of("job", asked.id)] == ["job:paper:ask", "job:paper:ask"]
    with pytest.raises(NotNow):
        jobs.ask_again(now_of(asked), by=operator)


def test_another_persons_job_is_not_found(asked: Job, stranger: Person):
    with pytest.raises(NotFound):
        jobs.find(asked.id, stranger)
    assert jobs.recent(stranger) == []


def test_who_waits_is_told_how_many_are_ahead(asked: Job, operator: Person):
    second = jobs.ask("paper", "Kedua", {}, region=cast.BERAU, by=operator)
    assert (jobs.ahead_of(asked), jobs.ahead_of(second)) == (0, 1)


def test_old_results_are_forgotten_and_young_ones_kept(asked: Job):
    jobs.finish(claimed(), key="ab/cd", name="a.pdf", media_type="application/pdf", size=1)
    db.session.commit()
    assert jobs.forget_results(clock.real_now() - LONG_AGO) == 0
    assert jobs.kept_results() == {"ab/cd"}
    assert jobs.forget_results(clock.real_now() + dt.timedelta(seconds=1)) == 1
    assert jobs.kept_results() == set()
    assert now_of(asked).state == "selesai"


def test_a_worker_shows_that_it_lives(session: Any):
    assert not jobs.worker_alive()
    jobs.show_alive("satu")
    jobs.show_alive("satu")
    session.commit()
    assert jobs.worker_alive()
    jobs.forget_workers(clock.real_now() + dt.timedelta(seconds=1))
    assert session.query(WorkerBeat).count() == 0
