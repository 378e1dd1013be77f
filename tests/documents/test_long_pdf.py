"""Reports too long for one pass: laid out in sections, joined into one document."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
import pytest

from app.documents import blocks
from app.documents.joining import join_sections
from app.documents.pdf import render_pdf
from app.documents.snapshot import ChecklistReport
from tests.documents import cast, reading

pytestmark = [pytest.mark.one_database, pytest.mark.slow]

ROWS = 90


@pytest.fixture(scope="module")
def short_passes() -> Iterator[None]:
    """A report is long sooner than in life, so that laying it out takes seconds and not half a minute."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "ROWS_IN_ONE_PASS", 75)
        patch.setattr(blocks, "ROWS_PER_SECTION", 30)
        yield


@pytest.fixture(scope="module")
def report(short_passes: None) -> ChecklistReport:
    return cast.berau(items=ROWS, evidence=20, photos=3)


@pytest.fixture(scope="module")
def steps() -> list[tuple[int, int]]:
    return []


@pytest.fixture(scope="module")
def pdf(report: ChecklistReport, steps: list[tuple[int, int]]) -> bytes:
    return render_pdf(report, on_progress=lambda done, total: steps.append((done, total)))


def test_it_numbers_all_pages_through(report, pdf):
    pages = reading.pages(pdf)
    assert ROWS > blocks.ROWS_IN_ONE_PASS
    for number, page in enumerate(pages, start=1):
        assert page.count("Halaman ") == 1
        assert f"Halaman {number} dari {len(pages)}" in page
        assert "Jejak audit no. 1.284" in page
        assert "SIMULASI" in page


def test_it_loses_no_item_and_keeps_their_order(report, pdf):
    codes = [word for word in reading.text(pdf).split() if re.fullmatch(r"[A-Z]{3}-\d\d", word)]
    expected = [item.code for area in report.areas for item in area.items]
    expected += [row.code for row in report.obstacles] + [row.code for row in report.evidence]
    assert codes == expected


def test_it_is_as_well_tagged_as_a_short_one(pdf):
    assert reading.faults(pdf) == []


def test_it_hangs_all_sections_in_one_tree_in_reading_order(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.Root.StructTreeRoot.K.as_list()) == 1
        pages = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        order = [pages[element.Pg.objgen] for element in reading.elements(document) if "/Pg" in element]
    assert order == sorted(order)
    assert set(order) == set(pages.values())


def test_it_keeps_the_chapters_and_their_areas(report, pdf):
    chapters = dict(reading.bookmarks(pdf))
    named = [title for title in chapters["C. Pelaksanaan per Bidang"] if "(lanjutan)" not in title]
    assert named == [area.name for area in report.areas]
    assert "F. Penutup" in chapters


def test_it_reports_each_section_as_a_step(pdf, steps):
    assert steps[-1][0] == steps[-1][1]
    assert [done for done, _ in steps] == list(range(1, len(steps) + 1))
    assert len(steps) - 1 >= ROWS // blocks.ROWS_PER_SECTION


def test_it_gives_the_same_bytes_again(report, pdf):
    assert render_pdf(report) == pdf


def test_it_refuses_a_frame_of_other_length(pdf):
    with pytest.raises(ValueError, match="frames of"):
        join_sections([render_pdf(cast.untouched())], [pdf], chapters=())
