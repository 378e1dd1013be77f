"""The report as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from app.documents.snapshot import ChecklistReport, ItemRow
from app.documents.table import render_csv
from app.domain.checklists.totals import Totals
from tests.documents import cast

pytestmark = pytest.mark.one_database


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def with_item(item: ItemRow) -> ChecklistReport:
    totals = Totals.of([item.standing])
    area = replace(cast.untouched().areas[0], items=(item,), totals=totals)
    return replace(cast.untouched(), areas=(area,), totals=totals)


def test_it_has_the_same_totals_as_the_snapshot():
    report = cast.berau(items=40, evidence=0)
    *areas, everything = lines(render_csv(report, "ringkasan"))
    assert [line["Bidang tugas"] for line in areas] == [area.name for area in report.areas]
    for line, totals in zip(
        [*areas, everything], [*(a.totals for a in report.areas), report.totals], strict=True
    ):
        assert int(line["Isian wajib"]) == totals.expected
        assert int(line["Selesai"]) == totals.done
        assert int(line["Diverifikasi"]) == totals.verified
        assert float(line["Selesai (%)"].replace(",", ".")) == totals.percent_done
        assert float(line["Diverifikasi (%)"].replace(",", ".")) == totals.percent_verified


def test_it_has_a_line_for_every_item():
    report = cast.berau(items=40, evidence=0)
    assert [line["Kode"] for line in lines(render_csv(report))] == [
        i.code for a in report.areas for i in a.items
    ]


def test_it_opens_in_indonesian_excel_with_a_double_click():
    content = render_csv(cast.berau(items=8, evidence=0))
    assert content.startswith(b"\xef\xbb\xbfKode bidang;Bidang tugas;Kode;")
    assert content.endswith(b"\r\n")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_it_puts_an_apostrophe_before_what_would_be_a_formula(sign):
    [line] = lines(render_csv(with_item(ItemRow("LOG-01", f"{sign}1+1", "proses"))))
    assert line["Butir"] == f"'{sign}1+1"


def test_a_line_end_cannot_hide_a_formula():
    [line] = lines(
        render_csv(with_item(ItemRow("LOG-01", "\r=1+1", "proses", note="\x00=1+1", reason="\u200e=2")))
    )
    assert line["Butir"].startswith("'")
    assert line["Catatan"] == "'=1+1"
    assert line["Alasan"] == "'=2"


def test_it_never_writes_the_unknown_as_zero():
    [line] = lines(
        render_csv(with_item(ItemRow("LOG-01", "Terima", "proses", measure_total=475, measure_unit="TPS")))
    )
    assert line["Nilai"] == "belum diketahui"
    assert line["Dari"] == "475"
    assert line["Waktu dikerjakan (WITA)"] == ""


def test_it_writes_decimals_with_a_comma():
    [line] = lines(
        render_csv(with_item(ItemRow("LOG-01", "Salur", "proses", measure_value=12.5, measure_unit="juta")))
    )
    assert line["Nilai"] == "12,5"


def test_it_refuses_a_table_it_does_not_have():
    with pytest.raises(ValueError, match="ringkasan"):
        render_csv(cast.untouched(), "pegawai")
