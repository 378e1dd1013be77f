"""The accountability report on paper."""

from __future__ import annotations

import io
import logging
from dataclasses import replace

import pikepdf
import pytest

from app.documents.blocks import Block
from app.documents.fetching import RefusedAddress
from app.documents.pdf import render_pdf
from app.documents.snapshot import ChecklistReport, ItemRow, Photo, Signature
from app.domain.checklists.totals import Totals
from app.words import angka, persen
from tests.documents import cast, reading

pytestmark = pytest.mark.one_database

MILLIMETRE = 72 / 25.4


@pytest.fixture(scope="module")
def report() -> ChecklistReport:
    return cast.berau(items=40, evidence=6, photos=2)


@pytest.fixture(scope="module")
def pdf(report: ChecklistReport) -> bytes:
    return render_pdf(report)


@pytest.fixture(scope="module")
def text(pdf: bytes) -> str:
    return reading.text(pdf)


def with_items(*items: ItemRow) -> ChecklistReport:
    """A report of Logistik alone."""
    area = replace(cast.untouched().areas[0], items=items, totals=Totals.of(item.standing for item in items))
    return replace(cast.untouched(), areas=(area,), totals=area.totals)


def test_it_prints_the_totals_of_the_snapshot(report, text):
    for area in report.areas:
        totals = area.totals
        counts = (totals.expected, totals.belum, totals.proses, totals.terkendala, totals.dikembalikan)
        counts += (totals.done, totals.verified)
        percents = persen(totals.percent_done), persen(totals.percent_verified)
        line = " ".join([area.name, *map(angka, counts), *percents, angka(totals.not_applicable)])
        assert line in text
    assert f"Jumlah {report.totals.expected}" in text
    assert f"{report.totals.done} isian ({persen(report.totals.percent_done)}) telah selesai" in text


def test_it_prints_every_item_with_its_code_and_who_did_it(report, text):
    for area in report.areas:
        for item in area.items:
            assert item.code in text
    assert "Operator Berau (contoh)" in text
    assert "Penyelia Berau (contoh)" in text


def test_it_marks_what_nobody_verified():
    done = ItemRow("LOG-01", "Sudah", "selesai", done_by="Operator (contoh)", done_at=cast.AS_OF)
    seen = replace(
        done, standing="selesai_diverifikasi", verified_by="Penyelia (contoh)", verified_at=cast.AS_OF
    )
    unverified = reading.text(render_pdf(with_items(done)))
    assert unverified.count("Belum diverifikasi") == 2  # in the row, and where the closing explains the mark
    assert "Laporan memuat 1 isian yang belum diverifikasi" in unverified
    assert "Belum diverifikasi" not in reading.text(render_pdf(with_items(seen)))


def test_it_never_prints_the_unknown_as_zero():
    unknown = ItemRow("LOG-01", "Terima logistik", "proses", measure_total=475, measure_unit="TPS")
    zero = replace(unknown, measure_value=0)
    said = reading.text(render_pdf(with_items(unknown)))
    assert "belum diketahui dari 475 TPS" in said
    assert "0 dari 475 TPS" not in said
    assert "0 dari 475 TPS" in reading.text(render_pdf(with_items(zero)))
    assert "TPS belum diketahui" in said  # the reference figure


def test_it_condenses_days_and_regions_to_how_many_of_them():
    row = ItemRow("LOG-04", "Catat", "proses", periods_done=12, periods_total=33, periods_unit="hari")
    many = ItemRow("LOG-12", "Terima", "proses", regions_done=11, regions_total=13)
    said = reading.text(render_pdf(with_items(row, many)))
    assert "12 dari 33 hari" in said
    assert "11 dari 13 wilayah" in said


def test_it_says_why_and_what_holds_up(text):
    assert "Kendala: Gelombang tinggi" in text
    assert "Dukungan kapal Dishub Provinsi" in text
    assert "Alasan: Tidak ada wilayah terpencil" in text


def test_it_lists_evidence_with_the_whole_hash_and_photos_with_captions(report, text):
    for row in report.evidence:
        assert row.file_name in text
        assert row.sha256 in text
    for photo in report.photos:
        assert photo.caption in text


def test_it_names_the_source_of_its_figures(text):
    assert "Pemilih (DPT) 198.347 KPU, rekapitulasi DPT 20 Sep 2024" in text


def test_it_leaves_room_for_the_signature_of_the_appointment(text):
    assert "a.n. BUPATI BERAU Sekretaris Daerah selaku Ketua Desk Pilkada," in text
    assert "Draf, belum ditandatangani Nama Contoh, S.Sos., M.Si. Pembina Utama Muda (IV/c)" in text
    assert "NIP 19700101 199001 1 001" in text
    assert "Tembusan: 1. Gubernur Kalimantan Timur" in text


@pytest.mark.parametrize("mode", ["Plt.", "Plh.", "Pj.", "Pjs."])
def test_it_says_that_an_official_is_acting(mode):
    acting = replace(cast.untouched(), signature=Signature(mode, "Sekretaris Daerah", "Nama Contoh"))
    assert f"{mode} Sekretaris Daerah, Draf, belum ditandatangani Nama Contoh" in reading.text(
        render_pdf(acting)
    )


def test_it_says_that_nobody_may_sign_yet():
    assert "Pejabat penanda tangan belum ditetapkan" in reading.text(render_pdf(cast.untouched()))


def test_it_prints_an_empty_report_that_says_so():
    nothing = replace(cast.untouched(), areas=(), totals=Totals(), figures=())
    said = reading.text(render_pdf(nothing))
    assert "Tidak ada isian yang wajib dikerjakan" in said
    assert "Tidak ada kendala yang dicatat" in said
    assert "Belum ada bukti yang dilampirkan" in said


