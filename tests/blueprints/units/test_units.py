"""/perangkat-daerah: what names a unit is shown before it is changed; only who governs the election changes it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.domain import stages
from app.domain.accounts import Unit
from app.extensions import db
from tests import cast
from tests.counting import statements


@pytest.fixture
def governor(client: Any, session: Any, election: Any) -> Any:
    """Who governs the whole election, at a browser."""
    stages.add_race(election, "gub", "64")
    session.commit()
    return cast.signed_in(client, "admin.kaltim")


def id_of(code: str) -> int:
    db.session.rollback()
    found = db.session.scalar(db.select(Unit.id).where(Unit.code == code))
    assert found is not None
    return int(found)


def path(code: str, deed: str = "") -> str:
    return f"/perangkat-daerah/{id_of(code)}{deed}"


def version(client: Any, code: str) -> str:
    found = re.search(r'name="versi" value="(\d+)"', client.get(path(code)).text)
    assert found
    return found[1]


def test_units_stand_by_what_they_are(governor: Any):
    page = governor.get("/perangkat-daerah").text
    assert page.index("Dinas Sosial") < page.index('id="sumber"') < page.index("Badan Pengawas")
    assert "Tidak dipakai lagi" not in page


def test_one_is_added_once(governor: Any):
    sent = {"nama": "Dinas Kelautan", "kode": "dkp", "kunci": "satu"}
    assert governor.post("/perangkat-daerah", data=sent).status_code == 303
    assert governor.post("/perangkat-daerah", data=sent).status_code == 303
    assert "Dinas Kelautan" in governor.get("/perangkat-daerah").text
    assert id_of("dkp")


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"nama": ""}, "Tuliskan namanya."),
        ({"nama": "Dinas Sosial"}, "sudah ada"),
        ({"kode": "A B"}, "Huruf kecil"),
    ],
)
def test_what_is_badly_said_is_explained_and_kept(governor: Any, wrong: dict[str, str], sentence: str):
    answer = governor.post("/perangkat-daerah", data={"nama": "Dinas Laut", "kode": "laut"} | wrong)
    assert answer.status_code == 422
    assert answer.text.count(sentence) >= 2
    assert 'value="laut"' in answer.text or "kode" in wrong


def test_what_names_a_unit_is_shown_before_it_is_ended(governor: Any):
    page = governor.get(path("disdukcapil")).text
    assert "Disdukcapil Berau" in page
    assert "KTP-11" in page
    assert "Masih dipakai" in page
    assert "Akhiri pemakaian" not in page


def test_it_is_renamed_ended_and_used_again(governor: Any):
    sent = {"nama": "PT PLN (Persero)", "sumber_saja": "y", "versi": version(governor, "pln")}
    assert governor.post(path("pln"), data=sent).status_code == 303
    assert "PT PLN (Persero)" in governor.get(path("pln")).text
    ending = {"alasan": "tidak lagi mengirim data", "versi": version(governor, "pln"), "kunci": "satu"}
    assert governor.post(path("pln", "/akhiri"), data=ending).status_code == 303
    assert governor.post(path("pln", "/akhiri"), data=ending).status_code == 303
    assert "Tidak dipakai lagi" in governor.get("/perangkat-daerah").text
    back = {"alasan": "kembali", "versi": version(governor, "pln")}
    assert governor.post(path("pln", "/pakai-lagi"), data=back).status_code == 303
    assert "Tidak dipakai lagi" not in governor.get("/perangkat-daerah").text


def test_who_saw_an_older_state_is_told(governor: Any):
    seen = version(governor, "pln")
    governor.post(path("pln"), data={"nama": "Listrik", "sumber_saja": "y", "versi": seen})
    answer = governor.post(path("pln"), data={"nama": "PLN", "sumber_saja": "y", "versi": seen})
    assert answer.status_code == 409
    assert "baru saja diubah" in answer.text
    assert governor.post(path("pln", "/akhiri"), data={"alasan": "x", "versi": seen}).status_code == 409


def test_one_in_use_is_not_ended(governor: Any):
    sent = {"alasan": "x", "versi": version(governor, "kesbangpol")}
    answer = governor.post(path("kesbangpol", "/akhiri"), data=sent)
    assert answer.status_code == 409
    assert "masih dipakai" in answer.text


def test_who_does_not_govern_reads_and_is_refused(client: Any, session: Any):
    visitor = cast.signed_in(client, "admin.berau")
    assert "Tambah perangkat daerah" not in visitor.get("/perangkat-daerah").text
    page = visitor.get(path("pln"))
    assert page.status_code == 200
    assert "Akhiri pemakaian" not in page.text
    assert visitor.post("/perangkat-daerah", data={"nama": "Dinas Laut"}).status_code == 403
    assert visitor.post(path("pln"), data={"nama": "X", "versi": "1"}).status_code == 403
    assert visitor.post(path("pln", "/akhiri"), data={"alasan": "x"}).status_code == 403


def test_other_roles_are_refused_and_odd_numbers_are_not_found(client: Any, session: Any):
    visitor = cast.signed_in(client, "operator.berau")
    assert visitor.get("/perangkat-daerah").status_code == 403
    assert visitor.post(path("pln", "/akhiri"), data={}).status_code == 403
    assert cast.signed_in(client, "admin.kaltim").get("/perangkat-daerah/99999").status_code == 404
    assert client.get(path("pln", "/akhiri")).status_code == 405


def test_the_list_asks_little(governor: Any):
    governor.get("/perangkat-daerah")
    with statements() as asked:
        assert governor.get("/perangkat-daerah").status_code == 200
    assert len(asked) <= 9, "\n".join(asked)
