"""What people read is Indonesian, polite, and says which PPK is meant."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

from tests.house.tree import texts

ENGLISH = re.compile(
    r"\b(submit|save|cancel|delete|edit|search|loading|failed|success|login|logout|sign in|password|username|"
    r"upload|update|please|dashboard|settings|back|next|previous|close|not found|forbidden|checklist|deadline|"
    r"evidence|file|user|request|error|invalid|required|page|retry)\b",
    re.IGNORECASE,
)
"""Words that slip in; none of them is a word of this interface."""
SPOKEN = frozenset({"alt", "title", "placeholder", "aria-label", "content-description"})
REFUSALS = frozenset({"NotFound", "NotAllowed", "NotNow", "Invalid", "Overtaken", "refused", "NotDone"})
LOST = re.compile(r"\bPPK\b(?! \(kecamatan\)| kepegawaian| \(P)")
"""The three letters without their meaning; "PPK (Panitia" and "PPK (Pejabat" are the glossary's own entries."""


SHOWN = (
    "checklist_items.csv",
    "tahapan_pilkada_2024.csv",
    "app_stages.csv",
    "perangkat_daerah.csv",
    "sumber.csv",
)
"""The shipped files whose wording stands on pages and papers as it is."""


class Words(HTMLParser):
    """Collects what a page says: text, and attributes that are read out or shown."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style", "code")
        self.found += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style", "code")

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.found.append(data)


def templates() -> list[tuple[str, str]]:
    """Every template without its comments."""
    return [
        (path, re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL))
        for path, text in texts()
        if path.startswith("app/templates/")
    ]


def spoken(template: str) -> list[str]:
    """What a template says by itself: its text, and sentences that its expressions pass on."""
    expressions = re.findall(r"\{[{%](.*?)[%}]\}", template, re.DOTALL)
    quoted = [text for one in expressions for text in re.findall(r"""'[^']*'|"([^"]*)\"""", one)]
    literals = [text for text in quoted if " " in text or text[:1].isupper()]
    reader = Words()
    reader.feed(re.sub(r"\{[{%].*?[%}]\}", " ", template, flags=re.DOTALL))
    return [text for text in (*reader.found, *literals) if not re.search(r"[<>/={}]|hx-|--", text)]


@cache
def refusals() -> tuple[tuple[str, str], ...]:
    """(file, sentence) of everything that a refusal says."""
    return tuple(refusals_in_source())


def refusals_in_source() -> Iterator[tuple[str, str]]:
    for path, text in texts():
        if not path.startswith("app/") or not path.endswith(".py"):
            continue
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in REFUSALS:
                values = [*call.args, *(keyword.value for keyword in call.keywords)]
                for part in (node for value in values for node in ast.walk(value)):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value:
                        yield path, re.sub(r"--[a-z-]+", "", part.value)


def test_no_template_speaks_english():
    leftovers = [
        (path, sentence.strip()[:80])
        for path, text in templates()
        for sentence in spoken(text)
        if ENGLISH.search(sentence)
    ]
    assert leftovers == []


def test_no_refusal_speaks_english():
    assert sorted({(path, text) for path, text in refusals() if ENGLISH.search(text)}) == []


def test_the_person_is_addressed_politely():
    familiar = re.compile(r"\b(kamu|kau|anda|loe|gue)\b")
    rude = [
        (path, text.strip()) for path, page in templates() for text in spoken(page) if familiar.search(text)
    ]
    rude += [(path, text) for path, text in refusals() if familiar.search(text)]
    assert rude == []


def test_nothing_fails_without_saying_why():
    bare = re.compile(r"^\W*gagal\W*$", re.IGNORECASE)
    mute = [(path, text) for path, page in templates() for text in spoken(page) if bare.match(text)]
    mute += [(path, text) for path, text in refusals() if bare.match(text)]
    assert mute == []


def test_ppk_never_stands_without_its_meaning():
    shown = ("app/templates/", "docs/", *(f"app/data/{name}" for name in SHOWN))
    papers = [(path, " ".join(text.split())) for path, text in texts() if path.startswith(shown)]
    papers += [(path, text) for path, text in texts() if path in ("README.md", "CHANGELOG.md")]
    papers += refusals()
    lost = [
        (path, text[max(0, match.start() - 30) : match.end() + 30])
        for path, text in papers
        for match in LOST.finditer(text)
    ]
    assert lost == []


def test_these_tests_would_notice():
    page = '<p title="Close">Simpan</p>{{ head("Save file", x if y.endswith("/a") else "") }}<b>Gagal.</b>'
    assert spoken(page) == ["Close", "Simpan", "Gagal.", "Save file"]
    assert [text for text in spoken(page) if ENGLISH.search(text)] == ["Close", "Save file"]
    assert LOST.findall("Terima di PPK (kecamatan), tindak lanjut PPK kepegawaian, lalu PPK.") == ["PPK"]
