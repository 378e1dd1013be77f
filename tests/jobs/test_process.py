"""`flask pekerja` as a process: killed in the middle of a job, asked to end, and what the web process never loads."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from app.documents.asking import Ask
from app.domain import jobs
from app.domain.accounts import Person
from app.domain.jobs import Job
from app.extensions import db
from app.jobs.press import HOME
from tests import cast
from tests.desk import MOMENT

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals and sessions")]
SILENCE = 2.0
PATIENCE = 60.0


@pytest.fixture
def environment(app: Flask) -> dict[str, str]:
    """The environment of a process on this test's rows."""
    settings = app.config["SETTINGS"]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("DESK_")}
    return ours | {
        "DESK_MODE": "test",
        "DESK_DATA": settings.data,
        "DESK_DATABASE_URL": settings.database_url,
        "DESK_SECRET_KEY": settings.secret_key,
        "DESK_AUDIT_KEY": settings.audit_key,
        "DESK_CLOCK": MOMENT,
    }


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Any]:
    """Start a worker process; what still runs at the end is killed."""
    running: list[subprocess.Popen[bytes]] = []

    def started(*options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "pekerja", *options]
        running.append(subprocess.Popen(command, cwd=HOME, env=environment, start_new_session=True))
        return running[-1]

    yield started
    for process in running:
        if process.poll() is None:
            process.kill()
        process.wait()


@pytest.fixture
def job(session: Any, operator: Person) -> Job:
    ask = Ask(cast.BERAU, kind="rinci")
    asked = jobs.ask("paper", ask.title, ask.to_params(), region=cast.BERAU, by=operator)
    session.commit()
    return asked


def wait_for(job: Job, *states: str) -> Job:
    waited = threading.Event()
    deadline = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=PATIENCE)
    while dt.datetime.now(dt.UTC) < deadline:
        db.session.rollback()
        found = db.session.get(Job, job.id, populate_existing=True)
        assert found is not None
        if found.state in states:
            return found
        waited.wait(0.05)
    raise AssertionError(f"{found.state} after {PATIENCE} s: {found.error}")


def test_a_job_survives_its_killed_worker(start: Any, job: Job):
    first = start("--diam", str(SILENCE))
    assert wait_for(job, "jalan").tries == 1
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert wait_for(job, "jalan", "selesai").result_key == ""
    start("--diam", str(SILENCE))
    made = wait_for(job, "selesai", "gagal")
    assert (made.state, made.tries) == ("selesai", 2)


def test_asked_to_end_it_puts_its_job_back_and_leaves_at_once(start: Any, job: Job):
    process = start()
    wait_for(job, "jalan")
    process.terminate()
    assert process.wait(10) == 0
    db.session.rollback()
    back = db.session.get(Job, job.id, populate_existing=True)
    assert back is not None
    assert (back.state, back.tries) in (("antre", 0), ("selesai", 1))


def test_an_idle_worker_leaves_at_once_too(start: Any, session: Any):
    process = start()
    waited = threading.Event()
    while not jobs.worker_alive():
        db.session.rollback()
        waited.wait(0.05)
    process.terminate()
    assert process.wait(10) == 0


def test_it_can_do_what_waits_and_end(start: Any, job: Job):
    assert start("--sekali").wait(PATIENCE) == 0
    assert wait_for(job, "selesai").tries == 1


WEB = """
import sys
from wsgi import app
from app.domain.accounts import Account
from app.extensions import db
from tests.cast import signed_in
app.config["WTF_CSRF_ENABLED"] = False
client = signed_in(app.test_client(), "operator.berau")
assert client.get("/laporan").status_code == 200
asked = client.post("/laporan", data={"wilayah": "64.03", "bentuk": "ringkas", "format": "pdf", "kertas": "F4"})
assert asked.status_code == 303, asked.status_code
assert client.get(asked.location).status_code == 200
heavy = {"weasyprint", "xlsxwriter", "pikepdf", "PIL", "fontTools", "tinycss2"} & set(sys.modules)
heavy |= {"pyhanko", "aiohttp", "cryptography", "pyotp", "segno", "markdown_it"} & set(sys.modules)
assert not heavy, heavy
"""


def test_the_web_process_loads_nothing_that_prints(environment: dict[str, str], session: Any):
    done = subprocess.run(
        [sys.executable, "-c", WEB], cwd=HOME, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
