"""Sheets in: what is understood, and what is refused with a sentence that says what to do."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from app.documents import children, reading, sheet_reader
from app.documents.reading import letter, rows_of, unfold
from app.documents.tables import SheetRow, day_of
from app.domain.errors import Invalid
from tests.documents.sheets import COLUMNS, CONTENT_TYPES, changed, workbook

HEAD = [column.title for column in COLUMNS]
MB = 1024 * 1024


def rows(data: bytes) -> list[SheetRow]:
    found, errors = rows_of(unfold(data), "tempat", "Tempat", COLUMNS)
    assert errors == []
    return found


def told(data: bytes) -> list[tuple[int, str, str]]:
    _, errors = rows_of(unfold(data), "tempat", "Tempat", COLUMNS)
    return [(error.row, error.column, error.message) for error in errors]


def refusal(data: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        rows_of(unfold(data), "tempat", "Tempat", COLUMNS)
    assert len(caught.value.message.split()) > 6
    return caught.value.message


def test_rows_come_by_column_with_the_number_that_the_spreadsheet_shows():
    data = workbook(HEAD, [["64.03", " Berau ", "", ""], ["", "", "", ""], ["64.01", "Paser", "desa", ""]])
    assert rows(data) == [
        SheetRow(2, {"code": "64.03", "name": "Berau", "kind": "", "day": ""}),
        SheetRow(4, {"code": "64.01", "name": "Paser", "kind": "desa", "day": ""}),
    ]


def test_columns_are_known_by_their_title_in_any_order_and_optional_ones_may_be_left_out():
    data = workbook(["nama ", "KODE *"], [["Berau", "64.03"]])
    assert rows(data)[0].values == {"code": "64.03", "name": "Berau", "kind": "", "day": ""}


@pytest.mark.parametrize(
    "cell,text",
    [
        (dt.date(2024, 11, 25), "2024-11-25"),
        (dt.datetime(2024, 11, 25, 9, 30), "2024-11-25 09:30:00"),  # noqa: DTZ001
        (17.0, "17"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (True, "Ya"),
        ("007", "007"),
        ("=1+1", "=1+1"),
        ("a\u202eb\x07", "ab"),
        (999_999_999_999_999, "999999999999999"),
    ],
)
def test_a_cell_is_read_as_text(cell: Any, text: str):
    assert rows(workbook(HEAD, [["1", "x", "", cell]]))[0].values["day"] == text


def test_a_number_too_long_for_a_spreadsheet_is_not_taken_for_what_was_typed():
    (error,) = told(workbook(HEAD, [[198503172010012003, "Siti", "", ""]]))
    assert error[:2] == (2, "code")
    assert "Teks" in error[2]


def test_a_text_too_long_is_told_where_it_stands():
    assert told(workbook(HEAD, [["1", "x" * 2_001, "", ""]])) == [
        (2, "name", "Lebih dari 2.000 tanda. Persingkat isinya.")
    ]


def test_what_must_not_be_empty_is_told_row_by_row():
    assert told(workbook(HEAD, [["", "Berau", "", ""], ["64.01", "", "desa", ""]])) == [
        (2, "code", "Wajib diisi."),
        (3, "name", "Wajib diisi."),
    ]


@pytest.mark.parametrize(
    "head,words",
    [
        (["Kode", "Nama", "Alamat"], ["Kolom 'Alamat' tidak dikenal"]),
        (["Kode"], ["Kolom Nama tidak ada"]),
        (["Kode", "Nama", "kode"], ["Kolom Kode ada dua kali"]),
        (["Kode", "Nama", "", ""], ["Kolom D terisi tetapi tidak berjudul"]),
        (["Alamat"], ["tidak dikenal", "Kolom Kode tidak ada", "Kolom Nama tidak ada"]),
    ],
)
def test_a_head_that_is_not_the_templates_is_told_column_by_column(head: list[str], words: list[str]):
    found = told(workbook(head, [["1", "2", "", "4"][: max(len(head), 1)]]))
    assert len(found) == len(words)
    for (row, _, message), said in zip(found, words, strict=True):
        assert row == 0
        assert said in message


def test_a_column_without_title_and_content_is_nobodys_business():
    assert rows(workbook(["Kode", "Nama", "", "Jenis"], [["1", "x", "", "desa"]]))[0].values["kind"] == "desa"


@pytest.mark.parametrize("lines", [[], [["", "", ""]]])
def test_a_sheet_without_rows_says_where_to_begin(lines: list[list[str]]):
    ((row, _, message),) = told(workbook(HEAD, lines))
    assert row == 0
    assert "baris kedua" in message


def test_a_wholly_empty_sheet_says_where_to_begin():
    assert "kosong" in told(workbook([], []))[0][2]


@pytest.mark.parametrize(
    "about", [{"kind": "orang"}, {"mark": "lain"}, {"marked": False}], ids=["other", "foreign", "none"]
)
def test_another_workbook_is_not_taken_for_the_template(about: dict[str, Any]):
    assert "Ini bukan templat Tempat. Unduh templatnya" in refusal(workbook(HEAD, [["1", "x"]], **about))


def test_a_template_of_another_version_is_told():
    assert "versi lain" in refusal(workbook(HEAD, [["1", "x"]], version="0"))


def test_a_renamed_sheet_is_found_as_the_first_in_sight():
    assert rows(workbook(HEAD, [["1", "x"]], sheet="Punya saya"))[0].values["name"] == "x"


def test_a_sheet_saved_by_another_program_is_read_the_same():
    book = openpyxl.load_workbook(io.BytesIO(workbook(HEAD, [["64.03", "Berau", "desa", ""]])))
    book["Isian"]["D2"] = dt.date(2024, 11, 25)
    target = io.BytesIO()
    book.save(target)
    assert rows(target.getvalue())[0].values == {
        "code": "64.03",
        "name": "Berau",
        "kind": "desa",
        "day": "2024-11-25",
    }


# --- Hostile files ------------------------------------------------------------------------------------------

GOOD = workbook(HEAD, [["1", "x", "", ""]])


def bomb() -> bytes:
    """A sheet whose one text unfolds to 300 MB."""
    return changed(GOOD, **{"xl/bomb.xml": b" " * 300 * MB})


def of_many_members() -> bytes:
    return changed(GOOD, **{f"xl/media/{number}.bin": b"x" for number in range(201)})


def lying_about_its_size() -> bytes:
    """A member that says 10 bytes and holds 30 MB."""
    data = bytearray(changed(GOOD, **{"xl/more.xml": b"0" * 30 * MB}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.rfind(mark)
        data[start + offset : start + offset + 4] = (10).to_bytes(4, "little")
    return bytes(data)


def of_one_far_cell() -> bytes:
    """Two cells in opposite corners: a table of seventeen thousand million."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    far = '<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    return changed(GOOD, **{"xl/worksheets/sheet1.xml": sheet.replace("</sheetData>", far).encode()})


def with_a_document_type() -> bytes:
    """Entities that multiply: the old laugh."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        strings = archive.read("xl/sharedStrings.xml").decode()
    kinds = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    laugh = f'<!DOCTYPE x [<!ENTITY l0 "ha">{kinds}]>'
    made = strings.replace("<sst", laugh + "<sst", 1).replace("<t>x</t>", "<t>&l9;</t>")
    assert "&l9;" in made
    return changed(GOOD, **{"xl/sharedStrings.xml": made.encode()})


@pytest.mark.parametrize(
    "make,word",
    [
        (bomb, "terlalu besar"),
        (of_many_members, "terlalu besar"),
        (lying_about_its_size, "rusak"),
        (lambda: changed(GOOD, **{"xl/vbaProject.bin": b"x"}), "makro"),
        (lambda: b"Kode;Nama\n64.03;Berau\n", "bukan XLSX"),
        (lambda: b"<html><table><tr><td>Kode</td></tr></table></html>", "bukan XLSX"),
        (lambda: b"", "bukan XLSX"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "kata sandi"),
        (lambda: GOOD[: len(GOOD) // 2], "rusak"),
        (lambda: b"PK\x03\x04" + b"\0" * 100, "rusak"),
        (lambda: changed(GOOD, **{CONTENT_TYPES: None}), "bukan XLSX"),
        (lambda: changed(GOOD, **{"xl/workbook.xml": None, "word/document.xml": b"<x/>"}), "bukan XLSX"),
        (lambda: changed(GOOD, **{"xl/workbook.xml": b"<workbook"}), "rusak"),
        (lambda: workbook([f"Kolom {n}" for n in range(16_384)], []), "60 kolom"),
        (lambda: workbook(HEAD, [["1", "x"]] * 10_001), "10.000 baris"),
        (of_one_far_cell, "terlalu besar"),
    ],
    ids=[
        "bomb", "members", "lying", "xlsm", "csv", "html", "empty", "locked", "truncated", "noise", "untyped",
        "docx", "broken-xml", "16384-columns", "10001-rows", "far-cell",
    ],
)  # fmt: skip
def test_a_hostile_file_gets_a_clear_sentence(make: Callable[[], bytes], word: str):
    assert word in refusal(make())


def test_ten_thousand_rows_are_still_read():
    assert len(rows(workbook(HEAD, [["1", "x"]] * 10_000))) == 10_000


def test_entities_are_not_unfolded():
    found = unfold_or_refuse(with_a_document_type())
    assert "rusak" in found or "ha" * 100 not in found


def unfold_or_refuse(data: bytes) -> str:
    try:
        return repr(unfold(data).rows)
    except Invalid as refused:
        return refused.message


def test_a_reader_that_is_killed_is_a_refusal_and_one_that_cannot_start_is_a_fault(
    monkeypatch: pytest.MonkeyPatch,
):
    ended = subprocess.CompletedProcess([], -9, b"", b"")
    monkeypatch.setattr(children, "run", lambda *_, **__: ended)
    with pytest.raises(Invalid, match="terlalu besar"):
        unfold(GOOD)
    ended.returncode = 1
    with pytest.raises(RuntimeError):
        unfold(GOOD)

    def slow(*_: Any, **__: Any) -> Any:
        raise subprocess.TimeoutExpired("x", 1)

    monkeypatch.setattr(children, "run", slow)
    with pytest.raises(Invalid, match="terlalu besar"):
        unfold(GOOD)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_the_reader_lives_within_its_memory(monkeypatch: pytest.MonkeyPatch):
    """With a ceiling below what the bomb unfolds to, it is the file that is refused and not the desk that falls."""
    monkeypatch.setattr(reading, "_JOB", {**reading._JOB, "unpacked": 10**9, "ratio": 10**6})
    monkeypatch.setattr(reading, "_MEMORY", 120 * MB)
    data = changed(GOOD, **{"xl/sharedStrings.xml": b"<sst><si><t>" + b"x" * 100 * MB + b"</t></si></sst>"})
    assert "terlalu besar" in unfold_or_refuse(data)


def test_the_settings_of_the_desk_do_not_reach_the_child(monkeypatch: pytest.MonkeyPatch):
    seen: dict[str, Any] = {}

    def note(command: Any, **about: Any) -> Any:
        seen.update(about)
        return subprocess.CompletedProcess(command, 0, b'{"refused": "other"}', b"")

    monkeypatch.setenv("DESK_SECRET_KEY", "rahasia")
    monkeypatch.setattr(children.subprocess, "run", note)
    with pytest.raises(Invalid):
        unfold(GOOD)
    assert set(seen["env"]) <= {"SYSTEMROOT", "LD_LIBRARY_PATH"}


def test_the_web_process_never_loads_the_reader():
    code = "import app.documents.reading, app.documents.sheet_template, sys; print('python_calamine' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


def test_a_panic_of_the_reader_is_a_broken_file(monkeypatch: pytest.MonkeyPatch):
    class Panic(BaseException):
        pass

    def panic(data: bytes, job: Any) -> Any:
        raise Panic

    monkeypatch.setattr(sheet_reader, "read", panic)
    assert sheet_reader.answer(GOOD, reading._JOB) == {"refused": "broken"}


# --- Small things -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place,name", [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_a_column_is_called_as_in_the_spreadsheet(place: int, name: str):
    assert letter(place) == name


@pytest.mark.parametrize("text", ["2024-11-25", "25/11/2024", "25-11-2024", "25.11.2024"])
def test_a_day_is_read_as_people_write_it(text: str):
    assert day_of(text) == dt.date(2024, 11, 25)


@pytest.mark.parametrize("text", ["", "31/02/2024", "11/25/2024", "kemarin", "45621", "25/11/24"])
def test_what_is_no_day_is_none(text: str):
    assert day_of(text) is None
