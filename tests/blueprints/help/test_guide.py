"""/bantuan/<chapter>: the guide of docs/panduan inside the application."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from app.blueprints.help import guide
from tests import cast
from tests.counting import statements
from tests.house.tree import ROOT

DOCS = ROOT / "docs"
NAMES = [heading.name for heading in guide.contents(DOCS)]


def draw(text: str, known: set[str] | None = None) -> guide.Chapter:
    """A chapter of a test's own."""
    return guide.draw("uji", text, known=known or set(), shots=DOCS / "shots")


@pytest.fixture
def reader(client: Any, session: Any) -> Any:
    """Somebody who reads the guide."""
    return cast.signed_in(client, "operator.berau")


def test_the_short_guide_leads_to_every_chapter(reader: Any):
    page = reader.get("/bantuan").text
    assert len(NAMES) > 6
    assert len(set(NAMES)) == len(NAMES)
    for heading in guide.contents(DOCS):
        assert f'href="/bantuan/{heading.name}">{heading.title}' in page


@pytest.mark.parametrize("name", NAMES)
def test_a_chapter_is_a_page_with_its_heading(reader: Any, name: str):
    answer = reader.get(f"/bantuan/{name}")  # tests/inspection.py looks at its h1, ids and labels
    assert answer.status_code == 200
    heading = next(heading for heading in guide.contents(DOCS) if heading.name == name)
    assert f"<h1>{heading.title}</h1>" in answer.text


def test_every_link_and_picture_of_the_chapters_is_there(reader: Any):
    pages = {f"/bantuan/{name}": reader.get(f"/bantuan/{name}").text for name in NAMES}
    broken = []
    for path, page in pages.items():
        for href in re.findall(r'(?:href|src)="([^"]*)"', page[page.index("<h1>") : page.index("</main>")]):
            target, _, mark = href.partition("#")
            shown = pages.get(target or path)
            if shown is None:
                broken += [(path, href)] if mark or reader.get(target).status_code != 200 else []
            elif mark and f'id="{mark}"' not in shown:
                broken.append((path, href))
    assert broken == []


def test_the_pictures_are_sent_as_pictures_and_kept(reader: Any):
    answer = reader.get("/bantuan/gambar/masuk-390.png")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.headers["Cache-Control"] == "private, max-age=86400"
    assert answer.data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "path",
    [
        "tidak-ada",
        "01-mulai",
        "..",
        "gambar/tidak-ada.png",
        "gambar/..%2fsettings.md",
        "gambar/x.svg",
        "MULAI",
    ],
)
def test_anything_else_is_not_found(reader: Any, path: str):
    assert reader.get(f"/bantuan/{path}").status_code == 404


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client: Any, session: Any):
    assert client.get("/bantuan/dua-langkah").location == "/masuk?lanjut=/bantuan/dua-langkah"
    assert client.get("/bantuan/gambar/masuk-390.png").status_code == 303


def test_a_chapter_is_drawn_once(reader: Any):
    first = guide.chapter(DOCS, "mulai")
    assert guide.chapter(DOCS, "mulai") is first
    reader.get("/bantuan/mulai")
    with statements() as asked:
        reader.get("/bantuan/mulai")
    assert len(asked) <= 4, asked


def test_a_chapter_that_changed_is_drawn_anew(tmp_path: Path):
    (tmp_path / "panduan").mkdir()
    file = tmp_path / "panduan" / "01-satu.md"
    file.write_text("# 1. Satu\n\nLama.\n")
    first = guide.chapter(tmp_path, "satu")
    assert first is not None
    assert "Lama." in first.body
    file.write_text("# 1. Satu\n\nBaru.\n")
    os.utime(file, ns=(1, 1))
    again = guide.chapter(tmp_path, "satu")
    assert again is not None
    assert "Baru." in again.body


def test_without_documents_there_are_no_chapters(tmp_path: Path):
    assert guide.contents(tmp_path) == []
    assert guide.chapter(tmp_path, "mulai") is None


def test_raw_html_is_shown_as_text():
    body = draw(
        "# Judul\n\n<script>alert(1)</script> dan <b onclick=x>tebal</b>\n\n<iframe src=x></iframe>\n"
    ).body
    assert "&lt;script&gt;" in body
    assert "<script" not in body
    assert "<b " not in body
    assert "<iframe" not in body


@pytest.mark.parametrize(
    "href, drawn",
    [
        ("02-mengisi.md", 'href="/bantuan/mengisi"'),
        ("02-mengisi.md#kisi", 'href="/bantuan/mengisi#bab-kisi"'),
        ("#di-sini", 'href="#bab-di-sini"'),
        ("../settings.md", 'href="/bantuan/pengaturan"'),
    ],
)
def test_links_lead_where_the_application_shows_it(href: str, drawn: str):
    assert drawn in draw(f"# A\n\n[ke sana]({href})\n", {"mengisi"}).body


@pytest.mark.parametrize(
    "href",
    ["../../CHANGELOG.md", "99-tidak-ada.md", "https://contoh.example", "javascript:alert(1)", "//x.example"],
)
def test_links_to_what_is_not_in_the_application_stay_words(href: str):
    body = draw(f"# A\n\n[ke sana]({href}) lalu\n", {"mengisi"}).body
    assert "ke sana" in body
    assert "href=" not in body


def test_pictures_from_elsewhere_are_left_out():
    text = "# A\n\n![x](https://contoh.example/x.png) ![y](../shots/tidak-ada.png) ![z](../shots/masuk-390.png)\n"
    body = draw(text).body
    assert body.count("<img") == 1
    assert 'width="390"' in body
    assert 'alt="z"' in body


def test_headings_of_the_same_words_get_ids_of_their_own():
    drawn = draw("# A\n\n## Sama\n\n## Sama\n\n### Lain & `kode`\n")
    assert drawn.title == "A"
    assert [mark for mark, _ in drawn.sections] == ["bab-sama", "bab-sama-1"]
    assert 'id="bab-lain--kode"' in drawn.body
    assert "<h1" not in drawn.body


def test_a_cell_of_a_table_knows_its_column():
    body = draw('# A\n\n| Isi | Guna "x" |\n|---|---|\n| `a` | b |\n| c |\n').body
    assert '<th scope="row"><code>a</code></th>' in body
    assert '<td data-label="Guna &#34;x&#34;"><span>b</span></td>' in body
    assert '<th scope="col">Isi</th>' in body


def test_commands_are_text_that_the_keyboard_can_scroll():
    body = draw('# A\n\n```sh\nflask x "<b>" & y\n```\n').body
    assert '<pre tabindex="0"><code>flask x &#34;&lt;b&gt;&#34; &amp; y\n</code></pre>' in body
