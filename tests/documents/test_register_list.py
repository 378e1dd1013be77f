"""A register's list on paper: exactly the filtered records, in the page's order, for who may read them."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from app.documents import blocks, register_asking
from app.documents.list_layout import WIDTHS, fitted
from app.documents.list_snapshot import RegisterList
from app.documents.pdf import render_list_pdf
from app.documents.register_asking import ListAsk, asked
from app.documents.register_list import build_register_list
from app.domain import letterheads, registers
from app.domain.accounts import Permission, Person, Role
from app.domain.all_registers import REGISTERS
from app.domain.circulars import ACKNOWLEDGEMENTS, CIRCULARS
from app.domain.errors import Invalid, NotAllowed, NotFound
from app.domain.incidents import INCIDENTS
from app.domain.registers import Filters, Register
from app.extensions import db
from tests import cast
from tests.documents import reading
from tests.documents.test_letterhead import CONTENT
from tests.domain.incidents.cases import incident
from tests.domain.registers.letters import received, written

MILLIMETRE = 72 / 25.4


def build(person: Person, register: Register = CIRCULARS, **words: str) -> RegisterList:
    db.session.commit()
    ask = ListAsk.of(register, asked(register, words), person, cast.BERAU)
    return build_register_list(person, ListAsk.from_params(ask.to_params()))


def column(listed: RegisterList, head: str) -> list[str]:
    place = [one.head for one in listed.columns].index(head)
    return [row[place] for row in listed.rows]


@pytest.fixture
def letters(operator: Person) -> list[str]:
    written(operator, letter_number="800/1")
    written(operator, letter_number="800/2", kind="ikrar")
    return [written(operator, letter_number="800/3", about="Uraian " * 30).number]


class TestWhatItHolds:
    def test_it_holds_what_the_filters_show_in_the_pages_order(self, operator: Person, letters: list[str]):
        listed = build(operator, jenis="surat_edaran")
        page = registers.listed(CIRCULARS, operator, Filters(picks={"kind": "surat_edaran"}))
        assert column(listed, "Nomor") == [row.number for row in page.rows]
        assert column(listed, "Nomor surat") == ["800/3", "800/1"]
        assert listed.filters == ("Jenis: Surat edaran",)

    def test_filters_are_told_in_words(self, operator: Person, letters: list[str]):
        said = {"cari": "larangan", "sejak": "2024-09-01", "sampai": "2024-09-30", "batal": "ya"}
        assert build(operator, **said).filters == (
            "Tanggal surat sejak 1 September 2024",
            "Tanggal surat sampai 30 September 2024",
            "Memuat kata “larangan”",
            "Termasuk yang dibatalkan",
        )
        assert build(operator, INCIDENTS, keadaan="terverifikasi").filters == ("Keadaan: terverifikasi",)

    def test_what_it_hangs_on_is_named_by_its_number(self, operator: Person, stranger: Person):
        letter = written(operator)
        received(operator, letter)
        listed = build(operator, ACKNOWLEDGEMENTS, circular_id=str(letter.id))
        assert listed.filters == (f"Bagian dari edaran {letter.number}, Kabupaten Berau",)
        assert len(listed.rows) == 1
        assert listed.sums == (("Orang yang menandatangani", "25 orang"),)
        hidden = build(stranger, ACKNOWLEDGEMENTS, circular_id=str(letter.id), wilayah=cast.PASER)
        assert hidden.filters == ("Bagian dari satu edaran",)

    def test_withdrawn_ones_stay_out_unless_they_are_asked_for(self, operator: Person):
        row = written(operator)
        registers.withdraw(row, reason="Salah nomor", by=operator, version=1)
        written(operator, letter_number="800/2")
        assert column(build(operator), "Nomor surat") == ["800/2"]
        listed = build(operator, batal="ya")
        assert column(listed, "Nomor surat") == ["800/2", "800/1"]
        assert column(listed, "Dibatalkan karena") == ["", "Salah nomor"]

    def test_other_regions_stay_out_and_cannot_be_asked_for(self, operator: Person, stranger: Person):
        written(operator)
        assert build(stranger, wilayah=cast.PASER).rows == ()
        with pytest.raises(NotFound):
            build(stranger, wilayah=cast.BERAU)

    def test_restricted_ones_are_for_who_may_read_them(self, operator: Person, supervisor: Person):
        incident(operator, what="Terbuka", is_restricted=False)
        incident(operator, what="Terbatas", is_restricted=True)
        other = cast.add_person(
            "operator.lain", (Role.OPERATOR, cast.BERAU, {"starts_on": dt.date(2024, 9, 1)})
        )
        told = "Apa yang terjadi"
        assert column(build(other, INCIDENTS), told) == ["Terbuka"]
        assert sorted(column(build(supervisor, INCIDENTS), told)) == ["Terbatas", "Terbuka"]

    def test_who_reads_the_register_no_more_is_refused(self, operator: Person, admin: Person):
        db.session.commit()
        ask = ListAsk.of(CIRCULARS, asked(CIRCULARS, {}), operator, cast.BERAU)
        with pytest.raises(NotAllowed, match="tidak lagi mencakup"):
            build_register_list(admin, ask)
        assert ask.is_still_for(operator)
        assert not ask.is_still_for(admin)

    def test_who_lost_what_is_restricted_gets_the_file_no_more(self, operator: Person, supervisor: Person):
        ask = ListAsk.of(INCIDENTS, asked(INCIDENTS, {}), supervisor, cast.BERAU)
        assert registers.may(operator, INCIDENTS, Permission.REGISTER_READ, cast.BERAU)
        assert ask.is_still_for(supervisor)
        assert not ask.is_still_for(operator)

    def test_too_many_are_refused(
        self, operator: Person, letters: list[str], monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(register_asking, "MOST_IN_PDF", 2)
        with pytest.raises(Invalid, match=r"paling banyak 2 catatan, sedangkan saringan ini memuat 3"):
            build(operator)

    def test_its_paper_is_the_letterheads(self, operator: Person, letters: list[str]):
        keeper = cast.person("admin.kaltim")
        draft = letterheads.save_draft(cast.BERAU, replace(CONTENT, paper="A4"), by=keeper, version=0)
        letterheads.publish(cast.BERAU, by=keeper, version=draft.version)
        listed = build(operator)
        assert listed.paper == "A4"
        assert [line.text for line in listed.letterhead.lines] == [line.text for line in CONTENT.lines]


@pytest.mark.one_database
class TestLayout:
    @pytest.mark.parametrize("paper", WIDTHS)
    @pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.key)
    def test_every_register_fills_the_width_and_no_more(self, register: Register, paper: str):
        upright, lying = WIDTHS[paper]
        for filters in (Filters(), Filters(with_withdrawn=True)):
            found = fitted(register, filters, paper)
            room = lying if found.is_wide else upright
            assert sum(one.width for one in found.columns) == pytest.approx(room)
            assert len(found.columns) == len(found.cells)
            assert found.left_off in (0, len(register.columns) - len(register.heads))

    def test_all_columns_stand_where_they_fit(self):
        assert fitted(CIRCULARS, Filters(), "F4").left_off == 0
        assert fitted(max(REGISTERS, key=lambda one: len(one.columns)), Filters(), "F4").left_off > 0


class TestOnPaper:
    @pytest.fixture
    def listed(self, operator: Person) -> RegisterList:
        written(operator, about="Panjang " * 24 + "akhirnya")
        for number in range(2, 62):
            written(operator, letter_number=f"800/{number}")
        return build(operator)

    def test_it_says_what_it_is_and_holds_each_record_once(self, listed: RegisterList):
        pdf = render_list_pdf(listed)
        pages, text = reading.pages(pdf), reading.text(pdf)
        said = [word for word in text.split() if word.startswith("800/")]
        assert said == column(listed, "Nomor surat")
        assert "PEMERINTAH KABUPATEN BERAU" in pages[0]
        assert "EDARAN DAN IKRAR NETRALITAS" in pages[0]
        assert "Banyak catatan : 61" in pages[0]
        assert "Operator Berau (demo), 25 Nov 2024 09.00 WITA" in pages[0]
        assert text.count("Panjang") == 24
        assert "akhirnya" in text
        assert listed.audit_head.hash in text.replace(" ", "")
        for number, page in enumerate(pages, start=1):
            assert f"Halaman {number} dari {len(pages)}" in page
            assert f"Jejak audit no. {listed.audit_head.seq}" in page
            assert "Tentang" in page, "the heads stand on every page"
            assert "SIMULASI · bukan dokumen resmi" in page
        assert reading.faults(pdf) == []

    def test_a_long_one_is_laid_out_in_sections(self, listed: RegisterList, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(blocks, "ROWS_IN_ONE_PASS", 30)
        monkeypatch.setattr(blocks, "ROWS_PER_SECTION", 15)
        steps: list[tuple[int, int]] = []
        pdf = render_list_pdf(
            replace(listed, simulated=False), lambda done, total: steps.append((done, total))
        )
        said = [word for word in reading.text(pdf).split() if word.startswith("800/")]
        assert said == column(listed, "Nomor surat")
        assert len(steps) > 5
        assert not any("SIMULASI" in page for page in reading.pages(pdf))
        assert reading.faults(pdf) == []

    @pytest.mark.parametrize(
        "paper, is_wide, size",
        [
            ("F4", False, (215, 330)),
            ("F4", True, (330, 215)),
            ("A4", True, (297, 210)),
        ],
    )
    def test_its_sheets_stand_or_lie(
        self, operator: Person, paper: str, is_wide: bool, size: tuple[int, int]
    ):
        pdf = render_list_pdf(replace(build(operator), paper=paper, is_wide=is_wide))
        with pikepdf.open(io.BytesIO(pdf)) as document:
            box = [float(edge) for edge in document.pages[0].mediabox.as_list()]  # type: ignore[arg-type]
        assert box[2:] == pytest.approx([side * MILLIMETRE for side in size], abs=0.5)
        assert "Tidak ada catatan dengan saringan ini." in reading.text(pdf)

    def test_a_text_longer_than_a_page_is_not_cut_off(self, operator: Person):
        row: dict[str, Any] = {"what": "Awal " + "kata " * 380 + "akhir"}
        incident(operator, **row)
        listed = build(operator, INCIDENTS)
        assert listed.columns_left_off > 0
        text = reading.text(render_list_pdf(replace(listed, rows=listed.rows * 3)))
        assert text.count("Awal") == text.count("akhir") == 3
        assert "kolom lain tidak muat di kertas" in text

    def test_a_row_without_a_cell_is_refused(self, operator: Person):
        listed = build(operator)
        with pytest.raises(ValueError):
            replace(listed, rows=(("satu",),))
        with pytest.raises(ValueError):
            replace(listed, paper="A3")
