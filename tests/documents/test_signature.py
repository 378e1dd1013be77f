"""The desk's digital signature stands behind the sealed bytes, and whatever is done to it is named."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.documents import signature
from app.documents.certificate import opened, read_held
from app.documents.report_paper import render_report_pdf
from app.documents.report_proof import SEAL, proof_of, seal_in, stamp
from app.documents.report_verdict import Outcome, verify_file
from app.documents.signature import LABEL, Unsigned, signatures_in
from app.documents.signing import signed
from app.domain.errors import Invalid
from app.domain.reports import certificates
from app.words import angka
from tests import signing
from tests.documents import reading
from tests.documents import report_cast as cast

pytestmark = pytest.mark.one_database

KEY = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
PUBLIC = KEY.public_key().public_bytes_raw()
STRANGER = Ed25519PrivateKey.from_private_bytes(b"\x02" * 32)


def word_of(code: str, p12: bytes, key: Ed25519PrivateKey = KEY) -> str:
    own = opened(p12, signing.PASSPHRASE)
    return key.sign(certificates._word(code, own.sha256)).hex()


def with_signature(pdf: bytes, p12: bytes, word: str) -> bytes:
    return signed(Unsigned(pdf, p12, signing.PASSPHRASE, word))


@pytest.fixture(scope="module")
def sealed() -> bytes:
    proof = proof_of(cast.nil(), cast.ENDORSED, KEY.sign, PUBLIC)
    return stamp(render_report_pdf(cast.nil(), cast.ENDORSED, {}, proof), KEY.sign)


@pytest.fixture(scope="module")
def paper(sealed: bytes) -> bytes:
    p12 = signing.made()
    return with_signature(sealed, p12, word_of(cast.ENDORSED.code, p12))


def test_a_signed_file_is_genuine_and_says_whose_certificate(paper: bytes):
    found = verify_file(paper, PUBLIC)
    assert found.outcome is Outcome.GENUINE
    assert "tanda tangan digital desk utuh" in found.words
    assert found.details[0] == f"{LABEL}: {signing.NAME}"
    assert any("Kabupaten Berau" in line for line in found.details)


def test_the_sealed_bytes_stay_as_they_were_before_the_signature(sealed: bytes, paper: bytes):
    assert paper.startswith(sealed)
    assert verify_file(paper[: len(sealed)], PUBLIC).words == "Berkas ini asli, tidak berubah sejak disegel."


def test_an_rsa_key_signs_too(sealed: bytes):
    p12 = signing.made(bits=2048)
    found = verify_file(with_signature(sealed, p12, word_of(cast.ENDORSED.code, p12)), PUBLIC)
    assert found.outcome is Outcome.GENUINE


def test_it_stays_a_good_archive_file_and_shows_no_stamp(sealed: bytes, paper: bytes):
    assert reading.text(paper) == reading.text(sealed)
    assert reading.faults(paper) == ["has annotations"]
    assert reading.invisible_fields(paper) == [(LABEL, (0, 0, 0, 0))]


def test_a_changed_byte_of_the_sealed_part_is_named_as_ever(paper: bytes):
    bent = bytearray(paper)
    bent[paper.index(b"\nstream\n") + 40] ^= 1
    assert verify_file(bytes(bent), PUBLIC).outcome is Outcome.CHANGED


def test_a_changed_byte_of_the_signature_is_named(sealed: bytes, paper: bytes):
    start = paper.index(b"/Contents <", len(sealed)) + len(b"/Contents <")
    for place in (start + 400, paper.rindex(b"startxref")):
        bent = bytearray(paper)
        bent[place] = ord("1") if bent[place] != ord("1") else ord("2")
        found = verify_file(bytes(bent), PUBLIC)
        assert found.outcome is Outcome.CHANGED
        assert "Bagian yang disegel" in found.words
        assert "masih asli" in found.words
        assert "utuh" not in found.words


def test_something_added_after_the_signature_is_named(paper: bytes, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.documents.signing.FIELD", "TandaTanganLain")
    other = with_signature(paper, signing.made("Orang Lain"), "")
    for more in (b"\n% lagi\n", other[len(paper) :]):
        found = verify_file(paper + more, PUBLIC)
        assert found.outcome is Outcome.CHANGED
        assert "ditambah sesudahnya" in found.words
    assert any("Orang Lain" in line for line in found.details)


def test_a_stranger_with_the_same_name_is_told_apart(sealed: bytes):
    p12 = signing.made()
    for word in (word_of(cast.ENDORSED.code, p12, STRANGER), word_of("ZZZZZZZZZZ", p12)):
        found = verify_file(with_signature(sealed, p12, word), PUBLIC)
        assert found.outcome is Outcome.CHANGED
        assert any("desk tidak mengenal sertifikatnya" in line for line in found.details)


def test_a_word_for_one_certificate_does_not_serve_another(sealed: bytes):
    word = word_of(cast.ENDORSED.code, signing.made())
    assert verify_file(with_signature(sealed, signing.made(), word), PUBLIC).outcome is Outcome.CHANGED


def test_a_seal_that_another_program_wrote_once_more_is_still_one(sealed: bytes):
    seal = seal_in(sealed)
    assert seal is not None
    found = SEAL.search(sealed)
    assert found is not None
    again = seal_in(sealed + found[0])
    assert again is not None
    assert (again.bare, again.code) == (seal.bare, seal.code)
    assert seal_in(sealed + found[0].replace(seal.code.encode(), b"ZZZZZZZZZZ")) is None


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 /ByteRange /Sig"])
def test_what_has_no_signature_has_none(content: bytes):
    assert signatures_in(content) == []


@pytest.mark.parametrize("limit, value", [("_MEMORY", 20 * 1024 * 1024), ("_SECONDS", 0)])
def test_a_reader_that_is_stopped_accuses_nobody(
    paper: bytes, sealed: bytes, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
):
    monkeypatch.setattr(signature, limit, value)
    found = verify_file(paper, PUBLIC)
    assert found.outcome is Outcome.UNREAD
    assert "Periksa lagi" in found.words
    assert found.details == (f"Tambahan: {angka(len(paper) - len(sealed))} bita di akhir berkas.",)


@pytest.mark.parametrize(
    "content, words",
    [
        (b"bukan", "tidak terbuka"),
        (signing.made(bits=1024), "1024 bit"),
    ],
)
def test_a_file_that_cannot_sign_is_refused(content: bytes, words: str):
    with pytest.raises(Invalid, match=words):
        opened(content, signing.PASSPHRASE)


def test_a_wrong_passphrase_and_missing_files_are_said(tmp_path: object):
    with pytest.raises(Invalid, match="kata sandinya lain"):
        opened(signing.made(), b"lain")
    with pytest.raises(Invalid, match="tidak dapat dibaca"):
        read_held(f"{tmp_path}/tidak-ada.p12", f"{tmp_path}/tidak-ada.pass")
