"""A version is what was sent, whatever happens afterwards; what differs is found and told."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain import all_facts, clock, reports
from app.domain.errors import NotFound, NotNow
from app.domain.registers import Fact
from app.domain.reports import Difference, Explained, Grade, Part, ReportRow, SectionText
from app.domain.reports.canonical import digest
from app.extensions import db
from tests import cast
from tests.counting import statements
from tests.domain.reports.sent import CASES, CONTENT, CUT_OFF, DUE, fresh, owed, put


@pytest.fixture
def report(session: Any) -> ReportRow:
    """Berau's daily report, sent once by its operator."""
    return put(owed())


def test_a_version_bears_names_offices_hashes_and_the_trail_of_its_moment(report: ReportRow):
    made = reports.frozen(report).snapshot
    assert (made.version, made.title, made.region_name) == (
        1,
        "Laporan Harian Perkembangan Situasi",
        "Kabupaten Berau",
    )
    assert (made.desk_name, made.above_name) == (
        "Desk Pilkada Kabupaten Berau",
        "Desk Pilkada Provinsi Kalimantan Timur",
    )
    assert (made.zone, made.due_at, made.sent_at) == ("Asia/Makassar", DUE, clock.now())
    assert (made.sent_by, made.sent_office) == (
        "Operator Berau (demo)",
        "Operator, Kabupaten Berau",
    )
    assert len(made.audit_hash) == 64
    assert reports.frozen(put(owed("64"), by="operator.kaltim")).snapshot.above_name == ""


def test_every_version_stays_to_be_seen(report: ReportRow):
    row = put(report, CONTENT._replace(grade=Grade.WATCHFUL))
    assert [one.number for one in reports.versions_of(row)] == [2, 1]
    assert reports.frozen(row).snapshot.grade == "waspada"
    assert reports.frozen(row, 1).snapshot.grade == "aman"
    assert {one.sent_by for one in reports.versions_of(row)} == {cast.person("operator.berau").name}
    with pytest.raises(NotFound):
        reports.frozen(row, 3)
    with pytest.raises(NotFound):
        reports.frozen(owed(cast.PASER))


def test_many_are_read_by_as_many_statements_as_one(report: ReportRow):
    rows = [report, put(put(owed(cast.PASER), by="operator.paser"), by="operator.paser"), owed("64")]
    with statements() as asked:
        found = reports.frozen_many(rows)
    assert {key: one.number for key, one in found.items()} == {report.id: 1, rows[1].id: 2}
    assert len(asked) <= 3


def force(report: ReportRow, said: str) -> None:
    """A version 7 whose kept text is not the one that its hash was made of, as by somebody with the database."""
    kept = reports.frozen(report)
    line = {"number": 7, "snapshot": said, "sha256": kept.sha256, "sent_at": DUE, "sent_by_id": 1}
    db.session.add(reports.ReportVersion(report_id=report.id, **line))
    db.session.flush()


def test_a_snapshot_that_was_tampered_with_says_so(report: ReportRow):
    assert reports.frozen(report).is_intact
    kept = reports.snapshot_text(reports.frozen(report).snapshot)
    force(report, kept.replace("Tiga kasus", "Nol kasus"))
    assert not reports.frozen(report, 7).is_intact


def test_a_snapshot_that_cannot_be_read_is_named_not_drawn(report: ReportRow):
    force(report, "{")
    with pytest.raises(NotNow, match="tidak utuh"):
        reports.frozen(report, 7)


def test_what_another_room_does_later_changes_no_version(report: ReportRow, monkeypatch: pytest.MonkeyPatch):
    before = reports.frozen(report)
    live = (CASES._replace(value=5), CASES._replace(key="netralitas.lain", value=1))
    monkeypatch.setattr("app.domain.reports.comparing.facts_of", lambda region: live)
    assert reports.frozen(report) == before
    assert digest(reports.snapshot_text(before.snapshot)) == before.sha256
    [moved] = reports.now_beside_then(before.snapshot, cast.person("penyelia.berau"))
    assert (moved.then, moved.now) == (CASES, live[0])
    assert reports.now_beside_then(before.snapshot, cast.person("operator.paser")) == ()


def test_nothing_has_moved_where_the_figures_are_what_they_were(session: Any):
    live = all_facts.facts_of(cast.BERAU)
    made = reports.frozen(put(owed(), figures=live)).snapshot
    assert live
    assert reports.now_beside_then(made, cast.person("penyelia.berau")) == ()


def test_two_versions_are_compared_in_words(report: ReportRow):
    sections = (SectionText("umum", "Situasi umum", "Aman."), *CONTENT.sections[1:])
    part = Part(9, "64.03.03", "Sambaliung", "tepat", "diverifikasi", 2)
    more = CONTENT._replace(
        sections=sections,
        grade=Grade.WATCHFUL,
        grade_reason="Banjir.",
        explained=(Explained("nihil_kendala", "3 kasus terbuka", "Sudah ditangani."),),
        parts=(part, part._replace(region_code="64.03.09", region_name="Teluk Bayur", version=0)),
    )
    row = put(report, more, (CASES._replace(value=4), Fact("log.a", "LOG", "Surat suara", 7, as_of=CUT_OFF)))
    older, newer = (reports.frozen(row, number).snapshot for number in (1, 2))
    assert reports.differences(older, newer) == (
        Difference("Situasi umum", "Aman dan kondusif", "Waspada"),
        Difference("Alasan situasi", "(kosong)", "Banjir."),
        Difference("Situasi umum", "Aman dan kondusif.", "Aman."),
        Difference("Kasus netralitas", "3 kasus", "4 kasus"),
        Difference("Surat suara", "(kosong)", "7"),
        Difference("3 kasus terbuka", "(kosong)", "Sudah ditangani."),
        Difference("Sambaliung", "(kosong)", "versi 2, diverifikasi"),
        Difference("Teluk Bayur", "(kosong)", "tidak disertakan"),
    )
    assert reports.differences(newer, newer) == ()
    assert len(reports.differences(newer, older)) == 8


def test_the_same_text_that_was_sent_is_read_by_everybody(report: ReportRow):
    db.session.commit()
    assert reports.frozen(fresh(report.id)).snapshot == reports.frozen(report).snapshot
