"""A register goes out as CSV page by page: memory stays flat, and a slow line keeps nothing of the database."""

from __future__ import annotations

import contextvars
import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select, text

from app.domain import clock
from app.domain.accounts import Person
from app.domain.logistics.models import LogisticsArrival
from app.domain.stages import current_election
from app.extensions import db
from app.jobs.press import HOME
from tests import cast
from tests.desk import MOMENT

BOOK = "kedatangan-logistik"
MANY = 60_000
AT_ONCE = 10_000


def fill(operator: Person, count: int) -> None:
    """So many arrivals in Berau, as the grid would have recorded them, by a statement for ten thousand."""
    now = clock.now()
    common = {
        "election_id": current_election().id,
        "region_code": cast.BERAU,
        "year": 2024,
        "state_since": dt.date(2024, 11, 25),
        "search_words": " tps sampai ",
        "recorded_at": now,
        "recorded_by": operator.id,
        "recorded_by_name": operator.name,
        "changed_at": now,
        "special": False,
        "stand": "sampai",
        "arrived_on": dt.date(2024, 11, 24),
        "arrived_at": "09.30",
        "voters": 412,
        "remote": False,
        "note": "Diterima lengkap oleh KPPS dengan segel utuh.",
    }
    for start in range(0, count, AT_ONCE):
        numbers = range(start + 1, min(start + AT_ONCE, count) + 1)
        rows = [common | {"number": number, "station": f"TPS {number}"} for number in numbers]
        db.session.execute(insert(LogisticsArrival), rows)
    db.session.commit()


IDLE = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"


def held(app: Flask) -> int:
    """Connections that the application has out at this moment, and what PostgreSQL says is in a transaction."""
    with app.app_context():
        out = db.engine.pool.checkedout()  # type: ignore[attr-defined]
        if db.engine.dialect.name != "postgresql":
            return int(out)
        with db.engine.connect() as mine:
            return int(out + mine.execute(text(IDLE)).scalar_one())


def streamed(app: Flask, between: Callable[[int], None]) -> list[bytes]:
    """The pieces of the whole register, with what happens after each; in a context of its own, as on a server."""

    def fetch() -> list[bytes]:
        browser = cast.signed_in(FlaskClient(app, app.response_class), "operator.berau")
        answer = browser.post(f"/register/{BOOK}/unduh", data={"format": "csv"}, buffered=False)
        pieces = []
        for number, piece in enumerate(answer.iter_encoded()):
            pieces.append(piece)
            between(number)
        return pieces

    db.session.remove()
    return contextvars.Context().run(fetch)


def test_between_two_pages_nothing_is_held_of_the_database(app: Flask, operator: Person):
    fill(operator, 2_500)
    seen: list[int] = []
    pieces = streamed(app, lambda number: seen.append(held(app)))
    assert [piece.count(b"\r\n") for piece in pieces] == [1, 1_000, 1_000, 500]
    assert seen == [0, 0, 0, 0]


def test_what_is_recorded_meanwhile_neither_repeats_nor_hides_a_line(app: Flask, operator: Person):
    fill(operator, 1_500)

    def change(number: int) -> None:
        if number != 1:
            return
        with app.app_context():
            first = db.session.scalars(select(LogisticsArrival).order_by(LogisticsArrival.id).limit(1)).one()
            first.note = "Dibetulkan"
            late = {c.name: getattr(first, c.name) for c in LogisticsArrival.__table__.c if c.name != "id"}
            db.session.execute(insert(LogisticsArrival), [late | {"number": 9_999, "station": "TPS 9999"}])
            db.session.commit()

    said = b"".join(streamed(app, change)).decode().splitlines()[1:]
    assert [line.partition("/")[0] for line in said] == [str(number) for number in range(1_500, 0, -1)]
    assert "Dibetulkan" in said[-1]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")
def test_memory_stays_flat_however_many_records_go_out(app: Flask, session: Any, operator: Person):
    fill(operator, MANY)
    settings = app.config["SETTINGS"]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("DESK_")}
    environment = ours | {
        "DESK_MODE": "test",
        "DESK_DATA": settings.data,
        "DESK_DATABASE_URL": settings.database_url,
        "DESK_SECRET_KEY": settings.secret_key,
        "DESK_AUDIT_KEY": settings.audit_key,
        "DESK_CLOCK": MOMENT,
    }
    command = [sys.executable, "-m", "tests.blueprints.registers.fetching", "operator.berau", BOOK]
    done = subprocess.run(
        command, cwd=HOME, env=environment, capture_output=True, text=True, timeout=110, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["lines"] == MANY + 1
    assert found["pieces"] == MANY // 1_000 + 1
    assert found["largest"] < 1024 * 1024
    assert found["peak"] < 300 * 1024
    assert found["peak"] - found["before"] < 40 * 1024, found
