"""Promises of the components and layouts that no page may break."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import wtforms
from jinja2 import Environment
from werkzeug.datastructures import MultiDict

TEMPLATES = Path(__file__).parents[2] / "app" / "templates"
STATIC = TEMPLATES.parent / "static"
OURS = sorted(
    [
        *TEMPLATES.glob("layouts/*.html"),
        *TEMPLATES.glob("components/*.html"),
        *TEMPLATES.glob("errors/*.html"),
    ]
)
ERRORS = [400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503, 507]


class Visit(wtforms.Form):
    """A form with one field of each kind that is hard to draw."""

    place = wtforms.StringField(
        "Tempat", [wtforms.validators.InputRequired("Isi tempatnya.")], description="Seperti pada undangan."
    )
    kind = wtforms.RadioField(
        "Jenis",
        [wtforms.validators.InputRequired("Pilih jenisnya.")],
        choices=[wtforms.SelectChoice("r", "Rapat")],
    )
    people = wtforms.IntegerField("Peserta", [wtforms.validators.Optional()])
    photo = wtforms.FileField("Foto")


@pytest.fixture
def form() -> Visit:
    """A form that was sent empty."""
    form = Visit(MultiDict({"people": "12"}))
    assert not form.validate()
    return form


def _macro(env: Environment, file: str, name: str) -> Any:
    return getattr(env.get_template(f"components/{file}.html").module, name)


def test_a_wrong_field_ties_its_error_and_hint_to_the_control(env: Environment, form: Visit) -> None:
    html = str(_macro(env, "form", "field")(form.place))
    assert 'aria-describedby="place-hint place-err"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="place-err"' in html


def test_a_group_of_choices_is_a_fieldset_with_a_legend(env: Environment, form: Visit) -> None:
    html = str(_macro(env, "form", "field")(form.kind))
    assert html.startswith('<fieldset class="field wrong" aria-describedby="kind-err"><legend>Jenis')


def test_a_number_is_typed_as_text_so_that_the_comma_is_accepted(env: Environment, form: Visit) -> None:
    html = str(_macro(env, "form", "field")(form.people))
    assert 'type="text"' in html
    assert 'inputmode="decimal"' in html
    assert "(boleh kosong)" in html


def test_the_summary_links_every_error_to_its_field(env: Environment, form: Visit) -> None:
    html = str(_macro(env, "form", "error_summary")(form))
    assert '<a href="#place">Isi tempatnya.</a>' in html
    assert '<a href="#kind-0">Pilih jenisnya.</a>' in html
    assert "Ada 2 hal yang perlu diperbaiki" in html
    assert "data-focus" in html


def test_a_right_form_has_no_summary(env: Environment) -> None:
    assert str(_macro(env, "form", "error_summary")([])) == ""


def test_an_unknown_total_is_said_and_never_drawn(env: Environment) -> None:
    bar = _macro(env, "bar", "bar")
    assert "11 dari 13 kecamatan" in bar(11, 13, "kecamatan")
    assert "jumlah seluruhnya belum diketahui" in bar(11, None, "kecamatan")
    assert "<svg" not in bar(11, None, "kecamatan")


@pytest.mark.parametrize("status", ERRORS)
def test_every_error_says_what_happened_and_what_to_do(env: Environment, status: int) -> None:
    html = env.get_template(f"errors/{status}.html").render(message="", request_id="r-1")
    assert html.count("<h1>") == 1
    assert "disimpan" in html
    assert "r-1" in html
    fragment = env.get_template("errors/_fragment.html").render(status=status, message="", request_id="r-1")
    assert "<html" not in fragment
    assert "disimpan" in fragment


def test_the_frame_stands_without_a_desk_or_a_person(env: Environment) -> None:
    html = env.get_template("layouts/base.html").render()
    assert '<main id="isi"' in html
    assert '<div id="status" role="status"' in html


@pytest.mark.parametrize("path", OURS, ids=lambda p: p.name)
def test_no_template_carries_inline_style_script_or_handlers(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|hx-on|\bjs:", text)
    assert text.lstrip().startswith(("{#", "{%- extends"))


@pytest.mark.parametrize("path", OURS, ids=lambda p: p.name)
def test_every_icon_named_by_a_template_is_in_the_sprite(path: Path) -> None:
    known = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    assert set(re.findall(r"icon\('([\w-]+)'", path.read_text())) <= known
