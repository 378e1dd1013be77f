"""The paper twin: filled in by hand, entered by code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.documents.pdf import render_blank_pdf
from tests.documents import cast, reading

pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_blank_pdf(cast.blank(24))


def test_it_has_a_code_five_boxes_and_a_line_for_notes_on_each_item(pdf):
    text = reading.text(pdf)
    items = [item for area in cast.blank(24).areas for item in area.items]
    for item in items:
        assert item.code in text
    assert text.count("☐") == 5 * len(items)
    assert text.count("Catatan:") == len(items)


def test_it_prints_the_known_total_so_that_only_the_count_is_written(pdf):
    assert "dari 475 TPS" in reading.text(pdf)


def test_it_asks_who_filled_it_in_and_forbids_a_zero_for_the_unknown(pdf):
    text = reading.text(pdf)
    assert "Nama pengisi" in text
    assert "jangan menulis nol" in text
    assert "Kecamatan Sambaliung (64.03.06)" in text


def test_it_numbers_its_pages_and_marks_the_simulation(pdf):
    pages = reading.pages(pdf)
    for number, page in enumerate(pages, start=1):
        assert f"Halaman {number} dari {len(pages)}" in page
        assert "SIMULASI" in page


def test_it_is_as_well_tagged_as_the_report(pdf):
    assert reading.faults(pdf) == []


def test_it_gives_the_same_bytes_again(pdf):
    assert render_blank_pdf(cast.blank(24)) == pdf


def test_it_prints_a_checklist_without_items():
    assert "LEMBAR ISIAN" in reading.text(render_blank_pdf(replace(cast.blank(), areas=())))
