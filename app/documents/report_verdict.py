"""Whether a file is still what a desk sealed, and what was changed since: without the database, from the file alone."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import NamedTuple

from app.documents import signature
from app.documents.report_proof import (
    MARKS_NAME,
    PROOF_NAME,
    SNAPSHOT_NAME,
    Seal,
    changed_rows,
    fingerprint,
    is_signed,
    seal_in,
    statement_in,
)
from app.domain.reports import Marks, snapshot_of
from app.domain.reports.canonical import digest, from_text
from app.words import angka, tanggal


class Outcome(StrEnum):
    """What became of a file since it was sealed."""

    GENUINE = "asli"
    CHANGED = "berubah"
    OTHER = "dokumen lain"
    UNREAD = "belum diperiksa"
    FOREIGN = "bukan dari desk ini"


class Verdict(NamedTuple):
    """What a check found, in a sentence, and the details that name it."""

    outcome: Outcome
    words: str
    details: tuple[str, ...] = ()


def verify_file(pdf: bytes, public_key: bytes) -> Verdict:
    """Whether the holder of the key sealed the file, and what was changed since; needs nothing but these two.

    A change is named: rows of the data, the pages alone, or what was appended. Loads pikepdf when the seal does not
    hold. Refuses nothing: what is no PDF is not from this desk.
    """
    seal = seal_in(pdf)
    if seal is not None and is_signed(seal, public_key):
        if not seal.rest:
            return Verdict(Outcome.GENUINE, "Berkas ini asli, tidak berubah sejak disegel.", _told(pdf))
        found = judge_addition(pdf, seal, public_key)
        is_ours = found.outcome is Outcome.GENUINE
        return found._replace(details=(*found.details, *_told(pdf))) if is_ours else found
    files = _files(pdf)
    proof = files.get(PROOF_NAME, b"")
    statement = statement_in(proof, public_key)
    if statement is None:
        return _without_statement(seal, proof)
    text = files.get(SNAPSHOT_NAME, b"").decode(errors="replace")
    rows = changed_rows(statement, text)
    if rows:
        words = "Data laporan di dalam berkas ini berubah sejak disegel."
        return Verdict(Outcome.CHANGED, words, tuple(f"Berubah: {name}" for name in rows))
    if digest(files.get(MARKS_NAME, b"").decode(errors="replace")) != statement["marks_sha256"]:
        return Verdict(Outcome.CHANGED, "Tanda verifikasi di dalam berkas ini berubah sejak disegel.")
    words = "Data laporan masih asli, tetapi halaman atau bagian lain berkas ini berubah sejak disegel."
    return Verdict(Outcome.CHANGED, words, _told(pdf))


def judge_addition(pdf: bytes, seal: Seal, public_key: bytes) -> Verdict:
    """What was appended to a file whose seal holds: the desk's own digital signature, or something else.

    Opens the file in a program under a ceiling (`signature.signatures_in`); where that does not come to its end, nobody
    is accused of having changed anything.
    """
    try:
        found = signature.signatures_in(pdf)
    except signature.UnreadError:
        words = (
            "Bagian yang disegel masih asli. Yang ditambah sesudahnya tidak selesai diperiksa, mungkin karena server "
            "sedang sibuk. Periksa lagi beberapa saat lagi."
        )
        return Verdict(Outcome.UNREAD, words, (_added(seal),))
    own = next((one for one in found if one.is_of(seal.code, public_key)), None)
    if own is not None and own.is_intact and own.covers_all:
        words = "Berkas ini asli: tidak berubah sejak disegel, dan tanda tangan digital desk utuh."
        return Verdict(Outcome.GENUINE, words, signature.told(own.certificate))
    if own is not None and own.is_intact:
        words = (
            "Bagian yang disegel dan ditandatangani desk masih asli, tetapi berkas ini ditambah sesudahnya."
        )
        return Verdict(Outcome.CHANGED, words, (*signature.told(own.certificate), *_others(found, own)))
    details = (_added(seal), *_others(found, None))
    if own is not None or (not found and b"/ByteRange" in seal.rest):
        words = "Bagian yang disegel masih asli, tetapi tanda tangan digital sesudahnya rusak atau diubah."
        return Verdict(Outcome.CHANGED, words, details)
    words = "Bagian yang disegel masih asli, tetapi berkas ini ditambah sesudah disegel."
    return Verdict(Outcome.CHANGED, words, details)


def _added(seal: Seal) -> str:
    return f"Tambahan: {angka(len(seal.rest))} bita di akhir berkas."


def _others(found: list[signature.Signature], own: signature.Signature | None) -> tuple[str, ...]:
    """The signatures that are not the desk's: by name, as far as anybody can tell."""
    return tuple(
        f"Tanda tangan digital lain: {one.certificate.name} (sidik {one.certificate.fingerprint}), "
        f"{'utuh' if one.is_intact else 'rusak'}; desk tidak mengenal sertifikatnya."
        for one in found
        if one is not own
    )


def _without_statement(seal: Seal | None, proof: bytes) -> Verdict:
    """A file whose data nobody with this key has signed: of another desk, damaged, or no sealed report at all."""
    own = statement_in(proof)
    if own is not None:
        key = fingerprint(bytes.fromhex(json.loads(proof)["key"]))
        words = "Berkas ini disegel dengan kunci lain, jadi bukan dari desk pemilik kunci yang dipakai."
        return Verdict(Outcome.FOREIGN, words, (f"Sidik kunci di dalam berkas: {key}",))
    if seal is not None or proof:
        return Verdict(Outcome.CHANGED, "Berkas ini bersegel, tetapi segelnya rusak atau diubah.")
    return Verdict(Outcome.FOREIGN, "Berkas ini tidak memuat segel desk.")


def _files(pdf: bytes) -> dict[str, bytes]:
    import pikepdf

    from app.documents.archive import files_in

    try:
        return files_in(pdf)
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, KeyError, AttributeError):
        return {}


def _told(pdf: bytes) -> tuple[str, ...]:
    """What the data in the file say of themselves."""
    files = _files(pdf)
    try:
        shown = snapshot_of(files[SNAPSHOT_NAME].decode())
        marks = from_text(Marks, files[MARKS_NAME].decode())
    except (KeyError, ValueError):
        return ()
    return (
        f"Laporan: {shown.of_kind.heading}, {shown.desk_name}",
        f"Hari: {tanggal(shown.day)}, versi {shown.version}, {marks.state}",
        f"SHA-256 isi: {digest(files[SNAPSHOT_NAME].decode())}",
    )
