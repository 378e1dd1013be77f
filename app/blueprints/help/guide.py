"""The chapters of the guide (docs/panduan), drawn from their Markdown for the pages of the application.

What a chapter links to is led to where the application shows it: other chapters, the list of settings, pictures. A link
to any other document of the project stays as its words. Raw HTML in a chapter is shown as text.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SETTINGS = "pengaturan"
"""The chapter that is docs/settings.md."""
PREFIX = "bab-"
"""Before every id of a chapter, so that none is one of the page's own."""
LOCAL = re.compile(r"(?:\.\./panduan/|\./)?(?:\d+-)?([a-z0-9-]+)\.md(?:#(.+))?")
PICTURE = re.compile(r"\.\./shots/([a-z0-9-]+\.png)")


class Chapter(NamedTuple):
    """One chapter: its name in the address, its heading, its sections as (id, words), and its body."""

    name: str
    title: str
    sections: list[tuple[str, str]]
    body: Markup


class Heading(NamedTuple):
    """A line of the table of contents."""

    name: str
    title: str


def contents(docs: Path) -> list[Heading]:
    """All chapters in order; none where the documents do not lie beside the application."""
    return [Heading(name, _title(path)) for name, path in _files(docs)]


def chapter(docs: Path, name: str) -> Chapter | None:
    """A chapter, drawn once and again when its file has changed; None where there is none of this name."""
    path = dict(_files(docs)).get(name)
    return None if path is None else _drawn(docs, path, name, path.stat().st_mtime_ns)


def picture(docs: Path, name: str) -> Path | None:
    """The file of a picture that chapters may show; None for anything else."""
    path = docs / "shots" / name
    return path if re.fullmatch(r"[a-z0-9-]+\.png", name) and path.is_file() else None


def _files(docs: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted((docs / "panduan").glob("[0-9]*-*.md")):
        yield path.stem.partition("-")[2], path
    if (docs / "settings.md").is_file():
        yield SETTINGS, docs / "settings.md"


def _title(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return file.readline().removeprefix("# ").strip()


@lru_cache(maxsize=64)
def _drawn(docs: Path, path: Path, name: str, changed: int) -> Chapter:
    text = path.read_text(encoding="utf-8")
    known = {known for known, _ in _files(docs)}
    return draw(name, text, known=known, shots=docs / "shots")


def draw(name: str, text: str, *, known: set[str], shots: Path) -> Chapter:
    """A chapter from its Markdown. `known`: the names that links may lead to; pictures outside `shots` are left out."""
    markdown = _markdown()
    tokens = markdown.parse(text)
    title, sections = "", list[tuple[str, str]]()
    kept: list[Token] = []
    used: set[str] = set()
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.type == "heading_open":
            words = _plain(tokens[place + 1])
            if token.tag == "h1" and not title:
                title, place = words, place + 3
                continue
            mark = _unused(PREFIX + _slug(words), used)
            token.attrSet("id", mark)
            if token.tag == "h2":
                sections.append((mark, words))
        elif token.type == "inline":
            token.children = list(_inline(token.children or [], known, shots))
        kept.append(token)
        place += 1
    _label_cells(kept)
    return Chapter(name, title, sections, Markup(markdown.renderer.render(kept, markdown.options, {})))  # noqa: S704


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    """Loads the library (0.09 s) when the first chapter is read."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    drawn: dict[str, Callable[[Token], str]] = {
        "table_open": lambda token: '<table class="data cards mb-3">',
        "th_open": lambda token: '<th scope="col">',
        "td_open": _cell,
        "td_close": lambda token: "</span></td>\n" if token.meta["column"] else "</th>\n",
        "fence": _commands,
    }
    for rule, draw_token in drawn.items():
        markdown.add_render_rule(rule, _rule(draw_token))
    return markdown


def _rule(draw_token: Callable[[Token], str]) -> Callable[..., str]:
    def rule(self: object, tokens: list[Token], place: int, options: object, env: object) -> str:
        return draw_token(tokens[place])

    return rule


def _cell(token: Token) -> str:
    if not token.meta["column"]:
        return '<th scope="row">'
    return Markup('<td data-label="{}"><span>').format(token.meta["label"])


def _commands(token: Token) -> str:
    """Lines for the terminal; where they are wider than the page, the keyboard can scroll them."""
    return Markup('<pre tabindex="0"><code>{}</code></pre>\n').format(token.content)


def _label_cells(tokens: list[Token]) -> None:
    """Tell each cell of a table where it stands and its column's words: on a phone a row is a card."""
    heads: list[str] = []
    column = 0
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            heads = []
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            heads.append(_plain(tokens[place + 1]))
        elif token.type == "td_open":
            token.meta |= {"column": column, "label": heads[column] if column < len(heads) else ""}
        elif token.type == "td_close":
            token.meta["column"] = column
            column += 1


def _inline(tokens: list[Token], known: set[str], shots: Path) -> Iterator[Token]:
    """A paragraph's parts with links and pictures as the application has them."""
    is_linked = False
    for token in tokens:
        if token.type == "link_open":
            target = _target(str(token.attrGet("href") or ""), known)
            is_linked = bool(target)
            token.attrSet("href", target)
        if token.type in ("link_open", "link_close") and not is_linked:
            continue
        if token.type == "image" and not _show(token, shots):
            continue
        yield token


def _target(href: str, known: set[str]) -> str:
    """Where a link leads inside the application; nowhere ("") for other documents and other hosts."""
    if href.startswith("#"):
        return f"#{PREFIX}{href[1:]}"
    if href == "../settings.md":
        return f"/bantuan/{SETTINGS}"
    found = LOCAL.fullmatch(href)
    if found is None or found[1] not in known:
        return ""
    return f"/bantuan/{found[1]}" + (f"#{PREFIX}{found[2]}" if found[2] else "")


def _show(token: Token, shots: Path) -> bool:
    """Point a picture at our own address, with its size, so that nothing jumps; False where it is not ours."""
    found = PICTURE.fullmatch(str(token.attrGet("src") or ""))
    if found is None or not (shots / found[1]).is_file():
        return False
    with (shots / found[1]).open("rb") as file:
        width, height = struct.unpack(">II", file.read(24)[16:])  # every PNG begins with its size
    sized = {"src": f"/bantuan/gambar/{found[1]}", "width": width, "height": height}
    for name, value in {**sized, "loading": "lazy", "class": "img-fluid border"}.items():
        token.attrSet(name, value)
    return True


def _plain(inline: Token) -> str:
    return "".join(part.content for part in inline.children or [])


def _slug(words: str) -> str:
    """As the hosts of Markdown make it (a house test follows the same rule)."""
    return re.sub(r"[^\w -]", "", words.lower()).replace(" ", "-")


def _unused(mark: str, used: set[str]) -> str:
    made, number = mark, 0
    while made in used:
        number += 1
        made = f"{mark}-{number}"
    used.add(made)
    return made
