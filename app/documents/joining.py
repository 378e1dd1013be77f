"""Joins separately rendered sections into one PDF that still reads as one: tags, bookmarks and page numbers.

A plain merge drops the structure tree, so a screen reader would find a heap of pages. Here each section's
tree is hung under one root, and the keys by which a page finds its tags are moved so that they do not
collide.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf

KEEP_TOP = 3  # A destination [page /XYZ left top zoom]: where its top stands.


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading and the place it leads to, counted in pages of the whole."""

    title: str
    page: int
    top: float


Part = bytes | Path
"""A PDF, or where it lies: of a file only what is asked for is in memory."""


def _opened(part: Part) -> Pdf:
    return Pdf.open(part if isinstance(part, Path) else io.BytesIO(part))


def join_sections(sections: Sequence[Part], frames: Sequence[Part], chapters: Collection[str]) -> bytes:
    """One PDF of all sections, in order, with the frames' page of the same number stamped on each page.

    The first section gives metadata, language and colour intent. `chapters` are the bookmark titles of the
    first level; others go under the chapter before them. The frames must have as many pages as all sections
    together, else ValueError.
    """
    with _opened(sections[0]) as whole:
        bookmarks = list(_bookmarks(whole, first_page=0))
        trees = [whole.Root.StructTreeRoot]
        starts = [0]
        for section in sections[1:]:
            start = len(whole.pages)
            with _opened(section) as part:
                bookmarks += _bookmarks(part, first_page=start)
                whole.pages.extend(part.pages)
                # After the pages: only then do the tree's references lead to them.
                trees.append(whole.copy_foreign(part.Root.StructTreeRoot))
                starts.append(start)
        _hang_under_one_root(whole, trees, starts)
        _write_bookmarks(whole, bookmarks, chapters)
        _stamp(whole, frames)
        target = io.BytesIO()
        whole.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def _hang_under_one_root(whole: Pdf, trees: Sequence[Object], starts: Sequence[int]) -> None:
    """Give all trees the first one's Document element, and every page the key it has in the whole.

    The sections have no link or form annotation, so a page's number is its only key.
    """
    root = trees[0]
    document = root.K[0]
    numbers = Array()
    for tree, start in zip(trees, starts, strict=True):
        entries = list(tree.ParentTree.Nums.as_list())
        for key, value in zip(entries[::2], entries[1::2], strict=True):
            numbers.append(start + int(key))
            numbers.append(value)
        if tree is not root:
            for element in list(tree.K[0].K.as_list()):
                element.P = document
                document.K.append(element)
    root.ParentTree = whole.make_indirect(Dictionary(Nums=numbers))
    root.ParentTreeNextKey = len(whole.pages)
    for number, page in enumerate(whole.pages):
        page.obj.StructParents = number


def _bookmarks(pdf: Pdf, first_page: int) -> Iterator[Bookmark]:
    """The section's headings in reading order, whatever their depth."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}

    def walk(items: Sequence[OutlineItem]) -> Iterator[Bookmark]:
        for item in items:
            destination = item.destination
            if isinstance(destination, Array):
                page = pages[destination[0].objgen]
                yield Bookmark(item.title, first_page + page, float(destination[KEEP_TOP]))
            yield from walk(item.children)

    with pdf.open_outline() as outline:
        yield from walk(outline.root)


def _write_bookmarks(whole: Pdf, bookmarks: Sequence[Bookmark], chapters: Collection[str]) -> None:
    with whole.open_outline() as outline:
        outline.root.clear()
        for bookmark in bookmarks:
            item = OutlineItem(bookmark.title, bookmark.page, "XYZ", left=0, top=bookmark.top)
            is_chapter = bookmark.title in chapters or not outline.root
            (outline.root if is_chapter else outline.root[-1].children).append(item)


def headings(section: Part) -> tuple[int, list[tuple[str, int]]]:
    """How many pages a section has, and its headings in reading order, each with its page from 0."""
    with _opened(section) as pdf:
        return len(pdf.pages), [(mark.title, mark.page) for mark in _bookmarks(pdf, first_page=0)]


def _stamp(whole: Pdf, frames: Sequence[Part]) -> None:
    """Draw the frames' pages over ours, marked as artifacts: a page number is no part of the text."""
    number = 0
    for frame in frames:
        with _opened(frame) as overlay:
            if number + len(overlay.pages) > len(whole.pages):
                raise ValueError(f"frames of more than {len(whole.pages)} pages")
            for leaf in overlay.pages:
                page = whole.pages[number]
                form = whole.copy_foreign(leaf.as_form_xobject())
                # Pages of a section share one resource dictionary; the number keeps the names apart.
                name = page.add_resource(form, Name.XObject, Name(f"/Frame{number}"))
                page.contents_add(b"q", prepend=True)
                page.contents_add(f"Q /Artifact BMC q {name} Do Q EMC".encode())
                number += 1
    if number != len(whole.pages):
        raise ValueError(f"frames of {number} pages for a document of {len(whole.pages)}")
