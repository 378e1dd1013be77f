"""Changing an item: typed into a form, kept as a draft, explained where it cannot be."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.domain import checklists
from app.domain.checklists import Change
from tests import cast
from tests.domain.checklists.library_cast import draft, publish, said

FIELD = re.compile(r'<(input|textarea|select)[^>]*? name="([a-z_]+)"[^>]*>')


def form_of(client: Any, path: str) -> dict[str, Any]:
    """What a browser would send if somebody pressed the button at once."""
    page = client.get(path).text
    page = page[page.index("<main") :]
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name is None or ('type="checkbox"' in tag and "checked" not in tag):
            continue
        sent.setdefault(name[1], []).append(value[1] if value else "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        sent[name] = [text.strip()]
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', body) or re.search(r'value="([^"]*)"', body)
        sent[name] = [chosen[1] if chosen else ""]
    return sent


NEW = {
    "bidang": "LOG",
    "judul": "Kirim ulang logistik yang rusak",
    "tahapan": "MASA_TENANG",
    "tingkat": ["kecamatan"],
    "pengulangan": "sekali",
    "tenggat": "H-1",
    "bukti": ["foto"],
}


def accountable() -> str:
    return str(checklists.item_by_code("LOG-14")[1].unit_id)


class TestChanging:
    def test_the_form_shows_what_is_in_force_and_a_change_becomes_a_draft(self, governor: Any):
        sent = form_of(governor, "/pustaka/LOG-14/ubah") | {"judul": "Judul baru", "tenggat": "H-1"}
        answer = governor.post("/pustaka/LOG-14/ubah", data=sent)
        assert (answer.status_code, answer.location) == (303, "/pustaka/rancangan?butir=LOG-14")
        changes = checklists.proposals(checklists.drafts(), checklists.known_items())[0].changes
        assert {name: pair[1] for name, pair in changes.items()} == {"title": "Judul baru", "due_offset": -1}

    @pytest.mark.parametrize("code", ["LOG-09", "LOG-12", "KAM-05", "SOS-13", "ASN-09", "LAP-04"])
    def test_sending_the_form_as_it_is_changes_nothing(self, governor: Any, code: str):
        answer = governor.post(f"/pustaka/{code}/ubah", data=form_of(governor, f"/pustaka/{code}/ubah"))
        assert answer.status_code == 422
        assert "Belum ada yang berubah" in answer.text
        assert checklists.drafts() == []

    def test_the_same_sending_counts_once(self, governor: Any):
        sent = form_of(governor, "/pustaka/LOG-14/ubah") | {"judul": "Judul baru"}
        for _ in range(2):
            assert governor.post("/pustaka/LOG-14/ubah", data=sent).status_code == 303
        assert checklists.draft_of("LOG-14").version == 1

    def test_what_was_typed_stays_and_the_fault_stands_at_its_field(self, governor: Any):
        sent = form_of(governor, "/pustaka/LOG-14/ubah") | {"judul": "Judul <baru>", "tenggat": "H-40"}
        answer = governor.post("/pustaka/LOG-14/ubah", data=sent)
        assert answer.status_code == 422
        assert "Judul &lt;baru&gt;" in answer.text
        assert "H-40 di luar tahapan Masa Tenang" in answer.text
        (box,) = re.findall(r'<input[^>]*name="tenggat"[^>]*>', answer.text)
        assert 'aria-invalid="true"' in box

    @pytest.mark.parametrize(
        "said_so, offset",
        [("-1", -1), ("H-1", -1), ("h - 1", -1), ("\u22121", -1), ("H+0", 0), ("Hari-H", 0), ("0", 0)],
    )
    def test_days_are_read_as_people_write_them(self, governor: Any, said_so: str, offset: int):
        sent = form_of(governor, "/pustaka/LOG-14/ubah") | {
            "tenggat": said_so,
            "tahapan": "SEMUA",
            "mulai": "-3",
        }
        assert governor.post("/pustaka/LOG-14/ubah", data=sent).status_code == 303
        assert checklists.wording_in(checklists.draft_of("LOG-14")).due_offset == offset

    @pytest.mark.parametrize("said_so", ["", "besok", "H-", "H-123456", "1.5"])
    def test_a_day_that_is_none_is_explained(self, governor: Any, said_so: str):
        sent = form_of(governor, "/pustaka/LOG-14/ubah") | {"tenggat": said_so}
        assert governor.post("/pustaka/LOG-14/ubah", data=sent).status_code == 422

    def test_the_second_editor_sees_both_and_decides(self, governor: Any):
        sent = form_of(governor, "/pustaka/LOG-14/ubah") | {"judul": "Yang kedua"}
        draft("LOG-14", wording=said("LOG-14", title="Yang pertama"))
        answer = governor.post("/pustaka/LOG-14/ubah", data=sent)
        assert answer.status_code == 409
        assert "menyimpan rancangan LOG-14 lebih dahulu" in answer.text
        assert "<td>Yang pertama</td><td>Yang kedua</td>" in answer.text
        again = sent | {"versi": "1", "kunci": "lain"}
        assert 'name="versi" value="1"' in answer.text
        assert governor.post("/pustaka/LOG-14/ubah", data=again).status_code == 303
        assert checklists.wording_in(checklists.draft_of("LOG-14")).title == "Yang kedua"

    def test_a_draft_is_taken_up_again(self, governor: Any):
        draft("LOG-14", wording=said("LOG-14", title="Yang pertama"))
        page = governor.get("/pustaka/LOG-14/ubah").text
        assert "Anda melanjutkan rancangan Admin Kaltim" in page
        assert "Yang pertama</textarea>" in page

    def test_a_condition_is_chosen_in_three_fields(self, governor: Any):
        sent = form_of(governor, "/pustaka/KTP-11/ubah")
        sent |= {"syarat_butir": "LOG-14", "syarat_jawaban": ">", "syarat_angka": "1.500"}
        assert governor.post("/pustaka/KTP-11/ubah", data=sent).status_code == 303
        assert checklists.wording_in(checklists.draft_of("KTP-11")).condition == "LOG-14 > 1500"
        assert 'value="1.500"' in governor.get("/pustaka/KTP-11/ubah").text

    def test_a_condition_without_its_number_is_explained(self, governor: Any):
        sent = form_of(governor, "/pustaka/KTP-11/ubah")
        sent |= {"syarat_butir": "LOG-14", "syarat_jawaban": ">"}
        answer = governor.post("/pustaka/KTP-11/ubah", data=sent)
        assert answer.status_code == 422
        assert "Isi bilangan nol atau lebih" in answer.text

    @pytest.mark.parametrize("who, status", [("admin.berau", 403), ("operator.berau", 403)])
    def test_only_who_governs_the_election_may(self, governor: Any, who: str, status: int):
        sent = form_of(governor, "/pustaka/LOG-14/ubah") | {"judul": "Judul baru"}
        reason = {"alasan": "ganda"}
        cast.signed_in(governor, who)
        for path, data in (
            ("ubah", sent),
            ("pensiun", reason),
            ("urutan", {"urutan": "1"}),
            ("pakai-lagi", {}),
        ):
            assert governor.post(f"/pustaka/LOG-14/{path}", data=data).status_code == status, path
        assert checklists.drafts() == []


class TestAdding:
    def test_a_new_item_takes_the_next_code(self, governor: Any):
        answer = governor.post("/pustaka/baru", data={**NEW, "perangkat_daerah": accountable()})
        assert (answer.status_code, answer.location) == (303, "/pustaka/rancangan?butir=LOG-16")
        answer = governor.post("/pustaka/baru", data={**NEW, "perangkat_daerah": accountable()})
        assert answer.location == "/pustaka/rancangan?butir=LOG-17", "a draft takes its code too"
        assert (
            checklists.wording_in(checklists.draft_of("LOG-16")).roles == "Badan Kesatuan Bangsa dan Politik"
        )

    def test_its_draft_is_changed_again_before_it_is_published(self, governor: Any):
        governor.post("/pustaka/baru", data={**NEW, "perangkat_daerah": accountable()})
        sent = form_of(governor, "/pustaka/LOG-16/ubah") | {"judul": "Judul kedua"}
        assert governor.post("/pustaka/LOG-16/ubah", data=sent).status_code == 303
        assert checklists.wording_in(checklists.draft_of("LOG-16")).title == "Judul kedua"

    @pytest.mark.parametrize(
        "wrong, words",
        [
            ({"judul": ""}, "Tuliskan judulnya."),
            ({"tingkat": []}, "Pilih paling sedikit satu tingkat wilayah."),
            ({"perangkat_daerah": ""}, "Pilih perangkat daerah yang bertanggung jawab."),
            ({"perangkat_daerah": "x"}, "Pilih perangkat daerah yang bertanggung jawab."),
            ({"satuan": "a / b", "jumlah_seluruhnya": "-5"}, "Isi bilangan bulat lebih dari nol"),
            ({"kode": "LOG-14"}, "sudah dipakai"),
            ({"kode": "LOGISTIK"}, "Tulis bidang, tanda hubung"),
            ({"bidang": "XYZ"}, "Pilih salah satu dari LOG"),
            ({"tahapan": ""}, "Pilih tahapan dari daftar."),
            ({"tenggat": ""}, "Isi tenggatnya"),
        ],
    )
    def test_what_is_missing_is_explained(self, governor: Any, wrong: dict[str, Any], words: str):
        answer = governor.post("/pustaka/baru", data={**NEW, "perangkat_daerah": accountable(), **wrong})
        assert answer.status_code == 422
        assert words in answer.text
        assert checklists.drafts() == []


class TestRetiring:
    def test_it_says_beforehand_what_happens_and_keeps_a_draft(self, governor: Any, read: Any, operator: Any):
        entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
        told = checklists.Filling(measure_value=1)
        checklists.tick(entry, by=operator, version=entry.version, filling=told)
        page = read("/pustaka/KTP-11/pensiun")
        assert "19 isian yang belum disentuh dan belum lewat hilang" in page
        assert "1 menunggu verifikasi dan tetap diverifikasi seperti biasa" in page
        assert "10 isian yang sudah lewat tanpa dikerjakan tetap tercatat" in page
        answer = governor.post("/pustaka/KTP-11/pensiun", data={"alasan": "ganda", "versi": "0"})
        assert answer.status_code == 303
        assert checklists.draft_of("KTP-11").reason == "ganda"

    def test_without_a_reason_it_is_explained(self, governor: Any):
        answer = governor.post("/pustaka/KTP-11/pensiun", data={"alasan": " "})
        assert answer.status_code == 422
        assert "Tuliskan alasannya." in answer.text

    def test_an_item_that_others_wait_for_is_refused_with_their_codes(self, governor: Any):
        draft("KTP-11", wording=said("KTP-11", condition="LOG-14 selesai"))
        publish()
        answer = governor.post("/pustaka/LOG-14/pensiun", data={"alasan": "ganda"})
        assert answer.status_code == 422
        assert "KTP-11 hanya ditanyakan setelah LOG-14 dijawab" in answer.text

    def test_a_retired_item_is_used_again(self, governor: Any):
        draft("KTP-11", Change.RETIRE, reason="ganda")
        publish()
        assert governor.post("/pustaka/KTP-11/pakai-lagi", data={"versi": "0"}).status_code == 303
        assert checklists.draft_of("KTP-11").kind == "kembali"

    def test_what_is_in_force_is_not_brought_back(self, governor: Any):
        assert governor.post("/pustaka/KTP-11/pakai-lagi").status_code == 409


class TestPlace:
    def test_an_item_moves_at_once(self, governor: Any):
        assert governor.post("/pustaka/LOG-14/urutan", data={"urutan": "1"}).status_code == 303
        assert next(iter(checklists.known_items())) == "LOG-14"

    @pytest.mark.parametrize("place", ["", "0", "-3", "satu", "9" * 20])
    def test_an_odd_place_is_explained(self, governor: Any, place: str):
        assert governor.post("/pustaka/LOG-14/urutan", data={"urutan": place}).status_code == 422


@pytest.mark.parametrize("deed", ["urutan", "pakai-lagi"])
def test_a_deed_refuses_a_get(governor: Any, deed: str):
    assert governor.get(f"/pustaka/LOG-14/{deed}").status_code == 405


@pytest.mark.parametrize("deed", ["ubah", "pensiun", "urutan", "pakai-lagi"])
def test_a_deed_on_an_unknown_item_is_not_found(governor: Any, deed: str):
    assert governor.post(f"/pustaka/LOG-99/{deed}", data={"alasan": "x", "urutan": "1"}).status_code == 404
