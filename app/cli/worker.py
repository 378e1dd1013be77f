"""`flask pekerja`: the background worker."""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading
from collections.abc import Callable

import click
from flask import Flask, current_app

from app.domain.jobs import SILENCE

NICENESS = 15
"""Pages come first: the worker takes the processor time that they leave."""


def install(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(work)


@click.command("pekerja", help="Jalankan pekerja latar: membuat PDF, Excel, dan CSV yang diminta.")
@click.option("--sekali", "once", is_flag=True, help="Kerjakan yang sudah menunggu, lalu selesai.")
@click.option(
    "--diam",
    "silence",
    type=click.FloatRange(min=0.4),
    default=SILENCE.total_seconds(),
    show_default=True,
    help="Detik tanpa kabar sebelum pekerjaan dari pekerja yang mati diambil alih.",
)
def work(once: bool, silence: float) -> None:
    """Work until asked to end (Ctrl-C, TERM); an unfinished job goes back into the line."""
    from app.jobs.worker import Worker

    if hasattr(os, "nice"):
        os.nice(NICENESS)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    worker = Worker(app, silence=dt.timedelta(seconds=silence), keeps_warm=not once)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: _from_aside(worker.stop))
    if not once:
        worker.run()
        return
    try:
        while not worker.stopping.is_set() and worker.run_one():
            continue
    finally:
        worker.press.close()


def _from_aside(stop: Callable[[], None]) -> None:
    """Call it on a thread of its own: the one that the signal interrupts may hold the lock that it needs."""
    threading.Thread(target=stop, daemon=True).start()
