"""What a page offers: its links, and its forms as a browser would send them untouched."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

SILENT = frozenset({"submit", "button", "image", "reset"})
PLAUSIBLE = {
    "date": ("2024-11-25", "2024-11-24"),
    "datetime-local": ("2024-11-25T08:00",),
    "time": ("08:00",),
    "number": ("3", "12"),
    "checkbox": ("on", ""),
    "text": ("Uji coba di lapangan", ""),
    "textarea": ("Catatan untuk uji coba", ""),
}
"""What somebody might type into an empty field, so that a form gets past its first check."""
Field = tuple[str, tuple[str, ...]]
"""The name of a field and what may stand in it."""


@dataclass
class Form:
    """A form with what stands in it."""

    action: str
    method: str
    is_multipart: bool
    fields: list[Field] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """Links and forms of one page; both as paths of this desk."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__()
        self.path, self.links, self.forms = path, set[str](), list[Form]()
        self._choice: tuple[str, list[str]] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Links, forms and their fields."""
        about = {name: value or "" for name, value in attrs}
        if tag == "a" and about.get("href"):
            self._link(about["href"])
        elif tag == "form":
            action = urljoin(self.path, about.get("action", "")) or self.path
            is_multipart = about.get("enctype", "") == "multipart/form-data"
            self.forms.append(Form(action, about.get("method", "get").upper(), is_multipart))
        elif self.forms and about.get("name"):
            self._field(tag, about)
        if tag == "option" and self._choice is not None:
            self._choice[1].append(about.get("value", ""))
        if "formaction" in about and self.forms:
            last = self.forms[-1]
            self.forms.insert(
                len(self.forms) - 1,
                Form(
                    urljoin(self.path, about["formaction"]),
                    "POST",
                    last.is_multipart,
                    last.fields,
                    last.files,
                ),
            )

    def handle_endtag(self, tag: str) -> None:
        """A list of choices is over."""
        if tag == "select" and self._choice is not None:
            name, values = self._choice
            self.forms[-1].fields.append((name, tuple(values) or ("",)))
            self._choice = None

    def _link(self, href: str) -> None:
        path = urldefrag(urljoin(self.path, href)).url
        if path.startswith("/") and not path.startswith(("//", "/static")):
            self.links.add(path)

    def _field(self, tag: str, about: dict[str, str]) -> None:
        kind, name = about.get("type", "text") if tag == "input" else tag, about["name"]
        if tag == "select":
            self._choice = (name, [])
        elif kind == "file":
            self.forms[-1].files.append(name)
        elif tag in ("input", "textarea") and kind not in SILENT:
            usual = PLAUSIBLE.get(kind, PLAUSIBLE["text"])
            self.forms[-1].fields.append((name, (about["value"],) if about.get("value") else usual))
        elif tag == "button" and "value" in about:
            self.forms[-1].fields.append((name, (about["value"],)))
