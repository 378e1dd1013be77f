"""The pack of a Monday on paper and for the screen: one board, a page a region, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pikepdf
import pytest

from app.documents.pack_order import PackPaper, render_pack
from app.documents.pack_paper import render_pack_pdf
from app.documents.pack_sheet import render_pack_xlsx
from app.domain.registers import Fact
from app.domain.reports import Dress, Hindrance, Pack, PackFigure, PackRegion, PackTask
from tests.documents import reading

NOW = dt.datetime(2024, 11, 25, 1, 0, tzinfo=dt.UTC)
MONDAY = dt.date(2024, 11, 25)


def figure(value: int | None, before: int | None = None) -> PackFigure:
    return PackFigure("Logistik TPS", Fact("a", "LOG", "Logistik TPS", value, "TPS", whole=20), before)


def region(number: int) -> PackRegion:
    """Every third is silent, the others reported; one of them is not verified."""
    line = PackRegion(f"64.{number:02}", f"Wilayah {number}", "belum", "belum")
    if number % 3 == 0:
        return line
    return line._replace(
        mark="tepat",
        state="dikirim" if number == 1 else "diverifikasi",
        version=1,
        grade="waspada",
        grade_reason="Banjir di hilir.",
        grade_before="aman",
        figures=(figure(12, 9),),
        changes=("Logistik TPS naik dari 9 menjadi 12.",),
        hindrances=(Hindrance(f"Wilayah {number}", "Jalan putus", "Perahu disiapkan"),),
        texts=(("Langkah antisipasi", "Perahu disiapkan."),),
    )


def pack(regions: int = 10) -> Pack:
    return Pack(
        region_code="64",
        region_name="Provinsi Kalimantan Timur",
        desk_name="Desk Pilkada Provinsi Kalimantan Timur",
        election_name="Pilkada Serentak 2024",
        day=MONDAY,
        before=MONDAY - dt.timedelta(days=7),
        h_text="H-2",
        zone="Asia/Makassar",
        made_at=NOW,
        made_by="Operator",
        regions=tuple(region(number) for number in range(1, regions + 1)),
        sums=(figure(84, 60),),
        agenda=("Pembukaan", "Papan", "Penutup"),
        obstacles=(Hindrance("Wilayah 1, Kecamatan Segah", "Jalan putus", since=dt.date(2024, 11, 20)),),
        tasks=(PackTask("Logistik lengkap", "Wilayah 2", "KPU", None, dt.date(2024, 11, 22), True),),
        attendance="Rapat 18 November 2024: 9 dari 10 wilayah hadir.",
        dress=Dress(lines=(("PEMERINTAH PROVINSI KALIMANTAN TIMUR", "sedang", False),), paper="A4"),
    )


@pytest.mark.parametrize("layout, wide", [("kertas", False), ("layar", True)])
def test_board_on_one_page_and_a_page_for_each_region(layout: str, wide: bool):
    made = render_pack_pdf(PackPaper(pack(), layout))
    pages = [" ".join(text.split()) for text in reading.pages(made)]
    board = [text for text in pages if "Papan seluruh wilayah" in text]
    assert len(board) == 1
    assert all(f"Wilayah {number}" in board[0] for number in range(1, 11))
    assert "12 dari 20" in board[0]
    assert "Jumlah" in board[0]
    assert len(pages) == (14 if wide else 13)
    assert "belum ada" in pages[-2] or "belum ada" in " ".join(pages)
    with pikepdf.open(io.BytesIO(made)) as document:
        box = [float(side) for side in document.pages[0].mediabox]
    ratio = box[2] / box[3]
    assert ratio == pytest.approx(16 / 9, abs=0.01) if wide else ratio < 1


def test_the_same_pack_makes_the_same_bytes_and_bears_its_hash():
    once, twice = (render_pack_pdf(PackPaper(pack(2), "kertas")) for _ in range(2))
    assert once == twice
    assert pack(2).sha256[:16] in " ".join(reading.pages(once))


def test_it_refuses_an_unknown_layout():
    with pytest.raises(ValueError, match="unknown layout"):
        PackPaper(pack(1), "tembok")


def test_it_is_archivable():
    assert reading.faults(render_pack_pdf(PackPaper(pack(2), "layar"))) == []


def sheet(shown: Pack) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(render_pack(PackPaper(shown, "lembar"), None)))
    return {one.title: [[cell.value for cell in line] for line in one.iter_rows()] for one in book}


def test_the_sheet_tells_the_sums_of_the_paper():
    told = sheet(pack())
    assert list(told) == ["Ringkasan", "Papan", "Kendala", "Tindak lanjut", "Wilayah"]
    head, *regions, total = told["Papan"]
    assert head[7:] == ["Logistik TPS", "Logistik TPS: dari", "Logistik TPS: perubahan"]
    assert [line[0] for line in regions] == [f"Wilayah {number}" for number in range(1, 11)]
    assert regions[0][7:] == [12, 20, 3]
    assert regions[2][7:] == [None, None, None]
    assert total[0] == "Jumlah"
    assert total[7:] == [84, 20, 24]
    paper = " ".join(reading.pages(render_pack_pdf(PackPaper(pack(), "kertas"))))
    assert pack().sums[0].said in paper
    assert ["Logistik TPS", f"{pack().sums[0].said}, +24"] in told["Ringkasan"]
    assert ["Wilayah 1", "Langkah antisipasi", "Perahu disiapkan."] in told["Wilayah"]


def test_the_same_pack_makes_the_same_sheet():
    assert render_pack_xlsx(pack(2)) == render_pack_xlsx(pack(2))


def test_formulas_in_a_pack_are_only_text():
    bad = pack(1)._replace(obstacles=(Hindrance("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0"),))
    book = openpyxl.load_workbook(io.BytesIO(render_pack_xlsx(bad)))
    assert all(cell.data_type != "f" for one in book for line in one.iter_rows() for cell in line)
    assert "=1+1" in [line[0] for line in sheet(bad)["Kendala"]]


def test_a_simulated_pack_says_so_in_its_sheet():
    assert "SIMULASI" in str(sheet(pack(1)._replace(is_simulated=True))["Ringkasan"])
