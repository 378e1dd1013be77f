"""/dukungan: grants and what is lent, region by region; scope first, and nothing is claimed that nobody recorded."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.domain.support import AD_HOC, STAFF
from app.extensions import db
from tests import cast
from tests.counting import statements
from tests.domain.support.given import figure, grant, tranche


def visit(client: Any, who: str, path: str = "/dukungan") -> Any:
    """The page as somebody sees it, once what the test has written is there for all."""
    db.session.commit()
    return cast.signed_in(client, who).get(path)


def plain(page: str) -> str:
    """What is read of a page, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_it_tells_grants_by_institution_and_region(client: Any, session: Any):
    by = cast.person("operator.kaltim")
    tranche(by, grant(by, total=2_000_000_000), amount=None, transferred=800_000_000)
    grant(by, cast.PASER, recipient="KPU Paser", total=None)
    text = plain(visit(client, "operator.kaltim").text)
    assert "KPU 2 2 40,0 % dari 1 naskah" in text
    assert "Kabupaten Berau 2 40,0 % 0" in text
    assert "Kabupaten Paser belum diketahui belum diketahui –" in text
    assert "Belum ada catatan dari Kabupaten Kutai Kartanegara , Kabupaten Kutai Barat" in text


def test_a_late_tranche_is_named(client: Any, session: Any, operator: Any):
    tranche(operator, grant(operator), transferred=None, transferred_on=None)
    text = plain(visit(client, "operator.berau").text)
    assert "Tahap lewat jatuh tempo 1" in text
    assert "KPU Kabupaten Berau" in text


def test_real_stands_beside_its_target_and_unknown_is_said(client: Any, session: Any):
    by = cast.person("operator.kaltim")
    figure(AD_HOC, by, cast.BERAU, "ppk", target=65, real=60)
    figure(STAFF, by, cast.BERAU, "ppk", target=39)
    figure(AD_HOC, by, cast.BERAU, "kpps", target=3_325)
    text = plain(visit(client, "operator.kaltim").text)
    assert "Kabupaten Berau belum diketahui dari 39 60 dari 65 tanpa 1 yang belum diketahui – – –" in text


@pytest.mark.parametrize("who", ["operator.berau", "penyelia.berau", "pimpinan.berau", "inspektorat.berau"])
def test_everybody_who_reads_registers_reads_it(client: Any, session: Any, who: str):
    answer = visit(client, who)
    assert answer.status_code == 200
    assert "Belum ada dukungan yang dicatat" in answer.text


def test_only_who_records_is_offered_to(client: Any, session: Any):
    assert "Catat NPHD" in visit(client, "operator.berau").text
    assert "Catat NPHD" not in visit(client, "penyelia.berau").text


@pytest.mark.parametrize("code", ["64", "64.01", "64.03.99", "99", "x" * 40])
def test_it_hides_other_regions(client: Any, session: Any, code: str):
    assert visit(client, "operator.berau", f"/dukungan?wilayah={code}").status_code == 404


def test_an_appointment_for_another_area_of_work_does_not_reach_it(client: Any, session: Any):
    assert visit(client, "logistik.berau").status_code == 404


def test_who_reads_no_register_is_refused(client: Any, session: Any):
    assert visit(client, "admin.berau").status_code == 403


def test_a_post_changes_nothing(client: Any, session: Any):
    assert cast.signed_in(client, "operator.berau").post("/dukungan").status_code == 405


def test_one_goes_from_the_province_down_to_a_village(client: Any, session: Any):
    for code in ("64", "64.03", "64.03.03", "64.03.03.2001"):
        assert visit(client, "operator.kaltim", f"/dukungan?wilayah={code}").status_code == 200


def test_many_records_take_no_more_statements_than_one(client: Any, session: Any, app: Any):
    by = cast.person("operator.kaltim")

    def asked() -> int:
        db.session.commit()
        cast.signed_in(client, "operator.kaltim").get("/dukungan")
        with statements() as seen:
            assert client.get("/dukungan").status_code == 200
        return len(seen)

    figure(STAFF, by, cast.BERAU, "ppk", target=1, real=1)
    tranche(by, grant(by))
    few = asked()
    for number in range(2, 6):
        tranche(by, grant(by, cast.PASER, recipient=f"Penerima {number}"), ordinal=number)
    for body in ("pps", "panwascam", "kpu"):
        figure(STAFF, by, cast.PASER, body, target=1, real=1)
    assert asked() <= few
    assert few <= 26


def test_the_shelf_names_it(client: Any, session: Any):
    assert "Dukungan per wilayah" in visit(client, "operator.berau", "/register").text


class TestTranches:
    def test_one_is_recorded_from_the_page_of_its_agreement(self, client: Any, session: Any, operator: Any):
        of = grant(operator)
        page = visit(client, "operator.berau", f"/register/nphd/{of.id}").text
        assert f"/register/tahap-nphd/baru?agreement_id={of.id}" in page
        sent = {"di": cast.BERAU, "agreement_id": of.id, "tahap_ke": "1", "nilai_tahap": "1.001"}
        answer = client.post("/register/tahap-nphd/baru", data=sent)
        assert answer.status_code == 422
        assert "lebih besar dari nilai NPHD Rp1.000" in answer.text
        assert (
            client.post("/register/tahap-nphd/baru", data=sent | {"nilai_tahap": "1.000"}).status_code == 303
        )

    def test_their_list_offers_no_new_one(self, client: Any, session: Any):
        page = visit(client, "operator.berau", "/register/tahap-nphd").text
        assert "Catat tahap NPHD" not in page
        assert "dari halaman NPHD-nya" in page

    def test_one_without_an_agreement_is_refused_in_words(self, client: Any, session: Any):
        cast.signed_in(client, "operator.berau")
        answer = client.post("/register/tahap-nphd/baru", data={"di": cast.BERAU, "tahap_ke": "1"})
        assert answer.status_code == 422
        assert "Buka NPHD-nya" in answer.text
