"""The office's file with the certificate and key for digital signatures (PKCS#12): read, and looked at.

Loads cryptography; the worker does and the command line, never a web process.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from app.domain.errors import Invalid
from app.domain.reports import Certificate

FEWEST_BITS = 2048
MOST_BYTES = 1_000_000


class Held(NamedTuple):
    """What signs: the file as it is, what opens it, and whose it is."""

    file: bytes
    passphrase: bytes
    certificate: Certificate


def read_held(file: str, passphrase_file: str) -> Held:
    """The certificate and key of these two files. Raises Invalid with what the office should do."""
    content, passphrase = _content(file), _content(passphrase_file).strip(b"\r\n")
    return Held(content, passphrase, opened(content, passphrase))


def opened(content: bytes, passphrase: bytes) -> Certificate:
    """Whose certificate it is. Raises Invalid: not PKCS#12, another passphrase, no key, or one that is too weak."""
    try:
        key, found, _ = pkcs12.load_key_and_certificates(content, passphrase)
    except ValueError:
        raise Invalid(
            "Berkas sertifikat tidak terbuka: bukan PKCS#12 (.p12 atau .pfx), atau kata sandinya lain."
        ) from None
    if found is None or key is None:
        raise Invalid("Berkas sertifikat harus memuat sertifikat beserta kuncinya.")
    if isinstance(key, rsa.RSAPrivateKey):
        if key.key_size < FEWEST_BITS:
            raise Invalid(
                f"Kunci RSA sertifikat itu {key.key_size} bit; buat yang baru, sedikitnya 2048 bit."
            )
    elif not isinstance(key, ec.EllipticCurvePrivateKey):
        raise Invalid("Kunci sertifikat harus RSA atau kurva eliptik.")
    return Certificate(
        name=_called(found.subject),
        issuer=_called(found.issuer),
        sha256=found.fingerprint(hashes.SHA256()).hex(),
        since=found.not_valid_before_utc,
        until=found.not_valid_after_utc,
    )


def _called(name: x509.Name) -> str:
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()


def _content(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise Invalid(f"{path} tidak dapat dibaca ({fault.strerror}).") from None
    if not path or len(content) > MOST_BYTES:
        raise Invalid(f"{path or 'Berkas sertifikat'} terlalu besar untuk sebuah sertifikat.")
    return content
