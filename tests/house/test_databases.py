"""The harness keeps two promises: no test sees another's rows, and each pass runs on the database named."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text

from app.domain import clock

TRACE = "CREATE TABLE somebody_was_here (x integer)"


@pytest.mark.parametrize("turn", [1, 2])
def test_nothing_of_a_test_is_there_for_the_next(turn: int, app: Flask, session, desk):
    session.execute(text(TRACE))  # fails in the second turn when the first one left its table
    session.commit()
    file = desk.store.data / "evidence" / "somebody.txt"
    file.parent.mkdir(exist_ok=True)
    assert not file.exists()
    file.write_text("here")


def test_the_pass_runs_on_the_database_it_says(session, database: str):
    assert session.get_bind().dialect.name == database


@pytest.mark.postgres
def test_postgresql_is_15_or_newer(session):
    assert int(session.execute(text("SHOW server_version_num")).scalar_one()) >= 150_000


def test_the_clock_stands_at_the_morning_of_the_demo(app: Flask):
    assert clock.now() == clock.now()
    assert clock.local(clock.now(), "Asia/Makassar").isoformat() == "2024-11-25T09:00:00+08:00"