def test_it_numbers_pages_and_repeats_number_audit_head_and_simulation_on_each(report, pdf):
    pages = reading.pages(pdf)
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"Halaman {number} dari {len(pages)}" in page
        assert f"{report.number} · Jejak audit no. 1.284 · sha256 {report.audit_head.hash[:16]}" in page
        assert "SIMULASI" in page


def test_it_does_not_speak_of_a_simulation_when_there_is_none():
    assert "SIMULASI" not in reading.text(render_pdf(cast.untouched()))


@pytest.mark.parametrize("paper,width,height", [("F4", 215, 330), ("A4", 210, 297)])
def test_it_prints_on_the_asked_paper(paper, width, height):
    with pikepdf.open(io.BytesIO(render_pdf(replace(cast.untouched(), paper=paper)))) as document:
        box = [float(edge) for edge in document.pages[0].mediabox]
    assert box[2:] == pytest.approx([width * MILLIMETRE, height * MILLIMETRE], abs=0.1)


def test_it_is_tagged_speaks_indonesian_and_carries_its_fonts(pdf):
    assert reading.faults(pdf) == []


def test_it_tells_a_screen_reader_which_cells_are_heads(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        heads = [element for element in reading.elements(document) if element.S == pikepdf.Name.TH]
    assert heads
    assert all(head.A.Scope == pikepdf.Name.Column for head in heads)


def test_it_has_a_bookmark_for_each_chapter_and_area(report, pdf):
    chapters = dict(reading.bookmarks(pdf))
    assert list(chapters)[:3] == ["A. Ruang Lingkup", "B. Ringkasan Capaian", "C. Pelaksanaan per Bidang"]
    assert chapters["C. Pelaksanaan per Bidang"] == [area.name for area in report.areas]
    assert list(chapters)[-2:] == ["Lampiran I. Daftar Bukti", "Lampiran II. Dokumentasi Foto"]


def test_it_gives_the_same_bytes_for_the_same_snapshot(pdf):
    assert render_pdf(cast.berau(items=40, evidence=6, photos=2)) == pdf


def test_it_dates_itself_by_the_snapshot_and_not_by_the_clock(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.docinfo["/CreationDate"]) == "D:20241125090000+08'00"
        assert "/ModDate" not in document.docinfo


def test_it_shows_hostile_text_as_text(caplog):
    hostile = [
        '<img src="http://attacker.example/x.png">',
        '<img src="file:///etc/passwd">',
        '<link rel="attachment" href="file:///etc/passwd">',
        "<style>@import url(http://attacker.example/x.css)</style>",
        "<script>alert(1)</script>",
        '"><a href="javascript:alert(1)">klik</a>',
        "{{ 7 * 7 }} {% raw %}",
        "&lt;b&gt; &amp; <b>tebal</b>",
    ]
    items = [
        ItemRow(f"LOG-{n:02d}", said, "proses", note=said, unit_name=said) for n, said in enumerate(hostile)
    ]
    report = replace(with_items(*items), region_name=hostile[0], desk_name=hostile[1], number=hostile[2])
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = render_pdf(report)
    assert [record for record in caplog.records if record.name.startswith("weasyprint")] == []
    assert reading.faults(pdf) == []
    letters = reading.text(pdf).replace(" ", "")
    for said in hostile:
        assert said.replace(" ", "") in letters
    assert "root:x:" not in letters
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.attachments) == 0


def test_it_drops_what_cannot_be_printed_or_turns_the_reading_order():
    odd = "nota\x00 \x1b[31m\u202egnp.exe\u2066 \ud800 selesai"
    said = reading.text(render_pdf(with_items(ItemRow("LOG-01", odd, "belum"))))
    assert "nota [31mgnp.exe selesai" in said


def test_it_breaks_words_without_end_and_texts_longer_than_a_page():
    endless = ItemRow("LOG-01", "x" * 3000, "proses")
    story = ItemRow("LOG-02", "Cerita panjang", "proses", note="\n".join(f"baris ke-{n}" for n in range(300)))
    pages = reading.pages(render_pdf(with_items(endless, story)))
    said = " ".join(pages)
    assert said.count("x") >= 3000
    assert "baris ke-0 " in said
    assert "baris ke-299" in said


def test_it_stops_at_a_template_that_calls_somewhere(monkeypatch):
    sneaky = [(Block("_figures.html", content=()),)]
    monkeypatch.setattr("app.documents.papers.in_sections", lambda cut: sneaky)
    monkeypatch.setattr(
        "app.documents.markup.asset", lambda name: "p { background: url(http://attacker.example/x.png) }"
    )
    with pytest.raises(RefusedAddress, match=r"http://attacker\.example"):
        render_pdf(cast.untouched())


def test_it_prints_on_when_a_picture_is_broken():
    report = replace(
        cast.untouched(), photos=(Photo("Foto yang rusak", b"\xff\xd8\xff bukan gambar", "0" * 64),)
    )
    assert "Foto yang rusak" in reading.text(render_pdf(report))


def test_it_prints_the_emblem_that_the_desk_uploaded():
    report = replace(cast.untouched(), letterhead=replace(cast.LETTERHEAD, logo=cast.emblem()))
    pdf = render_pdf(report)
    assert reading.faults(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        alternatives = [str(element.Alt) for element in reading.elements(document) if "/Alt" in element]
    assert "Lambang daerah" in alternatives


def test_it_writes_no_warning_of_its_own_styles(caplog):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        render_pdf(cast.untouched())
    assert caplog.records == []


def test_it_tells_its_progress_to_the_end():
    steps: list[tuple[int, int]] = []
    render_pdf(cast.untouched(), on_progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 2), (2, 2)]


def test_it_stops_when_whoever_watches_says_so():
    def stop(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        render_pdf(cast.untouched(), on_progress=stop)
