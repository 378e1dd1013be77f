"""Every page that any test fetches is looked at: what screen readers, keyboards and htmx need must be there."""

from __future__ import annotations

from html.parser import HTMLParser

from werkzeug.test import TestResponse

VOID = frozenset({"input", "meta", "link", "br", "hr", "img", "path", "rect", "use"})
UNLABELLED_KINDS = frozenset({"hidden", "submit", "button"})


class Reader(HTMLParser):
    """Collects what the promises speak of."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.headings = 0
        self.title = ""
        self.labels: set[str] = set()
        self.controls: list[dict[str, str]] = []
        self.targets: list[str] = []
        self.forms: list[dict[str, str]] = []
        self.tokens: set[int] = set()
        self.classes: set[str] = set()
        self.inline: list[str] = []
        self._open: list[str] = []
        self._labelled_depth: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        self.classes |= set(given.get("class", "").split())
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "script" and "src" not in given:
            self.inline.append("script")
        if tag == "h1":
            self.headings += 1
        if tag == "label":
            self.labels.add(given.get("for", ""))
            self._labelled_depth.append(len(self._open))
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
        if not self._labelled_depth and "aria-label" not in given:
            self.controls.append({"tag": tag, **given})

    def handle_endtag(self, tag: str) -> None:
        if tag == "label" and self._labelled_depth:
            self._labelled_depth.pop()
        if tag in self._open:
            while self._open and self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title" and "svg" not in self._open:
            self.title += data


def look(path: str, answer: TestResponse) -> None:
    """Fail the test whose page breaks a promise."""
    if answer.mimetype != "text/html" or not answer.data:
        return
    reader = Reader()
    reader.feed(answer.get_data(as_text=True))
    wrong = list(_wrong_anywhere(reader))
    if b"<!doctype html>" in answer.data[:40].lower():
        wrong += _wrong_on_a_page(reader)
    assert not wrong, f"{path} ({answer.status_code}): " + "; ".join(wrong)


def _wrong_anywhere(reader: Reader) -> list[str]:
    doubled = sorted({name for name in reader.ids if reader.ids.count(name) > 1})
    wrong = [f"id used twice: {name}" for name in doubled]
    wrong += [f"the CSP forbids {what}" for what in reader.inline]
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
