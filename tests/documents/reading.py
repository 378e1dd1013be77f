"""Reads a PDF back as a person or a screen reader would, and lists what a good one must not have."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from pypdf import PdfReader


def pages(pdf: bytes) -> list[str]:
    """The text of each page on one line, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    """All pages' text."""
    return " ".join(pages(pdf))


def faults(pdf: bytes) -> list[str]:
    """What is wrong with the file, judged by what an archive and a screen reader need; empty when it is good."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return list(_faults(document))


def _faults(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if str(root.get("/Lang", "")) != "id":
        yield "no language"
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "not tagged"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "shows its file name instead of its title"
    if not document.docinfo.get("/Title"):
        yield "no title"
    if "/OutputIntents" not in root:
        yield "no colour intent"
    metadata = root.Metadata.read_bytes()
    if b'pdfaid:part="3"' not in metadata or b'pdfaid:conformance="A"' not in metadata:
        yield "does not say that it is PDF/A-3a"
    if "/ID" not in document.trailer:
        yield "no identifier"
    for page in document.pages:
        if "/Annots" in page.obj:
            yield "has annotations"
        if page.obj.get("/Tabs") != pikepdf.Name.S:
            yield "page without reading order"
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary):
            yield from _faults_of(item)
    yield from _unowned_marks(document)


def _faults_of(item: pikepdf.Dictionary) -> Iterator[str]:
    if item.get("/S") in (pikepdf.Name.JavaScript, pikepdf.Name.URI, pikepdf.Name.Launch):
        yield f"has an action {item.S}"
    if "/JS" in item or "/AA" in item or "/OpenAction" in item:
        yield "acts on its own"
    if item.get("/Type") == pikepdf.Name.FontDescriptor and not (
        {"/FontFile", "/FontFile2", "/FontFile3"} & set(item.keys())
    ):
        yield f"font {item.FontName} is not embedded"
    if item.get("/S") == pikepdf.Name.Figure and not str(item.get("/Alt", "")):
        yield "picture without words"


def _unowned_marks(document: pikepdf.Pdf) -> Iterator[str]:
    """Each page's marked text must be owned by an element that hangs in the tree on that page."""
    numbers = document.Root.StructTreeRoot.ParentTree.Nums.as_list()
    owners = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    hanging = {element.objgen for element in elements(document)}
    for number, page in enumerate(document.pages):
        key = int(page.obj.StructParents)
        if key != number:
            yield f"page {number} has the key {key}"
        for mark, element in enumerate(owners[key].as_list()):
            kids = element.K.as_list() if isinstance(element.K, pikepdf.Array) else [element.K]
            if mark not in [kid for kid in kids if isinstance(kid, int)]:
                yield f"text {mark} of page {number} is not in its element"
            if element.Pg.objgen != page.obj.objgen:
                yield f"text {mark} of page {number} belongs to another page"
            if element.objgen not in hanging:
                yield f"text {mark} of page {number} does not hang in the tree"


def elements(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The structure tree in reading order."""
    waiting = list(reversed(document.Root.StructTreeRoot.K.as_list()))
    while waiting:
        element = waiting.pop()
        yield element
        kids = element.K.as_list() if isinstance(element.K, pikepdf.Array) else [element.K]
        waiting.extend(kid for kid in reversed(kids) if isinstance(kid, pikepdf.Dictionary))


def bookmarks(pdf: bytes) -> list[tuple[str, list[str]]]:
    """The chapters with what stands under each."""
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        return [(chapter.title, [child.title for child in chapter.children]) for chapter in outline.root]


def invisible_fields(pdf: bytes) -> list[tuple[str, tuple[int, ...]]]:
    """The name as people read it and the place of every field that is hidden."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            (str(field.TU), tuple(int(part) for part in field.Rect))
            for field in document.Root.AcroForm.Fields
            if int(field.F) & 2
        ]
