"""Settings that cannot be are refused at the start, with a sentence that says what they should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import Settings

STORE = {
    "evidence_store": "s3://bukti-desk/kaltara",
    "store_endpoint": "https://s3.kaltara.internal:9000",
    "store_key_id": "KUNCI",
}


@pytest.fixture
def secret(tmp_path: Path) -> str:
    path = tmp_path / "rahasia"
    path.write_text("rahasia-kunci\n")
    return str(path)


def test_without_an_object_store_evidence_lies_in_the_directory():
    assert Settings().store is None


def test_a_store_is_read_from_its_settings(secret: str, tmp_path: Path):
    (tmp_path / "kantor.pem").write_text("PEM")
    said = Settings(**STORE, store_secret_file=secret, store_ca_file=str(tmp_path / "kantor.pem"))
    assert said.store == {
        "name": "bukti-desk",
        "prefix": "kaltara/evidence",
        "endpoint": "https://s3.kaltara.internal:9000",
        "region": "us-east-1",
        "key_id": "KUNCI",
        "secret": "rahasia-kunci",
        "certificates": "PEM",
    }
    assert "rahasia-kunci" not in repr(said)
    bare = Settings(**{**STORE, "evidence_store": "s3://bukti-desk"}, store_secret_file=secret).store
    assert bare is not None
    assert bare["prefix"] == "evidence"


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"evidence_store": "bukti-desk"}, "harus seperti s3://bucket/awalan"),
        ({"evidence_store": "s3://Bukti_Desk"}, "harus seperti s3://bucket/awalan"),
        ({"evidence_store": "s3://bukti-desk/../lain"}, "harus seperti s3://bucket/awalan"),
        ({"evidence_store": "s3://kunci:rahasia@bukti-desk"}, "harus seperti s3://bucket/awalan"),
        ({"store_endpoint": ""}, "memerlukan DESK_STORE_ENDPOINT"),
        ({"store_endpoint": "s3.kaltara.internal"}, "memerlukan DESK_STORE_ENDPOINT"),
        ({"store_endpoint": "https://kunci:rahasia@s3.internal"}, "memerlukan DESK_STORE_ENDPOINT"),
        ({"store_endpoint": "https://s3.internal/jalur"}, "memerlukan DESK_STORE_ENDPOINT"),
        ({"store_key_id": ""}, "memerlukan DESK_STORE_KEY_ID"),
        ({"store_secret_file": ""}, "dan DESK_STORE_SECRET_FILE"),
    ],
)
def test_a_store_that_cannot_be_is_refused(wrong: dict[str, str], sentence: str, secret: str):
    with pytest.raises(ValueError, match=sentence):
        Settings(**{**STORE, "store_secret_file": secret, **wrong})


@pytest.mark.parametrize("content", [None, "", "dua kata", "dua\nbaris", "\xff"])
def test_a_file_without_its_secret_is_refused_and_never_quoted(tmp_path: Path, content: str | None):
    path = tmp_path / "rahasia"
    if content is not None:
        path.write_bytes(content.encode("latin-1"))
    said = Settings(**STORE, store_secret_file=str(path))
    with pytest.raises(ValueError, match="DESK_STORE_SECRET_FILE: berkas") as told:
        _ = said.store
    assert not content or content not in str(told.value)
    assert told.value.__suppress_context__ or told.value.__context__ is None
