"""Puts the desk's digital signature (PAdES) on a sealed document, as an addition: no sealed byte is touched.

Loads pyHanko; only the worker's child does. It asks no network: no stamp of time, no list of what was revoked.
"""

from __future__ import annotations

import io

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from app.documents.signature import LABEL, WORD, Unsigned

FIELD = "TandaTanganDesk"


class _Addition(IncrementalPdfFileWriter):
    """Writes what is added and leaves the metadata as they are.

    pyHanko would write them once more with a new date: the seal would stand in the file twice, and PDF/A wants them
    as WeasyPrint and `archive.py` made them.
    """

    def _update_meta(self) -> None:
        return


def signed(order: Unsigned) -> bytes:
    """The document with an invisible signature field added behind its last byte. Takes about 0.3 s.

    A certificate that cannot be opened is a ValueError: the worker has opened it before.
    """
    signer = signers.SimpleSigner.load_pkcs12_data(order.file, [], passphrase=order.passphrase)
    if signer is None:
        raise ValueError("the certificate cannot be opened")
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=LABEL,
        contact_info=WORD + order.word,
    )
    field = fields.SigFieldSpec(
        FIELD,
        readable_field_name=LABEL,
        # Printed and hidden: what PDF/A wants of a field, and what keeps it from looking like a stamp.
        invis_sig_settings=fields.InvisSigSettings(set_hidden_flag=True, set_print_flag=True),
    )
    target = signers.PdfSigner(about, signer, new_field_spec=field).sign_pdf(_Addition(io.BytesIO(order.pdf)))
    return bytes(target.getvalue())
