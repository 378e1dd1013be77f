"""/register: the same pages for every kind of record."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import url_for
from sqlalchemy import func, select

from app.blueprints.registers.boards import BOARDS, Board
from app.domain import registers
from app.domain.accounts import Person
from app.domain.all_registers import REGISTERS
from app.domain.audit import AuditEntry
from app.domain.circulars import Circular
from app.domain.evidence import EvidenceUse
from app.domain.registers import Form
from app.extensions import db
from tests import cast
from tests.counting import statements
from tests.domain.registers.letters import received, written
from tests.pages import words

TYPED = {
    "di": cast.BERAU,
    "jenis": "surat_edaran",
    "nomor_surat": "800/1",
    "tanggal_surat": "2024-09-10",
    "tentang": "Larangan mendukung calon",
    "ditujukan_kepada": "Semua perangkat daerah",
    "banyak_penerima": "1.040",
}
BOOK = "/register/edaran-netralitas"
WHOLE = {"HX-Request": "true", "HX-Request-Type": "full"}
"""As htmx asks for a form of which the page itself takes the answer."""


def count() -> int:
    db.session.rollback()
    return int(db.session.scalar(select(func.count()).select_from(Circular)) or 0)


@pytest.fixture
def writer(client: Any, session: Any) -> Any:
    return cast.signed_in(client, "operator.berau")


class TestShelf:
    def test_it_offers_what_the_area_of_work_reaches(self, writer: Any):
        assert "Edaran dan ikrar netralitas" in words(writer.get("/register"))

    def test_an_admin_has_no_registers(self, client: Any, session: Any):
        assert cast.signed_in(client, "admin.kaltim").get("/register").status_code == 403

    def test_a_search_finds_word_forms_and_says_where(self, writer: Any, operator: Person):
        written(operator)
        db.session.commit()
        found = words(writer.get("/register?cari=dukungan"))
        assert "Larangan mendukung calon di media sosial" in found
        assert "Kabupaten Berau 1/2024" in found
        assert "Tidak ada catatan dengan kata itu" in words(writer.get("/register?cari=gudang"))

    def test_a_register_that_does_not_exist_is_not_found(self, writer: Any):
        assert writer.get("/register/lain").status_code == 404


class TestRecording:
    def test_a_record_is_made_and_shown(self, writer: Any):
        answer = writer.post(f"{BOOK}/baru", data=TYPED)
        assert answer.status_code == 303
        page = words(writer.get(answer.location))
        assert "Edaran 1/2024 · Kabupaten Berau" in page
        assert "Banyak penerima 1.040 unit" in page
        assert "Operator Berau (demo) mencatat edaran" in page

    def test_the_same_sending_twice_records_one(self, writer: Any):
        assert [writer.post(f"{BOOK}/baru", data=TYPED | {"kunci": "k1"}).status_code for _ in "ab"] == [
            303
        ] * 2
        assert count() == 1

    def test_a_script_and_a_browser_end_lines_differently_and_it_is_the_same_sending(self, writer: Any):
        for ending in ("\r\n", "\n"):
            said = TYPED | {"kunci": "k1", "tentang": f"Larangan{ending}mendukung"}
            assert writer.post(f"{BOOK}/baru", data=said).status_code == 303
        assert count() == 1

    def test_the_page_that_takes_the_answer_itself_is_told_where_to_go(self, writer: Any):
        answer = writer.post(f"{BOOK}/baru", data=TYPED | {"kunci": "k1"}, headers=WHOLE)
        assert answer.status_code == 204
        assert "sudah dicatat" in words(writer.get(answer.headers["HX-Redirect"]))

    def test_the_page_that_takes_the_answer_itself_gets_it_whole(self, writer: Any):
        answer = writer.post(f"{BOOK}/baru", data=TYPED | {"nomor_surat": ""}, headers=WHOLE)
        assert answer.status_code == 422
        assert '<main id="isi"' in answer.text

    def test_who_is_no_longer_signed_in_is_told_to_keep_it(self, client: Any, session: Any):
        answer = client.post(f"{BOOK}/baru", data=TYPED, headers=WHOLE)
        assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/masuk")

    @pytest.mark.parametrize(
        "wrong, sentence",
        [
            ({"nomor_surat": ""}, "Wajib diisi."),
            ({"jenis": ""}, "Pilih salah satu dari daftar."),
            ({"tanggal_surat": "2024-11-26"}, "Tanggal ini belum tiba."),
            ({"banyak_penerima": "-3"}, "Angka ini tidak boleh kurang dari nol."),
            ({"banyak_penerima": "banyak"}, "Tulis bilangan bulat"),
            ({"tentang": "NIK 6403010101010001"}, "sudah kami samarkan"),
            ({"di": cast.PASER}, "Pilih salah satu dari daftar."),
        ],
    )
    def test_what_is_badly_said_is_explained_at_its_field_and_kept(
        self, writer: Any, wrong: dict[str, str], sentence: str
    ):
        answer = writer.post(f"{BOOK}/baru", data=TYPED | wrong)
        assert answer.status_code == 422
        assert words(answer).count(sentence) >= 2, "on top and at its field"
        assert "800/1" in answer.text or "nomor_surat" in wrong
        assert count() == 0

    def test_a_masked_number_can_be_sent_again(self, writer: Any):
        answer = writer.post(f"{BOOK}/baru", data=TYPED | {"tentang": "NIK 6403010101010001 disamarkan"})
        assert "6403010101010001" not in answer.text
        assert "NIK xxxxxxxxxxxxxxxx disamarkan" in answer.text
        again = TYPED | {"tentang": "NIK xxxxxxxxxxxxxxxx disamarkan"}
        assert writer.post(f"{BOOK}/baru", data=again).status_code == 303

    @pytest.mark.parametrize("who", ["penyelia.berau", "pimpinan.kaltim", "inspektorat.kaltim"])
    def test_who_only_reads_is_offered_nothing_and_refused(self, client: Any, session: Any, who: str):
        visitor = cast.signed_in(client, who)
        assert "Catat edaran" not in visitor.get(BOOK).text
        assert visitor.get(f"{BOOK}/baru").status_code == 403
        assert visitor.post(f"{BOOK}/baru", data=TYPED).status_code == 403
        assert count() == 0

    def test_it_hangs_on_the_record_of_the_address(self, writer: Any, operator: Person):
        letter = written(operator)
        db.session.commit()
        form = writer.get(f"/register/tanda-terima-edaran/baru?circular_id={letter.id}")
        assert "Bagian dari" in words(form)
        said = {"di": cast.SAMBALIUNG, "unit": "Kecamatan", "tanggal_diterima": "2024-09-12"}
        answer = writer.post("/register/tanda-terima-edaran/baru", data=said | {"circular_id": letter.id})
        assert answer.status_code == 303
        assert "Tanda terima edaran 1" in words(writer.get(f"{BOOK}/{letter.id}"))
        assert writer.get("/register/tanda-terima-edaran/baru?circular_id=999").status_code == 404


class TestChanging:
    def test_old_values_stand_in_the_form_and_new_ones_are_kept(self, writer: Any, operator: Person):
        row = written(operator)
        db.session.commit()
        form = writer.get(f"{BOOK}/{row.id}/ubah").text
        assert 'value="800/1"' in form
        answer = writer.post(f"{BOOK}/{row.id}/ubah", data=TYPED | {"versi": "1", "nomor_surat": "800/9"})
        assert answer.status_code == 303
        assert "800/9" in writer.get(answer.location).text

    def test_the_later_one_is_told_and_keeps_what_was_typed(self, writer: Any, operator: Person):
        row = written(operator)
        registers.change(row, {**row.values, "recipient_count": 41}, by=operator, version=1)
        db.session.commit()
        answer = writer.post(f"{BOOK}/{row.id}/ubah", data=TYPED | {"versi": "1", "nomor_surat": "800/9"})
        assert answer.status_code == 409
        assert "diubah orang lain" in words(answer)
        assert 'value="800/9"' in answer.text

    @pytest.mark.parametrize("deed", ["ubah", "batalkan", "pulihkan", "bukti"])
    def test_another_regions_record_does_not_exist(
        self, client: Any, session: Any, operator: Person, deed: str
    ):
        row = written(operator)
        db.session.commit()
        other = cast.signed_in(client, "operator.paser")
        assert other.get(f"{BOOK}/{row.id}").status_code == 404
        assert other.post(f"{BOOK}/{row.id}/{deed}", data={"versi": "1"}).status_code == 404

    def test_taking_it_out_and_back(self, writer: Any, operator: Person):
        row = written(operator)
        db.session.commit()
        assert writer.post(f"{BOOK}/{row.id}/batalkan", data={"versi": "1", "alasan": ""}).status_code == 422
        told = {"versi": "1", "alasan": "tercatat dua kali"}
        assert writer.post(f"{BOOK}/{row.id}/batalkan", data=told).status_code == 303
        assert "Dibatalkan, tidak dihitung lagi" in words(writer.get(f"{BOOK}/{row.id}"))
        assert "1/2024" not in words(writer.get(BOOK))
        assert "1/2024 dibatalkan" in words(writer.get(f"{BOOK}?batal=ya"))
        assert writer.post(f"{BOOK}/{row.id}/batalkan", data=told | {"versi": "2"}).status_code == 409
        assert writer.post(f"{BOOK}/{row.id}/pulihkan", data={"versi": "2"}).status_code == 303
        assert "1/2024" in words(writer.get(BOOK))


class TestFiles:
    def test_a_file_is_kept_and_its_reading_told(self, writer: Any, operator: Person, client: Any):
        import io

        row = written(operator)
        db.session.commit()
        file = (io.BytesIO(b"nomor;tanggal\n1;2\n"), "lampiran.csv")
        answer = client.post(
            f"{BOOK}/{row.id}/bukti", data={"berkas": file}, content_type="multipart/form-data"
        )
        assert answer.status_code == 303
        address = re.search(rf'href="({BOOK}/{row.id}/bukti/\d+)"', client.get(f"{BOOK}/{row.id}").text)
        assert address
        assert client.get(address[1]).status_code == 200
        assert db.session.scalar(select(func.count()).where(AuditEntry.action == "evidence:file:download"))

    def test_another_file_under_the_same_key_is_not_the_same_sending(self, writer: Any, operator: Person):
        """A browser that goes back shows the same key again; what is picked then must not be lost in silence."""
        import io

        row = written(operator)
        db.session.commit()

        def bring(content: bytes) -> int:
            said = {"berkas": (io.BytesIO(content), "lampiran.csv"), "kunci": "k" * 24}
            path = f"{BOOK}/{row.id}/bukti"
            return int(writer.post(path, data=said, content_type="multipart/form-data").status_code)

        assert [bring(b"a;b\n1;2\n"), bring(b"a;b\n1;2\n"), bring(b"a;b\n3;4\n")] == [303, 303, 409]
        assert db.session.scalar(select(func.count()).select_from(EvidenceUse)) == 1

    def test_no_file_is_explained(self, writer: Any, operator: Person):
        row = written(operator)
        db.session.commit()
        answer = writer.post(f"{BOOK}/{row.id}/bukti", data={})
        assert answer.status_code == 422
        assert "Belum ada berkas yang dipilih." in words(answer)


class TestList:
    def test_the_address_carries_the_filters(self, writer: Any, operator: Person):
        written(operator)
        written(operator, letter_number="800/2", kind="ikrar")
        db.session.commit()
        assert "800/1" not in writer.get(f"{BOOK}?jenis=ikrar").text
        assert "Tidak ada catatan dengan saringan ini" in words(writer.get(f"{BOOK}?cari=gudang"))
        assert writer.get(f"{BOOK}?wilayah={cast.PASER}").status_code == 404

    def test_a_page_asks_the_same_few_statements_however_long_the_list_is(
        self, writer: Any, operator: Person
    ):
        for number in range(40):
            written(operator, letter_number=f"800/{number}")
        db.session.commit()
        with statements() as asked:
            assert writer.get(BOOK).status_code == 200
        assert len(asked) <= 14

    def test_empty_it_says_what_will_be_there(self, writer: Any):
        assert "Belum ada catatan" in words(writer.get(BOOK))


class TestOut:
    def test_csv_holds_what_the_filters_show_and_is_told(self, writer: Any, operator: Person):
        written(operator, about="=HYPERLINK(1)")
        written(operator, letter_number="800/2", kind="ikrar")
        db.session.commit()
        answer = writer.post(f"{BOOK}/unduh", data={"format": "csv", "jenis": "surat_edaran"})
        lines = answer.get_data(as_text=True).lstrip("\ufeff").splitlines()
        assert len(lines) == 2
        assert "'=HYPERLINK(1)" in lines[1]
        link = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "neutrality:circular:export"))
        assert link.changed["records"] == [None, 1]

    def test_the_sheet_is_the_template_filled(self, writer: Any, operator: Person):
        import io

        import openpyxl

        written(operator)
        db.session.commit()
        answer = writer.post(f"{BOOK}/unduh", data={"format": "xlsx"})
        rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0].iter_rows(values_only=True))
        assert rows[0][:3] == ("Kode wilayah", "Wilayah", "Jenis")
        assert rows[1][:4] == ("64.03", "Kabupaten Berau", "Surat edaran", "800/1")

    def test_what_a_record_hangs_on_narrows_too(self, writer: Any, operator: Person):
        first, second = written(operator), written(operator, letter_number="800/2")
        received(operator, first)
        received(operator, second, unit="Dinas Sosial")
        db.session.commit()
        page = writer.get(f"/register/tanda-terima-edaran?circular_id={second.id}").text
        assert "Dinas Sosial" in page
        assert "Dinas Kesehatan" not in page


@pytest.mark.one_database
class TestEveryRegister:
    def test_keys_subjects_and_actions_are_their_own(self):
        for name in ("key", "subject", "action", "title"):
            said = [getattr(register, name) for register in REGISTERS]
            assert len(set(said)) == len(said)

    def test_columns_fit_their_tables_and_forms(self):
        reserved = {"region", "key", "version", "back", "data", "errors", "meta", "form_errors", "csrf_token"}
        for register in REGISTERS:
            assert not reserved & set(register.by_name), register.key
            missing = [c.name for c in register.columns if not hasattr(register.model, c.name)]
            assert missing == [], register.key
            assert set(register.once_per) <= set(register.by_name) | set(register.parents), register.key
            for column in register.columns:
                assert bool(column.choices) is (column.form is Form.CHOICE), (register.key, column.name)
                assert {*column.parts, *filter(None, [column.at_most])} <= set(register.by_name)
                kind = register.model.__table__.c[column.name].type
                assert column.form is not Form.TEXT or column.most <= (getattr(kind, "length", None) or 10**6)

    def test_field_names_do_not_meet(self):
        from app.documents.register_asking import field_name

        taken = {"di", "versi", "kunci", "kembali", "wilayah", "cari", "keadaan", "sejak", "sampai", "batal"}
        for register in REGISTERS:
            names = [field_name(column) for column in register.columns]
            assert len(set(names)) == len(names), register.key
            assert not taken & set(names), (register.key, taken & set(names))


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.endpoint)
def test_a_rooms_own_page_stands_under_registers_in_the_navigation(client: Any, session: Any, board: Board):
    visitor = cast.signed_in(client, "operator.kaltim")
    with visitor.application.test_request_context():
        address = url_for(board.endpoint)
    page = visitor.get(address).text
    assert re.search(r'href="/register"[^>]*aria-current="(page|true)"', page), address


@pytest.mark.parametrize("book", [register.key for register in REGISTERS])
@pytest.mark.parametrize("who", ["operator.berau", "operator.kaltim", "penyelia.berau"])
def test_every_register_opens_empty(client: Any, session: Any, book: str, who: str):
    visitor = cast.signed_in(client, who)
    assert visitor.get(f"/register/{book}").status_code == 200
    expected = 200 if who.startswith("operator") else 403
    assert visitor.get(f"/register/{book}/baru").status_code == expected
