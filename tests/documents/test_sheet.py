"""The report as an Excel workbook."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook

from app.documents.sheet import LONGEST_CELL, render_xlsx
from app.documents.snapshot import ChecklistReport, ItemRow
from app.domain.checklists.totals import Totals
from tests.documents import cast

pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def report() -> ChecklistReport:
    return cast.berau(items=40, evidence=6)


@pytest.fixture(scope="module")
def book(report: ChecklistReport) -> Workbook:
    return load_workbook(io.BytesIO(render_xlsx(report)))


def rows(book: Workbook, name: str) -> list[dict[str, object]]:
    """A sheet's lines by the names in its head."""
    head, *lines = book[name].iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


def with_item(item: ItemRow) -> ChecklistReport:
    totals = Totals.of([item.standing])
    area = replace(cast.untouched().areas[0], items=(item,), totals=totals)
    return replace(cast.untouched(), areas=(area,), totals=totals)


def first_item(item: ItemRow) -> dict[str, object]:
    return rows(load_workbook(io.BytesIO(render_xlsx(with_item(item)))), "Butir")[0]


def test_it_has_the_same_totals_as_the_snapshot(report, book):
    lines = [line for line in book["Ringkasan"].iter_rows(values_only=True) if line[2] is not None]
    head, *areas, everything = lines
    assert head[:3] == ("Kode bidang", "Bidang tugas", "Isian wajib")
    for line, (name, totals) in zip(
        [*areas, everything],
        [*((area.name, area.totals) for area in report.areas), ("Jumlah", report.totals)],
        strict=True,
    ):
        assert line[1] == name
        assert line[2:7] == (
            totals.expected,
            totals.belum,
            totals.proses,
            totals.terkendala,
            totals.dikembalikan,
        )
        assert line[7:9] == (totals.done, totals.verified)
        assert [round(share * 100, 1) for share in line[9:11]] == [
            totals.percent_done,
            totals.percent_verified,
        ]
        assert line[11] == totals.not_applicable


def test_its_items_add_up_to_its_totals(report, book):
    states = [line["Keadaan"] for line in rows(book, "Butir")]
    marks = [line["Verifikasi"] for line in rows(book, "Butir")]
    assert states.count("Selesai") == report.totals.done
    assert states.count("Tidak berlaku") == report.totals.not_applicable
    assert marks.count("Belum diverifikasi") == report.totals.waiting


def test_it_has_four_sheets_ready_to_print_on_the_asked_paper(report, book):
    assert book.sheetnames == ["Ringkasan", "Butir", "Bukti", "Angka acuan"]
    for sheet in book:
        assert sheet.page_setup.paperSize == 14  # Folio, which is F4
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "SIMULASI" in sheet.oddHeader.right.text
        assert "1284" in sheet.oddFooter.left.text
    assert book["Butir"].freeze_panes == "E2"
    assert book["Butir"].print_title_rows == "$1:$1"
    small = load_workbook(io.BytesIO(render_xlsx(replace(report, paper="A4"))))
    assert small["Butir"].page_setup.paperSize == 9


def test_it_writes_numbers_as_numbers_times_as_times_and_codes_as_text(book):
    line = next(
        line
        for line in rows(book, "Butir")
        if isinstance(line["Nilai"], int) and line["Waktu dikerjakan (WITA)"]
    )
    assert line["Waktu dikerjakan (WITA)"].year == 2024
    assert isinstance(line["Kode"], str)
    evidence = rows(book, "Bukti")[0]
    assert isinstance(evidence["Besar (byte)"], int)
    assert len(evidence["SHA-256"]) == 64


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://attacker.example","klik")', "+62811", "-5", "@SUM(A1)"]
)
def test_it_keeps_a_formula_in_text_a_text(text):
    book = load_workbook(io.BytesIO(render_xlsx(with_item(ItemRow(text, text, "proses", note=text)))))
    cell = book["Butir"]["D2"]
    assert cell.value == text
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.hyperlink is None


def test_it_never_writes_the_unknown_as_zero():
    unknown = ItemRow("LOG-01", "Terima", "proses", measure_total=475, measure_unit="TPS", periods_total=33)
    line = first_item(unknown)
    assert line["Nilai"] == "belum diketahui"
    assert line["Dari"] == 475
    assert line["Periode selesai"] == "belum diketahui"
    assert first_item(replace(unknown, measure_value=0))["Nilai"] == 0
    assert first_item(ItemRow("LOG-01", "Tanpa ukuran", "belum"))["Nilai"] is None
    figures = rows(load_workbook(io.BytesIO(render_xlsx(cast.untouched()))), "Angka acuan")
    assert figures[0]["Nilai"] == "belum diketahui"


def test_it_says_that_nothing_was_expected_instead_of_a_percent():
    book = load_workbook(io.BytesIO(render_xlsx(with_item(ItemRow("LOG-01", "Ya", "tidak_berlaku")))))
    assert list(book["Ringkasan"].iter_rows(values_only=True))[-1][9] == "–"


def test_it_cuts_a_text_that_excel_cannot_hold_and_says_so():
    note = first_item(ItemRow("LOG-01", "Panjang", "proses", note="a" * 40_000))["Catatan"]
    assert len(note) == LONGEST_CELL
    assert note.endswith("(dipotong)")


def test_it_drops_what_a_workbook_cannot_hold():
    assert first_item(ItemRow("LOG-01", "a\x00b\x1bc\ud800d", "proses"))["Butir"] == "abcd"


def test_it_gives_the_same_bytes_for_the_same_snapshot(report):
    assert render_xlsx(report) == render_xlsx(cast.berau(items=40, evidence=6))


def test_it_writes_a_report_without_items():
    book = load_workbook(io.BytesIO(render_xlsx(replace(cast.untouched(), areas=(), totals=Totals()))))
    assert rows(book, "Butir") == []
