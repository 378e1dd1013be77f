"""PDF, XLSX and DOCX are kept byte for byte, after a look at what they carry."""

from __future__ import annotations

import io
import zipfile

import pytest

from app.domain import evidence
from app.domain.errors import Invalid
from app.domain.evidence import office
from tests.documents import sheets
from tests.domain.evidence import samples
from tests.domain.evidence.test_hostile import refusal

pytestmark = pytest.mark.usefixtures("kept")


# --- PDF ----------------------------------------------------------------------------------------------------


def test_a_pdf_is_kept_as_it_is_and_its_pages_are_counted():
    data = samples.pdf(3)
    inspected = evidence.inspect(data, "BA Penerimaan No. 12.pdf")
    assert (inspected.content, inspected.pages, inspected.media_type) == (data, 3, "application/pdf")
    assert inspected.name == "BA Penerimaan No. 12.pdf"
    assert inspected.sha256 == inspected.original_sha256


@pytest.mark.parametrize(
    "data",
    [
        samples.acting_pdf(b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x)>>]>>>>"),
        samples.pdf(attachment=b"MZ"),
        samples.acting_pdf(b"/OpenAction<</S/Launch/F(calc.exe)>>"),
        samples.acting_pdf(b"/OpenAction 4 0 R", b"<</S/#4aavaScript/JS(app.alert\\(1\\))>>"),
        samples.acting_pdf(b"/Deep[[<</AA<</O<</S/SubmitForm/F(http://x)>>>>>>]]"),
        samples.acting_pdf(b"/OpenAction<</S/GoToR/F(\\\\\\\\10.0.0.1\\\\share)>>"),
        samples.acting_pdf(b"/AcroForm<</XFA(x)>>"),
        samples.acting_pdf(b"/Names<</EmbeddedFiles<</Names[]>>>>"),
    ],
    ids=["script", "attachment", "launch", "hidden name", "nested", "share", "xfa", "embedded"],
)
def test_it_refuses_a_pdf_that_acts_or_carries_files(data: bytes):
    assert "Cetak ke PDF baru" in refusal(data, "laporan.pdf")


def test_links_and_bookmarks_in_a_pdf_are_no_reason_to_refuse():
    data = samples.acting_pdf(b"/OpenAction<</S/GoTo/D[3 0 R/Fit]>>/Extra<</S/URI/URI(https://kpu.go.id)>>")
    assert evidence.inspect(data, "x.pdf").pages == 1


def test_it_refuses_a_pdf_of_too_many_pages():
    assert "200 halaman" in refusal(samples.pdf(201), "tebal.pdf")
    assert evidence.inspect(samples.pdf(200), "tebal.pdf").pages == 200


def test_it_refuses_a_pdf_that_needs_a_password():
    assert "kata sandi" in refusal(samples.pdf(password="rahasia"), "terkunci.pdf")


def test_it_refuses_a_pdf_that_was_cut_off():
    assert "terpotong" in refusal(samples.pdf()[:-30], "x.pdf")


def test_it_refuses_a_pdf_with_nothing_in_it():
    assert "rusak" in refusal(b"%PDF-1.7\nnothing\n%%EOF\n", "x.pdf")


def test_it_refuses_a_pdf_with_an_archive_behind_it():
    assert "disembunyikan" in refusal(
        samples.pdf() + samples.zipped({"a.txt": b"x"})[-120:] + b"%%EOF", "x.pdf"
    )


def test_it_refuses_a_pdf_that_begins_with_something_else():
    assert "tidak dikenal" in refusal(b"GARBAGE\n" + samples.pdf(), "x.pdf")


# --- XLSX and DOCX ------------------------------------------------------------------------------------------


def test_sheets_and_letters_are_kept_as_they_are():
    for data, name in ((samples.sheet(), "rekap.xlsx"), (samples.letter(), "surat.docx")):
        inspected = evidence.inspect(data, name)
        assert (inspected.content, inspected.name) == (data, name)
        assert inspected.media_type not in evidence.INLINE_TYPES


def test_real_sheets_of_two_libraries_are_taken_in():
    import openpyxl
    import xlsxwriter

    first, second = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Kecamatan", "TPS"])
    book.save(first)
    with xlsxwriter.Workbook(second) as other:
        page = other.add_worksheet()
        for row in range(2000):
            page.write_row(row, 0, ["Segah", 31])
    for data in (first.getvalue(), second.getvalue()):
        assert evidence.inspect(data, "rekap.xlsx").kind == "xlsx"


def test_the_kind_comes_from_the_content_and_not_from_the_name():
    assert evidence.inspect(samples.letter(), "rekap.xlsx").name == "rekap.docx"


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/vbaProject.bin": b"x"},
        {"xl/VBAPROJECT.BIN": b"x"},
        {"xl/macrosheets/sheet1.xml": b"<x/>"},
        {"xl/activeX/activeX1.xml": b"<x/>"},
        {"xl/embeddings/oleObject1.bin": b"x"},
        {"xl/media/gambar.zip": b"PK"},
        {"xl/embeddings/alat.EXE": b"MZ"},
    ],
)
def test_it_refuses_macros_and_embedded_programs(parts: dict[str, bytes]):
    assert "makro" in refusal(samples.sheet(parts), "rekap.xlsx")


def test_it_refuses_a_macro_book_that_calls_itself_xlsx():
    types = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    data = samples.zipped({"[Content_Types].xml": types, "xl/workbook.xml": b"<x/>"})
    assert "makro" in refusal(data, "rekap.xlsx")


