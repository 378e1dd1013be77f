"""The desk's digital signature on a sealed document: added once, kept, and handed out as it is ever after.

A desk without a certificate, or with one that cannot be used now, hands out the sealed document: its seal is what
proves it, and no report may wait for an office's certificate. `flask desk doctor` says what ails the certificate.
"""

from __future__ import annotations

import hashlib
import logging

from flask import current_app

from app.documents.signature import Unsigned
from app.domain import clock, reports
from app.domain.errors import Invalid
from app.domain.reports import Sealed
from app.extensions import db
from app.jobs.results import SEALED, Results
from app.jobs.tasks import Task

log = logging.getLogger(__name__)


def signed_document(sealed: Sealed) -> bytes | None:
    """The signed document as it was first made; None before that. Raises NotFound where the file was lost."""
    key = sealed.signed_sha256
    if not key:
        return None
    with Results.of(current_app, SEALED).open(f"{key[:2]}/{key[2:4]}/{key}") as file:
        return file.read()


def with_signature(sealed: Sealed, content: bytes, task: Task) -> bytes:
    """The sealed document signed with the office's certificate, kept for good; as it is where none can be used.

    Commits. No transaction is open while it is signed. Raises what the press raises.
    """
    settings = current_app.config["SETTINGS"]
    if not settings.sign_file:
        return content
    from app.documents.certificate import (
        read_held,  # loads cryptography, which an unsigned desk never needs here
    )

    try:
        held = read_held(settings.sign_file, settings.sign_passphrase_file)
    except Invalid as refusal:
        log.warning("document %s stays unsigned: %s", sealed.code, refusal.message)
        return content
    if not held.certificate.holds_at(clock.real_now()):
        log.warning("document %s stays unsigned: the certificate does not hold today", sealed.code)
        return content
    word = reports.attested(sealed.code, held.certificate.sha256)
    db.session.remove()
    order = Unsigned(content, held.file, held.passphrase, word)
    made = task.press.render("pdf", order, lambda done, total: None, task.is_over)
    Results.of(current_app, SEALED).keep(made)
    first = reports.note_signed(sealed.code, hashlib.sha256(made).hexdigest(), held.certificate)
    db.session.commit()
    return made if first else signed_document(reports.find_seal(sealed.code)) or made
