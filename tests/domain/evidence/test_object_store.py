"""The object store when its server is gone, silent, full, or says what is not so; nobody is told a secret."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import ipaddress
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from obstore.exceptions import BaseError

from app.domain import evidence
from app.domain.evidence import EvidenceFile, ObjectStore, StoreAway, object_store
from app.extensions import db
from tests.buckets import SECRET, Answer, Place, Said, Server, made_key, pretender, silent
from tests.domain.evidence.conftest import BERAU, ENTRY
from tests.office import free_port

CONTENT = b"Berita acara"
SHA = hashlib.sha256(CONTENT).hexdigest()
KEY = f"{SHA[:2]}/{SHA[2:4]}/{SHA}"
ETAG = hashlib.md5(CONTENT, usedforsecurity=False).hexdigest()
MODIFIED = {"Last-Modified": "Mon, 25 Nov 2024 01:00:00 GMT"}
NONE: Answer = (404, {}, b"")

VERBS: dict[str, Callable[[ObjectStore], Any]] = {
    "put": lambda store: store.put(CONTENT),
    "open": lambda store: store.open(KEY),
    "size": lambda store: store.size(KEY),
    "exists": lambda store: store.exists(KEY),
    "keys": lambda store: list(store.keys()),
}


def error(status: int, code: str) -> Callable[[Said], Answer]:
    body = f"<Error><Code>{code}</Code><StringToSign>{SECRET}</StringToSign></Error>".encode()
    return lambda said: (status, {"Content-Type": "application/xml"}, body)


def holding(kept: bytes, etag: str) -> Callable[[Said], Answer]:
    """A server that takes everything, says this of it, and hands out these bytes."""

    def answer(said: Said) -> Answer:
        if said.method == "HEAD":
            return NONE
        return 200, {"ETag": f'"{etag}"', **MODIFIED}, kept if said.method == "GET" else b""

    return answer


@pytest.mark.parametrize("verb", VERBS)
def test_a_server_that_is_gone_is_said_at_once(verb: str):
    gone = Place(free_port(), "bukti-desk", Path())
    with pytest.raises(StoreAway, match="tidak dapat dihubungi"):
        VERBS[verb](gone.store())


@pytest.mark.parametrize("verb", VERBS)
def test_a_silent_server_is_not_waited_for(verb: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(object_store, "SILENT_SECONDS", 0.2)
    monkeypatch.setattr(object_store, "AGAIN_SECONDS", 0.1)
    with silent() as place, pytest.raises(StoreAway, match="tidak menjawab pada waktunya"):
        VERBS[verb](place.store())


def test_while_nobody_answers_one_asks_and_the_others_are_told_at_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(object_store, "SILENT_SECONDS", 0.2)
    monkeypatch.setattr(object_store, "AGAIN_SECONDS", 0.1)
    answers = threading.Event()

    def late(said: Said) -> Answer:
        answers.wait(20)
        return NONE

    with pretender(late) as (place, asked):
        store = place.store()
        with pytest.raises(StoreAway, match="tidak menjawab pada waktunya"):
            store.exists(KEY)
        monkeypatch.setattr(object_store, "SILENT_SECONDS", 20)
        store._made.clear()
        patient = threading.Thread(target=lambda: found.append(store.exists(KEY)))
        found: list[bool] = []
        before = len(asked)
        patient.start()
        while len(asked) == before:
            patient.join(0.01)
        for verb in VERBS.values():
            with pytest.raises(StoreAway, match="tidak menjawab pada waktunya"):
                verb(store)
        assert (len(asked), patient.is_alive()) == (before + 1, True), "nobody else waited"
        answers.set()
        patient.join()
        assert found == [False]
        assert not store.exists(KEY), "somebody answers again: everybody may ask"


@pytest.mark.parametrize("verb", ["put", "open", "keys"])
def test_a_bucket_that_is_not_there_is_named_and_not_taken_for_lost_files(bucket: Place, verb: str):
    with pytest.raises(StoreAway, match="bucket penyimpanan bukti tidak ada"):
        VERBS[verb](bucket.store(name="bukan-milik-desk"))


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    "status, code, said, number",
    [
        (403, "SignatureDoesNotMatch", "menolak kunci", errno.EHOSTUNREACH),
        (401, "Unauthorized", "menolak kunci", errno.EHOSTUNREACH),
        (500, "InternalError", "menjawab 500", errno.EHOSTUNREACH),
    ],
)
def test_a_refusal_is_told_without_what_was_signed(verb: str, status: int, code: str, said: str, number: int):
    with (
        pretender(error(status, code)) as (place, _),
        pytest.raises(StoreAway, match=said) as told,
    ):
        VERBS[verb](place.store())
    assert told.value.errno == number
    whole = repr(told.value) + repr(told.value.__cause__) + repr(place.store())
    assert SECRET not in whole
    assert told.value.__suppress_context__, "the library's words would stand in the log"


@pytest.mark.parametrize(
    "status, code", [(507, "XMinioStorageFull"), (403, "QuotaExceeded"), (507, "InsufficientStorage")]
)
def test_a_full_store_is_a_full_disk(status: int, code: str):
    refused = error(status, code)
    with (
        pretender(lambda said: NONE if said.method == "HEAD" else refused(said)) as (place, _),
        pytest.raises(StoreAway, match="penuh") as told,
    ):
        place.store().put(CONTENT)
    assert told.value.errno == errno.ENOSPC


def test_the_secret_stands_in_no_representation():
    place = object_store.Bucket("b", "p", "https://s3", "r", "KUNCI", SECRET)
    assert SECRET not in f"{place} {place!r} {ObjectStore(place)!r}"


def test_what_is_there_is_not_sent_again():
    held = (200, {"Content-Length": str(len(CONTENT)), "ETag": f'"{ETAG}"', **MODIFIED}, b"")
    with pretender(lambda said: held) as (place, asked):
        assert place.store().put(CONTENT) == KEY
    assert [said.method for said in asked] == ["HEAD"]


def test_a_plain_hash_confirms_what_was_sent():
    with pretender(holding(b"", ETAG)) as (place, asked):
        assert place.store().put(CONTENT) == KEY
    assert [said.method for said in asked] == ["HEAD", "PUT"]
    assert (asked[1].path, asked[1].body) == (f"/pura-pura/desk/evidence/{KEY}", CONTENT)


def test_a_store_that_encrypts_is_read_back():
    with pretender(holding(CONTENT, "0" * 32)) as (place, asked):
        assert place.store().put(CONTENT) == KEY
    assert [said.method for said in asked] == ["HEAD", "PUT", "GET"]


@pytest.mark.parametrize("kept", [b"berita acara", CONTENT[:-1], CONTENT + b"!", b""])
def test_a_store_that_keeps_something_else_is_not_believed(kept: bytes):
    with (
        pretender(holding(kept, "0" * 32)) as (place, _),
        pytest.raises(StoreAway, match="isi yang lain"),
    ):
        place.store().put(CONTENT)


def test_a_store_that_confirms_and_keeps_nothing_is_not_believed():
    def forgetful(said: Said) -> Answer:
        return (200, {"ETag": '"0"'}, b"") if said.method == "PUT" else NONE

    with pretender(forgetful) as (place, _), pytest.raises(StoreAway, match="isi yang lain"):
        place.store().put(CONTENT)


def test_an_answer_that_is_cut_off_is_no_file():
    short = {"ETag": f'"{ETAG}"', "Content-Length": "4000", **MODIFIED}
    with pretender(lambda said: (200, short, CONTENT)) as (place, _), pytest.raises(StoreAway):
        place.store().open(KEY)


def test_a_large_object_does_not_stay_in_memory(bucket: Place):
    store = bucket.store()
    content = bytes(object_store.IN_MEMORY + 1)
    with store.open(store.put(content)) as file:
        assert file._rolled  # type: ignore[attr-defined]
        assert file.read() == content


def test_after_a_fork_it_says_so_instead_of_waiting_for_ever(bucket: Place, monkeypatch: pytest.MonkeyPatch):
    store = bucket.store()
    store.put(CONTENT)
    monkeypatch.setattr(object_store.os, "getpid", lambda: -1)
    with pytest.raises(RuntimeError, match="forked"):
        store.exists(KEY)


@pytest.mark.template("empty")
def test_nothing_is_recorded_when_the_store_is_gone(cast: SimpleNamespace):
    gone = Place(free_port(), "bukti-desk", Path())
    evidence.configure(gone.store(), max_bytes=1_000_000)
    with pytest.raises(StoreAway):
        evidence.attach(evidence.inspect(CONTENT, "ba.txt"), to=ENTRY, region=BERAU, by=cast.operator)
    assert db.session.query(EvidenceFile).count() == 0
    assert evidence.uses_of(*ENTRY) == []


@pytest.mark.template("empty")
def test_several_files_are_written_before_the_first_is_recorded(cast: SimpleNamespace, kept: Any):
    files = [evidence.inspect(f"Surat nomor {number}\n".encode(), f"{number}.txt") for number in range(3)]
    ahead = evidence.kept_ahead(files)
    assert sorted(kept.keys()) == sorted(one.keys[0] for one in ahead if one.keys)
    uses = [evidence.attach(one, to=ENTRY, region=BERAU, by=cast.operator) for one in ahead]
    assert len(uses) == 3
    assert evidence.check().is_whole
    assert evidence.kept_ahead(files[:1]) == files[:1], (
        "one alone may still be refused without leaving anything"
    )


def test_a_server_that_checks_signatures_knows_the_desks_key_and_no_other():
    """The rights are those that the guide asks for: reading, writing and listing, never deleting."""
    server = Server(free_requests=4)
    server.start()
    try:
        place = Place(server.port, "bukti-desk", Path())
        assert place.ask("PUT")[0] == 200
        name, secret = made_key(server, "s3:GetObject", "s3:PutObject", "s3:ListBucket")
        store = place.store(key_id=name, secret=secret)
        assert store.put(CONTENT) == store.put(CONTENT) == KEY
        with store.open(KEY) as file:
            assert file.read() == CONTENT
        assert (store.size(KEY), list(store.keys())) == (len(CONTENT), [KEY])
        for wrong in ({"secret": secret[::-1]}, {"key_id": name[::-1]}):
            for verb in VERBS.values():
                with pytest.raises(StoreAway, match="menolak kunci"):
                    verb(place.store(**{"key_id": name, "secret": secret, **wrong}))
        with pytest.raises(BaseError):
            store._client().delete(KEY)
        assert store.exists(KEY)
    finally:
        server.stop()


def test_an_offices_own_authority_is_trusted_when_it_is_named(tmp_path: Path):
    certificate, key = office_certificate(tmp_path)
    server = Server("-s", "-c", str(certificate), "-k", str(key))
    server.start()
    try:
        said = {"endpoint": server.endpoint, "name": "bukti-desk"}
        with pytest.raises(StoreAway, match="sertifikat"):
            Place(0, "", Path()).store(**said).exists(KEY)
        trusting = Place(0, "", Path()).store(**said, certificates=certificate.read_text())
        assert not trusting.exists(KEY)
    finally:
        server.stop()


def office_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine, its own authority, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Kantor")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    paths = folder / "kantor.pem", folder / "kantor.key"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths
