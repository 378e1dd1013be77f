"""A final report from sending to paper: chapters with their tables, contents with pages, an annex for each region."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from app.documents.binding import Archive
from app.documents.dress import dress_of
from app.documents.final_paper import final_sheet
from app.documents.report_markup import attached_to
from app.documents.report_order import ReportPaper
from app.domain import clock, regions, reports, stages
from app.domain.reports import Kind, Marks, Snapshot
from app.jobs.long_press import Kept, LongPress
from tests import cast
from tests.documents import reading

pytestmark = [pytest.mark.one_database, pytest.mark.slow, pytest.mark.template("demo")]

DAY = dt.date(2024, 12, 10)
MAHULU = "64.11"


@pytest.fixture
def snapshot(session: Any) -> Snapshot:
    """The final report of a small kabupaten as it was sent, H+13."""
    clock.set_frozen(clock.at(DAY, dt.time(9, 0), "Asia/Makassar"))
    writer, election = cast.person("operator.mahulu"), stages.current_election()
    reports.expect(election)
    found = reports.of_region(
        writer, election.id, MAHULU, DAY - dt.timedelta(days=90), DAY + dt.timedelta(days=90)
    )
    row = next(row for row in found if row.kind is Kind.FINAL)
    draft, read, version = reports.open_draft(row, by=writer)
    said = {section.key: f"Uraian {section.title.lower()}." for section in draft.sections}
    draft = reports.written(draft, said, set(), {})
    wrong = reports.findings_of(row, draft, read)
    draft = draft._replace(reasons=tuple((one.rule, "Lihat register.") for one in wrong))
    version = reports.save_draft(row, draft, by=writer, version=version)
    dress = dress_of(regions.path_of(MAHULU), row.day)
    reports.send(reports.find(row.id, writer), draft, read, dress, by=writer, version=version)
    return reports.frozen(reports.find(row.id, writer)).snapshot


def test_it_has_a_cover_contents_chapters_recapitulations_and_annexes(snapshot: Snapshot, tmp_path: Path):
    order = ReportPaper(snapshot, Marks("dikirim", "ABCDEFGH23"), {})
    archive = Archive(tuple(attached_to(order)), snapshot.sent_at, order.marks.code)
    press = LongPress(Kept(tmp_path / "pieces"))
    made = press.render(final_sheet(order), lambda done, total: None, lambda: False, archive)
    pages = reading.pages(made)
    whole = "\n".join(pages)
    assert "LAPORAN AKHIR" in pages[0]
    assert "LEMBAR PENGESAHAN" in pages[1]
    contents = next(page for page in pages if "DAFTAR ISI" in page)
    for number, title in (("I", "Pendahuluan"), ("VIII", "Kesimpulan dan rekomendasi")):
        found = re.search(rf"BAB {number} {title} (\d+)", contents)
        assert found
        assert f"BAB {number} {title}" in pages[int(found[1]) - 1]
    assert "(d) Laporan tiap wilayah" in whole
    assert "Lampiran 1. Kecamatan" in whole
    assert f"Halaman {len(pages)} dari {len(pages)}" in pages[-1]
    assert press.render(final_sheet(order), lambda done, total: None, lambda: False, archive) == made
