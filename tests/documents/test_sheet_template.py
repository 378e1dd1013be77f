"""The template of an import: what its people see, and that it comes back as what it went out."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import Any

import openpyxl
import pytest

from app.documents import children
from app.documents.reading import rows_of, unfold
from app.documents.sheet_template import make_template
from app.documents.tables import SheetColumn
from tests.documents.sheets import COLUMNS

MANY = tuple(f"Dinas {number}" for number in range(80))


@pytest.fixture(scope="module")
def template() -> bytes:
    columns = (
        *COLUMNS,
        SheetColumn("unit", "Unit", "Unitnya.", choices=MANY),
        SheetColumn("n", "Banyak", "Angka.", form="number"),
    )
    return make_template("tempat", "Tempat", columns)


@pytest.fixture
def book(template: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(template))


def test_it_has_a_head_a_guide_and_hidden_marks(book: Any):
    assert book.sheetnames == ["Isian", "Petunjuk", "templat"]
    assert [cell.value for cell in book["Isian"][1]] == ["Kode", "Nama", "Jenis", "Tanggal", "Unit", "Banyak"]
    assert [book["templat"].cell(row, 1).value for row in (1, 2, 3)] == ["desk-pilkada", "tempat", "1"]
    assert book["templat"].sheet_state == "hidden"
    assert book["Isian"].freeze_panes == "B2"
    assert book.active.title == "Isian"
    assert "Kode wilayah. Contoh: 64.03" in book["Isian"]["A1"].comment.text
    assert "Boleh kosong." in book["Isian"]["C1"].comment.text


def test_codes_stay_as_they_are_typed_and_days_are_days(book: Any):
    formats = {column: book["Isian"].column_dimensions[column].number_format for column in "AD"}
    assert formats == {"A": "@", "D": "dd/mm/yyyy"}


def test_a_list_of_any_length_can_be_picked_from(book: Any):
    rules = {str(rule.sqref): rule for rule in book["Isian"].data_validations.dataValidation}
    assert set(rules) == {"C2:C10001", "E2:E10001"}
    assert rules["E2:E10001"].formula1.replace("'", "") == "templat!$F$1:$F$80"
    assert book["templat"]["F80"].value == "Dinas 79"


def test_the_guide_says_how_to_fill_it(book: Any):
    said = [str(cell.value) for row in book["Petunjuk"].iter_rows() for cell in row if cell.value]
    assert "Kode wilayah." in said
    assert "64.03" in said
    assert any("Pilihan: desa, kelurahan." in text for text in said)
    assert any("Terapkan" in text for text in said)


@pytest.mark.parametrize("paper,code", [("F4", 14), ("A4", 9)])
def test_it_prints_on_the_paper_of_the_office(paper: str, code: int):
    book = openpyxl.load_workbook(io.BytesIO(make_template("tempat", "Tempat", COLUMNS, paper)))
    assert book["Isian"].page_setup.paperSize == code
    assert book["Isian"].print_title_rows == "$1:$1"
    assert book["Isian"].page_setup.orientation == "landscape"


def test_what_is_filled_in_comes_back(template: bytes, book: Any):
    book["Isian"].append(["64.10", "Bontang", "desa", "25/11/2024", "Dinas 7", 1588])
    target = io.BytesIO()
    book.save(target)
    columns = (*COLUMNS, SheetColumn("unit", "Unit", ""), SheetColumn("n", "Banyak", ""))
    rows, errors = rows_of(unfold(target.getvalue()), "tempat", "Tempat", columns)
    assert errors == []
    assert list(rows[0].values.values()) == ["64.10", "Bontang", "desa", "25/11/2024", "Dinas 7", "1588"]


def test_a_word_that_looks_like_a_formula_stays_a_word():
    columns = (SheetColumn("x", "=1+1", "=HYPERLINK(1)", choices=("=2+2",), example="@a"),)
    book = openpyxl.load_workbook(io.BytesIO(make_template("x", "=1", columns)))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_a_writer_that_fails_is_a_fault(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(children, "run", lambda *_, **__: subprocess.CompletedProcess([], 1, b"", b"x"))
    with pytest.raises(RuntimeError):
        make_template("x", "X", COLUMNS)


def test_the_web_process_never_loads_the_writer():
    code = (
        "from app.documents.sheet_template import make_template; import sys;"
        "make_template('x', 'X', ()); print('xlsxwriter' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
