"""The desk's word that a certificate with which a document was signed is its own.

Anybody can make a certificate with any name. So the desk signs, with the key of its seals, the code of the document
and the certificate that signed it; who has the desk's public key can tell its certificate from a stranger's.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import update

from app.domain.reports.canonical import to_text
from app.domain.reports.models import ReportSeal
from app.domain.reports.sealing import Certificate, public_key, sign
from app.extensions import db


def attested(code: str, certificate_sha256: str) -> str:
    """128 hex digits: the desk's word that it signed the document of this code with this certificate."""
    return sign(_word(code, certificate_sha256)).hex()


def is_attested(code: str, certificate_sha256: str, word: str, key: bytes | None = None) -> bool:
    """Whether the desk of that public key (None: this one) gave its word. False for what is no word at all."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        signature = bytes.fromhex(word)
        Ed25519PublicKey.from_public_bytes(key or public_key()).verify(
            signature, _word(code, certificate_sha256)
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def note_signed(code: str, sha256: str, certificate: Certificate) -> bool:
    """Keep the hash of a seal's signed document and whose certificate signed it, once; False when there is one."""
    written = db.session.execute(
        update(ReportSeal)
        .where(ReportSeal.code == code, ReportSeal.signed_sha256 == "")
        .values(signed_sha256=sha256, certificate=to_text(certificate))
    )
    return bool(written.rowcount)  # type: ignore[attr-defined]


def _word(code: str, certificate_sha256: str) -> bytes:
    return b"desk-pilkada certificate 1\n" + hashlib.sha256(f"{code} {certificate_sha256}".encode()).digest()
