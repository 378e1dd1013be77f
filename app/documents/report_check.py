"""A file that somebody brought, beside the document that a code stands for: by its bytes.

Only a file whose seal holds, with something behind it that the desk does not know by its hash, is opened as a PDF, in a
program under a ceiling: to see whether what was added is the desk's own digital signature.
"""

from __future__ import annotations

import hashlib

from app.documents import signature
from app.documents.report_proof import Seal, is_signed, seal_in
from app.documents.report_verdict import Outcome, Verdict, judge_addition
from app.domain import reports
from app.domain.errors import NotFound
from app.domain.reports import Sealed
from app.words import angka, tanggal

ALIKE = 0.5
"""The share of bytes that a file without a readable seal must have in common to be called a changed copy."""


def compared(content: bytes, sealed: Sealed | None, kept: bytes | None) -> Verdict:
    """What the file is to the code that was asked for (None: to this desk at all). At most three statements.

    `kept` is the document of the code, where it is still there: with it a change is told to the byte. Nothing is
    stored.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    same = reports.seal_of_document(sha256)
    if same is not None:
        if sealed is None or same.code == sealed.code:
            return _same(same, sha256)
        words = "Berkas ini asli, tetapi dari kode lain."
        return Verdict(Outcome.OTHER, words, _named(same))
    seal = seal_in(content)
    if seal is None:
        return _unsealed(content, kept)
    if sealed is None or seal.code == sealed.code:
        return _of_this_code(content, seal, sealed or _known(seal.code), kept)
    other = _known(seal.code)
    if other is None:
        return Verdict(
            Outcome.FOREIGN, f"Berkas ini bersegel {reports.spelled(seal.code)}, bukan dari desk ini."
        )
    words = "Berkas ini dari kode lain, dan isinya sudah berubah sejak disegel."
    return Verdict(Outcome.OTHER, words, _named(other))


def _same(sealed: Sealed, sha256: str) -> Verdict:
    """One of the desk's own documents, to the byte."""
    certificate = sealed.certificate
    if certificate is None or sha256 != sealed.signed_sha256:
        return Verdict(Outcome.GENUINE, "Berkas ini asli: sama persis dengan yang disegel.", _named(sealed))
    words = "Berkas ini asli: sama persis dengan yang disegel, dan tanda tangan digital desk utuh."
    return Verdict(Outcome.GENUINE, words, (*signature.told(certificate), *_named(sealed)))


def _of_this_code(content: bytes, seal: Seal, sealed: Sealed | None, kept: bytes | None) -> Verdict:
    key = reports.public_key()
    if is_signed(seal, key) and seal.rest:
        found = judge_addition(content, seal, key)
        return found if sealed is None else found._replace(details=(*found.details, *_named(sealed)))
    if is_signed(seal, key):
        words = "Berkas ini asli menurut tanda tangan kunci desk."
        if sealed is None:
            return Verdict(Outcome.GENUINE, words, ("Catatan segelnya tidak ada lagi di basis data ini.",))
        return Verdict(Outcome.GENUINE, words, _named(sealed))
    if sealed is None:
        return Verdict(
            Outcome.FOREIGN, f"Berkas ini bersegel {reports.spelled(seal.code)}, bukan dari desk ini."
        )
    words = "Berkas ini berubah sejak disegel. Jangan dipakai; minta berkas aslinya kepada desk."
    return Verdict(Outcome.CHANGED, words, (*_where(content, kept), *_named(sealed)))


def _unsealed(content: bytes, kept: bytes | None) -> Verdict:
    if kept is not None and _shared(content, kept) > ALIKE * len(kept):
        words = "Berkas ini salinan yang berubah: segelnya tidak terbaca lagi, tetapi sebagian besar bitanya sama."
        return Verdict(Outcome.CHANGED, words, _where(content, kept))
    return Verdict(
        Outcome.FOREIGN, "Berkas ini tidak memuat segel desk, jadi bukan laporan yang dibuat aplikasi ini."
    )


def _where(content: bytes, kept: bytes | None) -> tuple[str, ...]:
    if kept is None:
        return ()
    if len(content) != len(kept):
        return (f"Panjangnya {angka(len(content))} bita, aslinya {angka(len(kept))} bita.",)
    first = _common(content, kept) + 1
    return (f"{angka(_different(content, kept))} bita berbeda, yang pertama bita ke-{angka(first)}.",)


def _shared(content: bytes, kept: bytes) -> int:
    """How many bytes are alike: place by place in files of one length, else from either end."""
    if len(content) == len(kept):
        return len(kept) - _different(content, kept)
    return max(_common(content, kept), _common(content[::-1], kept[::-1]))


def _different(content: bytes, kept: bytes) -> int:
    return sum(one != other for one, other in zip(content, kept, strict=True))


def _common(one: bytes, other: bytes) -> int:
    """How many bytes two files have in common from their beginning, found by halving."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _known(code: str) -> Sealed | None:
    try:
        return reports.find_seal(code)
    except NotFound:
        return None


def _named(sealed: Sealed) -> tuple[str, ...]:
    about = f"{sealed.kind.heading}, {sealed.region_name}, {tanggal(sealed.day)}"
    return (f"{about}, versi {sealed.number}, {sealed.state.label.lower()}.",)
