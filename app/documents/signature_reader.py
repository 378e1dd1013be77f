"""Reads the digital signatures of a file that anybody may have sent: a program of its own, which `signature.py` starts.

It stands under the ceiling of `app/ceiling.py`, asks no network and believes no certificate. It reads the PDF from
standard input and writes one JSON list: of each signature whose certificate, and whether it is intact.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

MOST_SIGNATURES = 5


def read(pdf: bytes) -> list[dict[str, Any]]:
    """The first signatures of the file, in the order in which they were added."""
    found = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_regular_signatures
    return [_read(one) for one in found[:MOST_SIGNATURES]]


def _read(one: EmbeddedPdfSignature) -> dict[str, Any]:
    certificate = one.signer_cert
    return {
        "name": _called(certificate.subject),
        "issuer": _called(certificate.issuer),
        "sha256": certificate.sha256.hex(),
        "since": certificate.not_valid_before.isoformat(),
        "until": certificate.not_valid_after.isoformat(),
        "is_intact": _is_intact(one),
        "covers_all": one.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE,
        "contact": str(one.sig_object.get("/ContactInfo", "")),
    }


def _is_intact(one: EmbeddedPdfSignature) -> bool:
    """Whether the bytes that it covers are those that were signed with this certificate's key."""
    one.compute_digest()
    if one.evaluate_signature_coverage() < SignatureCoverageLevel.ENTIRE_REVISION:
        return False  # bytes of its own revision are left out: something may have been put there
    intact, valid = validate_sig_integrity(
        one.signer_info, one.signer_cert, expected_content_type="data", actual_digest=one.compute_digest()
    )
    return intact and valid


def _called(name: Any) -> str:
    return str(name.native.get("common_name") or name.human_friendly)


if __name__ == "__main__":
    try:
        told = read(sys.stdin.buffer.read())
    except MemoryError:
        raise  # the ceiling: nothing is known of the file
    except Exception:  # whatever a file that is none makes of the library
        told = []
    sys.stdout.write(json.dumps(told))
