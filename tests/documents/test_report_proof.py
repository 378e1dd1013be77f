"""A sealed file proves itself: whatever is changed in it is found, and named."""

from __future__ import annotations

import io
import json

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents.archive import files_in
from app.documents.report_paper import render_report_pdf
from app.documents.report_proof import (
    PROOF_NAME,
    changed_rows,
    is_signed,
    proof_of,
    seal_in,
    stamp,
    statement_in,
)
from app.documents.report_verdict import Outcome, verify_file
from app.domain.reports import snapshot_text
from tests.documents import reading
from tests.documents import report_cast as cast

pytestmark = pytest.mark.one_database

KEY = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
PUBLIC = KEY.public_key().public_bytes_raw()
STRANGER = Ed25519PrivateKey.from_private_bytes(b"\x02" * 32).public_key().public_bytes_raw()


def made() -> bytes:
    proof = proof_of(cast.daily(), cast.ENDORSED, KEY.sign, PUBLIC)
    return stamp(render_report_pdf(cast.daily(), cast.ENDORSED, {}, proof), KEY.sign)


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return made()


def with_attachment(pdf: bytes, name: str, change: object) -> bytes:
    """The file saved again by somebody else's program, with one of its attachments changed."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert callable(change)
        stream = document.attachments[name].obj.EF.F
        stream.write(change(stream.read_bytes()))
        target = io.BytesIO()
        document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def test_a_sealed_file_is_genuine_and_still_a_good_archive_file(sealed: bytes):
    found = verify_file(sealed, PUBLIC)
    assert found.outcome is Outcome.GENUINE
    assert any("Kabupaten Berau" in line for line in found.details)
    assert reading.faults(sealed) == []


def test_sealing_twice_makes_the_same_bytes(sealed: bytes):
    assert made() == sealed


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_one_changed_byte_anywhere_is_found(sealed: bytes, data: st.DataObject):
    place = data.draw(st.integers(0, len(sealed) - 1))
    bent = bytearray(sealed)
    bent[place] ^= data.draw(st.integers(1, 255))
    seal = seal_in(bytes(bent))
    assert seal is None or not is_signed(seal, PUBLIC) or seal.rest


def test_a_changed_page_is_told_from_changed_data(sealed: bytes):
    place = sealed.index(b"\nstream\n") + 40
    bent = bytearray(sealed)
    bent[place] ^= 1
    found = verify_file(bytes(bent), PUBLIC)
    assert found.outcome is Outcome.CHANGED


def test_a_file_that_was_saved_again_keeps_its_data_but_not_its_seal(sealed: bytes):
    found = verify_file(with_attachment(sealed, "laporan.json", lambda content: content), PUBLIC)
    assert found.outcome is Outcome.CHANGED
    assert "Data laporan masih asli" in found.words


def test_one_changed_row_of_the_data_is_named(sealed: bytes):
    bent = with_attachment(
        sealed, "laporan.json", lambda content: content.replace(b'"value":1588', b'"value":1589')
    )
    found = verify_file(bent, PUBLIC)
    assert found.outcome is Outcome.CHANGED
    assert found.details == ("Berubah: reading.figures ke-3 (keamanan.personel)",)


def test_changed_marks_are_named(sealed: bytes):
    bent = with_attachment(sealed, "tanda.json", lambda content: content.replace(b"disahkan", b"dikirim!"))
    assert "Tanda verifikasi" in verify_file(bent, PUBLIC).words


def test_something_appended_is_named(sealed: bytes):
    found = verify_file(sealed + b"\n%%EOF", PUBLIC)
    assert (found.outcome, found.details) == (Outcome.CHANGED, ("Tambahan: 6 bita di akhir berkas.",))


def test_another_desks_file_is_not_ours(sealed: bytes):
    found = verify_file(sealed, STRANGER)
    assert found.outcome is Outcome.FOREIGN
    assert "kunci lain" in found.words


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"DESKSEGEL1 " * 99, b"\xff" * 5_000])
def test_what_is_no_report_is_not_ours(content: bytes):
    assert verify_file(content, PUBLIC).outcome is Outcome.FOREIGN


@pytest.mark.parametrize(
    "proof", [b"", b"{}", b"[]", b'{"key":1}', b'{"key":"zz","statement":3,"signature":"00"}']
)
def test_a_statement_that_is_none_proves_nothing(proof: bytes):
    assert statement_in(proof) is None


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6))
def test_any_one_changed_row_is_named_and_no_other(number: int):
    text = snapshot_text(cast.compiled())
    statement = statement_in(proof_of(cast.compiled(), cast.ENDORSED, KEY.sign, PUBLIC), PUBLIC)
    assert statement is not None
    assert changed_rows(statement, text) == []
    data = json.loads(text)
    rows = data["reading"]["figures"]
    row = rows[number % len(rows)]
    row["label"] += "!"
    named = changed_rows(statement, json.dumps(data))
    assert named == [f"reading.figures ke-{number % len(rows) + 1} ({row['key']})"]


def test_the_proof_is_attached_beside_the_data(sealed: bytes):
    said = json.loads(files_in(sealed)[PROOF_NAME])
    assert said["key"] == PUBLIC.hex()
    assert "bukan tanda tangan elektronik" in said["note"]


def test_a_file_has_room_for_one_seal_only(sealed: bytes):
    with pytest.raises(ValueError, match="room"):
        stamp(b"%PDF", KEY.sign)
    with pytest.raises(ValueError, match="room"):
        stamp(sealed + sealed, KEY.sign)
