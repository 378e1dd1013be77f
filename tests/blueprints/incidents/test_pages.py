"""/insiden: the board, the rapid report, and pointing a repeat at the one that counts."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain import incidents, registers
from app.domain.accounts import Person
from app.domain.incidents import INCIDENTS
from app.domain.registers import RecordRow
from app.extensions import db
from tests import cast
from tests.counting import statements
from tests.domain.incidents.cases import incident, obstacle, situation
from tests.pages import words


def kept(row: RecordRow) -> RecordRow:
    db.session.commit()
    return row


def now(row: RecordRow, by: str = "operator.berau") -> RecordRow:
    db.session.rollback()
    return registers.find(INCIDENTS, row.id, cast.person(by))


@pytest.fixture
def writer(client: Any, session: Any) -> Any:
    return cast.signed_in(client, "operator.berau")


class TestBoard:
    def test_it_counts_by_region_in_words(self, client: Any, operator: Person):
        incident(operator, cast.SAMBALIUNG, severity="berat")
        situation(operator)
        kept(obstacle(operator))
        page = words(cast.signed_in(client, "penyelia.kaltim").get("/insiden"))
        assert "1 kejadian terbuka: 1 berat; 1 dicatat" in page
        assert (
            "Kabupaten Berau 0 1 1 berat 1 dicatat 0 1 Aman dan kondusif, kejadian nihil, kendala nihil"
            in page
        )
        assert "Menyatakan nihil kejadian, padahal 1 kejadian masih terbuka" in page

    def test_it_goes_down_to_a_kecamatan(self, writer: Any, operator: Person):
        kept(incident(operator, cast.SAMBALIUNG))
        assert "Kecamatan Sambaliung 0 1 1 sedang" in words(writer.get("/insiden"))
        assert "Kecamatan Sambaliung" in words(writer.get(f"/insiden?wilayah={cast.SAMBALIUNG}"))

    def test_nothing_yet_is_said(self, writer: Any):
        page = words(writer.get("/insiden"))
        assert "Tidak ada kejadian yang terbuka" in page
        assert "belum menyatakan situasi: Kelay" in page

    @pytest.mark.parametrize("place", [cast.PASER, "64", "99", "x"])
    def test_another_region_is_not_found(self, writer: Any, place: str):
        assert writer.get(f"/insiden?wilayah={place}").status_code == 404

    def test_who_reads_no_such_register_has_no_board(self, client: Any, session: Any):
        assert cast.signed_in(client, "admin.kaltim").get("/insiden").status_code == 403
        assert cast.signed_in(client, "logistik.berau").get("/insiden").status_code == 404

    def test_the_silent_are_named_on_top_but_not_the_restricted_ones(self, client: Any, operator: Person):
        rows = [incident(operator), incident(operator, what="Rahasia sekali.", is_restricted=True)]
        for row in rows:
            cast.db.session.get_one(incidents.Incident, row.id).state_since = row.state_since.replace(day=18)
        db.session.commit()
        page = words(cast.signed_in(client, "rekan.berau").get("/insiden"))
        assert "Melewati batas waktu 2" in page
        assert "5 hari kerja, batas 1" in page
        assert "Rahasia" not in page
        assert "1 kejadian terbatas tidak ditampilkan" in page
        assert "Rahasia sekali" in words(cast.signed_in(client, "penyelia.berau").get("/insiden"))

    def test_its_statements_do_not_grow_with_the_records(self, writer: Any, operator: Person):
        def asked() -> int:
            db.session.commit()
            with statements() as made:
                writer.get("/insiden")
            return len(made)

        incident(operator)
        obstacle(operator)
        situation(operator)
        asked()
        few = asked()
        for _ in range(10):
            incident(operator, cast.SAMBALIUNG)
        assert asked() <= few + 1

    def test_the_shelf_leads_to_it(self, writer: Any):
        assert 'href="/insiden"' in writer.get("/register").text


class TestRapidReport:
    def test_it_is_a_text_to_copy(self, writer: Any, operator: Person):
        row = kept(incident(operator))
        page = writer.get(f"/insiden/{row.id}/kabar")
        assert "*KABAR CEPAT DESK PILKADA KABUPATEN BERAU*" in page.text
        assert 'data-copy="#kabar"' in page.text
        assert "Baca dahulu sebelum dikirim" in words(page)
        assert f'href="/insiden/{row.id}/kabar"' in writer.get(f"/register/insiden/{row.id}").text

    def test_a_restricted_one_stays_so(self, client: Any, operator: Person):
        row = kept(incident(operator, is_restricted=True))
        page = cast.signed_in(client, "penyelia.berau").get(f"/insiden/{row.id}/kabar")
        assert "Kejadian ini terbatas" in words(page)
        assert "sembako" not in page.text
        assert cast.signed_in(client, "rekan.berau").get(f"/insiden/{row.id}/kabar").status_code == 404

    def test_other_regions_and_admins_do_not_read_it(self, client: Any, operator: Person):
        row = kept(incident(operator))
        assert cast.signed_in(client, "operator.paser").get(f"/insiden/{row.id}/kabar").status_code == 404
        assert cast.signed_in(client, "admin.berau").get(f"/insiden/{row.id}/kabar").status_code == 403


class TestDuplicate:
    def send(self, browser: Any, row: RecordRow, other: RecordRow | str, **more: Any) -> Any:
        number = other if isinstance(other, str) else str(other.id)
        return browser.post(
            f"/insiden/{row.id}/ulangan", data={"kejadian": number, "versi": row.version, **more}
        )

    def test_both_pages_say_so_and_it_counts_no_more(self, writer: Any, operator: Person):
        first, second = incident(operator), kept(incident(operator))
        assert "Pembagian paket sembako" in writer.get(f"/insiden/{second.id}/ulangan").text
        answer = self.send(writer, second, first)
        assert answer.status_code == 303
        page = words(writer.get(answer.location))
        assert f"Ini ulangan dan tidak dihitung. Yang dihitung: kejadian {first.number}" in page
        other = words(writer.get(f"/register/insiden/{first.id}"))
        assert f"Kejadian yang sama juga tercatat, tidak dihitung, sebagai kejadian {second.number}" in other
        assert "1 kejadian terbuka" in words(writer.get("/insiden"))
        assert now(second).is_withdrawn

    def test_the_same_sending_twice_does_it_once(self, writer: Any, operator: Person):
        first, second = incident(operator), kept(incident(operator))
        assert [self.send(writer, second, first, kunci="k1").status_code for _ in "ab"] == [303, 303]
        assert now(second).version == second.version + 1

    def test_it_refuses_a_get_of_the_deed_nowhere_but_its_form(self, writer: Any, operator: Person):
        first, second = incident(operator), kept(incident(operator))
        writer.get(f"/insiden/{second.id}/ulangan?kejadian={first.id}&versi=1")
        assert not now(second).is_withdrawn

    @pytest.mark.parametrize("picked", ["", "0", "999999", "satu"])
    def test_it_explains_what_is_no_choice(self, writer: Any, operator: Person, picked: str):
        row = kept(incident(operator))
        kept(incident(operator))
        answer = self.send(writer, row, picked)
        assert answer.status_code == 422
        assert "Pilih" in words(answer)
        assert not now(row).is_withdrawn

    def test_another_regions_is_no_choice(self, writer: Any, operator: Person, stranger: Person):
        row, theirs = incident(operator), kept(incident(stranger, cast.PASER))
        assert self.send(writer, row, theirs).status_code == 422
        assert not now(row).is_withdrawn

    def test_other_regions_do_not_find_it_and_judges_may_not(self, client: Any, operator: Person):
        first, second = incident(operator), kept(incident(operator))
        assert self.send(cast.signed_in(client, "operator.paser"), second, first).status_code == 404
        assert self.send(cast.signed_in(client, "penyelia.berau"), second, first).status_code == 403
        assert not now(second).is_withdrawn

    def test_the_second_one_comes_too_late(self, writer: Any, operator: Person):
        first, second = incident(operator), kept(incident(operator))
        self.send(writer, second, first)
        answer = self.send(writer, second, first)
        assert answer.status_code == 409
        assert "baru saja diubah orang lain" in words(answer)
        assert writer.get(f"/insiden/{second.id}/ulangan").status_code == 409

    def test_with_nothing_to_point_at_it_says_so(self, writer: Any, operator: Person):
        row = kept(incident(operator))
        assert "Tidak ada kejadian lain di sini" in words(writer.get(f"/insiden/{row.id}/ulangan"))
