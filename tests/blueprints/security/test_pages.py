"""/keamanan: the board of a region, and a risk that came true."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from app.domain import registers, security
from app.domain.accounts import Person
from app.domain.registers import RecordRow
from app.domain.security import RISKS, RiskState
from app.extensions import db
from tests import cast
from tests.counting import statements
from tests.domain.incidents.cases import incident, recorded
from tests.domain.security.cases import STATIONS, classes, people, published, risk
from tests.pages import words


def kept(row: RecordRow) -> RecordRow:
    db.session.commit()
    return row


def now(row: RecordRow) -> RecordRow:
    db.session.rollback()
    return registers.find(RISKS, row.id, cast.person("operator.berau"))


@pytest.fixture
def writer(client: Any, session: Any) -> Any:
    return cast.signed_in(client, "operator.berau")


class TestBoard:
    def test_it_sets_personnel_beside_polling_stations(self, client: Any, operator: Person):
        people(operator)
        kept(classes(operator))
        page = words(cast.signed_in(client, "penyelia.kaltim").get("/keamanan"))
        assert "Kabupaten Berau 1.588 475 3,34 400 60 15" in page
        assert "Kabupaten Paser belum diketahui 485 – – – –" in page
        assert "potensi, bukan kondisi" in page

    def test_measurements_stand_side_by_side_with_their_scales(self, client: Any, session: Any):
        province = cast.person("operator.kaltim")
        published(province)
        published(province, dataset="pemetaan_2024", score=Decimal(18), place="ke-2 nasional")
        kept(recorded(security.VULNERABLE_STATIONS, STATIONS, province, "64", stations=516))
        page = words(cast.signed_in(client, "pimpinan.kaltim").get("/keamanan"))
        assert "tinggi, 77,04 (skor 0-100), ke-5 nasional" in page
        assert "tinggi, 18 (banyaknya dari 27 indikator), ke-2 nasional" in page
        assert "Kendala jaringan internet di lokasi TPS 516 8,2 %" in page

    def test_the_gravest_risk_stands_first_and_its_review_is_due(self, writer: Any, operator: Person):
        risk(operator, what="Ringan saja.", likelihood="kecil", impact="kecil")
        kept(risk(operator, review_on=cast.dt.date(2024, 11, 25)))
        page = words(writer.get("/keamanan"))
        assert page.index("Banjir memutus") < page.index("Ringan saja")
        assert "25 Nov 2024, waktunya ditinjau" in page

    def test_nothing_yet_is_said(self, writer: Any):
        page = words(writer.get("/keamanan"))
        assert "Belum ada risiko yang dicatat" in page
        assert "belum dicatat" in page

    @pytest.mark.parametrize("place", [cast.PASER, "64", "99"])
    def test_another_region_is_not_found(self, writer: Any, place: str):
        assert writer.get(f"/keamanan?wilayah={place}").status_code == 404

    def test_who_reads_no_such_register_has_no_board(self, client: Any, session: Any):
        assert cast.signed_in(client, "admin.kaltim").get("/keamanan").status_code == 403
        assert cast.signed_in(client, "logistik.berau").get("/keamanan").status_code == 404

    def test_its_statements_do_not_grow_with_the_records(
        self, client: Any, operator: Person, stranger: Person
    ):
        reader = cast.signed_in(client, "penyelia.kaltim")

        def asked() -> int:
            db.session.commit()
            with statements() as made:
                reader.get("/keamanan")
            return len(made)

        people(operator), classes(operator), risk(operator)
        asked()
        few = asked()
        people(stranger, cast.PASER, people=9), classes(stranger, cast.PASER)
        for _ in range(8):
            risk(operator)
        assert asked() <= few


class TestCameTrue:
    def send(self, browser: Any, row: RecordRow, happened: RecordRow | str, **more: Any) -> Any:
        number = happened if isinstance(happened, str) else str(happened.id)
        return browser.post(
            f"/keamanan/risiko/{row.id}/terjadi", data={"kejadian": number, "versi": row.version, **more}
        )

    def test_both_pages_point_at_one_another(self, writer: Any, operator: Person):
        row, happened = risk(operator), kept(incident(operator))
        assert f'href="/keamanan/risiko/{row.id}/terjadi"' in writer.get(f"/register/risiko/{row.id}").text
        assert "Pembagian paket sembako" in writer.get(f"/keamanan/risiko/{row.id}/terjadi").text
        answer = self.send(writer, row, happened, catatan="Terjadi malam tadi.")
        assert answer.status_code == 303
        page = writer.get(answer.location)
        assert "terjadi" in words(page)
        assert f'href="/register/insiden/{happened.id}"' in page.text
        assert f'href="/register/risiko/{row.id}"' in writer.get(f"/register/insiden/{happened.id}").text

    def test_the_plain_step_leads_nowhere(self, writer: Any, operator: Person):
        row = kept(risk(operator))
        answer = writer.post(f"/register/risiko/{row.id}/langkah/come_true", data={"versi": row.version})
        assert answer.status_code == 404
        assert now(row).state == RiskState.OPEN

    def test_the_same_sending_twice_does_it_once(self, writer: Any, operator: Person):
        row, happened = risk(operator), kept(incident(operator))
        assert [self.send(writer, row, happened, kunci="k1").status_code for _ in "ab"] == [303, 303]
        assert now(row).version == row.version + 1

    @pytest.mark.parametrize(
        "picked, more, sentence",
        [
            ("", {}, "Pilih kejadiannya."),
            ("7777", {}, "Pilih salah satu"),
            (None, {"tanggal": "2024-11-26"}, "belum tiba"),
        ],
    )
    def test_it_explains_what_cannot_be_and_keeps_it(
        self, writer: Any, operator: Person, picked: str | None, more: dict[str, str], sentence: str
    ):
        row, happened = risk(operator), kept(incident(operator))
        sent = {"catatan": "Yang saya tulis.", **more}
        answer = self.send(writer, row, happened if picked is None else picked, **sent)
        assert answer.status_code == 422
        assert sentence in words(answer)
        assert "Yang saya tulis." in answer.text
        assert now(row).state == RiskState.OPEN

    def test_other_regions_do_not_find_it_and_judges_may_not(self, client: Any, operator: Person):
        row, happened = risk(operator), kept(incident(operator))
        assert self.send(cast.signed_in(client, "operator.paser"), row, happened).status_code == 404
        assert self.send(cast.signed_in(client, "penyelia.berau"), row, happened).status_code == 403
        assert now(row).state == RiskState.OPEN

    def test_the_second_one_comes_too_late(self, writer: Any, operator: Person):
        row, happened = risk(operator), kept(incident(operator))
        self.send(writer, row, happened)
        assert self.send(writer, row, happened).status_code == 409
        assert writer.get(f"/keamanan/risiko/{row.id}/terjadi").status_code == 409

    def test_without_an_incident_it_says_what_to_do(self, writer: Any, operator: Person):
        row = kept(risk(operator))
        assert "Catat dahulu kejadiannya" in words(writer.get(f"/keamanan/risiko/{row.id}/terjadi"))
