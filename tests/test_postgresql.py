"""The connection to PostgreSQL: what was prepared stays prepared, and a rollback still undoes everything."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import select, text, update

from app.domain.stages import Stage
from app.extensions import db

pytestmark = pytest.mark.postgres

PREPARED = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE :part")
TIMES = 6
"""One more than psycopg waits for before it prepares a statement."""


def test_what_pages_ask_again_and_again_is_prepared_though_each_ends_with_a_rollback(session: Any) -> None:
    own = f"name_{secrets.token_hex(4)}"  # of this test alone: connections go from one to the next
    for _ in range(TIMES):
        assert session.scalar(PREPARED, {"part": f"%{own}%"}) == 0
        session.rollback()
        session.scalars(select(Stage.name.label(own))).all()
    session.rollback()
    assert session.scalar(PREPARED, {"part": f"%{own}%"}) == 1


def test_a_rollback_undoes_and_ends_the_transaction(session: Any) -> None:
    names = session.scalars(select(Stage.name).order_by(Stage.id)).all()
    session.execute(update(Stage).values(name="Lain"))
    line = session.connection().connection.dbapi_connection.pgconn
    assert line.transaction_status == TransactionStatus.INTRANS
    session.rollback()
    assert line.transaction_status == TransactionStatus.IDLE
    assert session.scalars(select(Stage.name).order_by(Stage.id)).all() == names


def test_a_transaction_that_failed_is_over_after_it_too(session: Any) -> None:
    with pytest.raises(Exception, match="division by zero"):
        session.execute(text("SELECT 1 / 0"))
    session.rollback()
    assert session.scalar(text("SELECT 1")) == 1


def test_a_connection_that_the_server_has_ended_is_given_up(session: Any) -> None:
    number = session.scalar(text("SELECT pg_backend_pid()"))
    with db.engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": number})
    with pytest.raises(Exception, match=r"terminat|clos"):
        session.scalar(text("SELECT 1"))
    session.rollback()
    assert session.scalar(text("SELECT pg_backend_pid()")) != number
