"""The head of a paper: its lines, emblem and reference, who gets a copy; and its specimen as a picture."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from app.documents import office
from app.documents.asking import Ask
from app.documents.pdf import render_blank_pdf, render_pdf
from app.documents.picture import DOTS_AN_INCH, render_png
from app.documents.report import build_blank_checklist, build_checklist_report
from app.documents.snapshot import HeadLine, Letterhead, Reference
from app.documents.specimen import build_specimen
from app.domain import letterheads, regions
from app.domain.evidence import Emblem
from app.domain.letterheads import Content, Line
from tests import cast as people
from tests.documents import cast, reading

FULL = replace(
    cast.untouched(),
    letterhead=replace(cast.LETTERHEAD, logo=cast.emblem(), logo_sha256="a" * 64),
    reference=Reference("Segera", "1 (satu) berkas", "Laporan harian"),
    number="007/XI/DESK/2024",
    copies=tuple(f"Penerima ke-{number}" for number in range(1, 21)),
)
CONTENT = Content(
    (Line("PEMERINTAH KABUPATEN BERAU", "kecil"), Line("DESK PILKADA", "besar", True)),
    ("Jalan Contoh 1", "Tanjung Redeb"),
    "{nomor:3}/{tahun}",
    "Biasa",
    "",
    "Laporan",
    ("Bupati Berau", "Arsip"),
    "A4",
)


@pytest.mark.one_database
class TestOnPaper:
    def test_a_letter_says_its_number_class_and_matter_under_its_head(self):
        said = reading.pages(render_pdf(FULL))[0]
        parts = (
            "Nomor : 007/XI/DESK/2024",
            "Sifat : Segera",
            "Lampiran : 1 (satu) berkas",
            "Hal : Laporan harian",
        )
        assert [said.index(part) for part in parts] == sorted(said.index(part) for part in parts)
        assert "Nomor: " not in said

    def test_what_is_empty_is_not_printed_and_an_absent_number_is_left_to_the_hand(self):
        said = reading.pages(render_pdf(replace(FULL, number=None, reference=Reference(subject="Laporan"))))[
            0
        ]
        assert "Nomor : ...." in said
        assert "Sifat" not in said
        assert "Lampiran :" not in said

    def test_all_copies_are_numbered_however_many(self):
        said = reading.text(render_pdf(FULL))
        assert all(f"{number}. Penerima ke-{number}" in said for number in range(1, 21))

    @pytest.mark.parametrize("paper", ["F4", "A4"])
    def test_long_lines_stay_on_the_page_and_the_file_is_good(self, paper: str):
        lines = tuple(
            HeadLine("SANGAT " * 11, size, True) for size in ("besar", "kecil", "sedang", "besar", "besar")
        )
        pdf = render_pdf(
            replace(FULL, paper=paper, letterhead=Letterhead(lines, ("alamat " * 20,) * 2, cast.emblem()))
        )
        assert reading.faults(pdf) == []
        assert reading.text(pdf).count("SANGAT") == 55

    def test_the_blank_twin_carries_the_head_and_no_reference(self):
        said = reading.text(render_blank_pdf(cast.blank()))
        assert "BADAN KESATUAN BANGSA DAN POLITIK" in said
        assert "Sifat" not in said

    def test_hostile_words_stay_words(self):
        hostile = "<script>alert(1)</script>"
        head = Letterhead((HeadLine(hostile),), (hostile,))
        pdf = render_pdf(
            replace(FULL, letterhead=head, reference=Reference(hostile, hostile, hostile), copies=(hostile,))
        )
        assert reading.faults(pdf) == []
        assert reading.text(pdf).replace(" ", "").count(hostile) == 6

    def test_a_size_outside_the_contract_is_refused(self):
        with pytest.raises(ValueError, match="size of a line"):
            HeadLine("x", "raksasa")


@pytest.mark.one_database
class TestAsAPicture:
    @pytest.mark.parametrize("paper, size", [("F4", (215, 330)), ("A4", (210, 297))])
    def test_a_specimen_is_the_real_page_and_says_what_it_is(self, paper: str, size: tuple[int, int]):
        specimen = replace(
            FULL, areas=(), totals=cast.Totals(), specimen=True, paper=paper, copies=("Bupati",)
        )
        said = reading.pages(render_pdf(specimen))
        assert len(said) == 1
        assert "PRATINJAU · bukan dokumen resmi" in said[0]
        assert "B. Penutup" in said[0]
        assert "Ringkasan Capaian" not in said[0]
        with Image.open(io.BytesIO(render_png(specimen))) as picture:
            assert picture.size == pytest.approx([side / 25.4 * DOTS_AN_INCH for side in size], abs=4)

    def test_a_long_one_shows_two_pages(self):
        specimen = replace(FULL, areas=(), totals=cast.Totals(), specimen=True)
        many = replace(specimen, copies=tuple("penerima yang panjang sekali namanya " * 4 for _ in range(60)))
        with Image.open(io.BytesIO(render_png(many))) as picture:
            assert picture.height > 1.9 * 330 / 25.4 * DOTS_AN_INCH


class TestFromTheDesk:
    @pytest.fixture
    def published(self, session: Any) -> letterheads.Head:
        keeper = people.person("admin.berau")
        logo = Emblem(cast.emblem(), 240, 290, "b" * 64)
        draft = letterheads.save_draft(people.BERAU, CONTENT, by=keeper, version=0, emblem=logo)
        made = letterheads.publish(people.BERAU, by=keeper, version=draft.version)
        session.commit()
        return made

    def test_reports_carry_the_letterhead_in_force(self, published: Any, operator: Any, election: Any):
        made = build_checklist_report(operator, election, Ask(people.BERAU))
        assert [(line.text, line.size, line.bold) for line in made.letterhead.lines] == [
            ("PEMERINTAH KABUPATEN BERAU", "kecil", False),
            ("DESK PILKADA", "besar", True),
        ]
        assert (made.letterhead.logo, made.letterhead.logo_sha256) == (cast.emblem(), "b" * 64)
        assert made.letterhead.address_lines == ("Jalan Contoh 1", "Tanjung Redeb")
        assert made.reference == Reference("Biasa", "", "Laporan")
        assert made.copies == ("Bupati Berau", "Arsip")
        assert letterheads.last_number(people.BERAU, 2024) == 0, "only asking takes a number"

    def test_a_desk_below_follows_and_one_elsewhere_does_not(self, published: Any, election: Any):
        below = build_blank_checklist(
            people.person("operator.sambaliung"), election, Ask(people.SAMBALIUNG, kind="kosong")
        )
        assert below.letterhead.lines[1].text == "DESK PILKADA"
        assert below.letterhead.logo == cast.emblem()
        elsewhere = build_checklist_report(people.person("operator.paser"), election, Ask(people.PASER))
        assert elsewhere.letterhead == office.built_in(regions.path_of(people.PASER))
        assert elsewhere.reference is None

    def test_a_specimen_shows_the_draft_with_the_next_number(self, published: Any, session: Any):
        keeper = people.person("admin.berau")
        draft = letterheads.save_draft(people.BERAU, replace(CONTENT, paper="F4"), by=keeper, version=0)
        session.commit()
        made = build_specimen(keeper, draft)
        assert (made.number, made.paper, made.specimen, made.areas) == ("001/2024", "F4", True, ())
        assert made.letterhead.logo == cast.emblem()
        assert letterheads.last_number(people.BERAU, 2024) == 0
