"""The situation room tells the daily reports from their own room, not from a checklist item."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import clock
from app.domain.reports import Report
from tests import cast
from tests.domain.reports.below import province
from tests.pages import words

MONDAY = dt.date(2024, 11, 25)


def room(client: Any, path: str = "/situasi") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return words(answer)


def set_to(session: Any, report: Report, sent: str = "", due: str = "16:00", **more: Any) -> None:
    """When it was due and sent, both by the hour of Monday in Berau."""
    report.due_at = clock.at(MONDAY, dt.time.fromisoformat(due), "Asia/Makassar")
    report.locks_at = report.due_at + dt.timedelta(hours=19)
    if sent:
        report.sent_at = report.first_sent_at = clock.at(MONDAY, dt.time.fromisoformat(sent), "Asia/Makassar")
        report.state = "dikirim"
    for name, value in more.items():
        setattr(report, name, value)
    session.commit()


@pytest.fixture
def ten(session: Any) -> Any:
    """Ten daily reports of this Monday, due at six in the morning: one came in time, one late, one says nil."""
    _, found = province()
    for report in found:
        set_to(session, report, due="06:00")
    set_to(session, found[0], "05:30", "06:00")
    set_to(session, found[1], "08:00", "06:00")
    set_to(session, found[2], "05:45", "06:00", is_nil=True)
    return found


@pytest.mark.parametrize("path", ["/situasi", "/situasi/layar"])
def test_it_counts_what_came_what_was_late_and_who_is_silent(client: Any, ten: Any, path: str):
    page = room(cast.signed_in(client, "penyelia.kaltim"), path)
    assert "3 dari 10 wilayah" in page
    assert "1 terlambat" in page
    if path == "/situasi":
        assert "belum: Kabupaten Kutai Barat" in page
        assert "Lihat papan pelaporan" in page


def test_what_is_not_due_yet_makes_nobody_late(client: Any, session: Any, ten: Any):
    for report in ten[3:]:
        set_to(session, report, due="16:00")
    page = room(cast.signed_in(client, "penyelia.kaltim"))
    assert "3 dari 10 wilayah sudah melapor" in page
    assert "belum: Kabupaten" not in page


def test_a_kabupaten_reads_how_its_own_stands(client: Any, session: Any, ten: Any):
    berau = next(report for report in ten if report.region_code == cast.BERAU)
    set_to(session, berau, "08:00", "06:00")
    page = room(cast.signed_in(client, "operator.berau"))
    assert "◐ terlambat" in page
    assert "Kabupaten Paser" not in page[page.index("Laporan harian") :]


def test_who_reads_no_reports_is_told_none(client: Any, ten: Any):
    assert 'id="laporan"' not in cast.signed_in(client, "admin.kaltim").get("/situasi").text


def test_without_reports_there_is_nothing_to_say(client: Any, session: Any):
    assert 'id="laporan"' not in cast.signed_in(client, "penyelia.kaltim").get("/situasi").text
