"""Every page that any test fetches is looked at: what screen readers, keyboards and htmx need must be there."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from werkzeug.test import TestResponse

UNLABELLED_KINDS = frozenset({"hidden", "submit", "button"})
NAME = r"[^\s=<>/\"']+"
VALUE = r"\"[^\"]*\"|'[^']*'|[^\s<>\"'=]+"
TAG = re.compile(
    rf"<!--.*?-->|<(?P<end>/?)(?P<tag>[a-zA-Z][\w-]*)(?P<given>(?:\s+{NAME}(?:\s*=\s*(?:{VALUE}))?)*)\s*/?>|<[a-zA-Z/]",
    re.DOTALL,
)
GIVEN = re.compile(rf"({NAME})(?:\s*=\s*({VALUE}))?")
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


class Reader:
    """Collects what the promises speak of. A reader for this house's own pages, ten times as quick as html.parser:
    what it cannot read as a tag is a broken promise too.
    """

    def __init__(self, text: str) -> None:
        self.ids: list[str] = []
        self.headings = 0
        self.labels: set[str] = set()
        self.controls: list[dict[str, str]] = []
        self.targets: list[str] = []
        self.forms: list[dict[str, str]] = []
        self.tokens: set[int] = set()
        self.classes: set[str] = set()
        self.inline: list[str] = []
        self.broken: list[str] = []
        self._in_labels = 0
        for found in TAG.finditer(text):
            if found["tag"] is None:
                if not found[0].startswith("<!--"):
                    self.broken.append(text[found.start() : found.start() + 60])
            elif not found["end"]:
                self._begin(found["tag"].lower(), found["given"])
            elif found["tag"] == "label":
                self._in_labels -= 1
        title = TITLE.search(text.partition("<svg")[0])  # drawings have titles too
        self.title = title[1] if title else ""

    def _begin(self, tag: str, attributes: str) -> None:
        given = {name: plain(value) for name, value in GIVEN.findall(attributes)}
        if "id" in given:
            self.ids.append(given["id"])
        self.classes.update(given.get("class", "").split())
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "script" and "src" not in given:
            self.inline.append("script")
        if tag == "h1":
            self.headings += 1
        if tag == "label":
            self.labels.add(given.get("for", ""))
            self._in_labels += 1
        if "hx-target" in given:
            self.targets.append(given["hx-target"])
        if tag == "form":
            self.forms.append(given)
        if tag in ("input", "select", "textarea"):
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        if given.get("name") == "csrf_token" and self.forms:
            self.tokens.add(len(self.forms) - 1)
        if given.get("type") in UNLABELLED_KINDS:
            return
        if not self._in_labels and "aria-label" not in given:
            self.controls.append({"tag": tag, **given})


def plain(value: str) -> str:
    """An attribute's value without its quotes and with its signs as they are meant."""
    value = value[1:-1] if value[:1] in ("'", '"') else value
    return unescape(value) if "&" in value else value


def look(path: str, answer: TestResponse) -> None:
    """Fail the test whose page breaks a promise."""
    if answer.mimetype != "text/html" or not answer.data:
        return
    reader = Reader(answer.get_data(as_text=True))
    wrong = list(_wrong_anywhere(reader))
    if b"<!doctype html>" in answer.data[:40].lower():
        wrong += _wrong_on_a_page(reader)
    assert not wrong, f"{path} ({answer.status_code}): " + "; ".join(wrong)


def _wrong_anywhere(reader: Reader) -> list[str]:
    doubled = sorted(name for name, times in Counter(reader.ids).items() if times > 1)
    wrong = [f"id used twice: {name}" for name in doubled]
    wrong += [f"the CSP forbids {what}" for what in reader.inline]
    wrong += [f"no tag: {what}" for what in reader.broken]
    wrong += [
        f"no label for {control.get('name') or control}"
        for control in reader.controls
        if control.get("id", "") not in reader.labels
    ]
    for number, form in enumerate(reader.forms):
        method = form.get("method", "").lower()
        if method not in ("get", "post", "dialog"):
            wrong.append(f"form without method: {form}")
        elif method != "dialog" and not form.get("action"):
            wrong.append(f"form without action: {form}")
        elif method == "post" and number not in reader.tokens:
            wrong.append(f"form without csrf_token: {form.get('action')}")
    return wrong


def _wrong_on_a_page(reader: Reader) -> list[str]:
    wrong = [] if reader.headings == 1 else [f"{reader.headings} h1"]
    if not reader.title.replace("· Desk Pilkada", "").strip():
        wrong.append("no title")
    known = set(reader.ids)
    for target in reader.targets:
        is_here = target[1:] in known if target.startswith("#") else True
        if target.startswith("closest ."):
            is_here = target.removeprefix("closest .") in reader.classes
        if not is_here:
            wrong.append(f"hx-target {target} is nowhere")
    return wrong
