"""The heartbeat of a job: goes on in a thread of its own while the job is read, printed and stored."""

from __future__ import annotations

import datetime as dt
import threading
import time
from types import TracebackType
from typing import Self

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.domain import jobs
from app.domain.jobs import Claim
from app.extensions import db

BEAT_SECONDS = 5.0
TOLD_SECONDS = 0.5
"""Progress is written down at most so often."""


class Pulse:
    """Beats for one claim until it is left; `is_lost` once another worker holds the job."""

    def __init__(self, app: Flask, claim: Claim, worker: str, silence: dt.timedelta) -> None:
        self.app, self.claim, self.worker = app, claim, worker
        self.every = min(BEAT_SECONDS, silence.total_seconds() / 4)
        self.is_lost = False
        self._done = self._total = 0
        self._told_at = -TOLD_SECONDS
        self._over = False
        self._woken = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name=f"pulse-{claim.id}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over = True
        self._woken.set()
        self._thread.join()

    def progress(self, done: int, total: int) -> None:
        """Say how far the job is; written at once unless something was written a moment ago."""
        self._done, self._total = done, total
        now = time.monotonic()
        if now - self._told_at >= TOLD_SECONDS:
            self._told_at = now
            self._beat()

    def note(self, done: int, total: int) -> None:
        """Say how far the job is without writing here: the heartbeat does, at once or when it next may."""
        self._done, self._total = done, total
        now = time.monotonic()
        if now - self._told_at >= TOLD_SECONDS:
            self._told_at = now
            self._woken.set()

    def _go_on(self) -> None:
        while True:
            self._woken.wait(self.every)
            self._woken.clear()
            if self._over:
                return
            self._beat()

    def _beat(self) -> None:
        try:
            with self.app.app_context():
                if not jobs.beat(self.claim, self._done, self._total):
                    self.is_lost = True
                jobs.show_alive(self.worker)
                db.session.commit()
        except SQLAlchemyError:  # the next beat may get through; nine may be missed
            self.app.logger.warning("a heartbeat of job %s was not written", self.claim.id, exc_info=True)
