"""Telling a file's kind from its content. The name and the browser's header are not believed."""

from __future__ import annotations

import io
import re
import zipfile

from app.domain.evidence import office
from app.domain.evidence.rules import ACCEPTED_WORDS, Kind, extension_of, refused

_SEND_ALLOWED = f"Unggah {ACCEPTED_WORDS}."
_HEIC = (
    "Foto HEIC/AVIF belum dapat disimpan. Di pengaturan kamera pilih format «Paling kompatibel» (JPEG), "
    "atau kirim tangkapan layarnya."
)
_PROGRAM = f"Berkas ini program, bukan bukti, sehingga ditolak. {_SEND_ALLOWED}"
_ARCHIVE = "Arsip tidak diterima. Buka arsipnya, lalu unggah isinya satu per satu."
_MOVING = "Video dan suara belum dapat disimpan. Unggah fotonya, atau tuliskan alamat rekamannya di catatan."
_MARKUP = f"Berkas ini halaman web atau gambar SVG, yang dapat memuat program. {_SEND_ALLOWED}"
_OLD_OFFICE = (
    "Berkas Office ini berformat lama atau terkunci kata sandi. Simpan ulang sebagai .xlsx, .docx, atau PDF "
    "tanpa kata sandi, lalu unggah lagi."
)
_OTHER_IMAGE = "Format gambar ini tidak diterima. Simpan ulang sebagai JPEG atau PNG, lalu unggah lagi."
_OTHER_TEXT = "Format dokumen ini tidak diterima. Simpan ulang sebagai PDF, lalu unggah lagi."
_UNKNOWN = f"Jenis berkas ini tidak dikenal. {_SEND_ALLOWED}"

_REFUSED = (
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\xce\xfa\xed\xfe", _PROGRAM),
    (b"dex\n", _PROGRAM),
    (b"\x00asm", _PROGRAM),
    (b"#!", _PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", _PROGRAM),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ\x00", _ARCHIVE),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (b"MSCF", _ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_OFFICE),
    (b"{\\rtf", _OTHER_TEXT),
    (b"%!PS", _OTHER_TEXT),
    (b"GIF87a", _OTHER_IMAGE),
    (b"GIF89a", _OTHER_IMAGE),
    (b"II*\x00", _OTHER_IMAGE),
    (b"MM\x00*", _OTHER_IMAGE),
    (b"8BPS", _OTHER_IMAGE),
    (b"\x1aE\xdf\xa3", _MOVING),
    (b"OggS", _MOVING),
    (b"ID3\x03", _MOVING),
    (b"ID3\x04", _MOVING),
)
_STILL_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
# Looked for anywhere in a picture: no camera writes these, a disguise does.
_DISGUISES = re.compile(rb"<script|<!doctype html|<html|<\?php|<svg[\s>]", re.IGNORECASE)
_CELL = re.compile(r"[^\n,;\t]+")
"""One at a time: a table of twelve megabytes has millions, which must not all be there at once."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x9f]")


def kind_of(data: bytes, name: str) -> Kind:
    """The kind of an upload by its content. Raises Invalid with what to do for all that is not taken in.

    `name` can only narrow: text is taken when it is also called .txt or .csv.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise refused("Berkas ini kosong. Periksa berkas aslinya, lalu unggah lagi.")
    kind = _binary_kind(data)
    if kind is None:
        return _text_kind(data, name)
    _second_opinion(data, kind)
    _refuse_disguise(data, kind)
    return kind


def _binary_kind(data: bytes) -> Kind | None:
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.WEBP
    if data.startswith(b"%PDF-"):
        if b"%%EOF" not in data[-1024:]:
            raise refused(
                "PDF ini terpotong: bagian akhirnya tidak ada. Unggah lagi, atau simpan ulang dokumennya."
            )
        return Kind.PDF
    if data.startswith(b"PK\x03\x04"):
        return office.kind_of_zip(data, otherwise=_ARCHIVE)
    for signature, sentence in _REFUSED:
        if data.startswith(signature):
            raise refused(sentence)
    if data[4:8] == b"ftyp":
        raise refused(_HEIC if data[8:12] in _STILL_BRANDS else _MOVING)
    if data[:4] == b"RIFF":
        raise refused(_MOVING)
    return None


def _second_opinion(data: bytes, kind: Kind) -> None:
    """Let an independent list of signatures agree, so that one mistake of ours does not let a file in."""
    import puremagic

    try:
        matches = puremagic.magic_string(data)
    except puremagic.PureError:
        raise refused(_UNKNOWN) from None
    if not any(match.mime_type == kind.media_type for match in matches):
        raise refused(_UNKNOWN)


def _refuse_disguise(data: bytes, kind: Kind) -> None:
    """Refuse a file that is also something else (a picture with an archive behind it, a PDF in front)."""
    if kind in (Kind.XLSX, Kind.DOCX):
        return  # an archive by nature; the office module has looked at both its ends
    hides_archive = zipfile.is_zipfile(io.BytesIO(data))
    hides_page = kind.is_image and (b"%PDF-" in data[:1024] or _DISGUISES.search(data) is not None)
    if hides_archive or hides_page:
        raise refused(
            "Berkas ini berisi berkas lain yang disembunyikan. Ambil tangkapan layarnya atau cetak "
            "ke PDF baru, lalu unggah hasilnya."
        )


def _text_kind(data: bytes, name: str) -> Kind:
    extension = extension_of(name)
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"<"):
        raise refused(_MARKUP)
    if extension not in (".csv", ".txt"):
        raise refused(_UNKNOWN)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused("Teks ini tersimpan sebagai UTF-16. Simpan ulang sebagai «CSV UTF-8» atau teks UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refused(
            "Teks ini tidak tersimpan sebagai UTF-8. Simpan ulang sebagai «CSV UTF-8», lalu unggah lagi."
        ) from None
    if _CONTROL.search(text) or _is_known_otherwise(data):
        raise refused(_UNKNOWN)
    if any(_starts_program(cell[0]) for cell in _CELL.finditer(text)):
        raise refused(
            "Ada sel yang menjalankan program saat tabel dibuka. Hapus rumus yang memuat tanda | dan !, "
            "lalu unggah lagi."
        )
    return Kind.CSV if extension == ".csv" and re.search(r"[,;\t]", text) else Kind.TEXT


def _starts_program(cell: str) -> bool:
    """Whether a spreadsheet would start a program for this cell (dynamic data exchange): =cmd|'/c calc'!A1"""
    inside = cell.strip(" \r'\"")
    return inside.startswith(("=", "+", "-", "@")) and -1 < inside.find("|") < inside.rfind("!")


def _is_known_otherwise(data: bytes) -> bool:
    """Whether a long signature at the start says that this text is a format of its own (a script, a key)."""
    import puremagic

    try:
        matches = puremagic.magic_string(data[:4096])
    except (puremagic.PureError, ValueError):
        return False
    return any(
        match.offset == 0
        and len(match.byte_match) >= 5
        and match.mime_type
        and not match.mime_type.startswith("text/")
        for match in matches
    )
