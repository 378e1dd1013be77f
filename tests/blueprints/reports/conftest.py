"""Reports that are owed, for the pages of this room."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from app.domain import clock, reports
from app.domain.reports import Kind, Report
from app.extensions import db
from tests import cast
from tests.domain.reports.test_board import send

MONDAY = dt.date(2024, 11, 25)


@pytest.fixture
def rows(session: Any, election: Any) -> None:
    """Every desk's reports, committed."""
    reports.expect(election)
    session.commit()


def report_of(region: str = cast.BERAU, day: dt.date = MONDAY, kind: Kind = Kind.DAILY) -> Report:
    """One row as it stands now."""
    db.session.expire_all()
    query = select(Report).where(Report.region_code == region, Report.day == day, Report.kind == kind.value)
    found = db.session.scalar(query)
    assert found is not None
    return found


def sent(region: str, day: dt.date, hour: str, kind: Kind = Kind.DAILY, **about: Any) -> None:
    """The desk's report came in at that hour."""
    send(region, day, hour, kind, **about)
    db.session.commit()


def at(hour: str, day: int = 25) -> None:
    """Let it be that hour in Berau."""
    clock.set_frozen(dt.datetime.fromisoformat(f"2024-11-{day}T{hour}:00+08:00"))
