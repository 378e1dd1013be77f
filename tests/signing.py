"""A certificate of a test's own making, as an office would have one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

PASSPHRASE = b"kata sandi uji"
NAME = "Desk Pilkada Berau (uji)"


class Files(NamedTuple):
    """The two files that the settings name."""

    file: Path
    passphrase: Path


def made(name: str = NAME, *, since: int = -1, until: int = 300, bits: int = 0) -> bytes:
    """A PKCS#12 file, valid from and to so many days from now: an elliptic key, or RSA of so many bits."""
    key = rsa.generate_private_key(65537, bits) if bits else ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + dt.timedelta(days=since))
        .not_valid_after(now + dt.timedelta(days=until))
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"desk", key, certificate, None, BestAvailableEncryption(PASSPHRASE)
    )


def kept(folder: Path, content: bytes | None = None) -> Files:
    """The two files in a directory, closed to others."""
    files = Files(folder / "desk.p12", folder / "desk.pass")
    files.file.write_bytes(made() if content is None else content)
    files.passphrase.write_bytes(PASSPHRASE + b"\n")
    for path in files:
        path.chmod(0o600)
    return files
