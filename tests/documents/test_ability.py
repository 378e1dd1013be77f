"""A server without Pango says so, and goes on making what needs none."""

from __future__ import annotations

from typing import Any

import pytest

from app.documents import ability
from app.domain.errors import NotNow
from scripts import native


@pytest.fixture
def lacking(monkeypatch: Any) -> Any:
    """`lacking("pango")`: as if that were missing here."""

    def lack(*names: str) -> None:
        monkeypatch.setattr(ability, "missing", lambda: names)

    return lack


def test_a_machine_with_all_libraries_makes_pdfs():
    ability.missing.cache_clear()
    assert ability.pdf_is_off() is (not ability.NEEDED.isdisjoint(native.missing()))


def test_a_missing_library_turns_pdfs_off_and_is_named(lacking: Any):
    lacking("pango", "font Noto Sans")
    assert ability.pdf_is_off()
    assert ability.why_no_pdf() == "PDF tidak dapat dibuat di server ini: pustaka pango belum terpasang."
    with pytest.raises(NotNow, match="Excel atau CSV"):
        ability.refuse_without_pdf()


def test_a_missing_font_does_not(lacking: Any):
    lacking("font Noto Sans", "harfbuzz-subset")
    assert not ability.pdf_is_off()
    assert ability.why_no_pdf() == ""
    ability.refuse_without_pdf()


def test_the_names_are_those_that_are_looked_for():
    assert set(native.LIBRARIES) >= ability.NEEDED


def test_the_list_names_what_no_linker_finds(monkeypatch: Any, capsys: Any):
    monkeypatch.setattr(native, "loads", lambda names: "pango" not in names[0])
    monkeypatch.setattr(native, "fonts", lambda: "Liberation Sans\nNoto Sans")
    assert native.main(["--list"]) == 0
    assert capsys.readouterr().out.split() == ["pango", "pangoft2"]
