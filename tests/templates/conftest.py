"""Templates drawn without the application: what they need is only what their first line says."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app import words

TEMPLATES = Path(__file__).parents[2] / "app" / "templates"


@pytest.fixture
def env() -> Environment:
    """Strict, with stand-ins for the globals that a request would give."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(angka=words.angka, persen=words.persen)
    env.globals.update(
        static_url=lambda name: f"/static/{name}?v=1",
        url_for=lambda endpoint: f"/{endpoint}",
        csrf_token=lambda: "token",
        csrf_field=lambda: "",
        new_key=lambda: "key",
        get_flashed_messages=lambda **_: [],
    )
    return env


@pytest.fixture
def entry() -> Any:
    """An entry of LOG-12 as the page hands it to a row; keywords change it."""

    def make(**changed: Any) -> SimpleNamespace:
        fields: dict[str, Any] = {
            "id": 12, "code": "LOG-12", "title": "Terima logistik di kecamatan", "unit_name": "Camat",
            "due_text": "hari ini", "due_tone": "today", "region_name": "Berau", "show_region": False,
            "standing": "proses", "measure_value": 11, "measure_total": 13,
            "measure_text": "11 dari 13 kecamatan",
            "evidence_count": 2, "who_text": "", "note_line": "", "version": 3, "verbs": {"tick"},
        }  # fmt: skip
        return SimpleNamespace(**(fields | changed))

    return make
