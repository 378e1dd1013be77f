"""The worker: takes one job after the other, says that it lives, and keeps the house tidy once a day."""

from __future__ import annotations

import datetime as dt
import os
import socket
import threading
import time

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.domain import accounts, checklists, clock, imports, jobs, reports, stages, submissions
from app.domain.errors import NotFound, Refusal
from app.domain.jobs import SILENCE, Claim
from app.extensions import db
from app.jobs.handlers import HANDLERS
from app.jobs.press import Press, Stopped, TookTooLong
from app.jobs.printing import kept_pieces
from app.jobs.pulse import Pulse
from app.jobs.results import CLOSED_SHEETS, SHEETS, Results
from app.jobs.slips import SlipBox
from app.jobs.tasks import Task

IDLE_SECONDS = 0.5
TROUBLE_SECONDS = 2.0
ALIVE_SECONDS = 10.0
READING_SECONDS = 20.0
HOUR_SECONDS = 3_600.0
DAY_SECONDS = 86_400.0
WARM_AFTER_SECONDS = 5.0
"""The printing child is loaded ahead only then: a desk that starts must be ready to serve first."""
KEPT = dt.timedelta(days=30)
TOO_LARGE = "Laporan ini terlalu besar. Persempit wilayah, bidang, atau periodenya, lalu minta lagi."
UNKNOWN_KIND = "Aplikasi ini tidak mengenal jenis pekerjaan itu. Hubungi admin desk."


class Worker:
    """One process's worker. `silence` is how long another worker may say nothing before its job is taken over."""

    def __init__(
        self,
        app: Flask,
        *,
        silence: dt.timedelta = SILENCE,
        press: Press | None = None,
        keeps_warm: bool = True,
    ) -> None:
        self.app, self.silence, self.keeps_warm = app, silence, keeps_warm
        self.press = press or Press()
        self.results = Results.of(app)
        self.name = f"{socket.gethostname()[:60]}-{os.getpid()}"
        self.stopping = threading.Event()
        self._alive_at = self._read_at = self._burnt_at = self._tidy_at = -DAY_SECONDS
        self._began_at = time.monotonic()

    def stop(self) -> None:
        """Ask `run` to end: an unfinished job goes back into the line. Not for a signal handler itself."""
        self.stopping.set()

    def run(self) -> None:
        """Work until `stop`. A database that is away for a while, and a disk that is full, are waited for."""
        try:
            while not self.stopping.is_set():
                try:
                    self._look_after_itself()
                    if not self.run_one():
                        self.stopping.wait(IDLE_SECONDS)
                except (SQLAlchemyError, OSError):
                    self.app.logger.exception("the worker cannot use the database or the disk")
                    self.stopping.wait(TROUBLE_SECONDS)
        finally:
            self.press.close()

    def _look_after_itself(self) -> None:
        now = time.monotonic()
        if now - self._alive_at >= ALIVE_SECONDS:
            self._alive_at = now
            with self.app.app_context():
                jobs.show_alive(self.name)
                db.session.commit()
        if now - self._read_at >= READING_SECONDS:
            self._read_at = now
            self.take_readings()
        if now - self._burnt_at >= HOUR_SECONDS:
            self._burnt_at = now
            SlipBox.of(self.app).burn_old()
            self.burn_sheets()
            self.expect_reports()
            self.count_the_day()
        if now - self._tidy_at >= DAY_SECONDS:
            self._tidy_at = now
            self.tidy()
        if self.keeps_warm and now - self._began_at >= WARM_AFTER_SECONDS:
            self.press.warm()

    def run_one(self) -> bool:
        """Do the next job, whatever comes of it; False when there is none."""
        with self.app.app_context():
            claim = jobs.claim(self.silence)
            db.session.commit()
        if claim is None:
            return False
        with Pulse(self.app, claim, self.name, self.silence) as pulse:
            try:
                self._make(claim, pulse)
            except Stopped:
                self._close(lambda: jobs.put_back(claim, counts=False))
            except TookTooLong:
                self._close(lambda: jobs.fail(claim, TOO_LARGE))
            except Refusal as refusal:
                why = refusal.message
                self._close(lambda: jobs.fail(claim, why))
            except Exception:
                self.app.logger.exception("job %s failed at try %s", claim.id, claim.tries)
                self._close(lambda: jobs.put_back(claim, counts=True))
        return True

    def _make(self, claim: Claim, pulse: Pulse) -> None:
        make = HANDLERS.get(claim.kind)
        if make is None:
            self._close(lambda: jobs.fail(claim, UNKNOWN_KIND))
            return
        with self.app.app_context():
            made = make(
                Task(
                    claim,
                    self.press,
                    pulse.progress,
                    pulse.note,
                    lambda: self.stopping.is_set() or pulse.is_lost,
                )
            )
        if made is None:
            self._close(lambda: jobs.finish(claim, key="", name="", media_type="", size=0))
            return
        key = self.results.keep(made.content)
        self._close(
            lambda: jobs.finish(
                claim, key=key, name=made.name, media_type=made.media_type, size=len(made.content)
            )
        )

    def _close(self, say: object) -> None:
        """Write down how it ended, in a transaction of its own; a job that another worker holds is left alone."""
        assert callable(say)  # noqa: S101
        with self.app.app_context():
            say()
            db.session.commit()

    def tidy(self) -> None:
        """Forget results, what they were made of, uploaded sheets and wrong tries at signing in after thirty days,
        sending keys after two, workers long gone.
        """
        with self.app.app_context():
            submissions.forget_old()
            jobs.forget_results(clock.real_now() - KEPT)
            accounts.forget_tries(clock.real_now() - KEPT)
            imports.forget_files(clock.real_now() - imports.KEPT)
            jobs.forget_workers(clock.real_now() - dt.timedelta(days=2))
            db.session.commit()
            needed, sheets = jobs.kept_results(), imports.kept_files()
            kept_pieces().tidy()
        self.results.sweep(needed)
        Results.of(self.app, SHEETS).sweep(sheets)

    def expect_reports(self) -> None:
        """Let the rows of reports follow the regions; where the reports are new to the desk, they begin today."""
        with self.app.app_context():
            try:
                reports.catch_up(stages.current_election())
            except NotFound:
                return  # no election is set up yet
            db.session.commit()

    def count_the_day(self) -> None:
        """Keep how much of the checklists is left today: tomorrow it is a day of their burn-down."""
        with self.app.app_context():
            try:
                checklists.keep_days(stages.current_election())
            except NotFound:
                return  # no election is set up yet
            db.session.commit()

    def take_readings(self) -> None:
        """Keep the figures of the cut-offs that have just passed, whether or not anybody was writing."""
        with self.app.app_context():
            try:
                reports.take_readings(clock.now())
            except Refusal:
                self.app.logger.exception("the figures of a cut-off could not be read")
                return
            db.session.commit()

    def burn_sheets(self) -> None:
        """Forget uploaded sheets that are secret and were left lying for a day; loads the kinds of import."""
        from app.jobs.importers import IMPORTERS

        secret = [kind for kind, importer in IMPORTERS.items() if importer.is_secret]
        with self.app.app_context():
            imports.forget_files(clock.real_now() - imports.KEPT_SECRET, secret)
            db.session.commit()
            needed = imports.kept_files()
        Results.of(self.app, CLOSED_SHEETS).sweep(needed)
