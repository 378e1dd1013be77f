"""Papers read everything from one moment, whatever others commit meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.domain import checklists
from app.domain.accounts import Account
from app.domain.checklists import Entry, Filling
from app.extensions import db, one_moment
from tests import cast


def done() -> int:
    query = db.select(db.func.count()).select_from(Entry).where(Entry.standing == "selesai")
    return int(db.session.scalar(query) or 0)


def tick_elsewhere(app: Flask) -> None:
    """Somebody else's deed, committed in a session of its own."""
    with app.app_context():
        checklists.tick(
            cast.entry_of("KTP-11", cast.BERAU, "2024-11-25"),
            by=cast.person("operator.berau"),
            version=1,
            filling=Filling(measure_value=1, measure_total=2, no_evidence_reason="belum ada"),
        )
        db.session.commit()


def test_what_others_commit_is_not_seen_until_the_moment_is_over(app: Flask, session: Any):
    with one_moment():
        before = done()
        tick_elsewhere(app)
        assert done() == before
    assert done() == before + 1


def test_nothing_can_be_written_inside(session: Any):
    def write() -> None:
        with one_moment():
            session.execute(db.select(Account.id).limit(1))
            session.execute(db.update(Account).values(name="lain"))

    with pytest.raises(DBAPIError):
        write()
    assert session.query(Account).filter_by(name="lain").count() == 0


def test_after_the_moment_the_session_writes_as_usual(session: Any):
    with one_moment():
        done()
    session.execute(db.update(Account).where(Account.username == "operator.berau").values(name="Nama baru"))
    session.commit()
    assert session.query(Account).filter_by(name="Nama baru").count() == 1
