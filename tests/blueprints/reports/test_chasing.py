"""/pelaporan/<id>/penagihan: asking a desk for its report, and leave to send it after its lock."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain import clock, reports
from app.domain.reports import State
from tests import cast
from tests.blueprints.reports.conftest import at, report_of

SAID = {"cara": "whatsapp", "siapa": "Operator Kesbangpol", "jawaban": "Dikirim sore ini"}
GRANTED = {"sampai": "2024-11-26T18:00", "alasan": "Jaringan putus dua hari"}


@pytest.fixture
def path(rows: None) -> str:
    """Berau's daily report of Monday, silent at half past four."""
    at("16:30")
    return f"/pelaporan/{report_of().id}"


def kept() -> list[reports.ChaseRow]:
    return reports.chases_of([report_of().id])


def test_it_is_noted_and_shown(client: Any, path: str) -> None:
    cast.signed_in(client, "operator.kaltim")
    page = client.get(f"{path}/penagihan").text
    assert "*Pengingat laporan*" in page
    assert "Belum ditagih" in page
    answer = client.post(f"{path}/penagihan", data=SAID)
    assert (answer.status_code, answer.location) == (303, f"{path}/penagihan")
    assert "Dikirim sore ini" in client.get(f"{path}/penagihan").text


def test_the_same_sending_twice_is_noted_once(client: Any, path: str) -> None:
    cast.signed_in(client, "operator.kaltim")
    for _ in range(2):
        assert client.post(f"{path}/penagihan", data={**SAID, "kunci": "k1"}).status_code == 303
    assert len(kept()) == 1


def test_what_is_missing_is_explained_and_what_was_typed_stays(client: Any, path: str) -> None:
    answer = cast.signed_in(client, "operator.kaltim").post(
        f"{path}/penagihan", data={**SAID, "cara": "", "jawaban": ""}
    )
    assert answer.status_code == 422
    assert "Operator Kesbangpol" in answer.text
    assert "Tuliskan jawabannya" in answer.text
    assert not kept()


def test_a_pasted_nik_is_masked_and_said(client: Any, path: str) -> None:
    answer = cast.signed_in(client, "operator.kaltim").post(
        f"{path}/penagihan", data={**SAID, "siapa": "6403010101900001"}
    )
    assert answer.status_code == 422
    assert "6403010101900001" not in answer.text


def test_strangers_find_nothing_and_readers_may_not(client: Any, path: str) -> None:
    assert cast.signed_in(client, "penyelia.paser").get(f"{path}/penagihan").status_code == 404
    assert cast.signed_in(client, "inspektorat.kaltim").get(f"{path}/penagihan").status_code == 200
    for who in ("inspektorat.kaltim", "operator.berau"):
        assert cast.signed_in(client, who).post(f"{path}/penagihan", data=SAID).status_code == 403
    assert not kept()


def test_what_came_in_meanwhile_is_not_asked_for(client: Any, path: str, session: Any) -> None:
    report_of().state = State.SENT.value
    answer = cast.signed_in(client, "operator.kaltim").post(f"{path}/penagihan", data=SAID)
    assert answer.status_code == 409
    assert "sudah masuk" in answer.text
    assert "*Pengingat laporan*" not in answer.text


def test_an_exception_is_granted_shown_and_taken_back(client: Any, path: str, session: Any) -> None:
    at("13:00", 26)
    cast.signed_in(client, "penyelia.kaltim")
    assert "Beri pengecualian" in client.get(f"{path}/penagihan").text
    assert client.post(f"{path}/pengecualian", data=GRANTED).status_code == 303
    page = client.get(f"{path}/penagihan").text
    assert "Jaringan putus dua hari" in page
    assert "Beri pengecualian" not in page
    found = reports.exceptions_of([report_of().id])
    assert clock.local(found[0].until, "Asia/Makassar").hour == 18
    assert client.post(f"{path}/pengecualian", data=GRANTED).status_code == 409
    end = f"{path}/pengecualian/{found[0].id}/cabut"
    assert client.post(end).status_code == 303
    assert client.post(end).status_code == 409
    assert "dicabut" in client.get(f"{path}/penagihan").text


def test_an_exception_needs_a_lock_a_reason_and_an_end(client: Any, path: str) -> None:
    cast.signed_in(client, "penyelia.kaltim")
    assert client.post(f"{path}/pengecualian", data=GRANTED).status_code == 409, "it is still open"
    at("13:00", 26)
    for said in ({"alasan": ""}, {"sampai": "besok"}, {"sampai": "2024-11-26T12:00"}):
        assert client.post(f"{path}/pengecualian", data=GRANTED | said).status_code == 422
    assert not reports.exceptions_of([report_of().id])


def test_the_desks_own_supervisor_does_not_open_its_lock(client: Any, path: str) -> None:
    at("13:00", 26)
    cast.signed_in(client, "penyelia.berau")
    assert "Beri pengecualian" not in client.get(f"{path}/penagihan").text
    assert client.post(f"{path}/pengecualian", data=GRANTED).status_code == 403
    assert cast.signed_in(client, "operator.kaltim").post(f"{path}/pengecualian").status_code == 403


@pytest.mark.parametrize("deed", ["pengecualian", "pengecualian/1/cabut"])
def test_a_deed_refuses_a_get(client: Any, path: str, deed: str) -> None:
    assert cast.signed_in(client, "penyelia.kaltim").get(f"{path}/{deed}").status_code in (404, 405)
