"""What a report may be made of, and how it is cut and said."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from functools import partial

import pytest

from app.documents.blocks import ROWS_IN_ONE_PASS, ROWS_PER_SECTION, in_sections, report_blocks
from app.documents.snapshot import ItemRow, Signature
from app.documents.wording import rest_sentence, scope_lines, signature_lines, summary_sentence
from app.domain.checklists.totals import Totals
from tests.documents import cast

pytestmark = pytest.mark.one_database


def test_it_refuses_totals_that_are_not_the_sum_of_the_areas():
    report = cast.untouched()
    with pytest.raises(ValueError, match="not the sum"):
        replace(report, totals=report.totals + Totals(selesai=1))


def test_it_refuses_a_standing_a_paper_and_a_kind_it_does_not_know():
    with pytest.raises(ValueError, match="standing"):
        ItemRow("LOG-01", "Terima", "beres")
    with pytest.raises(ValueError, match="paper"):
        replace(cast.untouched(), paper="Letter")
    with pytest.raises(ValueError, match="kind"):
        replace(cast.untouched(), kind="panjang")
    with pytest.raises(ValueError, match="paper"):
        replace(cast.blank(), paper="Letter")


def test_it_refuses_a_signature_in_the_name_of_nobody():
    with pytest.raises(ValueError, match="superior"):
        Signature("a.n.", "Sekretaris Daerah", "Nama Contoh")
    with pytest.raises(ValueError, match="mode"):
        Signature("u.p.", "Sekretaris Daerah", "Nama Contoh")


def test_a_definitive_official_signs_by_position_alone():
    assert signature_lines(Signature("definitif", "Camat Segah", "Nama Contoh")) == ("Camat Segah,",)


def test_it_says_the_totals_in_a_sentence():
    totals = Totals(selesai=3, selesai_diverifikasi=8, terkendala=2, tidak_berlaku=1)
    assert summary_sentence(totals) == (
        "Dari 13 isian yang wajib dikerjakan, 11 isian (84,6 %) telah selesai dan 8 isian (61,5 %) telah diverifikasi."
    )
    assert rest_sentence(totals) == (
        "Di luar itu, 3 isian selesai tetapi belum diverifikasi, 2 isian terkendala, dan 1 isian dinyatakan "
        "tidak berlaku (tidak dihitung sebagai wajib)."
    )
    assert rest_sentence(Totals(selesai_diverifikasi=3)) == ""
    assert rest_sentence(Totals(belum=3)) == "Di luar itu, 3 isian belum dikerjakan."


def test_it_titles_the_report_by_what_it_covers():
    report = replace(cast.untouched(), area_name="Logistik")
    assert scope_lines(report) == (
        "Desk Pilkada Kabupaten Berau",
        "Tahapan Masa Tenang, Bidang Logistik",
        "Periode 18 s.d. 25 November 2024",
    )
    bare = replace(report, stage_name=None, area_name=None, period_text="Seluruh tahapan")
    assert scope_lines(bare) == ("Desk Pilkada Kabupaten Berau", "Seluruh tahapan")


def test_a_short_report_is_one_section():
    report = cast.berau(items=120, evidence=30)
    assert len(in_sections(partial(report_blocks, report))) == 1


def test_a_long_report_is_cut_into_sections_that_lose_nothing():
    report = cast.berau(items=1_000, evidence=300, photos=0)
    sections = in_sections(partial(report_blocks, report))
    assert max(sum(block.rows for block in section) for section in sections) <= ROWS_PER_SECTION
    items = [
        item
        for part in sections
        for block in part
        if block.template == "_area.html"
        for item in block.content.items
    ]
    assert items == [item for area in report.areas for item in area.items]
    evidence = [
        row
        for part in sections
        for block in part
        if block.template == "_evidence.html"
        for row in block.content
    ]
    assert evidence == list(report.evidence)
    assert len(items) > ROWS_IN_ONE_PASS


def test_a_chapter_opens_once_however_often_its_table_is_cut():
    sections = in_sections(partial(report_blocks, cast.berau(items=1_000, evidence=300)))
    opened = [block.opens for section in sections for block in section if block.opens]
    assert len(opened) == len(set(opened))


def test_asking_for_a_report_loads_no_heavy_library():
    heavy = ("weasyprint", "xlsxwriter", "pikepdf", "PIL")
    code = "import sys, app.documents.snapshot, app.documents.table; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(heavy) & set(done.stdout.split())
