"""Files as people send them, and files as nobody should: made here, so the tree holds nothing hostile."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image
from pypdf import PdfWriter

SECRET = b"Catatan pribadi di dalam foto"
TAKEN = "2024:11:25 08:12:00"
OFFICE = "application/vnd.openxmlformats-officedocument"


def exif(
    *, orientation: int = 1, taken: str = TAKEN, offset: str = "", gps: dict[int, Any] | None = None
) -> bytes:
    """Metadata as a phone writes it: a place in Kaltim on the morning of 25 November 2024."""
    told = Image.Exif()
    told[0x010F] = SECRET.decode()
    told[0x0112] = orientation
    details = told.get_ifd(0x8769)
    details[0x9003] = taken
    if offset:
        details[0x9011] = offset
    told.get_ifd(0x8825).update(gps if gps is not None else place())
    return told.tobytes()


def place(*, south: Any = (1.0, 12.0, 0.0), east: Any = (117.0, 18.0, 0.0)) -> dict[int, Any]:
    """GPS fields: 1.2 degrees south, 117.3 degrees east, unless told otherwise."""
    return {1: "S", 2: south, 3: "E", 4: east}


def picture(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """A picture of many colours, dark at its top left corner and light at the others."""
    bands = [Image.effect_noise((width, height), 40) for _ in range(3)]
    drawn = Image.merge("RGB", bands)
    drawn.paste((10, 10, 10), (0, 0, width // 2, height // 2))
    return drawn.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo(width: int = 400, height: int = 300, **about: Any) -> bytes:
    """A JPEG of a phone, with everything a phone tells."""
    return saved(picture(width, height), "JPEG", exif=exif(**about), comment=SECRET)


def screenshot() -> bytes:
    """A PNG of few colours."""
    image = Image.new("RGB", (300, 200), "white")
    image.paste((0, 90, 160), (0, 0, 300, 40))
    return saved(image, "PNG")


def chunk(name: bytes, data: bytes) -> bytes:
    """One chunk of a PNG, with its checksum."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def huge_png(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few hundred bytes that says it is 3.6 gigapixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def zipped(parts: dict[str, bytes], **options: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def sheet(more: dict[str, bytes] | None = None, *, main: str = "sheet") -> bytes:
    """A small XLSX."""
    media_type = f"{OFFICE}.spreadsheetml.{main}.main+xml"
    types = f'<Types><Override PartName="/xl/workbook.xml" ContentType="{media_type}"/></Types>'
    parts = {"[Content_Types].xml": types.encode(), "xl/workbook.xml": b"<workbook/>"}
    return zipped(parts | (more or {}))


def letter(more: dict[str, bytes] | None = None) -> bytes:
    """A small DOCX."""
    main = f"{OFFICE}.wordprocessingml.document.main+xml"
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    parts = {"[Content_Types].xml": types.encode(), "word/document.xml": b"<document/>"}
    return zipped(parts | (more or {}))


def relationships(kind: str, target: str) -> bytes:
    return (
        f"<Relationships><Relationship Id='rId1' Type='http://schemas.openxmlformats.org/officeDocument/2006/"
        f"relationships/{kind}' Target='{target}' TargetMode='External'/></Relationships>"
    ).encode()


def pdf(pages: int = 1, *, attachment: bytes = b"", password: str = "") -> bytes:
    """A PDF of empty pages, with what a hostile one carries."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if attachment:
        writer.add_attachment("lampiran.exe", attachment)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def written_pdf(*bodies: bytes) -> bytes:
    """A PDF by hand: the bodies become objects 1, 2, 3, ...; the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    count = len(bodies) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, start)


PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"


def acting_pdf(catalogue: bytes, *more: bytes) -> bytes:
    """A PDF of one page with something in its catalogue; further objects start at number 4."""
    return written_pdf(b"<</Type/Catalog/Pages 2 0 R %s>>" % catalogue, PAGES, PAGE, *more)


def bomb_pdf(megabytes: int) -> bytes:
    """A small PDF whose object stream unfolds to that many megabytes."""
    press = zlib.compressobj(9)
    packed = press.compress(b"5 0 (")
    megabyte = b"A" * 1024 * 1024
    for _ in range(megabytes):
        packed += press.compress(megabyte)
    packed += press.compress(b")") + press.flush()
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R/Heavy 5 0 R>>",
        PAGES,
        PAGE,
        b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
        % (len(packed), packed),
    )
    out, places = b"%PDF-1.5\n", [0]
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    rows = [(0, 0, 65535), *((1, where, 0) for where in places[1:]), (2, 4, 0), (1, start, 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    head = b"<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>" % len(table)
    return out + b"6 0 obj\n%sstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (head, table, start)