@pytest.mark.parametrize("kind", ["attachedTemplate", "oleObject", "image"])
@pytest.mark.parametrize(
    "target",
    [
        "https://jahat.example/x.dotm",
        "http&#58;//jahat.example/x",
        r"\\10.0.0.1\bagi\x.dotm",
        "file://10.0.0.1/x",
    ],
)
def test_it_refuses_a_letter_that_fetches_something_when_opened(kind: str, target: str):
    parts = {"word/_rels/settings.xml.rels": samples.relationships(kind, target)}
    assert "alamat luar" in refusal(samples.letter(parts), "surat.docx")


@pytest.mark.parametrize(
    "kind, target", [("hyperlink", "https://kpu.go.id"), ("attachedTemplate", "file:///C:/Kop/Kop.dotx")]
)
def test_ordinary_links_and_templates_of_ones_own_disk_are_no_reason_to_refuse(kind: str, target: str):
    parts = {"word/_rels/settings.xml.rels": samples.relationships(kind, target)}
    assert evidence.inspect(samples.letter(parts), "surat.docx").kind == "docx"


def test_it_refuses_a_zip_bomb_by_its_ratio():
    assert "terlalu besar" in refusal(samples.sheet({"xl/sheet1.xml": b"A" * 30 * 1024 * 1024}), "rekap.xlsx")


def test_it_refuses_a_document_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(office, "MAX_UNPACKED", 1000)
    assert "terlalu besar" in refusal(samples.sheet({"xl/sheet1.xml": b"A" * 2000}), "rekap.xlsx")


@pytest.mark.parametrize("name", ["[Content_Types].xml", "word/_rels/document.xml.rels"])
def test_it_refuses_a_list_of_parts_that_unfolds_to_megabytes(name: str):
    """These are read as text: without the bound one letter of 100 kB would fill the web process with hundreds of MB."""
    data = sheets.changed(samples.letter(), **{name: b"<Types>" + b" " * 9_000_000})
    assert "terlalu besar" in refusal(data, "surat.docx")


def test_it_refuses_a_document_of_too_many_parts():
    parts = {f"xl/worksheets/sheet{number}.xml": b"" for number in range(2000)}
    assert "terlalu besar" in refusal(samples.sheet(parts), "rekap.xlsx")


def test_a_part_that_lies_about_its_size_is_never_unpacked_beyond_it():
    data = bytearray(samples.sheet({"xl/sheet1.xml": b"A" * 1_000_000}))
    true_size = (1_000_000).to_bytes(4, "little")
    assert data.count(true_size) >= 1
    lying = bytes(data).replace(true_size, (100).to_bytes(4, "little"))
    assert "rusak" in refusal(lying, "rekap.xlsx")


@pytest.mark.parametrize("name", ["../../etc/passwd", "/abs.xml", "xl\\..\\x.xml", "C:/x.xml"])
def test_it_refuses_parts_that_climb_out(name: str):
    data = samples.sheet({"xl/aaaaaaaaaaaaa.xml"[: max(len(name), 4)]: b"x"})
    placeholder = "xl/aaaaaaaaaaaaa.xml"[: max(len(name), 4)].encode()
    assert "rusak" in refusal(data.replace(placeholder, name.encode()), "rekap.xlsx")


def test_it_refuses_a_document_with_something_in_front_or_behind():
    assert "rusak" in refusal(samples.sheet() + b"<script>", "rekap.xlsx")
    front = b"PK\x03\x04" + b"x" * 50 + samples.sheet()
    assert "rusak" in refusal(front, "rekap.xlsx")


def test_it_refuses_the_same_part_twice():
    data = samples.sheet({"xl/aa.xml": b"1", "xl/bb.xml": b"2"})
    assert "rusak" in refusal(data.replace(b"xl/bb.xml", b"xl/aa.xml"), "rekap.xlsx")


def test_it_refuses_a_document_that_needs_a_password():
    data = samples.sheet()
    flags = data.index(b"PK\x01\x02") + 8
    assert "kata sandi" in refusal(data[:flags] + b"\x01" + data[flags + 1 :], "rekap.xlsx")


def test_it_refuses_a_document_that_was_cut_off_or_spoilt():
    data = samples.sheet({"xl/sheet1.xml": bytes(range(256)) * 100})
    assert "rusak" in refusal(data[:-40], "rekap.xlsx")
    spoilt = data.index(b"xl/sheet1.xml") + 60
    assert "rusak" in refusal(data[:spoilt] + b"\xff\xff\xff" + data[spoilt + 3 :], "rekap.xlsx")


def test_it_refuses_any_other_archive():
    for parts in ({"a.txt": b"x"}, {"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<x/>"}):
        assert "Arsip" in refusal(samples.zipped(parts), "bukti.zip")


@pytest.mark.parametrize("cut", range(4, 60, 7))
def test_half_a_zip_never_ends_in_anything_but_a_refusal(cut: int):
    with pytest.raises(Invalid):
        evidence.inspect(samples.sheet()[:cut], "x.xlsx")


def test_reading_relationships_without_end_takes_no_long_time():
    parts = {"word/_rels/x.rels": b"<Relationship " * 70_000}
    data = samples.letter(parts)
    assert zipfile.is_zipfile(io.BytesIO(data))
    assert evidence.inspect(data, "surat.docx").kind == "docx"
