"""The desk's digital signature on a document: what is signed, and what the signatures of a file turn out to be.

The document stays as it was sealed; the signature is an addition behind it. Nothing here loads pyHanko: signing is
done by the worker's child (`signing.py`), reading by a program under a ceiling (`signature_reader.py`).
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from dataclasses import dataclass
from typing import NamedTuple

from app.documents import children
from app.domain.reports import Certificate, is_attested
from app.words import plain, tanggal

LABEL = "Tanda tangan digital desk (bukan tanda tangan elektronik tersertifikasi)"
WORD = "DESKSERTIFIKAT1 "
"""Before the desk's word that the certificate is its own (`reports.attested`), where a signature names a contact."""
_MEMORY = 1024 * 1024 * 1024
_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A sealed document on its way to the child that signs it, with the office's PKCS#12 file and what opens it.

    `word` is the desk's own that the certificate is its own.
    """

    pdf: bytes
    file: bytes
    passphrase: bytes
    word: str


class Signature(NamedTuple):
    """One digital signature as it was found in a file. Whose certificate it is, nobody has vouched for yet."""

    certificate: Certificate
    is_intact: bool
    """Whether what it covers is what was signed."""
    covers_all: bool
    """Whether nothing was added after it."""
    word: str

    def is_of(self, code: str, public_key: bytes) -> bool:
        """Whether the desk of that key says that it signed the document of this code with this certificate."""
        return is_attested(code, self.certificate.sha256, self.word, public_key)


class UnreadError(Exception):
    """The reading was broken off: by the file, or by a machine that is too busy. Nothing is known of the file."""


def signatures_in(pdf: bytes) -> list[Signature]:
    """The digital signatures of a file, the first five; none where there are none or it is no PDF.

    Starts a program for it: about 1 s, at most 10 s of CPU and 1 GB of address space. Raises UnreadError where it did
    not come to its end within them, or within 30 s.
    """
    try:
        done = children.run("signature_reader.py", "", pdf, seconds=3 * _SECONDS, under=(_MEMORY, _SECONDS))
    except subprocess.TimeoutExpired:
        raise UnreadError from None
    if done.returncode:
        raise UnreadError
    try:
        return [_signature(one) for one in json.loads(done.stdout)]
    except (ValueError, KeyError):
        return []


def _signature(said: dict[str, object]) -> Signature:
    contact = str(said["contact"])
    return Signature(
        Certificate(
            plain(str(said["name"]))[:120],
            plain(str(said["issuer"]))[:120],
            str(said["sha256"]),
            dt.datetime.fromisoformat(str(said["since"])),
            dt.datetime.fromisoformat(str(said["until"])),
        ),
        bool(said["is_intact"]),
        bool(said["covers_all"]),
        contact.removeprefix(WORD) if contact.startswith(WORD) else "",
    )


def told(certificate: Certificate) -> tuple[str, ...]:
    """Whose certificate, as lines for a check."""
    return (
        f"{LABEL}: {certificate.name}",
        f"Sertifikat diterbitkan {certificate.issuer}, berlaku {tanggal(certificate.since)} sampai "
        f"{tanggal(certificate.until)}",
        f"Sidik sertifikat: {certificate.fingerprint}",
    )
