"""/pustaka: every item by area, narrowed by the address; one item with all its wordings; the sheet that goes out."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest

from app.domain import audit, checklists
from app.domain.checklists import Change
from app.extensions import db
from tests import cast
from tests.counting import statements
from tests.domain.checklists.library_cast import draft, publish, reword, said

COUNTS = re.compile(r'href="/pustaka/([A-Z]{3}-\d+)"')


def codes(page: str) -> list[str]:
    return COUNTS.findall(page)


class TestList:
    def test_items_stand_by_area_and_order_with_their_entries(self, governor: Any, read: Any):
        page = governor.get("/pustaka").text
        assert codes(page) == list(checklists.known_items())
        assert page.index("Logistik") < page.index("Netralitas ASN") < page.index("Pelaporan")
        assert re.search(r"KTP-11 · Masa Tenang .*? setiap hari 1 30 0", read("/pustaka"))

    @pytest.mark.parametrize(
        "query, found",
        [
            ("bidang=LOG", ["LOG-09", "LOG-10", "LOG-12", "LOG-14", "LOG-15"]),
            ("tahapan=SEMUA", ["KAM-05", "LAP-04"]),
            ("tingkat=provinsi", ["LOG-09", "ASN-09", "KAM-05"]),
            ("pengulangan=per_kejadian", ["ASN-09"]),
            ("cari=log-1+tps", ["LOG-14", "LOG-15"]),
            ("keadaan=pensiun", []),
            ("keadaan=rancangan", []),
            ("bidang=LOG&tingkat=keldes", ["LOG-15"]),
        ],
    )
    def test_filters_narrow_it(self, governor: Any, query: str, found: list[str]):
        assert codes(governor.get(f"/pustaka?{query}").text) == found

    def test_a_unit_narrows_it(self, governor: Any):
        version = checklists.item_by_code("KTP-11")[1]
        assert codes(governor.get(f"/pustaka?unit={version.unit_id}").text) == ["KTP-10", "KTP-11"]

    @pytest.mark.parametrize("query", ["unit=x", "unit=" + "9" * 30, "keadaan=entah", "tingkat=%27"])
    def test_odd_filters_break_nothing(self, governor: Any, query: str):
        assert governor.get(f"/pustaka?{query}").status_code == 200

    def test_nothing_found_says_what_to_do(self, governor: Any, read: Any):
        assert "Tidak ada butir yang cocok" in read("/pustaka?cari=zzz")

    def test_drafts_and_retired_items_are_seen(self, governor: Any, read: Any):
        draft("KTP-11", Change.RETIRE, reason="ganda")
        publish()
        draft("LOG-14", wording=said("LOG-14", title="Lain"))
        assert "KTP-11" not in codes(governor.get("/pustaka").text)
        assert codes(governor.get("/pustaka?keadaan=pensiun").text) == ["KTP-11"]
        assert codes(governor.get("/pustaka?keadaan=rancangan").text) == ["LOG-14"]
        assert "1 rancangan belum diterbitkan" in read("/pustaka")
        assert "ada rancangan Admin Kaltim" in read("/pustaka")

    def test_more_items_ask_no_more_statements(self, app: Any, governor: Any):
        def asked() -> int:
            with app.app_context(), statements() as seen:
                assert governor.get("/pustaka").status_code == 200
            return len(seen)

        before = asked()
        for number in range(20, 30):
            draft(f"LOG-{number}", Change.ADD, said("LOG-14", title=f"Butir {number}"))
        publish()
        assert asked() <= before <= 13

    @pytest.mark.parametrize("who", ["operator.berau", "penyelia.kaltim", "inspektorat.kaltim"])
    def test_who_does_not_manage_the_library_is_refused(self, client: Any, who: str):
        cast.signed_in(client, who)
        for path in ("/pustaka", "/pustaka/LOG-14", "/pustaka/rancangan", "/pustaka/baru"):
            assert client.get(path).status_code == 403

    def test_the_admin_of_one_kabupaten_reads_and_is_offered_no_change(self, governor: Any):
        cast.signed_in(governor, "admin.berau")
        for path in ("/pustaka", "/pustaka/LOG-14"):
            page = governor.get(path).text
            assert "Tambah butir" not in page
            assert "Pensiunkan" not in page
            assert "Naikkan" not in page
        for path in ("/pustaka/baru", "/pustaka/LOG-14/ubah", "/pustaka/LOG-14/pensiun"):
            assert "Hanya admin yang penugasannya mencakup seluruh wilayah" in governor.get(path).text

    def test_the_settings_page_leads_here(self, governor: Any):
        assert 'href="/pustaka"' in governor.get("/pengaturan").text


class TestItem:
    def test_it_says_all_of_its_wording(self, read: Any):
        page = read("/pustaka/LOG-14")
        for words in (
            "LOG-14 · rumusan 1",
            "Bidang Logistik",
            "Tingkat Kabupaten/kota",
            "Tenggat H-2",
            "Yang berlaku",
        ):
            assert words in page

    def test_wordings_stand_beside_each_other_with_who_and_when_and_their_entries(
        self, read: Any, operator: Any
    ):
        entry = cast.entry_of("LOG-14", cast.BERAU)
        checklists.start(entry, by=operator, version=entry.version)
        reword("LOG-14", title="Judul baru", due_offset=-1)
        page = read("/pustaka/LOG-14")
        assert "Semua rumusan 2" in page
        assert "Diterbitkan 25 Nov 2024 pukul 09.00 WITA oleh Admin Kaltim (demo) · 9 isian: 9 belum" in page
        assert "1 isian: 1 proses" in page
        assert "Tenggat H-2 H-1" in page
        assert "Judul baru" in page
        assert "menerbitkan butir daftar periksa" in page

    def test_an_unknown_item_is_not_found(self, governor: Any):
        for path in ("/pustaka/LOG-99", "/pustaka/64.03", "/pustaka/LOG-99/ubah", "/pustaka/LOG-99/pensiun"):
            assert governor.get(path).status_code == 404

    def test_what_waits_for_it_is_named(self, read: Any):
        reword("KTP-11", condition="LOG-14 selesai")
        assert "Ditunggu oleh KTP-11" in read("/pustaka/LOG-14")
        assert "Syarat Hanya bila LOG-14 selesai" in read("/pustaka/KTP-11")

    def test_a_retired_item_says_by_whom_and_why(self, read: Any):
        draft("KTP-11", Change.RETIRE, reason="ganda dengan KTP-10")
        publish()
        page = read("/pustaka/KTP-11")
        assert "Butir ini dipensiunkan Oleh Admin Kaltim (demo)" in page
        assert "ganda dengan KTP-10" in page
        assert "Pakai lagi" in page


class TestEntryPage:
    def test_an_entry_says_what_it_was_asked_for(self, governor: Any, operator: Any):
        reword("KTP-11", condition="LOG-14 selesai")
        first = cast.entry_of("LOG-14", cast.BERAU)
        told = checklists.Filling(no_evidence_reason="menyusul")
        checklists.tick(first, by=operator, version=first.version, filling=told)
        entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
        db.session.commit()
        cast.signed_in(governor, "operator.berau")
        page = governor.get(f"/daftar-periksa/{entry.id}").text
        assert "Ditanyakan karena LOG-14 selesai" in page
        assert "Syaratnya tidak lagi terpenuhi" not in page
        checklists.start(entry, by=operator, version=entry.version)
        first = cast.entry_of("LOG-14", cast.BERAU)
        checklists.undo(first, by=operator, version=first.version)
        assert "Syaratnya tidak lagi terpenuhi" in governor.get(f"/daftar-periksa/{entry.id}").text


class TestSheet:
    def test_it_goes_out_as_xlsx_and_the_trail_tells(self, governor: Any):
        answer = governor.post("/pustaka/lembar/unduh")
        assert answer.status_code == 200
        assert "filename=pustaka-butir-2024-11-25.xlsx" in answer.headers["Content-Disposition"]
        with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
            assert b"LOG-14" in book.read("xl/sharedStrings.xml")
        assert audit.history_of("election", "1")[0].action == "library:item:export"

    def test_it_refuses_a_get_and_who_may_not_read(self, governor: Any):
        assert governor.get("/pustaka/lembar/unduh").status_code == 405
        cast.signed_in(governor, "operator.berau")
        assert governor.post("/pustaka/lembar/unduh").status_code == 403
