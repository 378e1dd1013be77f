"""The harness keeps two promises: no test sees another's rows, and each pass runs on the database named."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, text

from app.domain import audit, clock
from app.domain.audit import AuditEntry
from app.domain.regions import Figure, FigureKind
from app.domain.regions.models import PollingStation, Region
from tests import cast

TRACE = "CREATE TABLE somebody_was_here (x integer)"
DEED = "somebody:was:here"


@pytest.mark.parametrize("turn", [1, 2])
def test_nothing_of_a_test_is_there_for_the_next(turn: int, app: Flask, session, desk):
    session.execute(text(TRACE))  # fails in the second turn when the first one left its table
    session.commit()
    file = desk.store.data / "evidence" / "somebody.txt"
    file.parent.mkdir(exist_ok=True)
    assert not file.exists()
    file.write_text("here")


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_nor_is_a_row_that_it_added_changed_or_took_away(turn: int, session):
    berau = session.get(Region, cast.BERAU)
    assert berau.name == "Kabupaten Berau"
    assert session.scalar(select(func.count()).select_from(PollingStation)) > 1
    assert session.scalars(select(AuditEntry).where(AuditEntry.action == DEED)).all() == []
    berau.name = "Somebody"
    session.execute(delete(PollingStation))
    audit.record(DEED, by=None, subject=("somebody", 1))
    session.commit()


@pytest.mark.parametrize("turn", [1, 2])
def test_nor_is_a_table_gone(turn: int, session):
    assert session.scalar(text("SELECT count(*) FROM situation_threshold")) == 0
    session.execute(text("DROP TABLE situation_threshold"))
    session.commit()


@pytest.mark.parametrize("turn", [1, 2])
def test_nor_is_a_number_used_up(turn: int, session):
    """Not even one that a transaction took and gave back."""
    before = session.scalar(select(func.max(Figure.id)))
    assert before + 1 == cast.figure(cast.BERAU, FigureKind.VOTERS, 1, by="x", source="x").id
    session.rollback()


def test_the_pass_runs_on_the_database_it_says(session, database: str):
    assert session.get_bind().dialect.name == database


@pytest.mark.postgres
def test_postgresql_is_15_or_newer(session):
    assert int(session.execute(text("SHOW server_version_num")).scalar_one()) >= 150_000


def test_the_clock_stands_at_the_morning_of_the_demo(app: Flask):
    assert clock.now() == clock.now()
    assert clock.local(clock.now(), "Asia/Makassar").isoformat() == "2024-11-25T09:00:00+08:00"
