"""Archives: bombs that unfold, overlap or nest, members that climb out, and what only looks like an archive."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable

from tests.domain.evidence.samples import letter, sheet, zipped
from tests.stress.corpus.bad import Bad, plain

MB = 1024 * 1024
PART = "xl/worksheets/sheet1.xml"


def zeros(megabytes: int) -> bytes:
    """So much of nothing."""
    return b"\0" * (megabytes * MB)


def nested(depth: int) -> bytes:
    """An archive in an archive in an archive; the innermost unfolds."""
    content = zipped({"0": zeros(40)})
    for level in range(depth):
        content = zipped({f"{level}.zip": content})
    return content


def overlapping(names: int, megabytes: int, first: bytes) -> bytes:
    """An archive of many members that all lie at the same place: what is stored once is unfolded so many times."""
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = zeros(megabytes)
    packed = press.compress(raw) + press.flush()
    about = (20, 0, 8, 0, 0, zlib.crc32(raw), len(packed), len(raw))
    out = struct.pack("<4s5H3L2H", b"PK\3\4", *about[:5], *about[5:], len(first), 0) + first + packed
    start, directory = len(out), b""
    for number in range(names):
        name = first if number == 0 else b"x%05d" % number
        head = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, *about, len(name), 0, 0, 0, 0, 0, 0)
        directory += head + name
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, names, names, len(directory), start, 0)
    return out + directory + end


def lying(size: int) -> bytes:
    """A sheet whose directory says that its largest part has `size` bytes, and which unfolds to 50 MB."""
    data = bytearray(sheet({PART: zeros(50)}))
    place = data.rindex(b"PK\1\2", 0, data.rindex(PART.encode()))
    data[place + 24 : place + 28] = struct.pack("<L", size)
    return bytes(data)


def flagged(offset: int, value: int) -> bytes:
    """A sheet with another number in the directory's entry of its first part."""
    data = bytearray(sheet())
    place = data.index(b"PK\1\2") + offset
    data[place : place + 2] = struct.pack("<H", value)
    return bytes(data)


def twice() -> bytes:
    """A sheet with two parts of one name: which of them a reader takes is its own affair."""
    out = io.BytesIO(sheet())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("x1", b"<a/>")
        archive.writestr("x2", b"<b/>")
    return out.getvalue().replace(b"x2", b"x1")


def linked() -> bytes:
    """A letter with a link to a file of the machine."""
    out = io.BytesIO(letter())
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("word/media/../../../etc/passwd")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def tarred(name: str, press: Callable[[bytes], bytes] = bytes) -> bytes:
    """A tar with one member of that name."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = 4
        archive.addfile(member, io.BytesIO(b"x7z\n"))
    return press(out.getvalue())


ARCHIVES = (
    Bad("a zip bomb", "arsip.zip", lambda: zipped({"0": zeros(120)})),
    Bad("a zip bomb that poses as a sheet", "rekap.xlsx", lambda: sheet({PART: zeros(120)})),
    Bad("a zip bomb that poses as a letter", "surat.docx", lambda: letter({"word/x.xml": zeros(99)})),
    Bad("a nested zip bomb", "arsip.zip", lambda: nested(6)),
    Bad("a nested zip bomb in a sheet", "rekap.xlsx", lambda: sheet({"xl/media/a.zip": nested(2) * 30})),
    Bad("an overlapping zip bomb", "arsip.zip", lambda: overlapping(2_500, 20, b"a")),
    Bad("an overlapping bomb as a sheet", "rekap.xlsx", lambda: overlapping(900, 20, b"[Content_Types].xml")),
    Bad("a few overlapping parts", "rekap.xlsx", lambda: overlapping(4, 1, b"[Content_Types].xml")),
    Bad("a part that says it is small", "rekap.xlsx", lambda: lying(10)),
    Bad("a part that says it has 4 GB", "rekap.xlsx", lambda: lying(0xFFFFFFFE)),
    Bad("twenty thousand parts", "rekap.xlsx", lambda: sheet({f"x/{n}": b"" for n in range(20_000)})),
    Bad("a part locked with a password", "rekap.xlsx", lambda: flagged(8, 1)),
    Bad("a compression that nobody knows", "rekap.xlsx", lambda: flagged(10, 99)),
    Bad("two parts of one name", "rekap.xlsx", twice),
    Bad("a part that climbs out", "surat.docx", lambda: letter({"../../../../etc/x7z": b"x7z"})),
    Bad("a part with an absolute name", "surat.docx", lambda: letter({"/etc/x7z": b"x7z"})),
    Bad("a part with a drive", "surat.docx", lambda: letter({"C:\\x7z.exe": b"x7z"})),
    Bad("a link to a file of the machine", "surat.docx", linked),
    Bad("a program in front of an archive", "rekap.xlsx", lambda: b"MZ" + b"\0" * 64 + sheet()),
    Bad("a page behind an archive", "rekap.xlsx", lambda: sheet() + b"<html><script>x7z()</script>"),
    Bad("a picture in front of an archive", "foto.png", lambda: b"\x89PNG\r\n\x1a\n" + sheet()),
    Bad("an archive cut off", "rekap.xlsx", lambda: sheet({PART: b"<a/>" * 5_000})[:-40]),
    Bad("an empty archive", "rekap.xlsx", plain(b"PK\5\6" + b"\0" * 18)),
    Bad("an archive of nothing known", "arsip.zip", lambda: zipped({"surat.txt": b"x7z"})),
    Bad("a Java program", "alat.jar", lambda: zipped({"META-INF/MANIFEST.MF": b"Main-Class: X7z"})),
    Bad("a gzip bomb", "arsip.gz", lambda: gzip.compress(zeros(60), 9)),
    Bad("a bzip2 bomb", "arsip.bz2", lambda: bz2.compress(zeros(20), 9)),
    Bad("an xz bomb", "arsip.xz", lambda: lzma.compress(zeros(20))),
    Bad("a gzip bomb that poses as a table", "rekap.csv", lambda: gzip.compress(zeros(60), 9)),
    Bad("a tar that climbs out", "arsip.tar", lambda: tarred("../../tmp/x7z")),
    Bad("a packed tar", "arsip.tar.gz", lambda: tarred("x7z", gzip.compress)),
    Bad("a RAR", "arsip.rar", plain(b"Rar!\x1a\x07\x01\x00" + b"\0" * 90)),
    Bad("a 7z", "arsip.7z", plain(b"7z\xbc\xaf\x27\x1c" + b"\0" * 90)),
    Bad("a cabinet", "arsip.cab", plain(b"MSCF" + b"\0" * 90)),
    Bad("a zstd", "arsip.zst", plain(b"\x28\xb5\x2f\xfd" + b"\0" * 90)),
)
