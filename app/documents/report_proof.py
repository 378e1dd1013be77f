"""What proves a report's file without the database: the desk's signature over its bytes and over its data.

A sealed PDF carries the snapshot and the marks as data, a statement with a hash for every row of them, signed by the
desk's key (Ed25519), and in its metadata a second signature over all bytes of the file. So a change is not only found
but named: the data, a row of it, or the pages. This is the application's seal, not an electronic signature by law.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from app.domain.reports import Marks, Snapshot, snapshot_text
from app.domain.reports.canonical import digest, to_text

SNAPSHOT_NAME, MARKS_NAME, PROOF_NAME = "laporan.json", "tanda.json", "segel.json"
SEAL = re.compile(rb"DESKSEGEL1 ([2-9A-Z]{10}) (\d{12}) ([0-9a-f]{128})")
ROW_DIGITS = 16
"""Hex digits of a row's hash: enough to name the row that was changed; the whole is signed in full."""
NAMING = ("key", "region_code", "rule", "label", "area", "sha256", "place", "title")

Sign = Callable[[bytes], bytes]


def marks_text(marks: Marks) -> str:
    """The marks as the one JSON text."""
    return to_text(marks)


def proof_of(snapshot: Snapshot, marks: Marks, sign: Sign, public_key: bytes) -> bytes:
    """The signed statement on the data of a version, as JSON: hashes of the whole, and of every row."""
    data, told = snapshot_text(snapshot), marks_text(marks)
    statement = json.dumps(
        {
            "code": marks.code,
            "marks_sha256": digest(told),
            "rows": dict(rows_of(data)),
            "sha256": digest(data),
        },
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    said = {
        "algorithm": "Ed25519",
        "key": public_key.hex(),
        "note": "Segel aplikasi Desk Pilkada, bukan tanda tangan elektronik tersertifikasi.",
        "signature": sign(_of_data(statement)).hex(),
        "statement": statement,
    }
    return json.dumps(said, sort_keys=True, ensure_ascii=False, indent=1).encode()


def rows_of(text: str) -> Iterator[tuple[str, str]]:
    """(name, hash) of every row of a snapshot's JSON: fields, and elements of its lists two floors deep."""
    for name, value in json.loads(text).items():
        yield from _rows(name, value, 2)


def stamp(pdf: bytes, sign: Sign) -> bytes:
    """The file with its seal filled in: the same length, signed over all its bytes. ValueError without room for it."""
    places = list(SEAL.finditer(pdf))
    if len(places) != 1:
        raise ValueError("no room for a seal, or more than one")
    place = places[0]
    sized = _with(pdf, place, f"{len(pdf):012d}", "0" * 128)
    return _with(pdf, place, f"{len(pdf):012d}", sign(_of_file(sized)).hex())


class Seal(NamedTuple):
    """The seal as it stands in a file, unchecked."""

    code: str
    length: int
    signature: bytes
    bare: bytes
    """The sealed bytes with the signature's room empty: what was signed."""
    rest: bytes
    """What was appended since."""


def seal_in(pdf: bytes) -> Seal | None:
    """The seal of a file, found without reading it as a PDF; None where there is none, or more than one.

    A program that adds a signature of its own may write the metadata once more: the same seal again is one seal.
    """
    places = list(SEAL.finditer(pdf))
    if len({place[0] for place in places}) != 1:
        return None
    place = places[0]
    length = int(place[2])
    bare = _with(pdf, place, place[2].decode(), "0" * 128)
    return Seal(place[1].decode(), length, bytes.fromhex(place[3].decode()), bare[:length], pdf[length:])


def is_signed(seal: Seal, public_key: bytes) -> bool:
    """Whether the sealed bytes are those that the holder of the key sealed."""
    return len(seal.bare) == seal.length and _holds(public_key, seal.signature, _of_file(seal.bare))


def statement_in(proof: bytes, public_key: bytes | None = None) -> dict[str, Any] | None:
    """The statement of `proof_of` when its signature holds, by this key or by the one that it names; else None."""
    try:
        said = json.loads(proof)
        key = public_key or bytes.fromhex(said["key"])
        if not _holds(key, bytes.fromhex(said["signature"]), _of_data(said["statement"])):
            return None
        statement: dict[str, Any] = json.loads(said["statement"])
        return statement
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def changed_rows(statement: dict[str, Any], text: str) -> list[str]:
    """The names of rows of a snapshot's JSON that are not those of the statement: changed, gone or new."""
    try:
        found = dict(rows_of(text))
    except (ValueError, AttributeError):
        return ["seluruh isi"]
    known: dict[str, str] = statement["rows"]
    return sorted(name for name in found.keys() | known.keys() if found.get(name) != known.get(name))


def fingerprint(public_key: bytes) -> str:
    """A key by the beginning of its hash, as people compare it: "3f2a 90c1 77de 0b42"."""
    shown = hashlib.sha256(public_key).hexdigest()[:16]
    return " ".join(shown[start : start + 4] for start in range(0, 16, 4))


def _rows(name: str, value: Any, floors: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and floors:
        for part, inner in value.items():
            yield from _rows(f"{name}.{part}", inner, floors - 1)
    elif isinstance(value, list) and floors:
        for number, inner in enumerate(value, start=1):
            yield f"{name} ke-{number}{_called(inner)}", _hash(inner)
        yield f"{name} (banyaknya)", _hash(len(value))
    else:
        yield name, _hash(value)


def _called(row: Any) -> str:
    found = next((row[name] for name in NAMING if isinstance(row, dict) and row.get(name)), "")
    return f" ({str(found)[:60]})" if found else ""


def _hash(value: Any) -> str:
    return digest(json.dumps(value, sort_keys=True, ensure_ascii=False))[:ROW_DIGITS]


def _with(pdf: bytes, place: re.Match[bytes], length: str, signature: str) -> bytes:
    told = b" ".join([b"DESKSEGEL1", place[1], length.encode(), signature.encode()])
    return pdf[: place.start()] + told + pdf[place.end() :]


def _of_file(content: bytes) -> bytes:
    return b"desk-pilkada file 1\n" + hashlib.sha256(content).digest()


def _of_data(statement: str) -> bytes:
    return b"desk-pilkada data 1\n" + statement.encode()


def _holds(public_key: bytes, signature: bytes, message: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
