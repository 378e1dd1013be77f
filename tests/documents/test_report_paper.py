"""A report on paper: whole, archivable, the same every time, and the same totals on every face of it."""

from __future__ import annotations

import io
import re
import time
from html import unescape
from typing import Any

import openpyxl
import pikepdf
import pytest
from flask import render_template
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents.archive import files_in
from app.documents.report_face import Face
from app.documents.report_paper import render_report_pdf
from app.documents.report_sheet import render_report_xlsx
from app.documents.report_text import whatsapp_text
from app.documents.report_totals import totals_of
from app.domain.registers import Fact
from app.domain.reports import (
    AreaProgress,
    Dress,
    Frozen,
    Hindrance,
    Mark,
    Marks,
    Photo,
    ReferenceFigure,
    SectionText,
    Snapshot,
    State,
    Table,
    snapshot_of,
    snapshot_text,
)
from tests.documents import cast as paper_cast
from tests.documents import reading
from tests.documents import report_cast as cast

pytestmark = pytest.mark.one_database
MEDIUM = settings(deadline=None, max_examples=8, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_report_pdf(cast.daily(), cast.ENDORSED, {})


def told(snapshot: Snapshot, marks: Marks = cast.MARKS) -> str:
    return reading.text(render_report_pdf(snapshot, marks, {}))


def squeezed(text: str) -> str:
    """Without blanks: a line may break anywhere on paper."""
    return "".join(text.split())


def cells(snapshot: Snapshot) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(render_report_xlsx(snapshot, cast.MARKS)))
    return [
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def test_the_day_as_it_was_told_stands_on_two_or_three_pages(pdf: bytes):
    pages = reading.pages(pdf)
    assert 2 <= len(pages) <= 3
    text = " ".join(pages)
    for words in (
        "11 dari 13 kecamatan",
        "475 TPS",
        "1.588 orang",
        "3 kasus: 2 PNS, 1 kepala kampung",
        "H-2",
    ):
        assert words in text
    assert "NPHD tersalur" not in text  # nobody has recorded it


def test_every_page_tells_its_number_code_and_hash(pdf: bytes):
    pages = reading.pages(pdf)
    for number, page in enumerate(pages, start=1):
        assert f"Halaman {number} dari {len(pages)}" in page
        assert "B4HT8-N6RYD" in page
        assert "sha256 isi" in page


def test_it_tells_who_sent_verified_and_endorsed_it(pdf: bytes):
    text = reading.text(pdf)
    for words in ("Operator Berau (contoh)", "Penyelia Berau (contoh)", "25 Nov 2024 17.04 WITA", "Disahkan"):
        assert words in text


@pytest.mark.parametrize(
    "snapshot", [cast.daily(), cast.nil(), cast.compiled()], ids=["rich", "nil", "compiled"]
)
def test_an_archive_and_a_screen_reader_find_no_fault(snapshot: Snapshot):
    made = render_report_pdf(snapshot, cast.MARKS, {"": b""})
    assert reading.faults(made) == []
    with pikepdf.open(io.BytesIO(made)) as document:
        metadata = document.Root.Metadata.read_bytes()
        assert b'pdfuaid:part="1"' in metadata
        assert [str(spec.AFRelationship) for spec in document.Root.AF] == ["/Source", "/Source"]


def test_the_same_version_gives_the_same_bytes(pdf: bytes):
    again = snapshot_of(snapshot_text(cast.daily()))
    assert render_report_pdf(again, cast.ENDORSED, {}) == pdf
    assert render_report_xlsx(again, cast.ENDORSED) == render_report_xlsx(cast.daily(), cast.ENDORSED)


def test_its_data_travel_with_it(pdf: bytes):
    files = files_in(pdf)
    assert sorted(files) == ["laporan.json", "tanda.json"]
    assert snapshot_of(files["laporan.json"].decode()) == cast.daily()


def test_a_nil_report_is_one_page_that_says_what_was_looked_at():
    pages = reading.pages(render_report_pdf(cast.nil(), cast.MARKS, {}))
    assert len(pages) == 1
    assert "(NIHIL)" in pages[0]
    assert all(line in pages[0] for line in cast.nil().nil_checked)


def test_a_compilation_shows_every_desk_its_codes_and_whom_nobody_verified():
    text = told(cast.compiled())
    for part in cast.compiled().parts:
        assert part.region_name in text
    for words in (
        "Kode a, b",
        "Jumlah",
        "belum diverifikasi",
        "Terlambat",
        "Nihil",
        "Belum melapor",
        "Rekap (a)",
    ):
        assert words in text
    assert "a.n. GUBERNUR KALIMANTAN TIMUR Sekretaris Daerah," in text


def test_a_sum_of_nothing_has_no_columns_in_a_compilation():
    """Ten desks that recorded nothing of it would else fill page after page with zeros."""
    quiet = [Fact("sosialisasi.malam", "SOS", "Sosialisasi malam", 0, "kegiatan", source="Register desk")]
    base = cast.compiled()
    parts = tuple(part._replace(figures=(*part.figures, *quiet)) for part in base.parts)
    reading = base.reading._replace(figures=(*base.reading.figures, *quiet))
    heads = [
        label
        for matrix in Face(base._replace(parts=parts, reading=reading), cast.MARKS).matrices
        for _, label in matrix.heads
    ]
    assert "Sosialisasi malam" not in heads
    assert [fact.label for fact in base.reading.figures if not fact.is_silent][:3] == heads[:3]


def test_a_draft_says_so_on_every_page_and_has_no_seal():
    pages = reading.pages(render_report_pdf(cast.daily(), Marks("draf"), {}))
    assert all("DRAF" in page and "Segel aplikasi" not in page for page in pages)


def test_a_simulation_says_so_on_every_page():
    made = render_report_pdf(cast.daily(is_simulated=True), cast.MARKS, {})
    assert all("SIMULASI" in page for page in reading.pages(made))


def test_nobody_to_sign_is_said():
    assert "Pejabat penanda tangan belum ditetapkan" in told(cast.daily(dress=Dress(place="Tanjung Redeb")))


def test_it_explains_the_abbreviations_that_occur_and_no_other():
    text = told(cast.daily())
    assert "KPPS kelompok penyelenggara pemungutan suara" in text
    assert "naskah perjanjian hibah daerah" not in text


def test_a_long_address_stands_once_at_the_end_and_by_its_host_where_it_is_cited():
    link = "https://www.narasi.co/" + "rekapitulasi-dpt-" * 6
    quoted = tuple(
        fact._replace(source=f"Bawaslu, dikutip {link}, halaman 2") for fact in cast.daily().reading.figures
    )
    reference = (ReferenceFigure("TPS", 475, link), ReferenceFigure("Pemilih", 9, "https://kpu.go.id/x."))
    base = cast.daily()
    shown = base._replace(reading=base.reading._replace(figures=quoted, reference=reference))
    text = told(shown)
    assert text.count("Alamat sumber") == 1
    assert squeezed(text).count(squeezed(link)) == 1
    assert squeezed("Bawaslu, dikutip narasi.co [1], halaman 2") in squeezed(text)
    assert "kpu.go.id [2]" in text
    assert link in " ".join(cells(shown))
    assert "Alamat sumber" not in told(cast.daily())


def test_the_signature_stands_with_the_steps_that_follow_it():
    """Whatever length the text before it has, nothing of the closing is left alone on a page."""
    for lines in (16, 20, 24):
        text = "\n".join(f"Baris {number}" for number in range(lines))
        shown = cast.daily(sections=(SectionText("umum", "Situasi umum", text),), tables=())
        pages = reading.pages(render_report_pdf(shown, cast.MARKS, {}))
        assert any("Nama Contoh" in page and "Operator Berau (contoh)" in page for page in pages)


def test_a_brief_says_what_it_was_asked_for():
    shown = cast.daily(
        kind="sewaktu", title="Kesiapan untuk Komisi II", dress=cast.DRESS._replace(subject="")
    )
    text = told(shown)
    assert "Hal : Kesiapan untuk Komisi II" in text
    assert text.count("Kesiapan untuk Komisi II") == 2


def test_a_photo_is_printed_and_a_missing_one_is_named():
    photos = (Photo("aa" * 32, "Gudang KPU"), Photo("bb" * 32, "Dermaga"))
    made = render_report_pdf(
        cast.daily(photos=photos), cast.MARKS, {"aa" * 32: paper_cast.photo(1, (80, 60)).image}
    )
    text = reading.text(made)
    assert "Gudang KPU" in text
    assert "Foto tidak ditemukan di penyimpanan." in text


def test_it_wears_the_logo_of_its_letterhead():
    dress = cast.DRESS._replace(logo_sha256="cc" * 32)
    worn = render_report_pdf(cast.daily(dress=dress), cast.MARKS, {"cc" * 32: paper_cast.emblem()})
    assert reading.faults(worn) == []
    assert len(worn) > len(render_report_pdf(cast.daily(dress=dress), cast.MARKS, {}))


def test_hostile_text_is_only_text():
    bad = '<img src="http://example.org/x"><script>alert(1)</script>{{ 7*7 }}'
    text = told(cast.daily(sections=(SectionText("umum", "Situasi umum", bad),)))
    assert "alert(1)" in text
    assert "{{ 7*7 }}" in text


def test_formulas_in_a_sheet_are_only_text():
    row = Hindrance("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2")
    book = openpyxl.load_workbook(
        io.BytesIO(
            render_report_xlsx(
                cast.daily(reading=cast.daily().reading._replace(hindrances=(row,))), cast.MARKS
            )
        )
    )
    assert all(cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line)


def test_tables_with_the_same_name_do_not_break_the_workbook():
    table = Table("a", "logistik", "[Rekap]: a/b" * 9, ("Wilayah", "Nilai"), (("Berau", 1),))
    assert "Berau" in cells(cast.daily(tables=(table, table, table._replace(title=""))))


def test_a_daily_report_takes_less_than_two_seconds():
    render_report_pdf(cast.nil(), cast.MARKS, {})  # fonts and templates are loaded once a process
    began = time.process_time()
    render_report_pdf(cast.daily(), cast.MARKS, {})
    assert time.process_time() - began < 2


counts = st.lists(st.integers(0, 50_000), min_size=9, max_size=9).map(tuple)
words = st.text("abcdefghij klmnop", min_size=1, max_size=30).map(lambda text: text.strip() or "x")
values = st.integers(0, 10**9)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    progress = tuple(
        AreaProgress(f"A{number}", f"Bidang {number}", one)
        for number, one in enumerate(draw(st.lists(counts, max_size=4)))
    )
    facts = tuple(
        Fact(f"f.{number}", "LOG", f"Angka {number}", value, "buah", None, "", "KPU", cast.FOUR)
        for number, value in enumerate(draw(st.lists(values.map(lambda n: n + 1), min_size=1, max_size=4)))
    )
    rows = tuple(
        Hindrance(place, what) for place, what in draw(st.lists(st.tuples(words, words), max_size=3))
    )
    base = draw(st.sampled_from([cast.daily(), cast.nil(), cast.compiled()]))
    sections = (SectionText("logistik", "Logistik", "", "baru", tuple(fact.key for fact in facts)),)
    return base._replace(
        sections=sections,
        reading=base.reading._replace(figures=facts, progress=progress, hindrances=rows),
        parts=tuple(part._replace(figures=()) for part in base.parts),
    )


def screen(app: Any, snapshot: Snapshot) -> str:
    """The version as its page shows it, without tags and blanks."""
    row: Any = None
    with app.test_request_context():
        page = render_template(
            "reports/_version.html",
            shown=Frozen(row, snapshot, cast.MARKS, "", 1, 1, True),
            totals=totals_of(snapshot),
            marks_of_board={mark.value: mark for mark in Mark},
            state_words={state.value: state.label for state in State},
        )
    return squeezed(re.sub(r"<[^>]*>", "", unescape(page)))


@MEDIUM
@given(snapshot=snapshots())
def test_screen_paper_sheet_and_text_tell_the_same_totals(app: Any, snapshot: Snapshot):
    paper, text = squeezed(told(snapshot)), whatsapp_text(snapshot, cast.MARKS)
    sheet, page = cells(snapshot), screen(app, snapshot)
    for line in totals_of(snapshot):
        assert squeezed(f"{line.label}{line.said}") in paper or squeezed(f"{line.label}:{line.said}") in paper
        assert f"*{line.label}*: {line.said}" in text
        assert sheet[sheet.index(line.label) + 1] == line.said
        assert squeezed(f"{line.label}{line.said}") in page
    for fact in snapshot.reading.figures:
        assert str(fact.value) in sheet
        assert fact.said in text
        assert squeezed(fact.said) in page
        assert snapshot.is_nil or squeezed(fact.said) in paper
