"""The row of a checklist, the most seen thing of all."""

from __future__ import annotations

import re
from typing import Any

import pytest
from jinja2 import Environment

from app.domain.checklists import Standing


@pytest.fixture
def draw(env: Environment, entry: Any) -> Any:
    """A row as HTML."""
    rows = env.get_template("components/entry_row.html").module.entry_rows
    return lambda **changed: str(rows([entry(**changed)], "k1", "/daftar-periksa"))


def test_it_has_one_root_named_after_the_entry(draw: Any) -> None:
    html = draw()
    assert html.startswith('<li id="checklist-entry-12" class="entry todo">')
    assert html.endswith("</li>")
    assert html.count("<li") == 1


def test_it_posts_the_tick_with_token_version_key_and_way_back(draw: Any) -> None:
    html = draw()
    assert 'method="post" action="/daftar-periksa/12/selesai" hx-post="/daftar-periksa/12/selesai"' in html
    hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', html))
    assert hidden == {"csrf_token": "token", "versi": "3", "kunci": "k1-12-3", "kembali": "/daftar-periksa"}


def test_it_offers_undo_where_undo_is_open(draw: Any) -> None:
    html = draw(standing="selesai", verbs={"undo"})
    assert 'action="/daftar-periksa/12/proses"' in html
    assert "Batalkan selesai LOG-12" in html


def test_it_offers_no_button_where_no_verb_is_open_but_keeps_the_place_of_the_focus(draw: Any) -> None:
    html = draw(standing="selesai_diverifikasi", verbs=set())
    assert "<form" not in html
    assert "<button" not in html
    assert '<span id="tick-12"' in html


@pytest.mark.parametrize("standing", list(Standing))
def test_it_knows_every_standing_by_shape_and_word(draw: Any, standing: Standing) -> None:
    html = draw(standing=standing, verbs=set())
    shape = re.search(r'icons\.svg\?v=1#s-\w+"/></svg>([^<]+)', html)
    assert shape is not None
    assert shape.group(1) in standing.label or standing.label in shape.group(1) or "diverifikasi" in standing


def test_it_draws_no_bar_for_an_unknown_total(draw: Any) -> None:
    assert 'class="bar' not in draw(measure_total=None, measure_text="11 kecamatan")
    assert 'class="bar' not in draw(measure_value=None, measure_text="")
    assert 'width="84%"' in draw()


TEXTS = ("title", "code", "region_name", "unit_name", "due_text", "who_text", "note_line", "measure_text")


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("verbs", [{"tick"}, {"undo"}, set()], ids=str)
@pytest.mark.parametrize("tone", ["", "today", "overdue"])
def test_it_escapes_every_text(draw: Any, name: str, verbs: set[str], tone: str) -> None:
    hostile = '"><script>alert(1)</script>'
    html = draw(**{name: hostile, "verbs": verbs, "due_tone": tone, "show_region": True})
    assert "<script" not in html
    assert '">&lt;' not in html
    assert "&lt;script&gt;" in html


def test_it_escapes_what_the_page_gives(env: Environment, entry: Any) -> None:
    rows = env.get_template("components/entry_row.html").module.entry_rows
    html = str(rows([entry()], '"><script>', '"><script>', '"><script>'))
    assert "<script" not in html


def test_it_stays_small(draw: Any) -> None:
    assert len(draw(note_line="Berita acara belum ditandatangani")) < 2200
