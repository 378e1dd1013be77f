"""The one table of a report's steps, the marks of the board, and what nobody can change by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.domain import stages
from app.domain.accounts import Permission
from app.domain.reports import (
    WORKFLOW,
    Kind,
    Mark,
    Report,
    ReportMove,
    ReportRow,
    State,
    Verb,
    permissions_in,
)
from tests import cast

DUE = dt.datetime(2024, 11, 25, 8, 0, tzinfo=dt.UTC)
EARLY, LATE = DUE - dt.timedelta(hours=1), DUE + dt.timedelta(hours=1)


def row(state: State, sent: dt.datetime | None = None, *, nil: bool = False) -> ReportRow:
    """A report of Berau."""
    return ReportRow(
        1,
        1,
        "64.03",
        "Berau",
        Kind.DAILY,
        DUE.date(),
        0,
        "",
        EARLY,
        DUE,
        LATE,
        state,
        1,
        nil,
        sent,
        sent,
        "",
        1,
    )


@pytest.mark.one_database
@pytest.mark.parametrize(
    "state, sent, nil, now, mark",
    [
        (State.EXPECTED, None, False, EARLY, Mark.WAITING),
        (State.DRAFT, None, False, LATE, Mark.SILENT),
        (State.SENT, EARLY, False, LATE, Mark.ON_TIME),
        (State.ENDORSED, EARLY, True, LATE, Mark.NIL),
        (State.VERIFIED, LATE, False, LATE, Mark.LATE),
        (State.RETURNED, EARLY, False, LATE, Mark.RETURNED),
        (State.REOPENED, EARLY, False, LATE, Mark.RETURNED),
    ],
)
def test_nil_sent_late_and_silent_are_four_marks(
    state: State, sent: dt.datetime | None, nil: bool, now: dt.datetime, mark: Mark
):
    assert row(state, sent, nil=nil).mark(now) is mark


@pytest.mark.one_database
def test_whoever_judges_needs_another_pair_of_eyes():
    judging = {Verb.VERIFY, Verb.RETURN, Verb.ENDORSE, Verb.REOPEN}
    assert {verb for verb, step in WORKFLOW.items() if step.four_eyes} == judging


def test_a_province_judges_below_but_writes_only_its_own(session: Any):
    above = cast.person("operator.kaltim")
    assert Permission.REPORT_WRITE in permissions_in(above, "64")
    assert Permission.REPORT_WRITE not in permissions_in(above, cast.BERAU)
    assert Permission.REPORT_VERIFY in permissions_in(cast.person("penyelia.kaltim"), cast.BERAU)
    assert permissions_in(cast.person("penyelia.berau"), "64") == frozenset()


def test_a_step_that_was_done_cannot_be_changed_by_hand(session: Any):
    operator = cast.person("operator.berau")
    report = Report(
        election_id=stages.current_election().id,
        region_code=cast.BERAU,
        kind="harian",
        day=DUE.date(),
        slot=0,
        title="",
        cut_off_at=EARLY,
        due_at=DUE,
        locks_at=LATE,
        state="belum",
        number=0,
        is_nil=False,
        returned_section="",
        version=1,
    )
    session.add(report)
    session.flush()
    session.add(
        ReportMove(
            report_id=report.id,
            number=1,
            verb="kirim",
            state="dikirim",
            reason="",
            section="",
            at=EARLY,
            by_id=operator.id,
            by_name=operator.name,
            office="Operator",
        )
    )
    session.commit()
    for deed in ("UPDATE report_move SET by_name = 'lain'", "DELETE FROM report_move"):
        with pytest.raises(DBAPIError, match="stays as it was sent"):
            session.execute(text(deed))
        session.rollback()
