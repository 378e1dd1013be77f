"""From the form to the paper in one's hand: the file says what the screen says, in every form (issue section 5)."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from flask import Flask
from PIL import Image

from app.domain import checklists, clock, evidence, stages
from app.domain.checklists import AsOf, Filling, Totals
from app.jobs.worker import Worker
from app.words import angka
from tests import cast
from tests.documents.reading import faults, text
from tests.jobs.stand_ins import PressHere

WANTED = {"wilayah": cast.BERAU, "bentuk": "ringkas", "format": "pdf", "kertas": "F4"}


@pytest.fixture
def operator_at(client: Any, session: Any) -> Any:
    return cast.signed_in(client, "operator.berau")


def photo() -> tuple[io.BytesIO, str]:
    content = io.BytesIO()
    Image.new("RGB", (320, 240), "navy").save(content, "JPEG")
    content.seek(0)
    return content, "serah-terima.jpg"


def tick_some(session: Any) -> None:
    """Three kecamatan have their logistics, two of them verified; one waits for a boat."""
    operator, supervisor = cast.person("operator.berau"), cast.person("penyelia.berau")
    for number, district in enumerate((cast.SAMBALIUNG, cast.TELUK_BAYUR, "64.03.01")):
        entry = cast.entry_of("LOG-12", district)
        checklists.tick(entry, by=operator, version=1, filling=Filling(no_evidence_reason="belum ada"))
        if number:
            checklists.verify(checklists.fresh(entry.id), by=supervisor, version=2)
    blocked = cast.entry_of("LOG-12", cast.MARATUA)
    checklists.block(blocked, by=operator, version=1, filling=Filling(reason="Gelombang tinggi & <angin>"))
    session.commit()


def fetched(app: Flask, visitor: Any, **wanted: str) -> bytes:
    """Ask, let the worker work, and download."""
    job = visitor.post("/laporan", data=WANTED | wanted).location
    machine = Worker(app, press=PressHere(), keeps_warm=False)
    while machine.run_one():
        continue
    assert "Siap diunduh" in visitor.get(job).text
    answer = visitor.get(f"{job}/unduh")
    assert answer.status_code == 200
    return bytes(answer.data)


def on_screen() -> dict[str, Totals]:
    election = stages.current_election()
    return checklists.progress.by_area(election, cast.BERAU, AsOf.of(election, clock.today("Asia/Makassar")))


def test_the_pdf_says_what_the_screen_says(app: Flask, session: Any, operator_at: Any):
    tick_some(session)
    pdf = fetched(app, operator_at, nomor="200.2.1/118/DESK/2024")
    assert faults(pdf) == []
    said = text(pdf)
    whole = sum(on_screen().values(), Totals())
    assert f"Dari {angka(whole.expected)} " in said
    assert f"{angka(whole.done)} " in said
    assert "3 dari 13 kecamatan" in said
    assert "Belum diverifikasi" in said
    assert "Gelombang tinggi & <angin>" in said
    assert "200.2.1/118/DESK/2024" in said
    assert "Penyelia Berau (demo)" in said
    assert "PEMERINTAH KABUPATEN BERAU" in said
    assert "SIMULASI" in said


def test_the_sheet_has_the_screens_totals_area_by_area(app: Flask, session: Any, operator_at: Any):
    tick_some(session)
    book = openpyxl.load_workbook(io.BytesIO(fetched(app, operator_at, format="xlsx")))
    rows = {row[0]: row for row in book["Ringkasan"].iter_rows(values_only=True) if row[0]}
    heads = rows["Kode bidang"]
    for code, totals in on_screen().items():
        line = dict(zip(heads, rows[code], strict=True))
        assert line["Isian wajib"] == totals.expected
        assert line["Selesai"] == totals.done
        assert line["Diverifikasi"] == totals.verified
        assert line["Terkendala"] == totals.terkendala
        assert line["Belum"] == totals.belum


def test_detailed_lines_add_up_to_the_same(app: Flask, session: Any, operator_at: Any):
    tick_some(session)
    lines = fetched(app, operator_at, format="csv", bentuk="rinci").decode("utf-8-sig").splitlines()
    assert len(lines) - 1 == sum(on_screen().values(), Totals()).all


def test_the_blank_twin_comes_as_paper(app: Flask, session: Any, operator_at: Any):
    pdf = fetched(app, operator_at, bentuk="kosong", wilayah=cast.SAMBALIUNG, kertas="A4")
    said = text(pdf)
    assert "LEMBAR ISIAN DAFTAR PERIKSA" in said
    assert "LOG-12" in said
    assert "KECAMATAN SAMBALIUNG" in said


def test_a_photo_and_its_hash_reach_the_paper(app: Flask, session: Any, operator_at: Any):
    entry = cast.entry_of("LOG-12", cast.SAMBALIUNG)
    operator_at.post(f"/daftar-periksa/{entry.id}/bukti", data={"berkas": [photo()]})
    session.rollback()
    (proof,) = evidence.uses_of(checklists.SUBJECT, entry.id)
    said = text(fetched(app, operator_at, area="LOG"))
    assert proof.file.sha256 in said.replace(" ", "")
    assert "Lampiran II. Dokumentasi Foto" in said
