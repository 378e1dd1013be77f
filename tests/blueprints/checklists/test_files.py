"""Evidence through the browser: attached, shown to who may see, replaced, taken off, reused."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from app.domain import audit, checklists, evidence
from tests import cast


def picture(colour: str = "navy") -> tuple[io.BytesIO, str]:
    content = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(content, "JPEG")
    content.seek(0)
    return content, "serah terima.jpg"


@pytest.fixture
def entry(session: Any) -> checklists.EntryRow:
    return cast.entry_of("LOG-14", cast.BERAU)


@pytest.fixture
def operator_at(client: Any, entry: Any) -> Any:
    return cast.signed_in(client, "operator.berau")


@pytest.fixture
def use(operator_at: Any, entry: Any) -> Any:
    operator_at.post(f"/daftar-periksa/{entry.id}/bukti", data={"berkas": [picture()]})
    return evidence.uses_of("checklist_entry", entry.id)[0]


def test_a_photo_is_attached_and_its_hash_is_shown(operator_at: Any, entry: Any, use: Any):
    page = operator_at.get(f"/daftar-periksa/{entry.id}").text
    assert "serah terima.jpg" in page
    assert use.file.sha256 in page
    fresh = checklists.fresh(entry.id)
    assert (fresh.evidence_count, fresh.version) == (1, entry.version + 1)


def test_with_a_file_the_item_can_be_done(operator_at: Any, entry: Any, use: Any):
    answer = operator_at.post(f"/daftar-periksa/{entry.id}/selesai", data={"versi": str(entry.version + 1)})
    assert answer.status_code == 303


def test_several_files_come_at_once(operator_at: Any, entry: Any):
    answer = operator_at.post(
        f"/daftar-periksa/{entry.id}/bukti", data={"berkas": [picture("navy"), picture("gray")]}
    )
    assert answer.status_code == 303
    assert checklists.fresh(entry.id).evidence_count == 2


def test_the_file_is_served_safely_and_the_reading_is_told(operator_at: Any, entry: Any, use: Any):
    answer = operator_at.get(f"/daftar-periksa/{entry.id}/bukti/{use.id}")
    assert answer.status_code == 200
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert audit.history_of("checklist_entry", entry.id)[0].action == "evidence:file:download"


@pytest.mark.parametrize(
    "who, status", [("operator.paser", 404), ("admin.berau", 403), ("pengamat.kpu-berau", 403)]
)
def test_the_file_is_for_who_may_see_what_it_proves(client: Any, entry: Any, use: Any, who: str, status: int):
    cast.signed_in(client, who)
    assert client.get(f"/daftar-periksa/{entry.id}/bukti/{use.id}").status_code == status


def test_a_files_number_opens_nothing_under_another_entry(operator_at: Any, use: Any):
    other = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    assert operator_at.get(f"/daftar-periksa/{other.id}/bukti/{use.id}").status_code == 404


def test_a_replaced_file_stays_readable_as_the_older_version(operator_at: Any, entry: Any, use: Any):
    answer = operator_at.post(
        f"/daftar-periksa/{entry.id}/bukti/{use.id}/ganti", data={"berkas": [picture("gray")]}
    )
    assert answer.status_code == 303
    newest = evidence.uses_of("checklist_entry", entry.id)
    assert [len(newest), len(newest[0].earlier)] == [1, 1]
    assert operator_at.get(f"/daftar-periksa/{entry.id}/bukti/{use.id}").status_code == 200


def test_a_file_is_taken_off_only_with_a_reason(operator_at: Any, entry: Any, use: Any):
    path = f"/daftar-periksa/{entry.id}/bukti/{use.id}/lepas"
    assert operator_at.post(path, data={"alasan": ""}).status_code == 422
    assert checklists.fresh(entry.id).evidence_count == 1
    assert operator_at.post(path, data={"alasan": "Salah butir"}).status_code == 303
    assert checklists.fresh(entry.id).evidence_count == 0
    assert operator_at.get(f"/daftar-periksa/{entry.id}/bukti/{use.id}").status_code == 404
    inspector = cast.signed_in(operator_at, "inspektorat.berau")
    assert inspector.get(f"/daftar-periksa/{entry.id}/bukti/{use.id}").status_code == 200


def test_a_file_can_prove_another_entry_too(operator_at: Any, use: Any):
    other = cast.entry_of("KTP-10", cast.BERAU, "2024-11-25")
    answer = operator_at.post(
        f"/daftar-periksa/{other.id}/bukti/pakai", data={"berkas_lama": str(use.file.id)}
    )
    assert answer.status_code == 303
    assert checklists.fresh(other.id).evidence_count == 1


@pytest.mark.parametrize(
    "content, name",
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "foto.png"),
        (b"MZ" + b"\0" * 200, "surat.pdf"),
        (b"", "kosong.jpg"),
        (b"\xff\xd8\xff\xe0 terpotong", "foto.jpg"),
    ],
)
def test_a_bad_file_is_explained_and_nothing_is_kept(operator_at: Any, entry: Any, content: bytes, name: str):
    answer = operator_at.post(
        f"/daftar-periksa/{entry.id}/bukti", data={"berkas": [(io.BytesIO(content), name)]}
    )
    assert answer.status_code == 422
    assert "Ada satu hal yang perlu diperbaiki" in answer.text
    assert checklists.fresh(entry.id).version == entry.version


def test_no_file_chosen_is_explained(operator_at: Any, entry: Any):
    answer = operator_at.post(f"/daftar-periksa/{entry.id}/bukti", data={})
    assert answer.status_code == 422
    assert "Belum ada berkas yang dipilih." in answer.text


def test_one_bad_file_among_good_ones_keeps_none(operator_at: Any, entry: Any):
    files = [picture(), (io.BytesIO(b"bukan gambar \x00\x01"), "x.png")]
    assert operator_at.post(f"/daftar-periksa/{entry.id}/bukti", data={"berkas": files}).status_code == 422
    assert checklists.fresh(entry.id).evidence_count == 0


def test_a_file_over_the_limit_is_413(operator_at: Any, entry: Any):
    size = str(13 * 1024 * 1024)
    answer = operator_at.post(
        f"/daftar-periksa/{entry.id}/bukti",
        data={"berkas": [picture()]},
        environ_overrides={"CONTENT_LENGTH": size},
    )
    assert answer.status_code == 413
    assert "terlalu besar" in answer.text


@pytest.mark.parametrize("path", ["bukti/pakai", "bukti/1/ganti", "bukti/1/lepas", "bukti/1/tempat"])
def test_a_stranger_changes_nothing(client: Any, entry: Any, path: str):
    cast.signed_in(client, "operator.paser")
    assert client.post(f"/daftar-periksa/{entry.id}/{path}", data={"alasan": "x"}).status_code == 404
