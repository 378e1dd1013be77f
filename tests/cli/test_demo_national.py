"""The synthetic nation around the demo: one neighbouring province of it, by the same command."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from app.domain import checklists, regions, reports, stages
from app.domain.regions import FigureKind, Level
from app.domain.reports import State

KALTARA = "65"

pytestmark = [pytest.mark.template("demo"), pytest.mark.slow]


def count(session: Any, asked: str) -> int:
    return int(session.scalar(text(f"SELECT count(*) FROM {asked}")))  # noqa: S608


def reports_are_frozen_as_any_other(session: Any):
    found = session.execute(
        text(
            "SELECT report.region_code, report.state, report_version.snapshot, report_version.sha256 FROM report"
            " JOIN report_version ON report_version.report_id = report.id WHERE report.region_code >= '65'"
        )
    ).all()
    assert {row.state for row in found} == {State.VERIFIED.value}
    for row in found:
        snapshot = reports.snapshot_of(row.snapshot)
        assert reports.snapshot_sha256(snapshot) == row.sha256
        assert snapshot.region_code == row.region_code
        assert snapshot.is_nil
    missing = count(session, "report WHERE region_code LIKE '65.%' AND number = 0 AND day < '2024-11-24'")
    assert missing > 0, "a board without a gap shows nothing"


def test_it_surrounds_the_demo_once_and_leaves_the_demo_alone(flask: Any, session: Any):
    asked = (
        "logistics_arrival WHERE region_code < '65'",
        "report WHERE region_code < '65' AND number > 0",
        "reference_figure WHERE region_code < '65'",
        "checklist_entry WHERE region_code < '65' AND standing <> 'belum'",
    )
    before = [count(session, one) for one in asked]
    done = flask("demo", "national", "--prefix", KALTARA)
    assert done.exit_code == 0, done.output
    assert [count(session, one) for one in asked] == before

    villages = regions.regions_under([KALTARA], Level.VILLAGE)
    stations = sum(
        int(figure.value or 0)
        for figure in regions.current_figures([row.code for row in villages]).values()
        if figure.kind is FigureKind.POLLING_STATIONS
    )
    assert stations == count(session, "logistics_arrival WHERE region_code >= '65'") >= 5 * len(villages)

    reports_are_frozen_as_any_other(session)

    assert checklists.progress.check(stages.current_election()) == []
    assert flask("audit", "verify").exit_code == 0

    again = flask("demo", "national", "--prefix", KALTARA)
    assert again.exit_code == 1
    assert "sudah ada" in again.output


@pytest.mark.template("empty")
def test_it_needs_the_demo(flask: Any):
    said = flask("demo", "national", "--prefix", KALTARA)
    assert said.exit_code == 1
    assert "flask demo load" in said.output
