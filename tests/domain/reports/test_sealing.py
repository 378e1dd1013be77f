"""A seal stands for one version in one state, and for one document."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import text

from app.domain import audit, reports
from app.domain.accounts import Person
from app.domain.errors import NotFound, NotNow
from app.domain.reports import Marks, State
from app.domain.reports.sealing import ALPHABET, CODE_LENGTH, new_code
from app.extensions import db
from tests.domain.reports.frozen import sent

SHA = "ab" * 32
pytestmark = pytest.mark.usefixtures("session")


def test_it_gives_a_code_that_cannot_be_misread(operator: Person):
    code = reports.seal(sent(), 1, Marks("dikirim"), by=operator)
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(ALPHABET)
    assert not set("01OILU") & set(ALPHABET)


def test_codes_are_never_the_same():
    assert len({new_code() for _ in range(500)}) == 500


def test_asking_twice_gives_the_same_code_and_one_line_on_the_trail(operator: Person):
    row = sent()
    before = audit.head()[0]
    first = reports.seal(row, 1, Marks("dikirim"), by=operator, address="http://desk/cek/")
    again = reports.seal(row, 1, Marks("dikirim", verified_by="lain"), by=operator, address="http://lain/")
    assert first == again
    assert audit.head()[0] == before + 1
    assert reports.find_seal(first).marks == Marks("dikirim", first, address=f"http://desk/cek/{first}")


def test_each_state_has_a_code_of_its_own(operator: Person):
    row = sent()
    codes = {reports.seal(row, 1, Marks(state), by=operator) for state in ("dikirim", "diverifikasi")}
    assert len(codes) == 2
    assert {one.state for one in reports.seals_of(row.id)} == {State.SENT, State.VERIFIED}


def test_it_refuses_a_version_that_was_never_sent(operator: Person):
    with pytest.raises(NotFound, match="belum pernah dikirim"):
        reports.seal(sent(), 2, Marks("dikirim"), by=operator)


def test_a_code_is_found_however_it_is_typed(operator: Person):
    code = reports.seal(sent(), 1, Marks("dikirim"), by=operator)
    found = reports.find_seal(f" {reports.spelled(code).lower()} ")
    assert (found.code, found.region_name, found.is_newest) == (code, "Kabupaten Berau", True)


@pytest.mark.parametrize("typed", ["", "ZZZZZ-ZZZZZ", "'; --", "0" * 10, "²" * 10, "A" * 5_000])
def test_it_refuses_a_code_that_it_never_gave(typed: str):
    with pytest.raises(NotFound, match="tidak dikenal"):
        reports.find_seal(typed)


def test_a_document_keeps_the_hash_with_which_it_was_made(operator: Person):
    code = reports.seal(sent(), 1, Marks("dikirim"), by=operator)
    assert reports.seal_of_document(SHA) is None
    reports.note_document(code, SHA)
    reports.note_document(code, SHA)
    found = reports.seal_of_document(SHA)
    assert found is not None
    assert found.code == code
    with pytest.raises(NotNow, match="tidak sama"):
        reports.note_document(code, "cd" * 32)


@pytest.mark.sqlite
def test_a_snapshot_that_was_changed_behind_the_application_is_named(operator: Person):
    code = reports.seal(sent(), 1, Marks("dikirim"), by=operator)
    db.session.execute(text("DROP TRIGGER report_version_no_UPDATE"))
    db.session.execute(text("UPDATE report_version SET snapshot = replace(snapshot, '475', '474')"))
    found = reports.find_seal(code)
    assert not found.is_sound
    with pytest.raises(NotNow, match="tidak cocok lagi dengan sidiknya"):
        assert found.snapshot


def test_what_the_desk_signs_is_checked_by_its_public_key_alone():
    key = Ed25519PublicKey.from_public_bytes(reports.public_key())
    key.verify(reports.sign(b"laporan"), b"laporan")
    with pytest.raises(InvalidSignature):
        key.verify(reports.sign(b"laporan"), b"Laporan")
