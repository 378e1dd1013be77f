"""A browser that follows nothing and believes nothing: raw requests, what answers say, and the forms on pages."""

from __future__ import annotations

import gzip
import http.client
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from html.parser import HTMLParser
from threading import local
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode, urlsplit

import pikepdf
import pypdfium2

T = TypeVar("T")
R = TypeVar("R")
FORM = "application/x-www-form-urlencoded"
CHANGING = re.compile(
    r'name="(?:csrf_token|kunci)"[^>]*value="[^"]*"|[0-9a-f]{16}|\?v=[\w-]+|<dcterms:[^>]*>[^<]*|[\w-]{20,}\.[\w-]{5,8}\.[\w-]{20,}'
)
"""What differs between two answers that say the same."""


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """All that a reader could find in it: of a page its source, of a sheet or a paper what is inside."""
        if self.body.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(self.body)) as parts:
                return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
        if self.body.startswith(b"%PDF"):
            return paper_text(self.body)
        return self.body.decode("utf-8", "replace")

    @property
    def said(self) -> tuple[int, str]:
        """The answer without what is new in every answer."""
        return self.status, CHANGING.sub("", self.text)

    @property
    def location(self) -> str:
        """Where it sends the browser."""
        return self.headers.get("location", "") or self.headers.get("hx-redirect", "")


def paper_text(content: bytes) -> str:
    """The words of a PDF and of every file attached to it."""
    document = pypdfium2.PdfDocument(content)
    words = [page.get_textpage().get_text_range() for page in document]
    document.close()
    with pikepdf.open(io.BytesIO(content)) as paper:
        attached = [paper.attachments[name].get_file().read_bytes() for name in paper.attachments]
    return "\n".join([*words, *(part.decode("utf-8", "replace") for part in attached)])


class Browser:
    """Requests to one server; each thread keeps a connection of its own."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._kept = local()

    def ask(self, method: str, path: str, cookie: str = "", body: bytes = b"", **headers: str) -> Answer:
        """One request as it is given; a closed connection is opened again once."""
        sent = {"Accept-Encoding": "gzip", **({"Cookie": cookie} if cookie else {})}
        sent |= {"Content-Type": FORM} if method == "POST" else {}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        for again in (True, False):
            try:
                connection = self._connection()
                connection.request(method, path, body, sent)
                reply = connection.getresponse()
                content = reply.read()
                break
            except (http.client.HTTPException, OSError):
                self._kept.connection = None
                if not again:
                    raise
        known = {name.lower(): value for name, value in reply.getheaders()}
        if known.get("content-encoding") == "gzip":
            content = gzip.decompress(content)
        return Answer(reply.status, known, content)

    def post(self, path: str, fields: Iterable[tuple[str, str]], cookie: str, **headers: str) -> Answer:
        """A form, sent."""
        return self.ask("POST", path, cookie, urlencode(list(fields)).encode(), **headers)

    def _connection(self) -> http.client.HTTPConnection:
        kept = getattr(self._kept, "connection", None)
        if kept is None:
            kept = self._kept.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        return kept


def at_once(work: Any, over: Iterable[T], hands: int = 4) -> Iterator[R]:
    """`map` with a few hands."""
    with ThreadPoolExecutor(hands) as pool:
        yield from pool.map(work, over)


class SeenForm(NamedTuple):
    """A form of a page that does something, filled in as a person would."""

    path: str
    fields: tuple[tuple[str, str], ...]

    def with_token(self, token: str) -> list[tuple[str, str]]:
        """The fields with somebody's own token."""
        return [("csrf_token", token), *(pair for pair in self.fields if pair[0] != "csrf_token")]


WORDS = {
    "date": "2024-11-25",
    "time": "09:00",
    "datetime-local": "2024-11-25T09:00",
    "number": "1",
    "email": "",
}


class FormReader(HTMLParser):
    """Reads the forms of a page; empty fields get something plausible."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[SeenForm] = []
        self._path = page.partition("?")[0]
        self._fields: dict[str, str] | None = None
        self._action = ""
        self._select = ""
        self._area = ""
        self._elsewhere: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form" and given.get("method", "").lower() == "post":
            self._fields, self._action = {}, given.get("action") or self._path
            self._elsewhere = []
        elif self._fields is None or "disabled" in given:
            return
        elif tag == "select":
            self._select = name
            self._fields.setdefault(name, "")
        elif tag == "option" and self._select and given.get("value"):
            if "selected" in given or not self._fields[self._select]:
                self._fields[self._select] = given["value"]
        elif tag == "textarea":
            self._area = name
            self._fields[name] = ""
        elif given.get("formaction"):
            self._elsewhere.append(given["formaction"])
        elif tag == "input" and name:
            self._input(given, name)

    def _input(self, given: dict[str, str], name: str) -> None:
        assert self._fields is not None
        kind, value = given.get("type", "text"), given.get("value", "")
        if kind in ("radio", "checkbox"):
            if "checked" in given or name not in self._fields:
                self._fields[name] = value or "y"
        elif kind == "hidden":
            self._fields[name] = value
        elif kind not in ("submit", "button", "file", "password"):
            self._fields[name] = value or WORDS.get(kind, "Kenari uji 7")

    def handle_data(self, data: str) -> None:
        if self._fields is not None and self._area:
            self._fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea" and self._fields is not None:
            self._fields[self._area] = self._fields.get(self._area, "").strip() or "Kenari uji, sebab contoh."
            self._area = ""
        elif tag == "form" and self._fields is not None:
            for action in (self._action, *self._elsewhere):
                self.forms.append(SeenForm(urlsplit(action).path or self._path, tuple(self._fields.items())))
            self._fields = None


def forms_of(page: str, text: str) -> list[SeenForm]:
    """The forms of a page that send something."""
    reader = FormReader(page)
    with suppress(AssertionError):
        reader.feed(text)
    return reader.forms
