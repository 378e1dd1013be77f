"""A first visit over a weak link: what it costs, and that the scripts obey the content security policy."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "app" / "static"
SCRIPTS = sorted((STATIC / "js").glob("*.js"))


def _sent(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


def test_the_own_style_sheet_is_at_most_8_kb() -> None:
    assert _sent(STATIC / "desk.css") <= 8 * 1024


def test_all_styles_and_scripts_of_a_first_visit_are_under_65_kb() -> None:
    files = [
        STATIC / "desk.css",
        *SCRIPTS,
        *(STATIC / "vendor").glob("*.css"),
        *(STATIC / "vendor").glob("*.js"),
    ]
    assert sum(map(_sent, files)) < 65 * 1024


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_a_behaviour_is_named_after_its_attribute_and_needs_no_eval(path: Path) -> None:
    text = path.read_text()
    assert text.startswith(f"/* {path.stem}")
    assert not re.search(r"\beval\(|new Function|innerHTML|insertAdjacentHTML|\.style\b|https?://", text)


def test_the_style_sheet_asks_for_nothing_from_elsewhere() -> None:
    assert not re.search(r"url\(|@import", (STATIC / "desk.css").read_text())


def test_no_text_is_smaller_than_14_px_and_nothing_is_in_capitals() -> None:
    css = (STATIC / "desk.css").read_text()
    screen = css.split("@media print")[0]
    # 36px, 26px and 14px are units of the maps' view boxes.
    allowed = {"var(--small)", "var(--large)", "var(--title)", "1rem", "36px", "26px", "14px"}
    assert set(re.findall(r"font-size:\s*([^;}]+)", screen)) <= allowed
    assert "uppercase" not in css
