"""`flask report`."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select

from app.domain import audit
from app.domain.reports import Report
from app.extensions import db


def first_day() -> dt.date:
    """The first day that any desk owes."""
    day = db.session.scalar(select(func.min(Report.day)))
    db.session.remove()
    return day


class TestExpect:
    def test_what_is_owed_is_made_once_and_told(self, flask: Any, app: Any) -> None:
        assert flask("report", "expect").output == "308 laporan disiapkan.\n"
        assert flask("report", "expect").output == "0 laporan disiapkan.\n"
        with app.app_context():
            assert first_day() == dt.date(2024, 11, 24), "the day from which the desk records"
            link = audit.search(("64",), audit.Filters(action="report:report:expect"), page=1)[0][0]
            assert link.changed["made"] == [0, 308]
            db.session.remove()

    def test_a_desk_that_began_on_paper_may_begin_earlier(self, flask: Any, app: Any) -> None:
        flask("report", "expect", "--since", "2024-11-18")
        with app.app_context():
            assert first_day() == dt.date(2024, 11, 18)

    @pytest.mark.template("empty")
    def test_without_an_election_it_says_so(self, flask: Any) -> None:
        said = flask("report", "expect")
        assert said.exit_code == 1
        assert "Belum ada pemilihan" in said.output
