"""Two Mondays told across the rooms: the 18th of November of ten desks (seed 003), the 25th of Berau (seed 004)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from app.documents.dress import dress_of
from app.documents.report_text import whatsapp_text
from app.domain import audit, clock, regions, reports, stages
from app.domain.errors import Invalid
from app.domain.reports import Kind, Mark, ReportRow, State
from tests import cast

pytestmark = pytest.mark.template("demo")

FIRST, SECOND = dt.date(2024, 11, 18), dt.date(2024, 11, 25)
FACTS = ("475", "11 dari 13", "1.588", "3 kasus", "1 PNS", "1 PPPK", "1 kepala kampung")
"""What the Sekda of Berau told on the 25th, as the application says it."""


def monday(region: str, day: dt.date, who: str) -> ReportRow:
    """A desk's report of a Monday as this person sees it."""
    found = reports.of_region(cast.person(who), stages.current_election().id, region, day, day)
    return next(row for row in found if row.kind is Kind.WEEKLY)


def test_ten_desks_reported_on_the_18th_one_late_and_one_with_nothing_to_tell(session: Any):
    row = monday("64", FIRST, "operator.kaltim")
    assert row.state is State.ENDORSED
    parts = reports.frozen(row).snapshot.parts
    assert Counter(part.mark for part in parts) == {
        Mark.ON_TIME.value: 8,
        Mark.LATE.value: 1,
        Mark.NIL.value: 1,
    }
    assert {part.state for part in parts} == {State.VERIFIED.value}
    assert row.mark(clock.now()) is Mark.ON_TIME


def test_the_provinces_figures_are_the_sums_of_the_versions_that_it_names(session: Any):
    row = monday("64", FIRST, "operator.kaltim")
    snapshot = reports.frozen(row).snapshot
    assert reports.unreconciled(snapshot.parts, snapshot.reading) == []
    for part in snapshot.parts:
        below = reports.frozen(reports.find(part.report_id, cast.person("operator.kaltim")))
        assert (below.sha256, below.number) == (part.sha256, part.version)


def test_the_compilation_was_passed_on_to_kemendagri(session: Any):
    sent = reports.transmissions_of(monday("64", FIRST, "operator.kaltim"), cast.person("operator.kaltim"))
    assert [one.recipient for one in sent] == ["Kementerian Dalam Negeri"]


def test_no_obstacle_beside_three_cases_is_found_out_corrected_sent_and_verified(session: Any):
    clock.set_frozen(clock.at(SECOND, dt.time(9, 20), "Asia/Makassar"))
    operator = cast.person("operator.berau")
    row = monday(cast.BERAU, SECOND, "operator.berau")
    assert row.state is State.DRAFT
    draft, reading, version = reports.open_draft(row, by=operator)
    found = reports.findings_of(row, draft, reading)
    assert any("kendala" in one.words.lower() and "kasus" in one.words.lower() for one in found)
    dress = dress_of(regions.path_of(cast.BERAU), SECOND)
    with pytest.raises(Invalid, match="Laporan belum dikirim"):
        reports.send(row, draft, reading, dress, by=operator, version=version)

    session.rollback()
    said = {
        "kendala": "Tiga kasus netralitas menunggu tindak lanjut Bupati; selebihnya berjalan sesuai rencana."
    }
    draft = reports.written(draft, said, {section.key for section in draft.sections}, {})
    left = reports.findings_of(row, draft, reading)
    assert not any(one.rule.startswith("tidak_ada_kendala") for one in left)
    draft = draft._replace(reasons=tuple((one.rule, "Sesuai paparan Sekda; lihat register.") for one in left))
    version = reports.save_draft(row, draft, by=operator, version=version)
    row = monday(cast.BERAU, SECOND, "operator.berau")
    reports.send(row, draft, reading, dress, by=operator, version=version)
    session.commit()
    row = monday(cast.BERAU, SECOND, "penyelia.berau")
    reports.verify(row, by=cast.person("penyelia.berau"), version=row.version)
    session.commit()

    kept = reports.frozen(monday(cast.BERAU, SECOND, "penyelia.kaltim"))
    assert kept.row.state is State.VERIFIED
    assert kept.row.mark(clock.now()) is Mark.ON_TIME
    told = " ".join(fact.said for fact in kept.snapshot.reading.figures)
    told += " ".join(f"{one.label} {one.value}" for one in kept.snapshot.reading.reference)
    assert [fact for fact in FACTS if fact not in told] == []
    text = whatsapp_text(kept.snapshot, kept.marks)
    assert len(text) < 1_500
    for fact in ("11 dari 13 kecamatan", "*TPS*: 475 (3 lokasi khusus)", "1.588 orang", "3 kasus"):
        assert fact in text
    assert audit.verify().first_break is None
