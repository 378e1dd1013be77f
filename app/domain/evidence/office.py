"""Looking into XLSX and DOCX without opening them: a zip archive with rules. Standard library only."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib

from app.domain.evidence.rules import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, Kind, refused

_MAIN_TYPES = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": Kind.XLSX,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": Kind.DOCX,
}
_MAIN_PARTS = {Kind.XLSX: "xl/workbook.xml", Kind.DOCX: "word/document.xml"}
_CONTENT_TYPES = "[Content_Types].xml"
_CHUNK = 256 * 1024
_SMALL = 10 * 1024 * 1024
"""Below this unpacked size the ratio does not matter: an almost empty sheet packs very well."""
_MOST_LISTED = 2 * 1024 * 1024
"""Unpacked bytes of a list of parts or relationships, which are read as text: a thick letter's have some 100 kB."""
_PROGRAM_PARTS = re.compile(
    r"(^|/)(vbaProject|vbaData|macrosheets/|activeX/|oleObject[^/]*\.bin$)"
    r"|\.(exe|dll|scr|com|bat|cmd|ps1|vbs|js|hta|lnk|jar|msi|zip|rar|7z|gz|iso)$",
    re.IGNORECASE,
)
_RELATIONSHIP = re.compile(r"<(?:\w{1,20}:)?Relationship\b[^<>]*>")
_FETCHED = re.compile(
    r'/(attachedTemplate|oleObject|frame|subDocument|control|afChunk|image)"', re.IGNORECASE
)
# http(s) and shares of other computers; a template on the writer's own disk (file:///C:\...) is ordinary.
_ELSEWHERE = re.compile(r'Target="\s*(https?:|ftp:|mhtml:|(file:)?[/\\]{2}[^/\\])', re.IGNORECASE)

_BROKEN = "Dokumen Office ini rusak atau terpotong. Buka dan simpan ulang, lalu unggah lagi."
_TOO_BIG = (
    "Dokumen Office ini terlalu besar bila dibuka. Kurangi gambar atau barisnya, atau simpan sebagai PDF."
)
_PROGRAM = "Dokumen ini memuat makro atau objek tertanam. Simpan ulang sebagai .xlsx, .docx biasa, atau PDF."
_OUTSIDE = "Dokumen ini mengambil isi dari alamat luar saat dibuka. Simpan sebagai PDF, lalu unggah PDF-nya."
_LOCKED = "Dokumen ini terkunci kata sandi. Simpan ulang tanpa kata sandi, lalu unggah lagi."


def kind_of_zip(data: bytes, *, otherwise: str) -> Kind:
    """XLSX or DOCX, after all checks. Raises Invalid, with the sentence `otherwise` for any other archive.

    Constant memory: members are unpacked in pieces and thrown away, and never more than they declare.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse_shape(data, archive, members)
            names = {member.filename for member in members}
            if _CONTENT_TYPES not in names:
                raise refused(otherwise)
            kind = _main_kind(archive, names, otherwise)
            _refuse_content(archive, members)
            return kind
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,  # zipfile's own word for a compression that it does not know
        UnicodeDecodeError,
        ValueError,
    ):
        raise refused(_BROKEN) from None


def _refuse_shape(data: bytes, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """What the directory alone tells: how many, how large, their names, and that nothing lies around it."""
    if len(members) > MAX_MEMBERS:
        raise refused(_TOO_BIG)
    if min((member.header_offset for member in members), default=-1) != 0 or data[-22:-18] != b"PK\x05\x06":
        raise refused(_BROKEN)  # bytes before the first or after the last part: two files in one
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED or (unpacked > _SMALL and unpacked > MAX_RATIO * len(data)):
        raise refused(_TOO_BIG)
    names = [member.filename for member in members]
    if len(set(names)) != len(names):
        raise refused(_BROKEN)
    for member in members:
        if member.flag_bits & 0x1:
            raise refused(_LOCKED)
        if _is_list(member.filename) and member.file_size > _MOST_LISTED:
            raise refused(_TOO_BIG)
        parts = member.filename.split("/")
        if "\\" in member.filename or ":" in member.filename or ".." in parts or parts[0] == "":
            raise refused(_BROKEN)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refused(_BROKEN)
        if _PROGRAM_PARTS.search(member.filename):
            raise refused(_PROGRAM)


def _is_list(name: str) -> bool:
    return name == _CONTENT_TYPES or name.endswith(".rels")


def _main_kind(archive: zipfile.ZipFile, names: set[str], otherwise: str) -> Kind:
    types = _plain(archive.read(_CONTENT_TYPES))
    if "macroEnabled" in types or "vbaProject" in types:
        raise refused(_PROGRAM)
    for media_type, kind in _MAIN_TYPES.items():
        if media_type in types and _MAIN_PARTS[kind] in names:
            return kind
    raise refused(otherwise)


def _refuse_content(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Unpack everything once: broken parts show, and relationships are read."""
    for member in members:
        kept = bytearray()
        is_relationships = member.filename.endswith(".rels")
        with archive.open(member) as part:
            while chunk := part.read(_CHUNK):
                if is_relationships:
                    kept += chunk
        if is_relationships and _reaches_out(_plain(bytes(kept))):
            raise refused(_OUTSIDE)


def _reaches_out(relationships: str) -> bool:
    return any(
        _FETCHED.search(tag) and _ELSEWHERE.search(tag) for tag in _RELATIONSHIP.findall(relationships)
    )


def _plain(xml: bytes) -> str:
    """XML as text with double quotes and written-out signs, so that one pattern reads it. Not a parser."""
    encoding = "utf-16" if xml.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    return html.unescape(xml.decode(encoding, "replace")).replace("'", '"')
