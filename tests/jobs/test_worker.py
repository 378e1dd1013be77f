"""The worker: what it makes, what it says when it cannot, and that it never holds anybody up."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.documents import ability
from app.documents.asking import Ask
from app.domain import checklists, clock, jobs, stages, submissions
from app.domain.accounts import Account, Person
from app.domain.checklists import Filling
from app.domain.checklists.models import DayCount
from app.domain.jobs import Job
from app.domain.reports import Report, ReportReading
from app.domain.submissions import Submission
from app.extensions import db
from app.jobs import pulse, results, worker
from app.jobs.press import PrintingFailed, Stopped, TookTooLong
from app.jobs.results import Results
from app.jobs.worker import Worker
from tests import cast
from tests.jobs.stand_ins import PressHere, PressThat

Asking = Callable[..., Job]


@pytest.fixture
def ask(session: Any, operator: Person) -> Asking:
    """Ask for a paper as the operator of Berau."""

    def asked(by: Person = operator, job_kind: str = "paper", **wanted: Any) -> Job:
        paper = Ask(**{"region": cast.BERAU, **wanted})
        job = jobs.ask(job_kind, paper.title, paper.to_params(), region=paper.region, by=by)
        db.session.commit()
        return job

    return asked


def at_work(app: Flask, act: Callable[..., bytes] | None = None, **about: Any) -> Worker:
    """A worker that prints here, or does what the test says."""
    return Worker(app, press=PressHere() if act is None else PressThat(act), keeps_warm=False, **about)


def fails_with(error: Exception) -> Callable[..., bytes]:
    def act(progress: Any, is_over: Any) -> bytes:
        raise error

    return act


def now_of(job: Job) -> Job:
    db.session.rollback()
    return db.session.get(Job, job.id, populate_existing=True)  # type: ignore[return-value]


@pytest.mark.parametrize(
    "wanted,start,name",
    [
        ({}, b"%PDF", "laporan-daftar-periksa-kabupaten-berau-2024-11-25.pdf"),
        ({"format": "xlsx"}, b"PK", "laporan-daftar-periksa-kabupaten-berau-2024-11-25.xlsx"),
        (
            {"format": "csv", "area": "LOG"},
            b"\xef",
            "laporan-daftar-periksa-kabupaten-berau-log-2024-11-25.csv",
        ),
        ({"kind": "kosong"}, b"%PDF", "lembar-isian-kabupaten-berau-2024-11-25.pdf"),
    ],
)
def test_it_makes_what_was_asked(app: Flask, ask: Asking, wanted: dict[str, str], start: bytes, name: str):
    job = ask(**wanted)
    assert at_work(app).run_one()
    made = now_of(job)
    assert (made.state, made.result_name, made.error) == ("selesai", name, "")
    with Results.of(app).open(made.result_key) as content:
        kept = content.read()
    assert kept.startswith(start)
    assert made.result_size == len(kept)
    assert not at_work(app).run_one()


def test_progress_is_written_while_it_prints(app: Flask, ask: Asking, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pulse, "TOLD_SECONDS", 0.0)
    job = ask()
    seen: list[tuple[int, int]] = []

    def act(progress: Callable[[int, int], None], is_over: Any) -> bytes:
        progress(2, 5)
        seen.append((now_of(job).done, now_of(job).total))
        return b"kabar"

    at_work(app, act).run_one()
    assert seen == [(3, 7)]


def test_the_heartbeat_goes_on_while_it_prints(app: Flask, ask: Asking):
    """With a silence of 0.4 s it beats every 0.1 s; another worker finds nothing to take over."""
    job = ask()
    first = now_of(job).beat_at
    beats: set[Any] = set()

    def act(progress: Any, is_over: Any) -> bytes:
        waited = threading.Event()
        while len(beats) < 3:
            waited.wait(0.05)
            beats.add(now_of(job).beat_at)
        assert jobs.claim(dt.timedelta(seconds=30)) is None
        return b"kabar"

    at_work(app, act, silence=dt.timedelta(seconds=0.4)).run_one()
    assert first not in beats
    assert now_of(job).state == "selesai"
    assert jobs.worker_alive()


def test_no_transaction_is_open_while_it_prints(app: Flask, ask: Asking):
    """Somebody ticks meanwhile, in a session of their own, without waiting."""
    job = ask()

    def act(progress: Any, is_over: Any) -> bytes:
        with app.app_context():
            entry = cast.entry_of("LOG-12", cast.SAMBALIUNG)
            filling = Filling(no_evidence_reason="belum ada")
            checklists.tick(entry, by=cast.person("operator.berau"), version=entry.version, filling=filling)
            db.session.commit()
        return b"kabar"

    at_work(app, act).run_one()
    assert now_of(job).state == "selesai"
    assert cast.entry_of("LOG-12", cast.SAMBALIUNG).standing == "selesai"


def test_a_broken_print_is_tried_three_times_and_then_given_up(app: Flask, ask: Asking, caplog: Any):
    job = ask()
    machine = at_work(app, fails_with(PrintingFailed("jatuh")))
    with caplog.at_level(logging.CRITICAL):
        for tries in (1, 2):
            machine.run_one()
            assert (now_of(job).state, now_of(job).tries) == ("antre", tries)
        machine.run_one()
        assert not machine.run_one()
    assert now_of(job).state == "gagal"
    assert "tiga kali" in now_of(job).error


def test_an_endless_print_is_given_up_at_once_with_advice(app: Flask, ask: Asking):
    job = ask()
    at_work(app, fails_with(TookTooLong())).run_one()
    assert (now_of(job).state, now_of(job).error) == ("gagal", worker.TOO_LARGE)


def test_a_worker_that_stops_puts_the_job_back(app: Flask, ask: Asking):
    job = ask()
    at_work(app, fails_with(Stopped())).run_one()
    assert (now_of(job).state, now_of(job).tries) == ("antre", 0)


def test_a_job_that_went_to_another_worker_is_not_finished_twice(app: Flask, ask: Asking):
    job = ask()

    def act(progress: Any, is_over: Any) -> bytes:
        with app.app_context():
            other = jobs.claim(dt.timedelta(0))
            assert other is not None
            jobs.finish(other, key="lain", name="lain.pdf", media_type="application/pdf", size=1)
            db.session.commit()
        return b"kabar"

    at_work(app, act).run_one()
    assert now_of(job).result_key == "lain"


def test_a_lost_job_is_noticed_by_the_heartbeat(app: Flask, ask: Asking):
    job = ask()

    def act(progress: Any, is_over: Callable[[], bool]) -> bytes:
        waited, taken = threading.Event(), None
        while taken is None:  # a heartbeat may hold the row for an instant
            with app.app_context():
                taken = jobs.claim(dt.timedelta(0))
                db.session.commit()
        while not is_over():
            waited.wait(0.05)
        raise Stopped

    at_work(app, act, silence=dt.timedelta(seconds=0.4)).run_one()
    assert (now_of(job).state, now_of(job).tries) == ("jalan", 2)


def test_rights_are_those_of_the_moment_it_is_made(app: Flask, ask: Asking):
    job = ask(by=cast.person("mantan.berau"))
    at_work(app).run_one()
    assert now_of(job).state == "gagal"
    assert "Penugasan Anda" in now_of(job).error


def test_a_closed_account_gets_nothing(app: Flask, ask: Asking):
    job = ask()
    db.session.execute(
        db.update(Account).where(Account.username == "operator.berau").values(is_disabled=True)
    )
    db.session.commit()
    at_work(app).run_one()
    assert (now_of(job).state, now_of(job).error) == ("gagal", "Akun yang meminta laporan ini sudah ditutup.")


def test_an_unknown_kind_is_told_and_not_tried_again(app: Flask, ask: Asking):
    job = ask(job_kind="lain")
    at_work(app).run_one()
    assert (now_of(job).state, now_of(job).error) == ("gagal", worker.UNKNOWN_KIND)


def test_hostile_words_are_printed_and_nothing_else(app: Flask, ask: Asking):
    hostile = '=HYPERLINK("http://x.invalid") <script src="http://x.invalid/a.js"></script> \u202e{{ 7*7 }}'
    entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    filling = Filling(note=hostile, no_evidence_reason="@SUM(1)")
    checklists.tick(entry, by=cast.person("operator.berau"), version=1, filling=filling)
    made = {form: ask(format=form, kind="rinci", area="KTP") for form in ("pdf", "xlsx", "csv")}
    machine = at_work(app)
    while machine.run_one():
        continue
    assert {now_of(job).state for job in made.values()} == {"selesai"}
    with Results.of(app).open(now_of(made["csv"]).result_key) as content:
        text = content.read().decode()
    assert "'=HYPERLINK" in text
    assert "\u202e" not in text


def test_it_runs_until_it_is_asked_to_stop(app: Flask, ask: Asking):
    job = ask()
    machine = at_work(app)

    def then_stop(progress: Any, is_over: Any) -> bytes:
        machine.stop()
        return b"kabar"

    machine.press = PressThat(then_stop)
    machine.run()
    assert now_of(job).state == "selesai"


def test_a_database_that_is_away_does_not_end_it(
    app: Flask, ask: Asking, monkeypatch: pytest.MonkeyPatch, caplog: Any
):
    from sqlalchemy.exc import OperationalError

    job = ask()
    machine = at_work(app, lambda progress, is_over: b"kabar")
    monkeypatch.setattr(worker, "TROUBLE_SECONDS", 0.0)
    work, tried = machine.run_one, []

    def away_at_first() -> bool:
        tried.append(True)
        if len(tried) == 1:
            raise OperationalError("SELECT 1", {}, Exception("gone"))
        found = work()
        machine.stop()
        return found

    monkeypatch.setattr(machine, "run_one", away_at_first)
    with caplog.at_level(logging.CRITICAL):
        machine.run()
    assert now_of(job).state == "selesai"


def test_once_a_day_it_forgets_what_is_old(app: Flask, ask: Asking, monkeypatch: pytest.MonkeyPatch):
    old, young = ask(), ask(area="LOG")
    machine = at_work(app, lambda progress, is_over: b"kabar")
    machine.run_one()
    machine.press = PressThat(lambda progress, is_over: b"lain")
    machine.run_one()
    long_ago = clock.real_now() - dt.timedelta(days=31)
    db.session.execute(db.update(Job).where(Job.id == old.id).values(ended_at=long_ago))
    db.session.add(Submission(key="lama", account_id=1, route="/", digest="", sent_at=long_ago))
    db.session.commit()
    monkeypatch.setattr(results, "FRESH_SECONDS", -1)
    machine.tidy()
    assert now_of(old).result_key == ""
    assert sorted(
        path.read_bytes() for path in (app.config["SETTINGS"].data_dir / "results").glob("??/??/*")
    ) == [b"lain"]
    assert now_of(young).result_key != ""
    assert db.session.query(Submission).filter_by(key="lama").count() == 0
    assert submissions.forget_old() == 0


def test_a_result_that_is_just_being_finished_is_not_swept_away(app: Flask, session: Any):
    kept = Results.of(app).keep(b"kabar")
    assert Results.of(app).sweep(set()) == 0
    with Results.of(app).open(kept) as content:
        assert content.read() == b"kabar"


def test_a_pdf_that_this_server_cannot_make_is_refused_with_what_to_do(
    app: Flask, ask: Asking, monkeypatch: Any
):
    job = ask()
    monkeypatch.setattr(ability, "missing", lambda: ("pango",))
    assert at_work(app).run_one()
    failed = now_of(job)
    assert (failed.state, failed.tries) == ("gagal", 1)
    assert "pustaka pango belum terpasang. Pilih Excel atau CSV" in failed.error


class TestReportsAreExpected:
    """The worker keeps the rows of reports in step with the regions, hour by hour."""

    def test_new_rows_begin_today(self, app: Flask, session: Any) -> None:
        at_work(app).expect_reports()
        assert session.scalar(select(func.min(Report.day))) == dt.date(2024, 11, 25)

    @pytest.mark.template("empty")
    def test_before_there_is_an_election_there_is_nothing_to_do(self, app: Flask, session: Any) -> None:
        at_work(app).expect_reports()
        assert session.scalar(select(func.count()).select_from(Report)) == 0


class TestDaysAreCounted:
    """The worker keeps what is left of the checklists, hour by hour."""

    def test_today_is_kept(self, app: Flask, session: Any) -> None:
        at_work(app).count_the_day()
        course = checklists.course_of(stages.current_election(), "64")
        assert course is not None
        assert [point.day for point in course.points] == [dt.date(2024, 11, 25)]

    @pytest.mark.template("empty")
    def test_before_there_is_an_election_there_is_nothing_to_do(self, app: Flask, session: Any) -> None:
        at_work(app).count_the_day()
        assert session.scalar(select(func.count()).select_from(DayCount)) == 0


class TestReadings:
    """The worker keeps what desks knew at the cut-off of their reports."""

    def test_a_cut_off_that_has_just_passed_is_kept(self, app: Flask, session: Any) -> None:
        at_work(app).expect_reports()
        row = session.execute(
            select(Report.id, Report.cut_off_at).where(Report.region_code == cast.BERAU).order_by(Report.id)
        ).first()
        clock.set_frozen(row.cut_off_at)
        at_work(app).take_readings()
        kept = select(ReportReading.read_at).where(ReportReading.report_id == row.id)
        assert session.scalar(kept) == row.cut_off_at

    @pytest.mark.template("empty")
    def test_without_reports_nothing_is_kept(self, app: Flask, session: Any) -> None:
        at_work(app).take_readings()
        assert session.scalar(select(func.count()).select_from(ReportReading)) == 0
