"""Maps and charts on paper: drawn from the snapshot alone, told in words, and none where nothing was frozen."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pikepdf
import pytest

from app.documents.charts import ChartFace, chart_face, short
from app.documents.markup import html_of
from app.documents.report_face import Face
from app.documents.report_order import ReportPaper
from app.documents.report_paper import render_report_pdf
from app.documents.report_sheet import render_report_xlsx
from app.domain.reports import Chart, ChartValue, Snapshot
from app.words import persen
from tests.documents import reading
from tests.documents import report_cast as cast

pytestmark = pytest.mark.one_database

TEN = tuple(
    ChartValue(code, name, number * 11, 105) for number, (code, name) in enumerate(cast.NAMES.items())
)
OUTLINE = Chart(
    "kesiapan",
    "peta",
    "Isian yang selesai",
    "isian",
    "Laporan yang dikompilasi",
    (*TEN[:-1], TEN[-1]._replace(part=None)),
)
KECAMATAN = ("Kelay", "Talisayan", "Pulau Derawan", "Kecamatan yang namanya panjang sekali sekali")
TILES = OUTLINE._replace(
    values=tuple(ChartValue(f"65.03.{n:02}", name, n, 4) for n, name in enumerate(KECAMATAN))
)
BARS = Chart("logistik", "batang", "Kecamatan yang menerima", "kecamatan", "Register desk", OUTLINE.values)
LINE = Chart(
    "laju_logistik",
    "garis",
    "Kecamatan yang belum menerima",
    "kecamatan",
    "Register desk",
    (ChartValue("2024-11-20", "20 Nov 2024", 13, 13), ChartValue("2024-11-25", "25 Nov 2024", 2, 13)),
    "1 kecamatan tanpa tanggal tidak digambar.",
)


def weekly(*charts: Chart, base: Snapshot | None = None) -> Snapshot:
    shown = base or cast.daily(kind="senin")
    return shown._replace(reading=shown.reading._replace(charts=charts))


def face(chart: Chart) -> ChartFace:
    found = chart_face(chart, cast.daily().voting_day)
    assert found is not None
    return found


def test_an_archive_and_a_screen_reader_find_no_fault_in_any_chart():
    made = render_report_pdf(weekly(OUTLINE, TILES, BARS, LINE), cast.MARKS, {})
    assert reading.faults(made) == []
    with pikepdf.open(io.BytesIO(made)) as document:
        told = [str(one.Alt) for one in reading.elements(document) if one.get("/S") == pikepdf.Name.Figure]
    for chart in (OUTLINE, TILES, LINE):
        assert face(chart).words in told
    assert any("Kota Bontang: belum diketahui" in one for one in told)


def test_the_same_figures_give_the_same_bytes():
    once, again = (render_report_pdf(weekly(OUTLINE, LINE), cast.MARKS, {}) for _ in range(2))
    assert once == again


def test_paper_and_sheet_tell_the_figures_that_are_drawn():
    shown = weekly(OUTLINE, BARS)
    text = reading.text(render_report_pdf(shown, cast.MARKS, {}))
    for words in (
        "Peta dan grafik",
        "Kabupaten Berau",
        persen(21.0),
        "22 dari 105",
        "Batas wilayah indikatif.",
    ):
        assert words in text
    book = openpyxl.load_workbook(io.BytesIO(render_report_xlsx(shown, cast.MARKS)))
    rows = [[cell.value for cell in line] for line in book["Peta dan grafik"].iter_rows()]
    assert ["Isian yang selesai", "Kabupaten Berau", 22, 105, 21] in [row[:5] for row in rows]
    assert ["Isian yang selesai", "Kota Bontang", None, 105, None] in [row[:5] for row in rows]


def test_a_report_without_charts_has_no_chapter_of_them():
    shown = cast.compiled()
    assert "Peta dan grafik" not in reading.text(render_report_pdf(shown, cast.MARKS, {}))
    book = openpyxl.load_workbook(io.BytesIO(render_report_xlsx(shown, cast.MARKS)))
    assert "Peta dan grafik" not in book.sheetnames


def test_regions_without_outline_are_tiles_in_the_order_of_their_codes():
    picture: Any = face(TILES).picture
    assert picture.kind == "tiles"
    assert [part["code"] for part in picture.parts] == [one.key for one in TILES.values]
    assert all(len(line) <= 14 for part in picture.parts for line in part["lines"])
    assert "menurut kode wilayah" in face(TILES).note


def test_kecamatan_bear_the_numbers_of_the_table_beside_them():
    codes = [f"64.03.{number:02}" for number in range(1, 14)]
    found = face(
        OUTLINE._replace(values=tuple(ChartValue(code, f"Kecamatan {code}", 1, 2) for code in codes))
    )
    picture: Any = found.picture
    assert picture.kind == "outline"
    assert [part["said"] for part in picture.parts] == [str(number) for number in range(1, 14)]
    assert found.rows[12].name == "13. Kecamatan 64.03.13"
    made = render_report_pdf(weekly(found.chart), cast.MARKS, {})
    assert reading.faults(made) == []
    assert "13. Kecamatan 64.03.13" in reading.text(made)


def test_a_small_region_is_named_beside_it_and_a_large_one_on_it():
    picture: Any = face(OUTLINE).picture
    tags = {part["code"]: (part["tag"], part["label"]) for part in picture.parts}
    (left, _, wide), (x, *_) = tags["64.03"]
    assert left < x < left + wide
    (left, _, _), (x, *_) = tags["64.71"]
    assert left > x


def test_a_form_that_this_version_cannot_draw_is_left_out():
    assert chart_face(OUTLINE._replace(form="lingkaran"), cast.daily().voting_day) is None
    assert Face(weekly(OUTLINE._replace(form="lingkaran")), cast.MARKS).charts == ()


def test_one_day_is_no_line():
    assert chart_face(LINE._replace(values=LINE.values[:1]), cast.daily().voting_day) is None


def test_a_final_report_draws_them_in_its_summary():
    from app.documents.final_paper import final_sheet

    sheet = final_sheet(
        ReportPaper(weekly(OUTLINE, LINE, base=cast.daily(kind="akhir", sections=())), cast.MARKS, {})
    )
    assert [block.template for block in sheet.sections[1]] == [
        "final_summary.html",
        "report_map.html",
        "report_line.html",
        "final_abbreviations.html",
    ]
    assert "Isian yang selesai" in html_of(sheet, sheet.sections[1])


@pytest.mark.parametrize(
    "name, said",
    [("Kabupaten Berau", "Berau"), ("Kota Bontang", "Bontang"), ("Kotabangun", "Kotabangun")],
)
def test_names_are_short_where_room_is(name: str, said: str):
    assert short(name) == said


def test_hostile_names_are_only_text():
    bad = TILES._replace(values=tuple(one._replace(name="<script>x</script>") for one in TILES.values))
    assert "<script>" in face(bad).words
    assert reading.faults(render_report_pdf(weekly(bad), cast.MARKS, {})) == []
